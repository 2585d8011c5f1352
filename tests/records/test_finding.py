"""Guests as they are looked for at a desk."""

import pytest

from regulars.records import lookups
from regulars.records.queries import finding
from regulars.records.scope import organization_scope
from regulars.services import importing
from regulars.services.organizations import find_organization
from tests.services.short_histories import START, command, guest, program

pytestmark = pytest.mark.usefixtures("each_database")

NEW_YORK, LONDON = "America/New_York", "Europe/London"
GUESTS = [
    guest("g1", name="Ann Marie Müller", email="Ann.M@example.com", phone="(212) 555-0123"),
    guest("g2", name="Anna Smith", email="smith@example.com", phone="+44 20 7946 0958"),
    guest("g3", name="Zoë O'Brien-Smith", phone="+1 212 555 0199"),
    guest("g4", name="Łukasz Sørensen", email="anders@example.com"),
    guest("g5", name="Smitha Ann Jones", phone="011 44 20 7946 0111"),
]


def told(*records):
    importing.import_records(iter([(None, one) for one in records]), emit=lambda _: None)


def look(text: str, zone: str = NEW_YORK, limit: int = 20) -> list[str]:
    with organization_scope(find_organization("lumen").id):
        found = finding.find_guests(text, limit=limit, time_zone=zone)
    return [one.id for one in found]


def exactly(**asked: str) -> list[str]:
    with organization_scope(find_organization("lumen").id):
        found = finding.guests_with(**asked, limit=20, time_zone=NEW_YORK)
    return [one.id for one in found]


def test_a_guest_is_found_by_what_can_be_typed_of_her():
    told(*START, program(), *GUESTS)
    expected = {
        "smith": ["g2", "g3", "g5"],  # whole words before beginnings
        "SMI": ["g2", "g5", "g3"],
        "ann sm": ["g5", "g2"],
        "sm ann": ["g5", "g2"],
        "muller": ["g1"],
        "Mueller": ["g1"],
        "mull ann mar": ["g1"],
        "zoe": ["g3"],
        "obrien": ["g3"],
        "o’brien": ["g3"],
        "lukasz soren": ["g4"],
        "ann.m@": ["g1"],
        "ander": ["g4"],
        "g3": ["g3"],
        "G3": ["g3"],
        "nobody": [],
        "%": [],
        "_": [],
        " ": [],
    }
    assert {text: look(text) for text in expected} == expected
    assert look("smi", limit=1) == ["g2"]


def test_a_phone_is_found_in_every_notation():
    told(*START, program(), *GUESTS)
    for text in ("2125550123", "212-555-0123", "+1 (212) 555 0123", "1 212 555 01 23", "0123"):
        assert look(text) == ["g1"], text
    for text in ("020 7946 0958", "+44 (0)20 7946 0958", "0044 20 7946 0958", "7946 0958"):
        assert look(text) == ["g2"], text
        assert look(text, LONDON) == ["g2"], text
    assert look("020 7946", LONDON) == ["g2", "g5"]
    assert look("212 555") == ["g1", "g3"]
    assert look("12") == []


def test_whole_phones_and_emails():
    told(*START, program(), *GUESTS)
    assert exactly(phone="+12125550123") == ["g1"]
    assert exactly(phone="212 555 0123", email=" ANN.M@EXAMPLE.COM") == ["g1"]
    assert exactly(phone="212 555 0123", email="smith@example.com") == []
    assert exactly(phone="212 555") == []
    assert exactly(email="ann.m@example") == []


def test_a_home_center_says_in_which_country_a_phone_is():
    mayfair = {"type": "center", "id": "mayfair", "name": "Mayfair", "time_zone": LONDON}
    zara = guest("zara", phone="020 7946 0018", home_center="mayfair")
    told(*START, mayfair | {"at": "2026-01-01"}, program(), zara)
    assert exactly(phone="+442079460018") == ["zara"]


def test_who_changed_is_found_by_what_she_is_now():
    told(*START, program(), *GUESTS)
    told(guest("g2", name="Anna Jones", email="jones@example.com", at="2026-02-01"))
    assert look("smith") == ["g3", "g5"]
    assert look("jones") == ["g5", "g2"] or look("jones") == ["g2", "g5"]
    assert exactly(email="smith@example.com") == []


def test_a_merged_guest_leads_to_the_survivor_until_they_part():
    merge = command("merge_guests/m1", "2026-02-01", **{"from": "g2", "into": "g1"})
    told(*START, program(), *GUESTS, merge)
    with organization_scope(find_organization("lumen").id):
        [found] = finding.guests_with(email="smith@example.com", limit=20, time_zone=NEW_YORK)
    assert (found.id, found.name, found.merged_from) == ("g1", "Ann Marie Müller", "g2")
    assert look("ann") == ["g1", "g5"]
    told(command("undo_merge/u1", "2026-02-02", merge="m1"))
    assert exactly(email="smith@example.com") == ["g2"]


def test_names_are_spelled_alike_on_both_sides():
    assert lookups.spellings("Straße") == [["strasse"]]
    assert lookups.spellings("Jürgen") == [["jurgen"], ["juergen"]]
    assert lookups.spellings("山田 太郎") == [["山田", "太郎"]]
    assert lookups.region_of("Nowhere/At_All") is None
