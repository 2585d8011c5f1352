"""Marketing makes the program: tiers from nothing, published, sold under; two at one draft."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from regulars.records.queries import guest_heads
from regulars.rules.permissions import Role
from regulars.services import closing
from regulars.services.program_trials import CHUNK
from regulars.services.verifying import verify
from tests.journeys.desk import Desk
from tests.journeys.salon import NAMES, Salon, opened
from tests.services.short_histories import START, guest, invoice

PATHS = (
    "/program",
    "/program/tiers/new",
    "/program/tiers/silver/edit",
    "/program/tiers/silver/accruals",
    "/program/tiers/silver/retire",
    "/program/thresholds",
    "/program/settings",
    "/program/rewards",
    "/program/versions",
    "/program/versions/2026-01-01",
    "/program/load",
)
LADDER = (
    # name, icon, minimum spend, points per 100.00
    ("Bronze", "Leaf", "50", "10"),
    ("Silver", "Star", "125", "20"),
    ("Gold", "Crown", "500", "40"),
    ("Platinum", "Diamond", "1500", "60"),
)
SPENT = {"ann": "60.00", "bea": "130.00", "cyd": "700.00", "dee": "2000.00"}


@pytest.fixture(scope="module")
def workshop(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[Salon]:
    """A salon without a program."""
    folder = tmp_path_factory.mktemp("workshop")
    beginning = [*START, *(guest(ref) for ref in SPENT)]
    with opened(sqlite_template, folder, django_db_blocker, beginning=beginning) as salon:
        yield salon


@pytest.fixture
def maker(browser: Browser, workshop: Salon) -> Iterator[Desk]:
    window = Desk(browser, workshop)
    yield window
    window.context.close()
    assert window.troubles == []


@pytest.mark.parametrize("path", PATHS)
def test_it_is_for_everybody_on_every_screen(window: Desk, path: str):
    page = window.enter(Role.OWNER, path)
    page.wait_for_load_state("networkidle")

    window.check()


def test_four_tiers_are_made_from_nothing_published_and_earned_in(maker: Desk, workshop: Salon):
    page = maker.enter(Role.MARKETING, "/program")
    page.get_by_role("link", name="Create the first tier").click()
    for tier in LADDER:
        _make(maker, page, *tier)
    expect(page.locator(".ladder h2")).to_have_text([name for name, *_ in LADDER])
    maker.check()
    page.get_by_role("link", name="Settings", exact=True).click()
    page.get_by_label("Value of a point").fill("0.10")
    page.get_by_role("button", name="Save in the draft").click()
    page.get_by_text("The settings are in the draft.").wait_for()

    _publish(maker, page)
    with workshop.at_work() as company:
        today = datetime.now(company.zone).date()
        [version] = company.versions.programs
        assert version.effective_from == today
        assert [tier.id for tier in version.tiers] == ["bronze", "silver", "gold", "platinum"]
    _sell(workshop)
    maker.go("/program")
    steps = page.locator(".step")
    expect(steps).to_have_count(4)
    for place in range(4):
        expect(steps.nth(place).get_by_text("Guests in it now").locator("+ dd")).to_have_text(
            "1"
        )
    maker.check()
    with workshop.at_work() as company:
        heads = {ref: guest_heads.head_of(ref) for ref in SPENT}
        assert {ref: (one.tier, one.points) for ref, one in heads.items() if one} == {
            "ann": ("bronze", 6),
            "bea": ("silver", 26),
            "cyd": ("gold", 280),
            "dee": ("platinum", 1200),
        }
        assert [str(one) for one in verify(company).differences] == []


def _make(maker: Desk, page: Page, name: str, icon: str, spend: str, points: str) -> None:
    """One tier, as the wizard leads."""
    if not page.url.endswith("/program/tiers/new"):
        page.get_by_role("link", name="Add a tier").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("radio", name=icon).check()
    if name == "Gold":
        page.get_by_label("Minimum spend", exact=True).fill("125")
        page.get_by_label("Description").click()
        page.get_by_text("$125.00 is taken by Silver.").wait_for()
        maker.check()
        maker.expected_status = {422}
        page.get_by_role("button", name="Next: accruals").click()
        page.get_by_text("$125.00 is taken by Silver.").wait_for()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Gold")
    page.get_by_label("Minimum spend", exact=True).fill(spend)
    page.get_by_role("button", name="Next: accruals").click()
    page.wait_for_url("**/accruals")
    page.get_by_label("Money spent", exact=True).check()
    spent = page.locator(".accrual").nth(0)
    spent.get_by_label("Points").fill(points)
    earns = 120 * int(points) // 100
    spent.get_by_text(f"$120.00 for a facial earns {earns} points").wait_for()
    if name == "Gold":
        maker.check()
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/program")


def _publish(maker: Desk, page: Page) -> None:
    page.get_by_role("link", name="Publish …").click()
    page.get_by_text("Bronze: a new tier, from $50.00").wait_for()
    page.locator("#trial-result").get_by_text(
        "nobody came, and nobody was in a tier"
    ).wait_for()
    maker.check()
    page.get_by_role("button", name="Publish …").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Publish the program?").wait_for()
    maker.check()
    dialog.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url("**/program/versions")
    page.get_by_text("The program is published").wait_for()
    maker.check()


def _sell(workshop: Salon) -> None:
    """To each guest once, a moment later; then the day is closed."""
    at = datetime.now(ZoneInfo("America/New_York")) + timedelta(seconds=1)
    moment = at.isoformat()
    workshop.tell([invoice(f"i-{ref}", ref, amount, moment) for ref, amount in SPENT.items()])
    with workshop.at_work() as company:
        closing.close_through(company, at.date())


def test_two_people_at_one_draft_lose_nothing(maker: Desk, browser: Browser, workshop: Salon):
    other = Desk(browser, workshop)
    first = maker.enter(Role.MARKETING, "/program/settings")
    second = other.enter(Role.OWNER, "/program/settings")
    second.get_by_label("Months that count").fill("6")
    second.get_by_role("button", name="Save in the draft").click()
    second.get_by_text("The settings are in the draft.").wait_for()

    first.get_by_label("Months that count").fill("9")
    first.get_by_label("In steps of").fill("5")
    maker.expected_status = {409}
    first.get_by_role("button", name="Save in the draft").click()
    first.get_by_role("alert").get_by_text(f"{NAMES[Role.OWNER]} changed this").wait_for()
    expect(first.get_by_label("Months that count")).to_have_value("9")
    expect(first.get_by_text("In the draft by now: 6")).to_be_visible()
    maker.check()
    first.get_by_role("button", name="Save in the draft").click()
    first.get_by_text("The settings are in the draft.").wait_for()
    expect(first.get_by_label("Months that count")).to_have_value("9")

    first.get_by_role("button", name="Throw away").click()
    first.get_by_role("dialog").get_by_role("button", name="Throw away").click()
    first.get_by_text("The draft is thrown away.").wait_for()
    expect(first.locator(".draft-bar")).to_have_count(0)
    other.context.close()
    assert other.troubles == []


def test_what_excludes_what_is_said_in_place_and_the_keyboard_is_enough(maker: Desk):
    page = maker.enter(Role.OWNER, "/program/settings")
    discounted = page.get_by_label("Discounted items earn points too")
    expect(discounted).to_be_disabled()
    page.get_by_text("Only with “Points are awarded for: Closed invoices”.").first.wait_for()
    maker.tab_to("Each payment")
    maker.press("ArrowDown")
    expect(discounted).to_be_enabled()
    discounted.focus()
    maker.press("Space")
    expect(discounted).to_be_checked()
    page.get_by_role("radio", name="Each payment").check()
    page.get_by_text("“Discounted items earn points too” here needs").wait_for()
    expect(discounted).to_be_enabled()
    maker.check()
    maker.tab_to("Save in the draft")
    maker.press("Enter")
    page.get_by_text("One thing has to be settled").wait_for()
    maker.check()
    page.get_by_role("link", name="Publish …").click()
    expect(page.get_by_role("button", name="Publish …")).to_be_disabled()
    page.get_by_role("button", name="Throw away").click()
    page.get_by_role("dialog").get_by_role("button", name="Throw away").click()
    page.get_by_text("The draft is thrown away.").wait_for()


def test_a_draft_is_tried_on_all_of_last_month_some_guests_at_a_time(
    browser: Browser, sqlite_template, tmp_path, django_db_blocker
):
    many = [f"g{n}" for n in range(CHUNK + 20)]
    sold = [invoice(f"i-{one}", one, "60.00", "2026-01-06") for one in many]
    history = [*(guest(one) for one in many), *sold]
    with opened(sqlite_template, tmp_path, django_db_blocker, history) as salon:
        with salon.at_work() as company:
            closing.close_through(company, date(2026, 1, 31))
        office = Desk(browser, salon)
        page = office.enter(Role.MARKETING, "/program/tiers/silver/edit")
        page.get_by_label("Description").fill("Where it begins.")
        page.get_by_role("button", name="Save in the draft").click()
        page.get_by_role("link", name="Publish …").click()

        page.get_by_text(f"Looked at all {len(many) + 1} guests").wait_for()
        office.check()
        office.context.close()
        assert office.troubles == []
