"""The desk in the dark, in German, with its dialogs open, and on paper: usable by everybody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from regulars.rules.permissions import Role
from tests.journeys.appointments import tomorrow
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon
from tests.journeys.till import number_of, visitor

PAPER = {"width": 794, "height": 1123}
"""A sheet of A4, as a browser sees it."""
WHITE = "rgb(255, 255, 255)"


@pytest.fixture(scope="module")
def salon(till_salon: Salon) -> Salon:
    return till_salon


@pytest.fixture
def night(browser: Browser, salon: Salon) -> Iterator[Desk]:
    """A German desk that prefers the dark."""
    window = Desk(browser, salon, locale="de-DE", color_scheme="dark")
    yield window
    window.context.close()
    assert window.troubles == []


def test_an_appointment_in_the_dark(night: Desk):
    whose = visitor(night.salon)
    page = night.enter(
        Role.OWNER, f"/book/new?day={tomorrow()}&time=10:00&staff=mei&guest={whose.ref}"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Neuer Termin")
    night.check()
    page.get_by_role("button", name="Buchen", exact=True).click()
    page.wait_for_url("/book?day=*#*")
    night.check()
    page.get_by_role("link", name=whose.name).click()
    page.wait_for_url("**/book/appointment/*")
    assert night.check_dialogs() == ["ask-cancelled", "ask-no_show"]
    page.get_by_role("link", name="Im Kalender wählen").click()
    page.wait_for_url("**moving=*")
    night.check()


def test_an_invoice_in_the_dark(night: Desk):
    whose, other = visitor(night.salon), visitor(night.salon)
    page = night.enter(Role.OWNER, f"/new-invoice?guest={whose.ref}")
    page.get_by_role("button", name="Facial").click()
    page.wait_for_url("**/invoices/*")
    found = night.check_dialogs()
    assert [one.partition("-")[0] for one in found] == [
        "tip",
        "line",
        "again",
        "close",
        "voiding",
    ]
    night.go(f"/invoices/{number_of(page)}?tab=rewards")
    page.get_by_label(f"{whose.codes[0]} einlösen").check()
    expect(page.locator("#due")).to_have_text("95,00\xa0$")
    night.check()
    page.locator("#pay").click()
    expect(page.locator("#due")).to_have_text("0,00\xa0$")
    page.locator("#close").click()
    page.get_by_text("abgeschlossen", exact=True).wait_for()
    assert night.check_dialogs() == ["again", "reopening", "voiding"]
    page.get_by_role("link", name="Erstatten", exact=True).click()
    expect(page.locator("#preview")).to_contain_text("95,00")
    night.check()
    for path in (f"/guest-points/{whose.ref}", f"/merging?goes={other.ref}&stays={whose.ref}"):
        night.go(path)
        night.check()


@pytest.mark.parametrize("light", ["light", "dark"])
def test_what_is_printed_is_dark_on_white(desk: Desk, light: str):
    page = desk.enter(Role.OWNER)
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print", color_scheme=light)
    for path in ("/receipts/i1", "/reports/liability", "/close", "/book"):
        desk.go(path)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == WHITE
        expect(page.locator(".button:visible, nav:visible, input:visible")).to_have_count(0)
        desk.check()
