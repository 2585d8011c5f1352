"""What PostgreSQL's planner knows of the tables, while a stream fills them quickly."""

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


def refresh() -> None:
    """Look at the tables now, not when autovacuum next comes by.

    A session keeps the plan it made for a foreign key's check while the table was empty: one
    that reads all rows of the organization for each new row, until somebody looks.
    """
    if connection.vendor == "postgresql":
        execute(f"ANALYZE {', '.join(table_of(model) for model in _GROWING)}")
