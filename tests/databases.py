"""Databases for tests: real ones, freshly migrated, one for each test, on either engine.

Nothing is wrapped in a transaction of the test, so threads and other processes see what is
committed. A migrated database is made once for each worker and copied for each test.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

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
    def copy_template() -> None:
        on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        on_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    copy_template()
    database = Database("postgresql", postgresql_url(server, name), copy_template)
    with in_use(database.url):
        yield database
    on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


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
