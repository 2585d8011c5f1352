"""The kept figures of a stretch of days, put together for the dashboard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from regulars.records.figure_rows import Count
from regulars.records.queries import kept_figures
from regulars.records.queries.kept_figures import Stood, Sum
from regulars.rules.credit_history import DAY
from regulars.rules.periods import add_months, month_end
from regulars.services.figures.counting import OWED, TIER

MOST_DAYS = 31
"""A longer stretch is shown by weeks, one longer than so many weeks by months, and one longer
than so many months by years."""
MOST_WEEKS = 27
MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Bucket:
    """The days that are one column of a chart; `unit` is day, week, month or year."""

    first: date
    last: date
    unit: str


@dataclass(frozen=True, slots=True)
class Of:
    """What a figure is of: `points`, `accrual`, `rebook`, for one."""

    about: str
    kind: str
    part: str = ""


@dataclass(slots=True)
class Board:
    """Figures of a stretch of days: sums by bucket and in all, those of as many days before,
    and how things stood at the end of each bucket.
    """

    count: Count
    buckets: Sequence[Bucket]
    sums: list[dict[Of, tuple[int, int]]] = field(default_factory=list)
    in_all: Mapping[Of, tuple[int, int]] = field(default_factory=dict)
    before: Mapping[Of, tuple[int, int]] = field(default_factory=dict)
    stood: list[dict[Of, tuple[int, int]]] = field(default_factory=list)
    stood_before: dict[Of, tuple[int, int]] = field(default_factory=dict)

    def over_time(self, wanted: Callable[[Of], bool], *, is_value: bool = True) -> list[int]:
        """What figures come to in each bucket: their values, or how many they are of."""
        return [_total(sums, wanted, is_value) for sums in self.sums]

    def total(
        self, wanted: Callable[[Of], bool], *, is_value: bool = True, is_before: bool = False
    ) -> int:
        return _total(self.before if is_before else self.in_all, wanted, is_value)

    def stock(self, of: Of) -> list[tuple[int, int]]:
        """Number and value at the end of each bucket."""
        return [at_end.get(of, (0, 0)) for at_end in self.stood]


def _total(
    sums: Mapping[Of, tuple[int, int]], wanted: Callable[[Of], bool], is_value: bool
) -> int:
    return sum(both[is_value] for of, both in sums.items() if wanted(of))


def board(count: Count, first: date, last: date, *, center: str | None = None) -> Board:
    """The figures of these days, of one center or of all; three statements."""
    found = Board(count, buckets_of(first, last))
    _add_sums(found, kept_sums(found.buckets, center))
    n_days = last - first
    before = first - DAY
    found.in_all = _together(found.sums)
    found.before = _by_what(kept_figures.sums_in_all(before - n_days, before, center=center))
    _add_stood(found, center, before)
    return found


def kept_sums(buckets: Sequence[Bucket], center: str | None) -> list[Sum]:
    by_month = buckets[0].unit in ("month", "year")
    first, last = buckets[0].first, buckets[-1].last
    return kept_figures.sums(first, last, center=center, by_month=by_month)


def _together(
    parts: Sequence[Mapping[Of, tuple[int, int]]],
) -> dict[Of, tuple[int, int]]:
    found: dict[Of, tuple[int, int]] = {}
    for part in parts:
        for of, (number, value) in part.items():
            so_far = found.get(of, (0, 0))
            found[of] = (so_far[0] + number, so_far[1] + value)
    return found


def _by_what(sums: Sequence[Sum]) -> dict[Of, tuple[int, int]]:
    return {Of(one.about, one.kind, one.part): (one.number, one.value) for one in sums}


def _add_sums(found: Board, sums: Sequence[Sum]) -> None:
    found.sums = [{} for _ in found.buckets]
    ends = [bucket.last for bucket in found.buckets]
    for one in sums:
        # A month's sums are in the bucket its first day is in, or in the first.
        day = date.fromisoformat(one.when if len(one.when) > 7 else f"{one.when}-01")
        place = next(n for n, end in enumerate(ends) if day <= end)
        of = Of(one.about, one.kind, one.part)
        number, value = found.sums[place].get(of, (0, 0))
        found.sums[place][of] = (number + one.number, value + one.value)


def _add_stood(found: Board, center: str | None, before: date) -> None:
    """Beyond the last day counted, things stand as they did at its end."""
    last = found.count.last
    days = [min(bucket.last, last) for bucket in found.buckets]
    by_day: dict[date, dict[Of, tuple[int, int]]] = {}
    for one in kept_figures.stood_on([before, *days], center=center):
        by_day.setdefault(one.day, {})[_of(one)] = (one.number, one.value)
    found.stood = [by_day.get(day, {}) for day in days]
    found.stood_before = by_day.get(before, {})


def _of(one: Stood) -> Of:
    return Of(one.about, one.part if one.about == TIER else one.kind)


def in_tier(tier: str) -> Of:
    return Of(TIER, tier)


def owed(kind: str) -> Of:
    return Of(OWED, kind)


# -- buckets ----------------------------------------------------------------------------------


def buckets_of(first: date, last: date) -> list[Bucket]:
    """The days from first to last by day, week, month or year, whatever leaves few enough."""
    n_days = (last - first).days + 1
    n_months = (last.year - first.year) * 12 + last.month - first.month + 1
    if n_days <= MOST_DAYS:
        return _cut(first, last, "day", lambda day: day)
    if n_days <= 7 * MOST_WEEKS:
        return _cut(first, last, "week", lambda day: day + timedelta(days=6 - day.weekday()))
    if n_months <= MOST_MONTHS:
        return _cut(first, last, "month", month_end)
    return _cut(first, last, "year", lambda day: date(day.year, 12, 31))


def _cut(first: date, last: date, unit: str, end_of: Callable[[date], date]) -> list[Bucket]:
    found = []
    day = first
    while day <= last:
        end = min(end_of(day), last)
        found.append(Bucket(day, end, unit))
        day = end + DAY
    return found


# -- stretches of days ------------------------------------------------------------------------

PERIODS = (
    "this_month",
    "last_month",
    "last_30_days",
    "last_90_days",
    "this_year",
    "last_year",
    "last_12_months",
    "everything",
)
AHEAD = ("next_30_days", "next_90_days", "next_12_months")
"""Periods that begin today, for what looks ahead."""


def days_of(period: str, today: date, *, beginning: date) -> tuple[date, date]:
    """The first and the last day of a period by its name, as of today."""
    month = today.replace(day=1)
    year = date(today.year, 1, 1)
    return {
        "this_month": (month, today),
        "last_month": (add_months(month, -1), month - DAY),
        "last_30_days": (today - 29 * DAY, today),
        "last_90_days": (today - 89 * DAY, today),
        "this_year": (year, today),
        "last_year": (date(today.year - 1, 1, 1), year - DAY),
        "last_12_months": (add_months(month, -11), today),
        "everything": (min(beginning, today), today),
        "next_30_days": (today, today + 29 * DAY),
        "next_90_days": (today, today + 89 * DAY),
        "next_12_months": (today, add_months(today, 12) - DAY),
    }[period]
