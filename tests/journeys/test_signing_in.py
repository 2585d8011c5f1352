"""Signing in with a browser: second factor, forgotten password, sessions, lock-out, demo."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from regulars.rules.permissions import Role
from regulars.services import sign_ins
from tests.journeys.desk import Desk
from tests.journeys.salon import NAMES, PASSWORD, Salon, address_of, opened, served

NEW_PASSWORD = "green-heron-49"
ROLE_WORDS = {
    Role.OWNER: "Owner",
    Role.MANAGER: "Manager",
    Role.FRONT_DESK: "Front desk",
    Role.MARKETING: "Marketing",
    Role.ACCOUNTANT: "Accountant",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("doors")


@pytest.fixture(scope="module")
def salon(sqlite_template, folder, django_db_blocker) -> Iterator[Salon]:
    """One of their own, where everybody has a password and the mail can be read."""
    with opened(sqlite_template, folder, django_db_blocker) as salon:
        with django_db_blocker.unblock(), salon.at_work():
            for user in salon.users.values():
                sign_ins.set_password(user, PASSWORD)
        yield salon


def sign_in(desk: Desk, role: Role, password: str = PASSWORD) -> Page:
    page = desk.go("/account/login/")
    page.get_by_label("Email").fill(address_of(role))
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    return page


def code_of(secret: str, salon: Salon) -> str:
    """What the app on the phone shows now; one that was used is as good as new. Whoever sees
    that it is about to change waits for the next.
    """
    with salon.at_work():
        cache.clear()
    left = 30 - datetime.now(UTC).timestamp() % 30
    if left < 8:
        time.sleep(left)
    return f"{hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30):06}"


def test_a_second_factor_is_set_up_and_asked_for(desk: Desk, browser: Browser):
    page = sign_in(desk, Role.OWNER)
    page.get_by_text(NAMES[Role.OWNER]).click()
    page.get_by_role("link", name="Second factor").click()
    page.get_by_role("link", name="Activate").click()
    desk.check()
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret, desk.salon))
    page.get_by_role("button", name="Activate").click()
    page.get_by_role("heading", name="Recovery Codes").wait_for()
    desk.check()

    other = Desk(browser, desk.salon, "phone")
    page = sign_in(other, Role.OWNER)
    page.wait_for_url("**/account/2fa/authenticate/")
    other.check()
    page.locator("[name=code]").fill("000000")
    page.get_by_role("button", name="Sign In").first.click()
    page.get_by_text("Incorrect code.").wait_for()
    page.locator("[name=code]").fill(code_of(secret, desk.salon))
    page.get_by_role("button", name="Sign In").first.click()
    page.wait_for_url("/")
    other.check()
    other.context.close()


def test_a_forgotten_password_is_chosen_anew_by_mail(desk: Desk, folder: Path):
    page = desk.go("/account/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    desk.check()
    page.get_by_label("Email").fill(address_of(Role.MANAGER))
    page.get_by_role("button", name="Send the link").click()
    page.get_by_role("heading", name="Look into your mail").wait_for()
    desk.check()

    [letter] = [path for path in (folder / "mail").rglob("*") if path.is_file()]
    link = re.search(r"http://\S+(/account/password/reset/key/\S+)", letter.read_text())
    assert link is not None
    page = desk.go(link[1])
    page.get_by_label("New Password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New Password (again)").fill(NEW_PASSWORD)
    desk.check()
    page.get_by_role("button", name="Keep it and sign in").click()
    page.wait_for_url("/")
    page = desk.go(link[1])
    page.get_by_role("heading", name="This link works no more").wait_for()
    expect(page.get_by_label("New Password", exact=True)).to_be_hidden()
    desk.check()
    desk.context.clear_cookies()
    sign_in(desk, Role.MANAGER, NEW_PASSWORD).wait_for_url("/")


def test_whoever_guesses_is_kept_out(desk: Desk):
    for _ in range(5):
        sign_in(desk, Role.ACCOUNTANT, "wrong-heron-48")
    page = sign_in(desk, Role.ACCOUNTANT)

    expect(page.get_by_role("alert")).to_contain_text("Too many failed login attempts")
    desk.check()


def test_a_session_elsewhere_is_ended(desk: Desk, browser: Browser):
    elsewhere = Desk(browser, desk.salon, "phone")
    sign_in(elsewhere, Role.MARKETING).wait_for_url("/")
    page = sign_in(desk, Role.MARKETING)
    page.get_by_text(NAMES[Role.MARKETING]).click()
    page.get_by_role("link", name="Where I am signed in").click()
    sessions = page.get_by_role("listitem").filter(has_text="Chrome on Linux")
    expect(sessions).to_have_count(2)
    expect(sessions.filter(has_text="This browser")).to_have_count(1)
    page.get_by_text("What the browser says of itself").first.click()
    desk.check()
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(sessions).to_have_count(1)

    elsewhere.go("/clients").wait_for_url("**/account/login/?next=/clients")
    desk.go("/clients").get_by_role("heading", name="Clients").wait_for()
    elsewhere.context.close()


def test_another_center_is_chosen_for_as_long_as_one_is_there(desk: Desk):
    desk.salon.tell([{"type": "center", "id": "uptown", "name": "Uptown", "at": "2026-01-01"}])
    page = desk.enter(Role.OWNER, "/close")
    with page.expect_navigation():
        page.get_by_label("Center", exact=True).select_option("Uptown")
    page = desk.go("/providers")
    page.get_by_role("heading", name="Uptown").wait_for()
    desk.check()
    page = desk.enter(Role.OWNER, "/providers")
    expect(page.get_by_role("heading", name="Uptown")).to_be_hidden()


@pytest.fixture(scope="module")
def demo(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[Salon]:
    """The first days of the demo company, with its door open."""
    folder = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{folder / 'demo.sqlite3'}"
    build = "demo --build-only --days 3 --database".split()
    command = [sys.executable, "-m", "regulars", *build, url]
    subprocess.run(command, check=True, capture_output=True)
    with served(url, folder, REGULARS_DEMO="1", REGULARS_HOSTS="") as address:
        yield Salon(address, url)


def test_everybody_of_the_demo_is_entered_with_one_click(browser: Browser, demo: Salon):
    window = Desk(browser, demo)
    page = window.go("/")
    page.get_by_text("This is the demo").wait_for()
    window.check()
    for role, words in ROLE_WORDS.items():
        page = window.go("/demo")
        page.get_by_role("button", name=words).first.click()
        page.wait_for_url("/")
        expect(page.get_by_role("navigation", name="Main"), role).to_be_visible()
        window.check()
    page.goto(f"{demo.address}/demo")
    page.get_by_role("button", name="Owner").first.click()
    page = window.go("/staff")
    expect(page.locator(".badge.warn")).to_have_count(0)
    page = window.go("/account/sessions/")
    page.get_by_text("This browser").wait_for()
    window.context.close()
    assert window.troubles == []
