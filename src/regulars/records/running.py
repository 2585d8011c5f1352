"""One statement to the driver, past Django's cursors, but watched as those watch theirs.

What `in_one_statement` surrounds goes to a server together: a statement's way there and back
costs more than most of the rows it writes.
"""

import itertools
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
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
    return run_postgresql(database, *_as_postgresql(sql, parameters))


def run_postgresql(database: Database, text: str, values: Sequence[Any]) -> Any:
    """The same of a text that is PostgreSQL's but for its %s; what waits goes before it."""
    _send_waiting(database)
    return _postgresql(database, numbered(text), values)


def copy_in(database: Database, text: str, data: bytes) -> Any:
    """COPY … FROM STDIN: for many rows, the server's shortest way into a table."""
    _send_waiting(database)

    def act() -> Any:
        cursor = database.Database.RawCursor(database.connection)
        with cursor.copy(text) as copy:
            copy.write(data)
        return cursor

    return watched(database, text, act)


def streaming(database: Database, sql: str, parameters: Iterable[Any]) -> Any:
    """A cursor that leaves the rows where they are until they are fetched."""
    if database.vendor == "sqlite":
        return run(database, sql, parameters)
    counted, values = _as_postgresql(sql, parameters)
    text = numbered(counted)
    _send_waiting(database)

    def act() -> Any:
        name = f"regulars_{next(_cursors)}"
        cursor = database.Database.RawServerCursor(database.connection, name)
        return cursor.execute(text, values, binary=True)

    return watched(database, text, act)


def watched(database: Database, text: str, act: Callable[[], Any]) -> Any:
    """What Django's cursor does about a statement: its errors, its log, broken transactions."""
    if database.connection is None:
        database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        if not database.force_debug_cursor:
            return act()
        started = monotonic()
        answer = act()
    seconds = f"{monotonic() - started:.3f}"
    database.queries_log.append({"sql": text, "time": seconds})
    return answer


def _postgresql(database: Database, text: str, values: Sequence[Any]) -> Any:
    # Not Django's cursor: that one pastes parameters into the text, so nothing is prepared. A
    # raw one, since psycopg looks for the parameters in a long text each time anew.
    def act() -> Any:
        cursor = database.Database.RawCursor(database.connection)
        return cursor.execute(text, values, binary=True)

    return watched(database, text, act)


def _as_postgresql(sql: str, parameters: Iterable[Any]) -> tuple[str, list[Any]]:
    values, are_single = for_postgresql(parameters)
    return postgresql_text(sql, are_single), values


@lru_cache(maxsize=1024)
def _sqlite_text(sql: str, are_single: tuple[bool, ...]) -> str:
    lists = iter(are_single)

    def listed(_: re.Match[str]) -> str:
        return "IN (%s)" if next(lists) else "IN (SELECT value FROM json_each(%s))"

    return re.sub(r"\bIN %s", listed, sql).replace("%s", "?").replace("%%", "%")


@lru_cache(maxsize=1024)
def postgresql_text(sql: str, are_single: tuple[bool, ...]) -> str:
    """A statement whose lists are arrays; `are_single` says which of them has one value only.

    That one is compared with the value itself: of an array the planner cannot tell how long it
    will be, thinks ten and keeps no plan for all, but makes one for each execution.
    """
    lists = iter(are_single)

    def listed(found: re.Match[str]) -> str:
        is_single, is_not = next(lists), found[1]
        if is_single:
            return "<> %s" if is_not else "= %s"
        return "<> ALL(%s)" if is_not else "= ANY(%s)"

    return re.sub(r"\b(NOT )?IN %s", listed, sql)


@lru_cache(maxsize=1024)
def numbered(text: str) -> str:
    """The same with $1, $2, … for its parameters, as the server itself has them."""
    places = itertools.count(1)
    return re.sub("%[s%]", lambda it: f"${next(places)}" if it[0] == "%s" else "%", text)


# -- several writes, one statement -------------------------------------------------------------


class _Waiting(threading.local):
    """A thread's writes that have not gone to its server yet; None where none may wait."""

    writes: "dict[str, tuple[str, Sequence[Any]]] | None" = None


_waiting = _Waiting()


def in_one_statement() -> AbstractContextManager[None]:
    """Writes of few rows inside go to PostgreSQL as one statement, the latest at the end.

    Each table is written once in it, by an INSERT or UPDATE that does not read what another of
    them writes: all of them see the tables as they were before. A second write to a table, and
    anything that reads, makes those before it go first, so the order that is seen is the order
    of the calls. Whatever fails, fails there and not at its own call.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql" or _waiting.writes is not None:
        return nullcontext()
    return _gathering(database)


@contextmanager
def _gathering(database: Database) -> Iterator[None]:
    _waiting.writes = {}
    try:
        with database.execute_wrapper(_send_before):
            yield
        _send_waiting(database)
    finally:
        _waiting.writes = None


def write_postgresql(database: Database, table: str, text: str, values: Sequence[Any]) -> int:
    """How many rows changed; of a write that waits, -1."""
    if _waiting.writes is None:
        count: int = run_postgresql(database, text, values).rowcount
        return count
    if table in _waiting.writes:
        _send_waiting(database)
    _waiting.writes[table] = text, values
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
    _postgresql(database, text, [value for _, values in writes for value in values])


@lru_cache(maxsize=256)
def _combined(texts: tuple[str, ...]) -> str:
    *before, last = texts
    parts = ", ".join(f"w{place} AS ({text})" for place, text in enumerate(before))
    return numbered(f"WITH {parts} {last}" if parts else last)
