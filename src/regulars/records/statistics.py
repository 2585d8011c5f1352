"""What the databases' planners know of the tables."""

from django.db import connection

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


def refresh() -> None:
    """Look at the tables now: SQLite would never, PostgreSQL when autovacuum next comes by.

    A session of PostgreSQL keeps the plan it made for a foreign key's check while the table was
    empty: one that reads all rows of the organization for each new row, until somebody looks.
    SQLite does not look by itself. It then takes a range of days for narrower than a guest, and
    reads half a ledger for one guest's few lines.
    """
    if connection.vendor == "postgresql":
        execute(f"ANALYZE {', '.join(table_of(model) for model in _GROWING)}")
    else:
        execute(f"PRAGMA analysis_limit = {SAMPLE}")
        execute("ANALYZE")
