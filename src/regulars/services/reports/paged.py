"""A report as somebody looks at it: sorted by a column, a page at a time, its totals whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services.reports.report import Report, Row


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column, and which way round; what is empty comes last in either."""

    column: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a report's rows, of `n_rows` in all."""

    rows: Sequence[Row]
    n_rows: int


def sort_rows(report: Report, sorting: Sorting) -> None:
    """Sort what is still to be read, which is held in memory for it."""
    places = {column.name: place for place, column in enumerate(report.columns)}
    if sorting.column not in places:
        raise Refused(
            "invalid_record",
            said("{title} has no column {column}.", title=report.title, column=sorting.column),
            field="order",
            value=sorting.column,
        )
    place = places[sorting.column]
    rows = list(report.source)
    told = [row for row in rows if row[place] is not None]
    told.sort(key=lambda row: _key(row[place]), reverse=sorting.is_descending)
    report.source = [*told, *(row for row in rows if row[place] is None)]


def _key(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def part_of(report: Report, *, offset: int, size: int) -> Part:
    """So many rows from one on; the others are read as well, for the totals."""
    rows = [row for place, row in enumerate(report.rows) if offset <= place < offset + size]
    return Part(rows, report.n_rows)
