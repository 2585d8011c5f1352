"""What the databases' planners know of the tables."""

from typing import Any

from django.db import connection, transaction

from regulars.records import models
from regulars.records.bulk import execute, table_of

_GROWING = (
    models.Guest,
    models.Account,
    models.Invoice,
    models.Appointment,
    models.Spend,
    models.LedgerEntry,
    models.Lot,
)


SAMPLE = 1000
"""Entries of each index that SQLite looks at: a moment, however large the table."""
DETAIL = 10
"""What PostgreSQL keeps of a column: a tenth of what autovacuum does."""


def refresh() -> None:
    """Look at the tables now: SQLite would never, PostgreSQL when autovacuum next comes by.

    A session of PostgreSQL keeps the plan it made for a foreign key's check while the table was
    empty: one that reads all rows of the organization for each new row, until somebody looks.
    SQLite does not look by itself. It then takes a range of days for narrower than a guest, and
    reads half a ledger for one guest's few lines.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic():
            execute(f"SET LOCAL default_statistics_target = {DETAIL}")
            execute(f"ANALYZE {', '.join(map(_looked_up, _GROWING))}")
    else:
        execute(f"PRAGMA analysis_limit = {SAMPLE}")
        execute("ANALYZE")


def _looked_up(model: Any) -> str:
    """A table with the columns by which its rows are found: texts take longest to look at."""
    meta = model._meta
    names = {name for index in meta.indexes for name in index.fields}
    names |= {name for one in meta.constraints for name in getattr(one, "fields", ())}
    columns = sorted(meta.get_field(name).column for name in names)
    return f"{table_of(model)} ({', '.join(columns)})"
