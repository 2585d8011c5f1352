"""Marketing at work on rewards: a run over 20,000 guests and its undoing, rewards by hand."""

import time
from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Browser, expect

from regulars.records import models
from regulars.records.queries import reward_lists
from regulars.rules.permissions import Role
from regulars.services import verifying
from tests import databases
from tests.crowds import MARK, multiply
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon, opened
from tests.services.short_histories import guest, invoice

N_GUESTS = 20_000
REGULAR = {
    "type": "status",
    "id": "regular",
    "name": "Regular",
    "include_in_loyalty_rewards": True,
    "at": "2026-01-01",
}
WHO = {"status": "regular", "at": "2026-02-01"}
PAST = [
    REGULAR,
    guest("olive", name="Olive Brandt", **WHO),
    guest("pia", name="Pia Nowak", **WHO),
    invoice("of-olive", "olive", "1100.00", "2026-02-02"),
    invoice("of-pia", "pia", "640.00", "2026-02-02"),
]
AT = "2026-02-04"
PAID = {"id": "p1", "tender": "gift_card", "amount": "550.00", "at": AT}
ONE_OF_MANY = [  # she has bought for 550.00, by what moves no tier
    guest(f"c{MARK}", name=f"Guest {MARK}", status="regular", at="2026-02-03"),
    invoice(f"of-c{MARK}", f"c{MARK}", "550.00", AT, payments=[PAID]),
]


@pytest.fixture(scope="module")
def chain(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[Salon]:
    folder = tmp_path_factory.mktemp("chain")
    history = [*PAST, *ONE_OF_MANY]
    with opened(sqlite_template, folder, django_db_blocker, history) as salon:
        with (
            django_db_blocker.unblock(),
            databases.in_use(salon.database),
            transaction.atomic(),
        ):
            multiply(N_GUESTS - 1)
        yield salon


@pytest.fixture
def office(browser: Browser, chain: Salon) -> Iterator[Desk]:
    window = Desk(browser, chain)
    yield window
    window.context.close()
    assert window.troubles == []


def ended(salon: Salon, *, kind: str) -> models.RewardOrder:
    """The order of this kind once it is carried out, whoever looks on."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with salon.at_work():
            row = models.RewardOrder.objects.get(kind=kind)
        if row.state == "done":
            return row
        time.sleep(0.2)
    raise AssertionError(f"{row.state} after a minute: {row.problem}")


def test_a_run_over_all_of_them_goes_on_without_its_page_and_is_undone(
    office: Desk, chain: Salon, browser: Browser
):
    page = office.enter(Role.MARKETING, "/rewards/process")
    page.get_by_label("Sales for one reward").fill("500.00")
    page.get_by_label("Amount of a reward").fill("25.00")
    page.get_by_text("That gives back 5% of sales.").wait_for()
    office.check()
    office.tab_to("Look at the guests")
    office.press("Enter")

    page.get_by_text("20,002 guests have sales for a reward").wait_for(timeout=60_000)
    expect(page.locator("#totals")).to_contain_text("$500,075.00")
    page.get_by_label("Reward for Olive Brandt").uncheck()  # two of hers, and she is first
    expect(page.locator("#totals")).to_contain_text("20,001")
    page.get_by_label("Find among them").fill("guest 1234")
    page.get_by_text("12 found").wait_for()
    page.get_by_role("button", name="Untick all that were found").click()
    expect(page.locator("#totals")).to_contain_text("19,989")
    office.check()

    page.get_by_role("button", name="Create the rewards").click()
    page.get_by_text("19,989 rewards are created, together $499,725.00.").wait_for()
    office.check()
    page.get_by_role("button", name="Create them").dblclick()
    page.get_by_role("progressbar").wait_for()
    office.check()
    left_at = page.url
    page.close()

    ended(chain, kind="process")
    office.page = page = office.context.new_page()
    page.goto(left_at)  # whoever comes back finds the result
    page.wait_for_url("**/rewards/run/**")
    expect(page.get_by_role("main")).to_contain_text("$499,725.00")
    office.check()
    with chain.at_work():
        [run] = reward_lists.runs()
        assert (run.n_guests, run.n_rewards, run.by) == (19_989, 19_989, "nadia.rahman")
        given = models.Reward.objects.filter(run_id=run.key)
        assert not given.filter(guest__external_id__in=["olive", "c1234"]).exists()
        assert given.count() == 19_989

    page.get_by_role("link", name="Undo this run").click()
    page.get_by_text("19,989 rewards, together $499,725.00, become void.").wait_for()
    office.check()
    page.get_by_role("button", name="Undo the run").click()
    page.get_by_role("progressbar").wait_for()
    page.get_by_text("This run was undone:").wait_for(timeout=60_000)
    office.check()
    with chain.at_work() as company:
        assert [one.is_undone for one in reward_lists.runs()] == [True]
        assert set(given.values_list("state", flat=True)) == {"void"}
        assert verifying.verify(company).is_clean
