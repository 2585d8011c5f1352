"""The numbers: a sale moves the dashboard once its day is closed; reports, views and files."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

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


def figure(page: Page, label: str) -> Locator:
    """The number on a card."""
    card = page.locator(".figure", has=page.get_by_text(label, exact=True))
    return card.locator("dd").last


def test_a_sale_moves_the_dashboard_once_its_day_is_closed(fresh: Desk):
    desk, page = fresh, fresh.enter(Role.OWNER, "/dashboard")
    expect(page.get_by_text("Nothing has been counted yet.")).to_be_visible()
    desk.check()
    desk.tab_to("Count now")
    desk.press("Enter")
    page.get_by_text("The figures are counted anew.").wait_for()
    expect(figure(page, "Guests in a tier")).to_have_text("0")

    page.goto("/close")
    page.get_by_role("button", name="Run now").click()
    page.get_by_role("button", name="Close now").click()
    page.get_by_text("Done.").wait_for(timeout=60_000)
    page.goto("/dashboard?period=everything")
    expect(page.get_by_text("days have been closed since")).to_be_visible()
    page.get_by_role("button", name="Count again").click()
    page.get_by_text("The figures are counted anew.").wait_for()

    expect(page).to_have_url(re.compile(r"/dashboard\?period=everything$"))
    expect(figure(page, "Guests in a tier")).to_have_text("1")
    expect(figure(page, "Points issued")).to_have_text(
        "120"
    )  # 20 for the sale, 100 for the first time
    expect(figure(page, "Value of open points")).to_have_text("$12.00")
    expect(page.get_by_role("img", name="Guests by tier").first).to_be_visible()
    page.get_by_role("cell", name="Welcome bonus").wait_for()
    desk.check()


def test_the_dashboard_is_for_everybody_on_every_screen(window: Desk):
    with window.salon.at_work() as company:
        from datetime import UTC, datetime

        from regulars.services.figures import counting

        counting.count(company, now=datetime.now(UTC))
    page = window.enter(Role.FRONT_DESK, "/dashboard?period=everything")

    expect(page.get_by_role("heading", name="Guests by tier")).to_be_visible()
    expect(page.locator(".periods [aria-current]")).to_be_in_viewport()
    expect(page.get_by_text("Liability")).to_have_count(0)
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
    expect(page.get_by_label("A row for each")).to_have_value("action")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Action,Awarded,")
    page.get_by_role("button", name="Remove this view").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_text("The view is removed.").wait_for()
    page.goto("/reports")
    expect(page.get_by_role("link", name="By action")).to_have_count(0)


def test_a_report_is_read_on_every_screen(window: Desk):
    page = window.enter(Role.OWNER, "/reports/guests")

    expect(page.get_by_role("heading", name="Guest list")).to_be_visible()
    window.check()


def test_on_paper_there_is_what_one_reads_and_nothing_to_press(desk: Desk):
    page = desk.enter(Role.OWNER, "/reports/guests")
    page.emulate_media(media="print")

    expect(page.get_by_role("table").first).to_be_visible()
    for name in ("Show", "Save this view", "Print"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
