"""A day at the desk with the keyboard alone: the mouse is never touched."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from regulars.records import models
from regulars.rules.permissions import Role
from tests.journeys.desk import Desk
from tests.journeys.salon import PASSWORD, Salon, address_of
from tests.journeys.till import TODAY, Visitor, check_books, points_of, visitor


@pytest.fixture(scope="module")
def salon(till_salon: Salon) -> Salon:
    return till_salon


def test_from_signing_in_to_the_next_visit(desk: Desk):
    ann = visitor(desk.salon)
    page, due = desk.page, desk.page.locator("#due")
    desk.go("/account/login/")
    desk.at("Email")
    desk.type(address_of(Role.OWNER))
    desk.press("Tab")
    desk.at("Password")
    desk.type(PASSWORD)
    desk.press("Enter")
    page.wait_for_url("/")

    _book(desk, ann)
    desk.at(ann.name)
    desk.press("Enter")
    page.wait_for_url("**/book/appointment/*")
    desk.tab_to("Check in")
    desk.press("Enter")
    page.get_by_text(f"{ann.name} is here.").wait_for()
    desk.at("Done")
    desk.tab_to("Take the payment")
    desk.press("Enter")
    desk.at("Open the invoice")
    desk.press("Enter")
    page.wait_for_url("**/invoices/*")
    expect(due).to_have_text("$120.00")
    expect(page.locator("#content")).to_be_focused()

    desk.tab_to("Add something from the catalog")
    desk.type("serum")
    page.get_by_role("button", name="Serum").wait_for()
    desk.press("ArrowDown")
    desk.at("Serum")
    desk.press("Enter")
    expect(due).to_have_text("$160.00")
    desk.at("Add something from the catalog")

    _redeem(desk, ann.codes[0])
    expect(due).to_have_text("$123.00")
    desk.at("Use points")
    desk.tab_to("Amount")
    desk.type("50")
    desk.press("Enter")
    expect(due).to_have_text("$73.00")
    desk.at("Amount")
    desk.press("Shift+Tab", "ArrowRight")
    expect(page.get_by_role("radio", name="Cash")).to_be_checked()
    desk.press("Tab", "Tab")
    desk.at("Take payment")
    desk.press("Enter")
    expect(due).to_have_text("$0.00")
    desk.at("Close the invoice")
    desk.press("Enter")
    expect(page.get_by_text("closed", exact=True)).to_be_visible()
    desk.at("Book again")

    _refund_the_serum(desk)
    _book_again(desk, ann.name)
    assert points_of(desk.salon, ann) == 20
    check_books(desk.salon)
    with desk.salon.at_work():
        booked = models.Appointment.objects.filter(guest__external_id=ann.ref)
        assert sorted(one.status for one in booked) == ["booked", "completed"]
    desk.type("/")
    desk.at("Find a guest")
    desk.type(ann.ref)
    page.locator("#found a").first.wait_for()
    desk.press("ArrowDown")
    desk.at(ann.name)
    desk.press("Enter")
    page.wait_for_url(f"**/guest/{ann.ref}")
    desk.check()


def _book(desk: Desk, whose: Visitor) -> None:
    page, day = desk.page, TODAY + timedelta(days=1)
    desk.tab_to("Book")
    desk.press("Enter")
    page.wait_for_url("/book")
    desk.tab_to("Day after")
    desk.press("Enter")
    page.wait_for_url(f"/book?day={day}")
    desk.at("Day after")
    desk.tab_to("Book Mei Tanaka 09:00")
    desk.press("ArrowDown", "ArrowDown", "ArrowRight")
    desk.at("Book Leo Park 10:00")
    desk.press("Enter")
    desk.at("Name, phone or e-mail")
    desk.type(whose.ref)
    page.get_by_role("radio", name=whose.name).wait_for()
    desk.press("Tab")
    desk.at(whose.name)
    desk.press("Space")
    desk.tab_to("Facial")
    desk.press("Space", "Enter")
    page.wait_for_url("/book?day=*#*")


def _redeem(desk: Desk, code: str) -> None:
    page = desk.page
    desk.tab_to("Loyalty Rewards")
    desk.press("Enter")
    page.get_by_label(f"Redeem {code}").wait_for()
    desk.at("Loyalty Rewards")
    desk.tab_to(f"Redeem {code}")
    desk.press("Space")
    expect(page.locator("#due")).to_have_text("$135.00")
    desk.at(f"Redeem {code}")
    desk.tab_to("Points to use")
    desk.press("End", "ArrowLeft", "ArrowLeft")
    expect(page.get_by_role("spinbutton", name="Points")).to_have_value("120")
    desk.tab_to("Use points")
    desk.press("Enter")


def _refund_the_serum(desk: Desk) -> None:
    page, preview = desk.page, desk.page.locator("#preview")
    desk.tab_to("Refund")
    desk.press("Enter")
    desk.at("All that was paid")
    expect(preview).to_contain_text("Money back: $123.00")
    desk.press("ArrowDown")
    desk.at("Some of the lines")
    desk.tab_to("Serum")
    desk.press("Space")
    expect(preview).to_contain_text("Money back: $30.75")
    desk.tab_to("Not now")
    desk.press("Tab")
    desk.at("Refund")
    desk.press("Enter")
    page.wait_for_url("**/invoices/*")
    expect(page.locator("#content")).to_be_focused()


def _book_again(desk: Desk, name: str) -> None:
    desk.tab_to("Book again")
    desk.press("Enter")
    desk.at("Day")
    desk.press("Escape")
    desk.at("Book again")
    desk.press("Enter")
    desk.tab_to("Not now")
    desk.press("Tab")
    desk.at("Book")
    desk.press("Enter")
    desk.page.get_by_text(f"{name} is booked for").wait_for()
    desk.at("Book again")
