"""Rules 4.2, 4.11 and 6.1: windows, month ends and kept days."""

from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.rules.periods import (
    add_months,
    falls_on,
    is_month_end,
    month_end,
    month_end_on_or_after,
    window_start,
)

days = st.dates()
usual_days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 7, 4), 0, date(2026, 7, 4)),
        (date(1, 1, 5), -1, date.min),
        (date(9999, 12, 5), 1, date.max),
    ],
)
def test_months_are_added_to_the_same_day(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("on", "months", "start"),
    [
        (date(2026, 7, 4), 12, date(2025, 7, 4)),
        (date(2026, 6, 30), 12, date(2025, 6, 30)),
        (date(2026, 7, 31), 1, date(2026, 6, 30)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2028, 2, 29), 48, date(2024, 2, 29)),
    ],
)
def test_the_window_reaches_back_to_the_same_day(on: date, months: int, start: date) -> None:
    assert window_start(on, months) == start


@given(usual_days, st.integers(-600, 600))
def test_the_day_is_kept_or_clamped_to_the_month_end(day: date, months: int) -> None:
    there = add_months(day, months)

    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there.day < day.day and is_month_end(there))


@given(usual_days, usual_days, st.integers(1, 120))
def test_later_windows_never_start_earlier(one: date, other: date, months: int) -> None:
    earlier, later = sorted((one, other))

    assert window_start(earlier, months) <= window_start(later, months) <= later


@given(days)
def test_a_month_ends_the_day_before_another_begins(day: date) -> None:
    end = month_end(day)

    assert (end.year, end.month) == (day.year, day.month)
    assert end == date.max or (end + timedelta(days=1)).day == 1
    assert is_month_end(day) == (day == end)
    assert month_end_on_or_after(day) == end >= day


@pytest.mark.parametrize(
    ("kept", "on", "is_the_day"),
    [
        (date(1990, 3, 2), date(2026, 3, 2), True),
        (date(1990, 3, 2), date(2026, 3, 3), False),
        (date(1990, 3, 2), date(2026, 4, 2), False),
        (date(1990, 3, 2), date(1990, 3, 2), True),
        (date(1990, 3, 2), date(1989, 3, 2), False),
        (date(2000, 2, 29), date(2027, 2, 28), True),
        (date(2000, 2, 29), date(2027, 3, 1), False),
        (date(2000, 2, 29), date(2028, 2, 28), False),
        (date(2000, 2, 29), date(2028, 2, 29), True),
        (date(2000, 2, 29), date(2100, 2, 28), True),
        (date(2001, 2, 28), date(2028, 2, 29), False),
    ],
)
def test_a_birthday_falls_on_its_day(kept: date, on: date, is_the_day: bool) -> None:
    assert falls_on(kept, on) is is_the_day


@given(st.dates(date(1900, 1, 1), date(2050, 12, 31)), st.integers(0, 100))
def test_every_year_has_exactly_one_birthday(kept: date, years: int) -> None:
    year = kept.year + years
    length = 366 if isleap(year) else 365
    in_year = [date(year, 1, 1) + timedelta(days=n) for n in range(length)]

    assert sum(falls_on(kept, day) for day in in_year) == 1
