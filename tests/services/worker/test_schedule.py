"""When work is due: hours of centers, days to tell on, months of statements."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from regulars.rules.program_parsing import parse_program
from regulars.services import schedule, upkeep
from regulars.services.schedule import Timetable
from tests.services.short_histories import SILVER, guest, invoice, program
from tests.services.worker.shop import VENICE, instant, open_shop, switch_on, take_in

NEW_YORK, LOS_ANGELES = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
VISIT = [guest("ann"), invoice("inv1", "ann", "150.00", "2026-03-06")]


def terms(**settings):
    """A program of these settings, parsed."""
    fact = {**program(**settings)}
    del fact["type"], fact["at"]
    return parse_program(fact, 2)


def dues(found) -> list[str]:
    return [f"{due.job} {due.day} {due.center or 'all'} {due.at:%d %H:%M}" for due in found]


# -- closes -----------------------------------------------------------------------------------


def test_a_center_is_settled_five_minutes_after_its_day():
    assert Timetable().center_due_at(NEW_YORK, date(2026, 3, 2)) == instant(
        "2026-03-03T00:05-05:00"
    )


def test_an_hour_in_the_evening_is_of_the_day_itself():
    table = Timetable(close_at=time(22))
    assert table.center_due_at(NEW_YORK, date(2026, 3, 2)) == instant("2026-03-02T22:00-05:00")


def test_an_hour_that_clocks_skip_still_comes_once():
    """In New York 8 March has no 02:30."""
    table = Timetable(close_at=time(2, 30))
    due = table.center_due_at(NEW_YORK, date(2026, 3, 7))
    assert instant("2026-03-08T01:59-05:00") < due <= instant("2026-03-08T03:30-04:00")


@pytest.mark.usefixtures("sqlite_database")
def test_a_date_is_final_at_the_last_centers_hour():
    open_shop(VENICE, program(), *VISIT)
    with upkeep.at_work(None) as company:
        table = Timetable()
        before, at = instant("2026-03-07T00:04-08:00"), instant("2026-03-07T00:05-08:00")
        assert schedule.last_day_to_close(company, table, before) == date(2026, 3, 5)
        assert schedule.last_day_to_close(company, table, at) == date(2026, 3, 6)
        assert dues(schedule.centers_to_settle(company, table, before)) == [
            "close 2026-03-06 soho 07 05:05"
        ]
        assert dues(schedule.centers_to_settle(company, table, at)) == []


@pytest.mark.usefixtures("sqlite_database")
def test_settled_in_the_evening_and_final_only_when_the_day_is_over():
    open_shop(program(), *VISIT)
    table = Timetable(close_at=time(21))
    with upkeep.at_work(None) as company:
        evening, night = instant("2026-03-06T21:00-05:00"), instant("2026-03-07T00:00-05:00")
        assert dues(schedule.centers_to_settle(company, table, evening)) == [
            "close 2026-03-06 soho 07 02:00"
        ]
        assert schedule.last_day_to_close(company, table, evening) == date(2026, 3, 5)
        assert schedule.last_day_to_close(company, table, night) == date(2026, 3, 6)


# -- reminders --------------------------------------------------------------------------------


def reminded(*numbers: int, after: str, today: str) -> dict[str, int]:
    found = schedule.reminders_due(
        terms(expiry_reminder_days=list(numbers)),
        after=date.fromisoformat(after),
        today=date.fromisoformat(today),
    )
    return {str(day): number for day, number in sorted(found.items())}


def test_each_number_of_days_has_its_last_day():
    assert reminded(30, 7, 1, after="2026-03-01", today="2026-03-02") == {
        "2026-03-03": 1,
        "2026-03-09": 7,
        "2026-04-01": 30,
    }


def test_of_days_that_were_missed_only_what_has_not_ended():
    """Three days without a worker, one reminder the day before: only for tomorrow and today."""
    assert reminded(1, after="2026-03-01", today="2026-03-05") == {
        "2026-03-05": 1,
        "2026-03-06": 1,
    }


def test_of_several_that_were_missed_the_nearest():
    """For 9 March seven days and five fell into the gap; five is the nearer one."""
    found = reminded(7, 5, after="2026-03-01", today="2026-03-05")
    assert found["2026-03-09"] == 5
    assert found["2026-03-11"] == 7


def test_a_reminder_on_the_last_day_itself():
    assert reminded(0, after="2026-03-01", today="2026-03-02") == {"2026-03-02": 0}


# -- statements -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "months"),
    [
        (1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        (3, [3, 6, 9, 12]),
        (5, [5, 10]),
        (12, [12]),
        (None, []),
    ],
)
def test_months_of_statements_are_counted_from_january(every, months):
    version = terms(statement_every_months=every)
    found = [
        month
        for month in range(1, 13)
        if schedule.is_statement_month(version, date(2026, month, 28))
    ]
    assert found == months


@pytest.mark.usefixtures("sqlite_database")
def test_a_statement_tells_of_the_months_since_the_one_before():
    open_shop(program(tiers=[SILVER], statement_every_months=5), *VISIT)
    switch_on("statement")
    with upkeep.at_work(None) as company:
        assert schedule.statement_due(company, through=date(2026, 5, 30)) is None
        assert schedule.statement_due(company, through=date(2026, 5, 31)) == date(2026, 5, 31)
        assert schedule.statement_due(company, through=date(2026, 9, 2)) == date(2026, 5, 31)
        assert schedule.statement_since(company, date(2026, 5, 31)) == date(2025, 11, 1)


# -- what is next -----------------------------------------------------------------------------


@pytest.mark.usefixtures("sqlite_database")
def test_what_is_next():
    settings = {"expiry_reminder_days": [7], "statement_every_months": 3}
    open_shop(VENICE, program(**settings), *VISIT)
    switch_on("points_expiring", "statement")
    take_in({**VISIT[1], "at": "2026-03-07T09:00", "id": "inv2"})
    with upkeep.at_work(None) as company:
        found = schedule.upcoming(company, Timetable(), instant("2026-03-07T10:00-05:00"))
    assert dues(found) == [
        "close 2026-03-07 soho 08 05:05",
        "close 2026-03-07 all 08 08:05",
        "reminders 2026-03-08 all 08 13:00",
        "tidy 2026-03-08 all 08 13:00",
        "close 2026-03-08 soho 09 04:05",
        "close 2026-03-09 soho 10 04:05",
        "statements 2026-03-31 all 01 13:00",
    ]
