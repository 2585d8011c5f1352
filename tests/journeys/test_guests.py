"""A guest at the desk: found, made known, enrolled, given points and rewards, merged."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from regulars.rules.permissions import Role
from regulars.services.verifying import verify
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon, opened
from tests.services.short_histories import guest, invoice, program

TODAY = datetime.now(UTC).date()
VISITED = f"{TODAY - timedelta(days=20)}T12:00"
SETTINGS = {"direct_enrollment": True, "approval_above_points": 500, "enrollment": "manual"}
VIP = {"type": "status", "id": "vip", "name": "VIP", "include_in_loyalty_rewards": True}
VISIT = {
    "type": "appointment",
    "id": "vera-1",
    "guest": "vera",
    "center": "soho",
    "booked_at": f"{TODAY - timedelta(days=30)}T10:00",
    "channel": "desk",
    "starts_at": VISITED,
    "status": "completed",
    "at": VISITED,
}


def history() -> list[dict[str, Any]]:
    """A program that enrolls by hand, with an approval limit; and people."""
    known = "2026-02-01T09:00"

    def new(ref: str, **fields: Any) -> dict[str, Any]:
        return guest(ref, **fields) | {"at": known}

    today = datetime.now(UTC) - timedelta(minutes=1)
    return [
        program(since="2026-02-01", at=known, **SETTINGS),
        VIP | {"at": known},
        new("vera", name="Vera Holm", status="vip", phone="+1 212 555 0130"),
        new("wilma", name="Wilma Berg", email="wilma@example.com"),
        new("xenia", name="Xenia Roth"),
        new("yara", name="Yara Stein", phone="+1 212 555 0140"),
        new("yara2", name="Yara Steyn", phone="+1 212 555 0140", referred_by="vera"),
        new("zita", name="Zita Maurer"),
        VISIT,
        invoice("iv-vera", "vera", "400.00", VISITED),
        invoice("iv-wilma", "wilma", "150.00", VISITED),
        invoice("iv-yara", "yara", "120.00", VISITED),
        invoice("iv-yara2", "yara2", "220.00", VISITED),
        *[
            {"type": "enroll", "id": f"e-{ref}", "guest": ref, "at": VISITED}
            for ref in ("vera", "yara", "yara2")
        ],
        # The last of the history: every day before it is closed.
        guest("ute", name="Ute Abel") | {"at": today.isoformat()},
    ]


@pytest.fixture(scope="module")
def salon(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[Salon]:
    """One of their own: another program than the others have."""
    folder = tmp_path_factory.mktemp("guests")
    with opened(sqlite_template, folder, django_db_blocker, history()) as salon:
        yield salon


def proved(salon: Salon) -> None:
    """Everything there is can be told again from the facts."""
    with salon.at_work() as company:
        assert [str(one) for one in verify(company).differences] == []


def balance(page: Page) -> int:
    text = page.locator(".guest-balance .value").inner_text()
    return int(re.sub(r"[^0-9-]", "", text))


def dialog(page: Page):
    return page.get_by_role("dialog")


# -- finding ----------------------------------------------------------------------------------


def test_the_list_is_narrowed_while_one_types(window: Desk, salon: Salon):
    page = window.enter(Role.FRONT_DESK, "/clients")
    window.check()
    page.get_by_label("Name, phone, e-mail or number").fill("holm")
    expect(page.get_by_role("link", name="Vera Holm")).to_be_visible()
    expect(page.get_by_role("link", name="Wilma Berg")).to_have_count(0)
    page.get_by_label("Loyalty rewards", exact=True).select_option("no")
    expect(page.get_by_text("Nobody is like that.")).to_be_visible()
    window.check()


def test_columns_are_chosen_and_the_file_has_them(desk: Desk, salon: Salon):
    page = desk.enter(Role.MARKETING, "/clients?search=vera")
    page.get_by_role("button", name="Columns").click()
    for name in ("Phone", "E-mail", "Categories", "Rewards", "Next reward expiry"):
        dialog(page).get_by_label(name, exact=True).uncheck()
    desk.check()
    dialog(page).get_by_role("button", name="Keep these").click()
    expect(page.get_by_text("Your columns are kept.")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Phone")).to_have_count(0)

    page = desk.go("/clients?search=vera")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="All of these as a file").click()
    text = downloaded.value.path().read_text("utf-8-sig")
    lines = text.splitlines()
    assert lines[0] == "Name,Status,Tier,Points,Reward amount,Last visit"
    assert lines[1].startswith("Vera Holm,VIP,Silver,")


TABS = (
    *("", "-appointments", "-invoices", "-points", "-rewards"),
    *("-feedback", "-referrals", "-history"),
)


def test_every_tab_is_for_everybody_on_every_screen(window: Desk, salon: Salon):
    window.enter(Role.MANAGER)
    for tab in TABS:
        window.go(f"/guest{tab}/vera")
        window.check()


# -- making known, enrolling ------------------------------------------------------------------


def test_a_new_guest_is_made_known_with_the_keyboard_alone(desk: Desk, salon: Salon):
    desk.expected_status.add(422)
    page = desk.enter(Role.FRONT_DESK, "/clients")
    desk.tab_to("New guest")
    desk.press("Enter")
    page.wait_for_url("/clients/new")
    desk.tab_to("Name")
    page.keyboard.type("Ute Lang")
    desk.tab_to("Phone")
    page.keyboard.type("(212) 555-0130")
    desk.press("Enter")
    expect(page.get_by_text("Somebody is known like that already")).to_be_visible()
    expect(page.get_by_role("link", name="Vera Holm")).to_be_visible()
    desk.check()
    page.get_by_role("textbox", name="Phone").fill("(212) 555-0177")
    desk.press("Enter")

    expect(page.get_by_role("heading", name="Ute Lang")).to_be_visible()
    expect(page.get_by_text("Ute Lang is known now.")).to_be_visible()
    desk.check()


def test_spend_enrolls_and_who_has_none_is_told_what_is_missing(desk: Desk, salon: Salon):
    page = desk.enter(Role.FRONT_DESK, "/guest/wilma")
    page.get_by_role("link", name="Enroll").click()
    expect(dialog(page).get_by_text("$150.00")).to_be_visible()
    expect(dialog(page).get_by_label("Applicable tier: Silver")).to_be_checked()
    expect(dialog(page).get_by_label("Highest tier: Gold")).to_be_visible()
    desk.check()
    dialog(page).get_by_label("Comment").fill("Asked at the desk")
    dialog(page).get_by_role("button", name="Enroll").click()

    expect(page.get_by_text("Wilma Berg is in Silver now.")).to_be_visible()
    assert balance(page) == 100
    desk.check()
    proved(salon)


def test_direct_enrollment_and_its_cancelling(desk: Desk, salon: Salon):
    page = desk.enter(Role.MANAGER, "/guest/xenia")
    page.get_by_role("link", name="Enroll").click()
    expect(dialog(page).get_by_text("100.00 more is needed for Silver")).to_be_visible()
    dialog(page).get_by_label("Highest tier: Gold").check()
    dialog(page).get_by_role("button", name="Enroll").click()
    expect(page.get_by_text("Xenia Roth is in Gold now.")).to_be_visible()
    assert balance(page) == 100

    page.get_by_role("link", name="Cancel the enrollment").click()
    expect(dialog(page).get_by_text("100 points of Xenia Roth end at once")).to_be_visible()
    desk.check()
    dialog(page).get_by_role("button", name="Cancel the enrollment").click()
    expect(page.get_by_text("100 points ended.")).to_be_visible()
    expect(page.get_by_text("does not take part").first).to_be_visible()
    assert balance(page) == 0
    proved(salon)


# -- points -----------------------------------------------------------------------------------


def test_points_above_the_limit_wait_for_a_second_person(browser, salon: Salon):
    asking, deciding = (Desk(browser, salon) for _ in range(2))
    page = asking.enter(Role.MARKETING, "/guest-points/vera")
    before = balance(page)
    page.get_by_role("link", name="Add points").click()
    dialog(page).get_by_label("Points", exact=True).fill("900")
    dialog(page).get_by_label("Reason").select_option("goodwill")
    dialog(page).get_by_label("Comment").fill("Ten years with us")
    asking.check()
    dialog(page).get_by_role("button", name="Add").click()
    expect(page.get_by_text("above the limit of 500")).to_be_visible()
    assert balance(page) == before
    asking.check()

    page = deciding.enter(Role.MANAGER, "/approvals")
    row = page.get_by_role("row", name="Vera Holm")
    expect(row.get_by_text("Add 900 points")).to_be_visible()
    deciding.check()
    row.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved: it is done.")).to_be_visible()
    assert balance(deciding.go("/guest-points/vera")) == before + 900
    expect(deciding.page.get_by_role("cell", name="By hand")).to_be_visible()
    for one in (asking, deciding):
        one.context.close()
    proved(salon)


def test_removing_too_many_is_refused_at_the_field(desk: Desk, salon: Salon):
    desk.expected_status.add(422)
    page = desk.enter(Role.MANAGER, "/guest-points/yara")
    before = balance(page)
    page.get_by_role("link", name="Remove points").click()
    dialog(page).get_by_label("Points", exact=True).fill("400")
    dialog(page).get_by_role("button", name="Remove").click()
    expect(dialog(page).get_by_text(f"Only {before} points can be used.")).to_be_visible()
    desk.check()
    dialog(page).get_by_label("Points", exact=True).fill("10")
    dialog(page).get_by_role("button", name="Remove").click()
    expect(page.get_by_text("10 points removed.")).to_be_visible()
    assert balance(page) == before - 10

    page.get_by_role("link", name="Give more time").click()
    later = TODAY + timedelta(days=700)
    dialog(page).get_by_label("Good through from now on").fill(later.isoformat())
    dialog(page).get_by_role("button", name="Give more time").click()
    expect(page.get_by_text(re.compile(r"^Good through .* now\.$"))).to_be_visible()
    desk.check()
    proved(salon)


# -- rewards, feedback ------------------------------------------------------------------------


def test_a_reward_is_given_changed_and_made_void(desk: Desk, salon: Salon):
    page = desk.enter(Role.MANAGER, "/guest-rewards/zita")
    expect(page.get_by_text("No reward yet.")).to_be_visible()
    page.get_by_role("link", name="Give a reward").click()
    dialog(page).get_by_label("Amount").fill("25")
    dialog(page).get_by_label("Note").fill("For the long wait")
    desk.check()
    dialog(page).get_by_role("button", name="Give it").click()
    expect(page.get_by_text("is not in loyalty rewards")).to_be_visible()
    expect(page.get_by_role("cell", name="$25.00")).to_be_visible()

    page.get_by_role("link", name=re.compile("^Change")).click()
    dialog(page).get_by_label("Amount").fill("30.00")
    dialog(page).get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="$30.00")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Make void")).click()
    dialog(page).get_by_label("Why").fill("Given twice")
    dialog(page).get_by_role("button", name="Make it void").click()
    expect(page.get_by_text(re.compile("^Reward .* is void"))).to_be_visible()
    desk.check()
    proved(salon)


def test_feedback_is_written_down_at_the_desk(window: Desk, salon: Salon):
    page = window.enter(Role.FRONT_DESK, "/guest-feedback/vera")
    page.get_by_role("link", name="Add feedback").click()
    window.expected_status.add(422)
    dialog(page).get_by_role("button", name="Keep it").click()
    expect(dialog(page).get_by_text("This field is required.")).to_be_visible()
    dialog(page).get_by_role("radio", name="5 ★★★★★").check()
    dialog(page).get_by_label("What the guest said").fill("Lovely, as always")
    dialog(page).get_by_label("The guest allows us to publish it").check()
    window.check()
    dialog(page).get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Thank you: the feedback is kept.")).to_be_visible()
    expect(page.get_by_text("may be shared").first).to_be_visible()
    window.check()
    proved(salon)


# -- two records of one person ----------------------------------------------------------------


def test_two_records_become_one_and_two_again(desk: Desk, salon: Salon):
    page = desk.enter(Role.MANAGER, "/guest/yara")
    mine = balance(page)
    other = balance(desk.go("/guest/yara2"))
    desk.go("/guest/yara")
    page.get_by_role("link", name="Merge").click()
    desk.check()
    page.get_by_role("link", name="Compare Yara Steyn").click()
    expect(
        page.get_by_role("row", name="Points").get_by_text(f"{mine + other}")
    ).to_be_visible()
    desk.check()
    page.get_by_role("button", name="Merge the two").click()
    expect(page.get_by_text("It can be undone")).to_be_visible()
    assert balance(page) == mine + other
    proved(salon)

    desk.go("/guest/yara2")
    expect(page.get_by_text("This record was merged into Yara Stein")).to_be_visible()
    desk.check()
    page.get_by_role("link", name="Go to Yara Stein").click()
    page.get_by_role("link", name="Undo").click()
    desk.check()
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_text("are two again.")).to_be_visible()
    assert balance(page) == other
    assert balance(desk.go("/guest/yara")) == mine
    proved(salon)


# -- who it is --------------------------------------------------------------------------------


def test_status_consent_and_opt_in_are_changed(desk: Desk, salon: Salon):
    page = desk.enter(Role.FRONT_DESK, "/guest/zita")
    page.get_by_role("link", name="Status").click()
    dialog(page).get_by_label("Status").select_option("vip")
    dialog(page).get_by_role("button", name="Save").click()
    expect(page.get_by_text("Zita Maurer is saved.")).to_be_visible()
    expect(page.get_by_text("in loyalty rewards")).to_be_visible()

    page.get_by_role("link", name="Change").click()
    dialog(page).get_by_role("group", name="E-mail").get_by_label("agreed").check()
    dialog(page).get_by_label("Language").select_option("de")
    desk.check()
    dialog(page).get_by_role("button", name="Save").click()
    expect(page.get_by_text("German")).to_be_visible()

    page.get_by_role("button", name="Opt out").click()
    desk.check()
    dialog(page).get_by_role("button", name="Opt out").click()
    expect(page.get_by_text("Zita Maurer takes part no more.")).to_be_visible()
    page.get_by_role("button", name="Opt in").click()
    dialog(page).get_by_role("button", name="Opt in").click()
    expect(page.get_by_text("Zita Maurer takes part again.")).to_be_visible()
    proved(salon)
