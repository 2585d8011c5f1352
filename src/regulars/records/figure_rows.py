"""The figures that are kept, as rows: replaced as a whole from a day on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from regulars.records import models
from regulars.records.bulk import execute, insert, select
from regulars.records.scope import current_organization

Key = tuple[date, str, str, str, str]
"""Day, what it is about, kind, part, center."""


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted last: when, of which days, and how far they were closed by then."""

    counted_at: datetime
    first: date
    last: date
    settled_through: date | None
    milliseconds: int
    check_on: date | None


_COLUMNS = ("counted_at", "first", "last", "settled_through", "milliseconds", "check_on")


def last_count() -> Count | None:
    """The last count there was. One query."""
    rows = select(
        f"SELECT {', '.join(_COLUMNS)} FROM records_figurecount WHERE organization_id = %s",
        [current_organization()],
        types="instant date date date int date",
    )
    return Count(*rows[0]) if rows else None


def keep_count(count: Count) -> None:
    values = {name: getattr(count, name) for name in _COLUMNS}
    if not models.FigureCount.objects.update(**values):
        models.FigureCount.objects.create(**values)


def replace_from(first: Mapping[str, date], figures: Mapping[Key, tuple[int, int]]) -> int:
    """Forget what is known of each of these matters from its first day on, and keep what was
    counted anew; how many rows are kept.
    """
    for about, day in first.items():
        execute(
            "DELETE FROM records_dayfigure WHERE organization_id = %s AND about = %s"
            " AND day >= %s",
            [current_organization(), about, day],
        )
    rows = ((*key, *both) for key, both in figures.items() if both != (0, 0))
    columns = ("day", "about", "kind", "part", "center_ref", "number", "value")
    return insert(models.DayFigure, columns, rows)


def owed_on(day: date) -> dict[str, tuple[int, int]]:
    """Numbers and values of what was owed at the end of a day, by kind."""
    rows = select(
        """SELECT kind, number, value FROM records_dayfigure
        WHERE organization_id = %s AND about = 'owed' AND day = %s""",
        [current_organization(), day],
        types="text int int",
    )
    return {kind: (number, value) for kind, number, value in rows}


# -- who will go down -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ahead:
    """A guest (row id) whom the check of a day will move down."""

    guest: UUID
    check_on: date
    tier: str
    tier_after: str | None
    spend_cents: int
    missing_cents: int


def replace_ahead(found: Iterable[Ahead]) -> int:
    execute(
        "DELETE FROM records_downgradeahead WHERE organization_id = %s",
        [current_organization()],
    )
    names: Sequence[str] = Ahead.__slots__
    columns = ["guest_id" if name == "guest" else name for name in names]
    rows = ([getattr(one, name) for name in names] for one in found)
    return insert(models.DowngradeAhead, columns, rows)
