"""Databases for tests: real ones, freshly migrated, one for each test, on either engine.

Nothing is wrapped in a transaction of the test, so threads and other processes see what is
committed. A migrated database is made once for each worker; SQLite's is copied for each test,
PostgreSQL's is emptied.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.core.management import call_command
from django.db import connection, connections

from regulars.site.setup import configure

# Opening it fails, so that a test which has not asked for a database cannot use one.
NOWHERE = "sqlite:////nowhere/this-test-asked-for-no-database.sqlite3"

T = TypeVar("T")


@dataclass(frozen=True)
class Database:
    """What a test gets; the process, and any process it starts, already uses it."""

    vendor: str
    url: str
    copy_template: Callable[[], None]

    def renew(self) -> None:
        """Empty again, for a test that tries many histories."""
        connections.close_all()
        self.copy_template()


@contextmanager
def in_use(url: str) -> Iterator[None]:
    """Everything inside uses this database, processes started inside as well."""
    before = os.environ["REGULARS_DATABASE_URL"]
    configure(url)
    try:
        yield
    finally:
        configure(before)


def migrate(url: str) -> None:
    with in_use(url):
        call_command("migrate", verbosity=0)


@contextmanager
def sqlite_database(template: Path, folder: Path) -> Iterator[Database]:
    path = folder / "regulars.sqlite3"

    def copy_template() -> None:
        for leftover in folder.glob(f"{path.name}-*"):
            leftover.unlink()
        shutil.copyfile(template, path)

    copy_template()
    database = Database("sqlite", f"sqlite:///{path}", copy_template)
    with in_use(database.url):
        yield database


@contextmanager
def postgresql_database(server: str, *, template: str, name: str) -> Iterator[Database]:
    """To empty a database takes a tenth of the time of making it anew, so it stays for the
    next test that asks for this name.
    """
    url = postgresql_url(server, name)

    def copy_template() -> None:
        if not _emptied(url, like=postgresql_url(server, template)):
            on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            on_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    copy_template()
    with in_use(url):
        yield Database("postgresql", url, copy_template)


_SESSIONS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_OURS = "nspname !~ '^(pg_|information_schema$)'"
_SHAPE = f"""
    SELECT md5(string_agg(what, ',' ORDER BY what)) FROM (
    SELECT nspname || '.' || relname || relkind::text AS what
    FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE {_OURS}
    UNION ALL SELECT relname || '.' || attname || ' ' || atttypid::text || attnotnull::text
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' AND attnum > 0 AND {_OURS}
    UNION ALL SELECT conname::text || pg_get_constraintdef(c.oid)
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace WHERE {_OURS}
    UNION ALL SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal) AS parts
"""
_WRITTEN = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""
_SEQUENCES = """
    SELECT setval(s.oid::regclass, 1, false) FROM pg_class s
    LEFT JOIN pg_depend d ON d.objid = s.oid AND d.refobjsubid > 0
    LEFT JOIN pg_class t ON t.oid = d.refobjid
    WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace
    AND coalesce(t.relname <> ALL(%s), true)
"""


@lru_cache
def _beginning(template: str) -> tuple[str, dict[str, int]]:
    """The shape of a template, and of its tables that have rows how many."""
    with psycopg.connect(template, autocommit=True) as session:
        names = [name for (name,) in session.execute(_WRITTEN)]
        counts = {name: _n_rows(session, name) for name in names}
        return _shape(session), {name: count for name, count in counts.items() if count}


def _shape(session: "psycopg.Connection[Any]") -> str:
    [(shape,)] = session.execute(_SHAPE).fetchall()
    return str(shape)


def _n_rows(session: "psycopg.Connection[Any]", table: str) -> int:
    [(count,)] = session.execute(f'SELECT count(*) FROM "{table}"').fetchall()
    return int(count)


def _emptied(url: str, *, like: str) -> bool:
    """Make it as it was made; False where it is not there, or of another shape by now."""
    shape, kept = _beginning(like)
    try:
        session = psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError:
        return False
    with session:
        session.execute(_SESSIONS)
        if _shape(session) != shape or any(_n_rows(session, t) != n for t, n in kept.items()):
            return False
        # Foreign keys look away, so that the order of the tables does not matter.
        session.execute("SET session_replication_role = replica")
        for (name,) in session.execute(_WRITTEN).fetchall():
            if name not in kept:
                session.execute(f'DELETE FROM "{name}"')
        session.execute(_SEQUENCES, [list(kept)])
    return True


def postgresql_url(server: str, name: str) -> str:
    return f"{server.rpartition('/')[0]}/{name}"


def on_server(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as session:
        session.execute(statement)


def all_at_once(acts: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Each act in a thread of its own, let go together: what each returned or raised."""
    gate = threading.Barrier(len(acts))
    answers: list[T | Exception] = [RuntimeError("never ran")] * len(acts)

    def run(place: int, act: Callable[[], T]) -> None:
        try:
            connection.ensure_connection()
            gate.wait()
            answers[place] = act()
        except Exception as problem:
            answers[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
