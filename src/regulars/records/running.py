"""One statement to the driver, past Django's cursors, but watched as those watch theirs.

What `in_one_statement` surrounds goes to a server together: a statement's way there and back
costs more than most of the rows it writes.
"""

import itertools
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from regulars.records.dialects import for_postgresql, for_sqlite

# `connection` looks for its thread's own at every use: each call does so once.
Database = Any  # django.db's wrapper of a connection, with what its two engines add

_cursors = itertools.count(1)


def run(database: Database, sql: str, parameters: Iterable[Any]) -> Any:
    """Run one statement in this engine's dialect; the answer is the driver's cursor."""
    if database.vendor == "sqlite":
        values, are_single = for_sqlite(parameters)
        text = _sqlite_text(sql, are_single)
        return watched(database, text, lambda: database.connection.execute(text, values))
    return run_postgresql(database, postgresql_text(sql), for_postgresql(parameters))


def run_postgresql(database: Database, text: str, parameters: Sequence[Any]) -> Any:
    """The same of a text that is PostgreSQL's already; what waits goes before it."""
    _send_waiting(database)
    return watched(database, text, lambda: _postgresql(database, text, parameters))


def copy_in(database: Database, text: str, data: bytes) -> Any:
    """COPY … FROM STDIN: for many rows, the server's shortest way into a table."""
    _send_waiting(database)

    def act() -> Any:
        cursor = database.Database.Cursor(database.connection)
        with cursor.copy(text) as copy:
            copy.write(data)
        return cursor

    return watched(database, text, act)


def streaming(database: Database, sql: str, parameters: Iterable[Any]) -> Any:
    """A cursor that leaves the rows where they are until they are fetched."""
    if database.vendor == "sqlite":
        return run(database, sql, parameters)
    text = postgresql_text(sql)
    values = for_postgresql(parameters)
    _send_waiting(database)

    def act() -> Any:
        name = f"regulars_{next(_cursors)}"
        cursor = database.Database.ServerCursor(database.connection, name)
        return cursor.execute(text, values, binary=True)

    return watched(database, text, act)


def watched(database: Database, text: str, act: Callable[[], Any]) -> Any:
    """What Django's cursor does about a statement: its errors, its log, broken transactions."""
    if database.connection is None:
        database.ensure_connection()
    database.validate_no_broken_transaction()
    started = monotonic()
    with database.wrap_database_errors:
        answer = act()
    if database.queries_logged:
        seconds = f"{monotonic() - started:.3f}"
        database.queries_log.append({"sql": text, "time": seconds})
    return answer


def _postgresql(database: Database, text: str, parameters: Sequence[Any]) -> Any:
    # Not Django's cursor: that one pastes parameters into the text, so nothing is prepared.
    cursor = database.Database.Cursor(database.connection)
    return cursor.execute(text, parameters, binary=True)


@lru_cache(maxsize=1024)
def _sqlite_text(sql: str, are_single: tuple[bool, ...]) -> str:
    lists = iter(are_single)

    def listed(_: re.Match[str]) -> str:
        return "IN (%s)" if next(lists) else "IN (SELECT value FROM json_each(%s))"

    return re.sub(r"\bIN %s", listed, sql).replace("%s", "?").replace("%%", "%")


@lru_cache(maxsize=1024)
def postgresql_text(sql: str) -> str:
    return re.sub(r"\bIN %s", "= ANY(%s)", re.sub(r"\bNOT IN %s", "<> ALL(%s)", sql))


# -- several writes, one statement -------------------------------------------------------------


class _Waiting(threading.local):
    """A thread's writes that have not gone to its server yet; None where none may wait."""

    writes: "dict[str, tuple[str, Sequence[Any]]] | None" = None


_waiting = _Waiting()


@contextmanager
def in_one_statement() -> Iterator[None]:
    """Writes of few rows inside go to PostgreSQL as one statement, the latest at the end.

    Each table is written once in it, by an INSERT or UPDATE that does not read what another of
    them writes: all of them see the tables as they were before. A second write to a table, and
    anything that reads, makes those before it go first, so the order that is seen is the order
    of the calls. Whatever fails, fails there and not at its own call.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql" or _waiting.writes is not None:
        yield
        return
    _waiting.writes = {}
    try:
        with database.execute_wrapper(_send_before):
            yield
        _send_waiting(database)
    finally:
        _waiting.writes = None


def write_postgresql(
    database: Database, table: str, text: str, parameters: Sequence[Any]
) -> int:
    """How many rows changed; of a write that waits, -1."""
    if _waiting.writes is None:
        count: int = run_postgresql(database, text, parameters).rowcount
        return count
    if table in _waiting.writes:
        _send_waiting(database)
    _waiting.writes[table] = text, parameters
    return -1


def _send_before(execute: Any, *call: Any) -> Any:
    """Before Django's own cursors ask anything."""
    _send_waiting(connections[DEFAULT_DB_ALIAS])
    return execute(*call)


def _send_waiting(database: Database) -> None:
    if not _waiting.writes:
        return
    writes = list(_waiting.writes.values())
    _waiting.writes.clear()
    text = _combined(tuple(text for text, _ in writes))
    parameters = [value for _, values in writes for value in values]
    watched(database, text, lambda: _postgresql(database, text, parameters))


@lru_cache(maxsize=256)
def _combined(texts: tuple[str, ...]) -> str:
    *before, last = texts
    parts = ", ".join(f"w{place} AS ({text})" for place, text in enumerate(before))
    return f"WITH {parts} {last}" if parts else last
