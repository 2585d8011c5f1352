"""A report as a value: what it shows, how its columns are to be written, how it is counted.

Money is in minor units, points are whole, days are dates: how they look is the writer's
business. Rows come one by one and are read once, while the database is as of one moment.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["text", "integer", "money", "date", "instant"]
Value = str | int | date | datetime | None
Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `is_summed` where a total of it means something."""

    name: str
    title: str
    kind: Kind = "text"
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One number beside the rows; `ties_to` says with what it agrees."""

    name: str
    label: str
    value: Value
    kind: Kind
    ties_to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A small table beside the rows, such as a matrix of counts."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]


@dataclass(slots=True)
class Report:
    """One report, made for one organization at one moment.

    `parameters` are (label, text) as they were understood, `notes` how it is counted,
    `empty` what to say when there are no rows. `totals` are whole once all rows were read.
    """

    name: str
    title: str
    organization: str
    currency: str
    exponent: int
    parameters: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    source: Iterable[Row]
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()
    empty: str = "Nothing to show."
    n_rows: int = 0
    totals: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> Iterator[Row]:
        """The rows, once; what they come to is added up as they pass."""
        places = [(n, column.name) for n, column in enumerate(self.columns) if column.is_summed]
        self.totals = dict.fromkeys([name for _, name in places], 0)
        self.n_rows = 0
        for row in self.source:
            self.n_rows += 1
            for place, name in places:
                value = row[place]
                if isinstance(value, int):
                    self.totals[name] += value
            yield row

    @property
    def total_row(self) -> list[Value]:
        """What the rows came to, under their columns; the first column says what it is."""
        line: list[Value] = [self.totals.get(column.name) for column in self.columns]
        if line and line[0] is None:
            line[0] = "Total"
        return line

    def figure(self, name: str) -> Value:
        """The value of a figure by its name."""
        return next(one.value for one in self.figures if one.name == name)


def chosen(report: Report, names: Sequence[str]) -> Report:
    """The same report with these columns only, in this order."""
    place = {column.name: n for n, column in enumerate(report.columns)}
    places = [place[name] for name in names]
    source = report.source
    report.columns = [report.columns[n] for n in places]
    report.source = ([row[n] for n in places] for row in source)
    return report
