"""A staff member reads the desk in their language, with days, numbers and money of its own."""

import pytest
from django.test import Client

from regulars.rules.permissions import Role
from tests.journeys.salon import Salon, furnish
from tests.services.short_histories import invoice


@pytest.fixture
def salon(sqlite_database) -> Salon:
    salon = Salon("http://testserver", sqlite_database.url, furnish(sqlite_database.url))
    salon.tell([invoice("i2", "ann", "1234.50", "2026-03-09")])
    return salon


def read_by(salon: Salon, role: Role, language: str) -> Client:
    client = Client()
    cookie = salon.cookie(role)
    client.cookies[cookie["name"]] = cookie["value"]
    answer = client.post("/language", {"language": language})
    assert answer.status_code == 302
    return client


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_guest_is_shown_in_german_to_who_reads_german(salon: Salon):
    german = read_by(salon, Role.FRONT_DESK, "de")

    page = shown(german, "/guest-invoices/ann")

    assert '<html lang="de"' in page
    assert "Verdiente Punkte" in page
    assert "Points earned" not in page
    assert "1.234,50" in page
    assert "1,234.50" not in page
    assert "09.03.2026" in page
    assert "Mar 9, 2026" not in page


def test_a_colleague_goes_on_reading_english(salon: Salon):
    read_by(salon, Role.FRONT_DESK, "de")

    page = shown(read_by(salon, Role.MANAGER, "en"), "/guest-invoices/ann")

    assert '<html lang="en"' in page
    assert "Points earned" in page
    assert "Verdiente Punkte" not in page
    assert "1,234.50" in page
    assert "Mar 9, 2026" in page


def test_an_amount_is_written_as_in_german_and_a_refusal_is_german(salon: Salon):
    german = read_by(salon, Role.OWNER, "de")
    form = {"token": "r-1", "amount": "a lot", "expires_on": "", "comment": ""}

    answer = german.post("/reward-new/ann", form)

    assert answer.status_code == 422
    assert "Schreiben Sie einen Betrag, zum Beispiel 25,00." in answer.content.decode()


def test_who_has_chosen_no_language_reads_the_browsers(salon: Salon):
    page = Client().get("/account/login/", headers={"accept-language": "de-AT,de;q=0.9"})

    assert "Anmelden" in page.content.decode()
