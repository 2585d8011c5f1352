"""Room for writing much at once into SQLite's file."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

from regulars.records.bulk import execute, select

CACHE_KIB = 192 * 1024
"""Where a ledger is large, a thousand records change some ten thousand pages. What finds no
room in the cache is written before the transaction ends, and again each time it changes.
"""


@contextmanager
def room() -> Iterator[None]:
    """More pages in memory until this ends; a server has memory of its own."""
    if connection.vendor != "sqlite":
        yield
        return
    [[before]] = select("PRAGMA cache_size", [], types="int")
    execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    try:
        yield
    finally:
        with suppress(DatabaseError):  # in the midst of what failed: that is what is to be told
            execute(f"PRAGMA cache_size = {before}")
