"""What the desk sets up: catalog, centers, statuses; hours and columns of the book."""

from datetime import UTC, date, datetime

import pytest

from regulars.records import models
from regulars.records.queries import book_columns as columns
from regulars.records.queries import catalog as rows
from regulars.records.scope import organization_scope
from regulars.rules.permissions import Actor, Role, actor_of
from regulars.rules.refusals import Refused
from regulars.services import book_columns, catalog, exporting
from regulars.services.founding import id_from
from regulars.services.organizations import find_organization, load_company
from regulars.services.receiving import Sender, receive_all
from tests.services.short_histories import START, History, guest, program

AT = datetime(2026, 2, 1, 15, tzinfo=UTC)
OWNER = Actor("olga")


@pytest.fixture
def company(each_database):
    vip = {"type": "status", "id": "vip", "name": "VIP", "include_in_loyalty_rewards": True}
    History(
        *START,
        program(),
        vip | {"at": "2026-01-01"},
        guest("ann", status="vip"),
        until="2026-01-31",
    )
    row = find_organization(None)
    with organization_scope(row.id):
        yield load_company(row)


def item(name: str, ref: str | None = None, price: str | None = "10.00") -> dict:
    own = ref or id_from(name, "item")
    return {"type": "item", "id": own, "name": name, "kind": "service", "price": price}


def say(company, record: dict) -> None:
    [result] = receive_all(company, [record], sender=Sender(OWNER), now=AT)
    assert result.status == "applied", result


def refusal(act) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code, refused.value.field


def test_the_catalog_is_kept_as_records_and_found_without_accents(company):
    for name in ("Élan facial", "elan massage", "Shampoo"):
        say(company, item(name))
    say(company, item("Shampoo", "shampoo-2"))
    catalog.offer_item(company, "shampoo-2", minutes=None, is_retired=True, at=AT, by=OWNER)
    catalog.offer_item(company, "elan-facial", minutes=75, is_retired=False, at=AT, by=OWNER)

    page = rows.items(search="ELAN", limit=1)
    assert [one.ref for one in page.rows] == ["elan-facial"]
    assert (page.n_found, page.n_all) == (2, 4)
    assert [one.ref for one in rows.items(search="élan", offset=1).rows] == ["elan-massage"]
    longest = rows.items(order="minutes", is_descending=True).rows
    assert [one.ref for one in longest] == ["elan-facial", "elan-massage", "shampoo"]
    assert [one.ref for one in rows.items(search="shampoo").rows] == ["shampoo"]
    assert rows.items(search="shampoo", with_retired=True).n_found == 2
    assert rows.items(kind="product").n_found == 0
    facial = rows.ItemRow("elan-facial", "Élan facial", "service", 1000, 75, None, None)
    assert rows.item("elan-facial") == facial
    told = [record["name"] for record in exporting.records(company) if record["type"] == "item"]
    assert told == ["Élan facial", "elan massage", "Shampoo", "Shampoo"]


def test_an_item_is_offered_again_and_keeps_its_minutes(company):
    say(company, item("Facial"))
    retire = {"minutes": 30, "is_retired": True}
    assert catalog.offer_item(company, "facial", **retire, at=AT, by=OWNER)
    assert not catalog.offer_item(company, "facial", **retire, at=AT, by=OWNER)
    assert rows.item("facial").retired_at == AT
    again = {"minutes": 30, "is_retired": False}
    assert catalog.offer_item(company, "facial", **again, at=AT, by=OWNER)
    assert (rows.item("facial").minutes, rows.item("facial").retired_at) == (30, None)


def test_centers_statuses_and_tiers_as_rows(company):
    new = {"type": "center", "id": "wharf", "name": "Wharf", "time_zone": "Europe/London"}
    say(company, new)
    company = load_company(find_organization(None))
    catalog.set_hours(company, "wharf", {0: (540, 1080), 5: (600, 960)}, at=AT, by=OWNER)
    assert not catalog.set_hours(
        company, "wharf", {5: (600, 960), 0: (540, 1080)}, at=AT, by=OWNER
    )
    catalog.set_hours(company, "wharf", {5: (600, 960)}, at=AT, by=OWNER)

    assert rows.centers() == [
        rows.CenterRow("soho", "Soho", "America/New_York"),
        rows.CenterRow("wharf", "Wharf", "Europe/London", {5: (600, 960)}),
    ]
    assert rows.statuses() == [rows.StatusRow("vip", "VIP", True, 1)]
    tiers = [(one.ref, one.icon, one.minimum_spend_cents) for one in rows.tiers(AT.date())]
    assert tiers == [("silver", "star", 10_000), ("gold", "star", 100_000)]
    assert rows.tiers(date(2025, 1, 1)) == []
    assert rows.organization().currency == "USD"


def test_columns_of_the_book(company):
    mia = book_columns.add_provider(company, "soho", "Mia Wong", at=AT, by=OWNER)
    second = book_columns.add_provider(company, "soho", " Mia Wong ", at=AT, by=OWNER)
    noa = book_columns.add_provider(company, "soho", "Noa", at=AT, by=OWNER, ref="n7")
    assert (mia, second, noa) == ("mia-wong", "mia-wong-2", "n7")
    book_columns.change_provider(company, noa, at=AT, by=OWNER, place=-1)
    book_columns.change_provider(company, mia, at=AT, by=OWNER, is_retired=True)

    assert [one.ref for one in columns.providers("soho")] == ["n7", "mia-wong-2"]
    assert len(columns.providers(with_retired=True)) == 3
    book_columns.change_provider(company, mia, at=AT, by=OWNER, is_retired=False, name="Mia")
    assert [one.name for one in columns.providers("soho")] == ["Noa", "Mia", "Mia Wong"]


def test_what_does_not_go_is_refused_by_its_field(company):
    desk = actor_of("fay", Role.FRONT_DESK)
    offer = {"minutes": 0, "is_retired": False, "at": AT, "by": OWNER}
    assert refusal(lambda: catalog.offer_item(company, "x", **offer | {"by": desk}))[0] == (
        "not_permitted"
    )
    assert refusal(lambda: catalog.offer_item(company, "x", **offer)) == (
        "invalid_record",
        "minutes",
    )
    assert refusal(lambda: catalog.offer_item(company, "x", **offer | {"minutes": 5})) == (
        "unknown_reference",
        "id",
    )
    backwards = {2: (600, 600)}
    assert refusal(lambda: catalog.set_hours(company, "soho", backwards, at=AT, by=OWNER)) == (
        "invalid_record",
        "hours.2",
    )
    assert refusal(
        lambda: book_columns.add_provider(company, "soho", " ", at=AT, by=OWNER)
    ) == (
        "invalid_record",
        "name",
    )
    again = {"at": AT, "by": OWNER, "place": 1}
    assert refusal(lambda: book_columns.change_provider(company, "x", **again)) == (
        "unknown_reference",
        "provider",
    )
    assert not models.DeskChange.objects.exists()


def test_a_new_id_says_what_it_is_and_the_same_form_makes_one():
    token = "3fa81c20-9d1b-4f0e-9a55-0d6a3f1d2c11"
    assert catalog.ref_for("item", "Élan Facial", token) == "elan-facial-3fa81c20"
    assert catalog.ref_for("item", "护理", token) == "item-3fa81c20"
