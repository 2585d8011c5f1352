"""`regulars close-day`, `month-end`, `expire`: by hand or by a timer."""

import pytest

from tests.faces.cli.shell import SPRING, balances, file_of, said_json, say

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture(autouse=True)
def spring(each_database, tmp_path):
    say("import", file_of(tmp_path, SPRING))


def test_a_day_is_closed_once_and_missed_days_before_it():
    closed, again = said_json("close-day", "2026-04-08"), said_json("close-day", "2026-04-08")

    assert closed == {"closed_through": "2026-04-08", "days": 3, "guests": 1, "center": None}
    assert again == {"closed_through": "2026-04-08", "days": 0, "guests": 0, "center": None}
    assert balances()["ann"] == ("silver", 165)


def test_a_center_may_settle_early_and_the_date_stays_open():
    early = said_json("close-day", "2026-04-06", "--center", "soho")

    assert early == {
        "closed_through": "2026-04-05",
        "days": 0,
        "guests": 1,
        "center": "soho",
    }
    assert balances()["ann"] == ("silver", 165)
    assert said_json("close-day", "2026-04-06")["closed_through"] == "2026-04-06"
    assert balances()["ann"] == ("silver", 165)


def test_a_center_that_is_not_there_is_refused():
    refused = say("close-day", "--center", "harlem")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Refused (unknown_reference): ")


def test_a_trial_of_the_month_lists_who_would_go_and_leaves_no_trace():
    # 326 spent in spring 2026 lie outside the window a year later.
    trial = said_json("month-end", "--month", "2027-04", "--dry-run")

    assert trial == {
        "month_end": "2027-04-30",
        "dry_run": True,
        "made_before": False,
        "moves": [{"guest": "ann", "from": "silver", "to": None}],
    }
    assert balances()["ann"] == ("silver", 125)
    assert said_json("close-day", "2026-04-05")["days"] == 0


def test_the_month_is_checked_once_and_told_again():
    made = say("month-end", "--month", "2027-04", "--yes")
    again = say("month-end", "--month", "2027-04")

    assert made.stdout.splitlines()[0] == "2027-04-30: 1 guest moved, 1 of them out."
    assert again.stdout.splitlines()[0] == (
        "2027-04-30: 1 guest moved, 1 of them out. The check had been made before."
    )
    assert balances()["ann"][0] is None


def test_points_lapse_after_their_last_day():
    # Earned on 2 March 2026 for 365 days: good through 2 March 2027.
    say("expire", "2027-03-01", "--yes")
    before = balances()["ann"]
    lapsed = said_json("expire", "2027-03-02", "--yes")

    assert (before, balances()["ann"]) == (("silver", 165), ("silver", 40))
    assert lapsed == {"expired_through": "2027-03-02", "guests": 1}


def test_a_script_is_warned_of_a_day_that_is_not_over():
    early = say("month-end", "--month", "2027-04")

    assert "is not over yet" in early.stderr


def test_a_date_that_does_not_exist_is_not_understood():
    assert say("close-day", "2026-02-30").exit_code == 2
    assert say("month-end", "--month", "2026-13").exit_code == 2
