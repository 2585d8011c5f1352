"""The figures that were counted, as pages show them: sums of a few days or of years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from regulars.records.bulk import select
from regulars.records.queries.reports_ledger import day_text, month_text
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class Sum:
    """What happened: number and value of one kind and part; `when` is 2026-06-30 or 2026-06."""

    about: str
    when: str
    kind: str
    part: str
    number: int
    value: int


def sums(
    first: date, last: date, *, center: str | None = None, by_month: bool = False
) -> list[Sum]:
    """What happened in these days, by day or by month; one statement."""
    when = month_text("day") if by_month else day_text("day")
    return [Sum(*row) for row in _sums(first, last, center, f"{when},")]


def sums_in_all(first: date, last: date, *, center: str | None = None) -> list[Sum]:
    """The same of all the days together, `when` empty; one statement."""
    return [Sum(about, "", *rest) for about, *rest in _sums(first, last, center, "")]


def _sums(first: date, last: date, center: str | None, when: str) -> list[tuple[Any, ...]]:
    only = "" if center is None else " AND center_ref = %s"
    groups = "1, 2, 3, 4" if when else "1, 2, 3"
    return select(
        f"""SELECT about, {when} kind, part, SUM(number), SUM(value)
        FROM records_dayfigure WHERE organization_id = %s
        AND about IN ('points', 'reward', 'visit') AND day >= %s AND day <= %s{only}
        GROUP BY {groups}""",
        [current_organization(), first, last, *([] if center is None else [center])],
        types="text text text text int int" if when else "text text text int int",
    )


@dataclass(frozen=True, slots=True)
class Stood:
    """How things stood at the end of a day."""

    about: str
    day: date
    kind: str
    part: str
    number: int
    value: int


def stood_on(days: Sequence[date], *, center: str | None = None) -> list[Stood]:
    """How things stood at the end of these days; what is owed is the whole company's."""
    only = "" if center is None else " AND (about = 'owed' OR center_ref = %s)"
    rows = select(
        f"""SELECT about, day, kind, part, SUM(number), SUM(value) FROM records_dayfigure
        WHERE organization_id = %s AND about IN ('tier', 'owed') AND day IN %s{only}
        GROUP BY 1, 2, 3, 4""",
        [current_organization(), sorted(set(days)), *([] if center is None else [center])],
        types="text date text text int int",
    )
    return [Stood(*row) for row in rows]


# -- who will go down -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Going:
    """A guest whom the check of a day will move down. `comes_at`: booked before then."""

    guest: str
    name: str
    check_on: date
    tier: str
    tier_after: str | None
    spend_cents: int
    missing_cents: int
    comes_at: datetime | None


_GOING = """FROM records_downgradeahead d JOIN records_guest g
    ON g.organization_id = d.organization_id AND g.id = d.guest_id
    WHERE d.organization_id = %s"""


def going(
    *, today: date, center: str | None = None, limit: int, offset: int = 0
) -> list[Going]:
    """Those for whom least is missing first; one statement."""
    only = "" if center is None else " AND g.home_center_ref = %s"
    rows = select(
        f"""SELECT g.external_id, g.name, d.check_on, d.tier, d.tier_after, d.spend_cents,
        d.missing_cents, (SELECT MIN(a.starts_at) FROM records_appointment a
            WHERE a.organization_id = d.organization_id AND a.guest_id = d.guest_id
            AND a.starts_on >= %s AND a.starts_on <= d.check_on
            AND a.status IN ('booked', 'confirmed'))
        {_GOING}{only} ORDER BY d.missing_cents, d.guest_id LIMIT {limit} OFFSET {offset}""",
        [today, current_organization(), *([] if center is None else [center])],
        types="text text date text text int int instant",
    )
    return [Going(*row) for row in rows]


def count_going(*, center: str | None = None) -> dict[str, int]:
    """How many from each tier; one statement."""
    only = "" if center is None else " AND g.home_center_ref = %s"
    rows = select(
        f"SELECT d.tier, COUNT(*) {_GOING}{only} GROUP BY d.tier",
        [current_organization(), *([] if center is None else [center])],
        types="text int",
    )
    return dict(rows)
