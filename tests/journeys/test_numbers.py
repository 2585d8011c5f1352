"""The numbers: a sale moves the dashboard once its day is closed; reports, views and files."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from regulars.rules.permissions import Role
from tests.journeys.desk import Desk
from tests.journeys.salon import opened


@pytest.fixture
def fresh(browser: Browser, sqlite_template, tmp_path, django_db_blocker):
    """A salon of its own, whose days nobody has closed yet."""
    with opened(sqlite_template, tmp_path, django_db_blocker) as salon:
        window = Desk(browser, salon)
        yield window
        window.context.close()
    assert window.troubles == []


def figure(page, label: str) -> str:
    """The number on a card."""
    card = page.locator(".figure", has=page.get_by_text(label, exact=True))
    return card.locator("dd").last.inner_text()


def test_a_sale_moves_the_dashboard_once_its_day_is_closed(fresh: Desk):
    desk, page = fresh, fresh.enter(Role.OWNER, "/dashboard")
    assert page.get_by_text("Nothing has been counted yet.").is_visible()
    desk.check()
    desk.tab_to("Count now")
    desk.press("Enter")
    page.get_by_text("The figures are counted anew.").wait_for()
    assert figure(page, "Guests in a tier") == "0"

    page.goto("/close")
    page.get_by_role("button", name="Run now").click()
    page.get_by_role("button", name="Close now").click()
    page.get_by_text("Done.").wait_for(timeout=60_000)
    page.goto("/dashboard?period=everything")
    assert page.get_by_text("days have been closed since").is_visible()
    page.get_by_role("button", name="Count again").click()
    page.get_by_text("The figures are counted anew.").wait_for()

    assert page.url.endswith("/dashboard?period=everything")
    assert figure(page, "Guests in a tier") == "1"
    assert figure(page, "Points issued") == "120"  # 20 for the sale, 100 for the first time
    assert figure(page, "Value of open points") == "$12.00"
    assert page.get_by_role("img", name="Guests by tier").first.is_visible()
    page.get_by_role("cell", name="Welcome bonus").wait_for()
    desk.check()


def test_the_dashboard_is_for_everybody_on_every_screen(window: Desk):
    with window.salon.at_work() as company:
        from datetime import UTC, datetime

        from regulars.services.figures import counting

        counting.count(company, now=datetime.now(UTC))
    page = window.enter(Role.FRONT_DESK, "/dashboard?period=everything")

    assert page.get_by_role("heading", name="Guests by tier").is_visible()
    assert page.get_by_text("Liability").count() == 0
    window.check()


def test_a_report_is_narrowed_saved_and_taken_along(desk: Desk):
    page = desk.enter(Role.ACCOUNTANT, "/reports")
    desk.check()
    page.get_by_role("link", name="Points", exact=True).click()
    page.get_by_label("Period").select_option("everything")
    page.get_by_label("A row for each").select_option("action")
    desk.tab_to("Show")
    desk.press("Enter")
    page.get_by_role("cell", name="amount_spent").or_(
        page.get_by_text("There is nothing like that")
    ).first.wait_for()
    desk.check()
    desk.tab_to("Save this view")
    desk.press("Enter")
    page.get_by_role("textbox", name="Name", exact=True).fill("By action")
    desk.check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("The view is saved.").wait_for()

    page.goto("/reports")
    page.get_by_role("link", name="By action").click()
    assert page.get_by_label("A row for each").input_value() == "action"
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Action,Awarded,")
    page.get_by_role("button", name="Remove this view").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_text("The view is removed.").wait_for()
    page.goto("/reports")
    assert page.get_by_role("link", name="By action").count() == 0


def test_a_report_is_read_on_every_screen(window: Desk):
    page = window.enter(Role.OWNER, "/reports/guests")

    assert page.get_by_role("heading", name="Guest list").is_visible()
    window.check()


def test_on_paper_there_is_what_one_reads_and_nothing_to_press(desk: Desk):
    page = desk.enter(Role.OWNER, "/reports/guests")
    page.emulate_media(media="print")

    assert page.get_by_role("table").first.is_visible()
    for name in ("Show", "Save this view", "Print"):
        assert not page.get_by_role("button", name=name).is_visible()
