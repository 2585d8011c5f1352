"""Stretches of days: cut so that a chart has room, and named so that they move along."""

from datetime import date
from itertools import pairwise

import pytest

from regulars.services.figures.board import AHEAD, PERIODS, buckets_of, days_of

TODAY = date(2026, 3, 31)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "last", "unit", "n_buckets"),
    [
        ("2026-03-01", "2026-03-31", "day", 31),
        ("2026-03-01", "2026-04-01", "week", 6),
        ("2025-09-25", "2026-03-31", "week", 28),
        ("2025-09-24", "2026-03-31", "week", 28),
        ("2025-09-23", "2026-03-31", "month", 7),
        ("2023-04-01", "2026-03-31", "month", 36),
        ("2023-03-31", "2026-03-31", "year", 4),
        ("2026-03-31", "2026-03-31", "day", 1),
    ],
)
def test_every_day_is_in_one_bucket(first, last, unit, n_buckets):
    found = buckets_of(day(first), day(last))

    assert {one.unit for one in found} == {unit}
    assert len(found) == n_buckets
    assert (found[0].first, found[-1].last) == (day(first), day(last))
    for one, following in pairwise(found):
        assert (following.first - one.last).days == 1


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("this_month", "2026-03-01", "2026-03-31"),
        ("last_month", "2026-02-01", "2026-02-28"),
        ("last_30_days", "2026-03-02", "2026-03-31"),
        ("last_90_days", "2026-01-01", "2026-03-31"),
        ("this_year", "2026-01-01", "2026-03-31"),
        ("last_year", "2025-01-01", "2025-12-31"),
        ("last_12_months", "2025-04-01", "2026-03-31"),
        ("everything", "2024-07-01", "2026-03-31"),
        ("next_30_days", "2026-03-31", "2026-04-29"),
        ("next_90_days", "2026-03-31", "2026-06-28"),
        ("next_12_months", "2026-03-31", "2027-03-30"),
    ],
)
def test_periods_are_as_of_today(period, first, last):
    assert days_of(period, TODAY, beginning=date(2024, 7, 1)) == (day(first), day(last))


def test_every_period_is_known():
    for period in (*PERIODS, *AHEAD):
        first, last = days_of(period, TODAY, beginning=TODAY)
        assert first <= last
