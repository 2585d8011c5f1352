"""One write transaction: in line on SQLite, and from its beginning again where another won."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from django.db import IntegrityError, connection, transaction

from regulars.records import locks

T = TypeVar("T")

_ATTEMPTS = 5


def write(act: Callable[[], T], *, may_refuse: bool = True) -> T:
    """Run `act` as one transaction: all of it or nothing, its answer only once committed.

    Where another transaction won, a deadlock or a row of the same name written at the same
    moment, the whole closure runs again and finds what the other left (rule 1.7). It must
    therefore read all it decides on, and change nothing outside the database. Inside a larger
    transaction an act that refuses takes back its own part alone, and pays for that.
    """

    def once() -> T:
        with locks.write_gate(), transaction.atomic(savepoint=may_refuse):
            return act()

    for _ in range(1, _ATTEMPTS):
        try:
            return locks.retrying(once)
        except IntegrityError as problem:
            # Inside a transaction the outer one decides, since its snapshot may be older.
            if connection.in_atomic_block or not _is_duplicate(problem):
                raise
    return locks.retrying(once)


@contextmanager
def together() -> Iterator[None]:
    """On SQLite all writes inside are one transaction; on a server each stays its own.

    SQLite's only writer waits for nobody once it has begun, so nothing has to be tried again,
    and a page that many acts change is written once. A server's locks are short instead.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with locks.write_gate(), transaction.atomic():
        yield


def in_line() -> AbstractContextManager[None]:
    """Wait here before a transaction that is not made by `write`."""
    return locks.write_gate()


def should_end() -> bool:
    """Whether what is written `together` should end here, for somebody else to write."""
    return connection.vendor != "sqlite" or locks.somebody_waits()


def _is_duplicate(problem: IntegrityError) -> bool:
    cause = problem.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE
    return getattr(cause, "sqlstate", None) == "23505"
