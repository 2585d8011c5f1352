"""What is said of an import is kept so that each reader has it in their own language."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from regulars.records import models
from regulars.rules.permissions import Actor, Role
from regulars.services import transactions, upkeep
from regulars.services.imports import keeping, runs, showing, waiting
from tests.journeys.salon import Salon, furnish

NOW = datetime(2026, 3, 9, 15, tzinfo=UTC)
OWNER = Actor("owner")
FILE = """Client ID,Name,Mobile,Email,DOB,Referred By
one,,,,,
two,Two Adler,,nowhere,1990-02-31,
three,Three Adler,,nowhere,1990-02-03,
four,Four Adler,123,,,four
"""
COLUMNS = {
    "Client ID": "id",
    "Name": "name",
    "Mobile": "phone",
    "Email": "email",
    "DOB": "birthday",
    "Referred By": "referred_by",
}
ENGLISH = {
    2: "Full name is empty.",
    3: "Birthday names a day that does not exist: 1990-02-31.",
    4: "'nowhere' is no e-mail address; it is left out.",
    5: "Phone must be a phone number in US; '123' is none. It is left out. Four Adler cannot"
    " refer themselves.",
}
GERMAN = {
    2: "Voller Name ist leer.",
    3: "Geburtstag nennt einen Tag, den es nicht gibt: 1990-02-31.",
    4: "'nowhere' ist keine E-Mail-Adresse; sie wird weggelassen.",
    5: "Telefon muss eine Telefonnummer in US sein; '123' ist keine. Das wird weggelassen."
    " Four Adler kann sich nicht selbst empfehlen.",
}


@pytest.fixture
def salon(each_database) -> Salon:
    return Salon("http://testserver", each_database.url, furnish(each_database.url))


def brought_in(text: str, *, change: str = "") -> str:
    """A file of guests that was tried; `change` is what its columns are called by then."""
    with upkeep.at_work(None) as company:
        run = runs.receive_file("guests", "a.csv", [text.encode()], actor=OWNER, at=NOW)
        runs.set_mapping(str(run), 0, {"columns": COLUMNS})
        runs.begin(company, str(run), is_trial=True, actor=OWNER, at=NOW)
        if change:
            piece = models.ImportPiece.objects.get(run_id=run)
            piece.content = bytes(piece.content).replace(b"Client ID", change.encode())
            piece.save()
        waiting.go_on(
            company,
            run,
            now=lambda: NOW,
            write=transactions.write,
            must_stop=lambda: False,
        )
    return str(run)


def reader(salon: Salon, language: str) -> Client:
    client = Client()
    cookie = salon.cookie(Role.OWNER)
    client.cookies[cookie["name"]] = cookie["value"]
    assert client.post("/language", {"language": language}).status_code == 302
    return client


def sentences(client: Client, run: str) -> str:
    answer = client.get(f"/imports/run/{run}?rows=all")
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "'")


def test_rows_are_told_in_the_language_of_the_reader(salon: Salon):
    run = brought_in(FILE)

    english, german = (sentences(reader(salon, one), run) for one in ("en", "de"))

    for number, sentence in ENGLISH.items():
        assert sentence in english
        assert sentence not in german
        assert GERMAN[number] in german
    with upkeep.at_work(None):
        told = {line.number: line.message for _, line in keeping.report_of(runs.run_of(run).id)}
    # Programs go on reading English, with the names of the fields and their values.
    assert told[2] == "name is empty."
    assert told[3] == "birthday names a day that does not exist: 1990-02-31."


def test_what_was_kept_before_is_shown_as_it_is(salon: Salon):
    run = brought_in(FILE)
    with upkeep.at_work(None):
        models.ImportRow.objects.filter(run_id=run).update(said=None)

    assert "birthday names a day that does not exist: 1990-02-31." in sentences(
        reader(salon, "de"), run
    )


def test_why_an_import_failed_is_told_in_the_language_of_the_reader(salon: Salon):
    run = brought_in(FILE, change="Number")

    english, german = (sentences(reader(salon, one), run) for one in ("en", "de"))

    said = "a.csv has no column 'Client ID'"
    assert said in english
    assert said not in german
    assert "a.csv hat keine Spalte 'Client ID'" in german
    with upkeep.at_work(None) as company:
        state = showing.state_of(company, runs.run_of(run))
    assert state["state"] == "failed"
    assert state["problem"].startswith(said)

    with upkeep.at_work(None):
        models.ImportRun.objects.filter(id=run).update(problem_said=None)
    assert said in sentences(reader(salon, "de"), run)
