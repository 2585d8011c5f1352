"""What guests hold at the end of each day, from what changed: points, their value, debt.

The value is worked out guest by guest and down to the cent, as the report on liability does,
so what is counted here day by day is that report of every day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from regulars.records.queries.day_counts import DayChange
from regulars.rules.credit_history import DAY
from regulars.services.organizations import Company


@dataclass(slots=True)
class Held:
    """Open points, what they are worth, and points owed by guests; or what they change by."""

    points: int = 0
    cents: int = 0
    debt: int = 0

    def add(self, other: "Held | None") -> None:
        if other is not None:
            self.points += other.points
            self.cents += other.cents
            self.debt += other.debt


def worth_on(company: Company, day: date) -> Fraction:
    """The value of a point in minor units; 0 where none is set."""
    program = company.versions.on(day)
    return (program.point_value if program else None) or Fraction(0)


def is_worth_the_same(company: Company, first: date, last: date) -> bool:
    return not list(_changes_of_worth(company, first, last))


def _changes_of_worth(company: Company, first: date, last: date) -> Iterator[date]:
    """The days after `first` on which a point becomes worth something else."""
    starts = sorted({one.effective_from for one in company.versions.programs})
    for day in starts:
        if first < day <= last and worth_on(company, day) != worth_on(company, day - DAY):
            yield day


def changes_by_day(
    company: Company, changes: Iterable[DayChange], *, first: date, last: date
) -> dict[date, Held]:
    """What is held changes by so much on each day from `first` on.

    `changes` are of all guests since the first day of their own, or, where a point is worth
    the same all the time, of those alone whose points moved.
    """
    revalued = list(_changes_of_worth(company, first - DAY, last))
    worth = {day: worth_on(company, day) for day in (first, *revalued)}
    found: dict[date, Held] = {}
    for _, group in groupby(changes, key=attrgetter("guest")):
        moves = list(group)
        balance = moves[0].balance - sum(move.points for move in moves)
        by_day = {move.day: move.points for move in moves if move.day <= last}
        _add_guest(found, by_day, balance, worth)
    return found


def _add_guest(
    found: dict[date, Held], moved: dict[date, int], balance: int, worth: dict[date, Fraction]
) -> None:
    """One guest's part; `worth` begins with that of the first day."""
    starts = iter(sorted(worth.items()))
    _, value = next(starts)
    later = dict(starts)
    points, cents, debt = _held(balance, value)
    for day in sorted({*moved, *later}) if later else moved:
        balance += moved.get(day, 0)
        value = later.get(day, value)
        before = (points, cents, debt)
        points, cents, debt = _held(balance, value)
        found.setdefault(day, Held()).add(
            Held(points - before[0], cents - before[1], debt - before[2])
        )


def _held(balance: int, value: Fraction) -> tuple[int, int, int]:
    if balance < 0:
        return 0, 0, -balance
    return balance, balance * value.numerator // value.denominator, 0
