"""Close of business: tonight, run now, last night."""

import pytest
from playwright.sync_api import Browser, expect

from regulars.rules.permissions import Role
from tests.journeys.desk import Desk
from tests.journeys.salon import opened


@pytest.fixture
def fresh(browser: Browser, sqlite_template, tmp_path, django_db_blocker):
    """A salon of its own, whose days nobody has closed yet: any record would close them."""
    with opened(sqlite_template, tmp_path, django_db_blocker) as salon:
        window = Desk(browser, salon)
        yield window
        window.context.close()
    assert window.troubles == []


def test_what_is_over_is_closed_step_by_step(fresh: Desk):
    desk, page = fresh, fresh.enter(Role.MANAGER, "/close")
    page.get_by_role("heading", name="If it closed now").wait_for()
    desk.check()
    desk.tab_to("Run now")
    desk.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    desk.check()
    page.get_by_role("button", name="Close now").click()

    page.get_by_text("Done.").wait_for(timeout=60_000)
    page.wait_for_url("**/close")
    page.get_by_role("heading", name="Tonight").wait_for()
    expect(page.get_by_role("button", name="Run now")).to_have_count(0)
    desk.check()
    page.get_by_role("button", name="Settle Soho now").click()
    page.get_by_text("Done. 0 guests were settled.").wait_for()


def test_it_is_for_everybody_on_every_screen(window: Desk):
    page = window.enter(Role.OWNER, "/close")
    page.wait_for_load_state("networkidle")

    window.check()


def test_the_accountant_reads_what_was_closed(desk: Desk):
    page = desk.enter(Role.ACCOUNTANT, "/close?day=2026-01-05")
    expect(page.get_by_role("heading", name="What was closed")).to_be_visible()
    expect(page.get_by_role("button", name="Run now")).to_have_count(0)
    desk.check()
