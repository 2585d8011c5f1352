"""Who waits for whom: guests in the order of their ids, writers of a SQLite file in line."""

import os
import random
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import sleep
from typing import IO, Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connection, connections

from regulars.records.bulk import select
from regulars.records.scope import current_organization

try:
    import fcntl
except ImportError:  # Windows: the threads of one process queue, its processes take chances
    fcntl = None  # type: ignore[assignment]

T = TypeVar("T")


def lock_guests(
    ids: Iterable[UUID], *, table: str = "records_account", column: str = "guest_id"
) -> None:
    """Hold these guests until the transaction ends; in id order, so that no two ever deadlock.

    A guest is locked by its row in `table`. On SQLite there is nothing to do: an IMMEDIATE
    transaction is the only writer of the whole file already, and it reads what the last wrote.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("lock_guests() holds nothing outside a transaction")
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    select(
        f"SELECT 1 FROM {quote(table)} WHERE organization_id = %s AND {quote(column)} IN %s"
        f" ORDER BY {quote(column)} FOR UPDATE",
        [current_organization(), list(ids)],
    )


def lock_named_guests(refs: Iterable[str]) -> None:
    """The same by the callers' ids, with the survivors of those that were merged (rule 9.4)."""
    if connection.vendor != "postgresql":
        return
    org = current_organization()
    named = "organization_id = %s AND external_id IN %s"
    select(
        "SELECT 1 FROM records_account WHERE organization_id = %s AND guest_id IN ("
        f" SELECT id FROM records_guest WHERE {named} UNION ALL"
        f" SELECT merged_into_id FROM records_guest WHERE {named})"
        " ORDER BY guest_id FOR UPDATE",
        [org, org, list(refs), org, list(refs)],
    )


# -- trying again ----------------------------------------------------------------------------

# Serialization failure, deadlock, lock not available: the whole transaction was undone.
_PASSING = frozenset({"40001", "40P01", "55P03"})
_FIRST_WAIT_SECONDS = 0.01


def retrying(function: Callable[[], T], attempts: int = 5) -> T:
    """Run a closure that makes one transaction of its own, again where it lost to another.

    A connection lost is never tried again: the COMMIT may have got through, and only the
    idempotency key of the caller's own next try can tell.
    """
    for attempt in range(1, attempts):
        try:
            return function()
        except OperationalError as problem:
            # Inside a transaction the outer one is lost as well; its owner tries again.
            if connection.in_atomic_block or not is_passing(problem):
                raise
        sleep(random.uniform(0, _FIRST_WAIT_SECONDS * 2**attempt))
    return function()


def is_passing(problem: Error) -> bool:
    """Whether the transaction was certainly undone, and would likely pass a moment later."""
    cause = problem.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(cause, "sqlstate", None) in _PASSING


# -- the write gate --------------------------------------------------------------------------


class _Gate(threading.local):
    """A thread's own handles on the gate and the line before it, and whether it is inside."""

    file: IO[bytes] | None = None
    line: IO[bytes] | None = None
    is_inside = False


_STEPS_BACK, _STEP_SECONDS = 20, 0.002
_LONG_SECONDS, _LOOKED_AGAIN_SECONDS = 1.0, 0.11
_gate = _Gate()
_threads = threading.Lock()  # for a database that no other process sees


def write_gate() -> AbstractContextManager[None]:
    """Wait in line before a write transaction on SQLite; on a server there is no line.

    SQLite's own waiting sleeps and gambles: one of 64 desks waited 5 seconds. The kernel queues
    those who wait for the lock of a file. The lock belongs to the open file, and each thread
    opens its own, so threads exclude each other by it as processes do. Inside a transaction or
    the gate there is nothing left to wait for: the write lock is held.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]  # `connection` looks for it at every use
    if _gate.is_inside or database.vendor != "sqlite" or database.in_atomic_block:
        return nullcontext()
    return _waiting_in_line(database)


@contextmanager
def _waiting_in_line(database: Any) -> Iterator[None]:
    with _file_lock(database) if fcntl and not database.is_in_memory_db() else _threads:
        _gate.is_inside = True
        try:
            yield
        finally:
            _gate.is_inside = False


@contextmanager
def _file_lock(database: Any) -> Iterator[None]:
    file = _gate.file = _kept_open(_gate.file, _beside(database, "-gate"))
    if not _has_got(file):
        line = _gate.line = _kept_open(_gate.line, _beside(database, "-line"))
        fcntl.flock(line, fcntl.LOCK_SH)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
        finally:
            fcntl.flock(line, fcntl.LOCK_UN)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _has_got(file: IO[bytes]) -> bool:
    """Whether the lock was to be had at once."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def somebody_waits() -> bool:
    """Whether another stands in line before this database's gate: time to end what is long.

    Those who wait share a lock of their own, which nobody can have alone until they are in.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "sqlite" or database.is_in_memory_db():
        return False
    if not fcntl:
        return True  # it cannot be told
    line = _gate.line = _kept_open(_gate.line, _beside(database, "-line"))
    if not _has_got(line):
        return True
    fcntl.flock(line, fcntl.LOCK_UN)
    return False


def let_others_in(*, after_seconds: float) -> None:
    """Stand back until those who wait are in, or a moment is over: the kernel wakes whoever is
    first in line, but gives the lock to whoever asks first. After a long transaction also until
    who waits without standing in line has looked again, as SQLite does ten times a second.
    """
    if after_seconds > _LONG_SECONDS and connection.vendor == "sqlite":
        sleep(_LOOKED_AGAIN_SECONDS)
    for _ in range(_STEPS_BACK):
        if not somebody_waits():
            return
        sleep(_STEP_SECONDS)


def _beside(database: Any, suffix: str) -> str:
    return f"{database.settings_dict['NAME']}{suffix}"


def _kept_open(file: IO[bytes] | None, name: str) -> IO[bytes]:
    """This file if it is the one, since opening costs more than locking. Whoever made it: to
    read it is enough for a lock.
    """
    return file if file is not None and file.name == name else open(name, "rb", opener=_made)


def _made(name: str, _: int) -> int:
    return os.open(name, os.O_RDONLY | os.O_CREAT, 0o644)


def _leave_behind() -> None:
    """A forked child gives up its parent's open files, with which it would share the locks."""
    for file in (_gate.file, _gate.line):
        if file is not None:
            file.close()
    _gate.file, _gate.line, _gate.is_inside = None, None, False


if fcntl:
    os.register_at_fork(after_in_child=_leave_behind)
