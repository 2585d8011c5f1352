"""Quarters of the calendar, which lead indexes by guest.

An index by guest alone has the rows of each guest in pages of their own, so that a record with
twenty years of history before it changes a page that nobody else's does. With the quarter first
what is new of all guests lies together, and a window is looked up quarter by quarter.
"""

from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from regulars.records.bulk import select
from regulars.records.scope import current_organization

LONG = 24
"""Quarters of a window that are looked up without asking since when there is anything."""


def quarter_of(when: date) -> int:
    """Quarters since the beginning of year 0, of a day or of an instant's day in UTC: the one
    after it is the next number.
    """
    day = when.astimezone(UTC) if isinstance(when, datetime) else when
    return day.year * 4 + (day.month - 1) // 3


def quarters_between(first: date, last: date) -> list[int]:
    """Those of both days and of all between."""
    return list(range(quarter_of(first), quarter_of(last) + 1))


def quarters_of_spend(first: date, last: date) -> list[int]:
    """Those that a window lies in, both ends counted; of a long one since anybody spent, for
    one query.
    """
    since, until = quarter_of(first), quarter_of(last)
    if until - since >= LONG:
        rows = select(
            "SELECT MIN(paid_quarter) FROM records_spend WHERE organization_id = %s",
            [current_organization()],
        )
        [[earliest]] = rows
        since = until + 1 if earliest is None else max(since, earliest)
    return list(range(since, until + 1))


def quarters_of_records() -> list[int]:
    """Those between the first record of the journal and the last. One query."""
    return _from_first_to_last("records_record", "quarter")


def quarters_of_invoices() -> list[int]:
    """Those between the first invoice opened and the last. One query."""
    return _from_first_to_last("records_invoice", "opened_quarter")


def quarters_opened(first: date, last: date) -> list[int]:
    """Those of invoices opened on these days, both ends counted; of a long time only where
    there are any, for one query.
    """
    since, until = quarter_of(first), quarter_of(last)
    if until - since < LONG:
        return quarters_between(first, last)
    return [one for one in quarters_of_invoices() if since <= one <= until]


def quarters_of_entries() -> list[int]:
    """Those between the first entry of the ledger and the last. One query."""
    return _from_first_to_last("records_ledgerentry", "entered_quarter")


def _from_first_to_last(table: str, column: str) -> list[int]:
    """Asked apart: SQLite looks up one end of an index, for both it would read the whole."""
    ends = (
        f"(SELECT {end}({column}) FROM {table} WHERE organization_id = %s)"
        for end in ("MIN", "MAX")
    )
    rows = select(f"SELECT {', '.join(ends)}", [current_organization()] * 2)
    [[since, until]] = rows
    return [] if since is None else list(range(since, until + 1))


class Quarter(models.Func):
    """`quarter_of` a column: of a date, or of an instant's day in UTC."""

    output_field = models.IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Of the text that days and instants are there."""
        return super().as_sql(
            compiler,
            connection,
            template="(CAST(substr(%(expressions)s, 1, 4) AS integer) * 4"
            " + (CAST(substr(%(expressions)s, 6, 2) AS integer) - 1) / 3)",
            **context,
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """In an expression that does not depend on the session's time zone."""
        [source] = self.get_source_expressions()
        is_instant = isinstance(source.output_field, models.DateTimeField)
        day = "(%(expressions)s AT TIME ZONE 'UTC')" if is_instant else "%(expressions)s"
        return super().as_sql(
            compiler,
            connection,
            template=f"(CAST(EXTRACT(YEAR FROM {day}) AS integer) * 4"
            f" + CAST(EXTRACT(QUARTER FROM {day}) AS integer) - 1)",
            **context,
        )


class QuarterField(models.IntegerField):
    """The quarter of another field of the row, which is set with it.

    A bulk writer gives it (`quarter_of`). `is_quarter` has the database refuse any other: a
    column that it worked out itself SQLite would not take from an index.
    """

    def __init__(self, *, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(editable=False, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        del options["editable"]
        return name, path, args, {"of": self.of, **options}

    def pre_save(self, model_instance: models.Model, add: bool) -> int:
        """Whatever was there before."""
        source: Any = model_instance._meta.get_field(self.of)
        quarter = quarter_of(source.to_python(getattr(model_instance, self.of)))
        setattr(model_instance, self.attname, quarter)
        return quarter


def is_quarter(field: str, *, of: str, name: str) -> models.CheckConstraint:
    """A quarter's column says that of the other."""
    return models.CheckConstraint(condition=models.Q(**{field: Quarter(of)}), name=name)
