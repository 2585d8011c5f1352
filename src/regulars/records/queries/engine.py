"""The database itself: which one, how large."""

from dataclasses import dataclass

from django.db import connection

from regulars.records.bulk import select


@dataclass(frozen=True, slots=True)
class Engine:
    """`name` is SQLite or PostgreSQL; `size` in bytes, of all organizations in it."""

    name: str
    version: str
    size: int


def engine() -> Engine:
    """One or two short statements."""
    if connection.vendor == "sqlite":
        [[pages]] = select("PRAGMA page_count", [], types="int")
        [[page_size]] = select("PRAGMA page_size", [], types="int")
        [[version]] = select("SELECT sqlite_version()", [], types="text")
        return Engine("SQLite", version, pages * page_size)
    [[version, size]] = select(
        "SELECT current_setting('server_version'), pg_database_size(current_database())",
        [],
        types="text int",
    )
    return Engine("PostgreSQL", version, size)
