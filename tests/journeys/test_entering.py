"""Coming in, and being let in only where one may."""

import pytest
from playwright.sync_api import expect

from regulars.rules.permissions import Role
from tests.journeys.desk import Desk
from tests.journeys.salon import PASSWORD, address_of


def test_the_owner_signs_in_and_is_brought_to_today(desk: Desk):
    page = desk.go("/")
    page.get_by_label("Email").fill(address_of(Role.OWNER))
    page.get_by_label("Password").fill(PASSWORD)
    desk.check()
    page.get_by_role("button", name="Sign in").click()

    page.wait_for_url("/")
    expect(page.get_by_text("Nobody is booked here today.")).to_be_visible()
    desk.check()


def test_a_wrong_password_is_told_in_one_sentence(desk: Desk):
    page = desk.go("/account/login/")
    page.get_by_label("Email").fill(address_of(Role.OWNER))
    page.get_by_label("Password").fill("not-the-one-10")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_contain_text("not correct")
    desk.check()


@pytest.mark.parametrize("path", ["/", "/staff", "/staff/new", "/staff/bruno.weiss"])
def test_pages_are_for_everybody_on_every_screen(window: Desk, path: str):
    window.enter(Role.OWNER, path)

    window.check()


def test_somebody_is_invited_with_the_keyboard_alone(desk: Desk):
    desk.enter(Role.OWNER, "/staff")
    desk.tab_to("Invite somebody")
    desk.press("Enter")
    desk.page.wait_for_url("/staff/new")
    desk.tab_to("Name")
    desk.page.keyboard.type("Wanda Li")
    desk.tab_to("E-mail")
    desk.page.keyboard.type("wanda@lumen.example")
    desk.press("Enter")

    desk.page.wait_for_url("/staff")
    expect(desk.page.get_by_text("Wanda Li gets a mail with a link.")).to_be_visible()
    expect(desk.page.get_by_role("row", name="Wanda Li").get_by_text("invited")).to_be_visible()
    desk.check()
