"""Databases to measure in: on disk, durable, made as copies of one that was prepared."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import psycopg
from django.db import connections

from regulars.site.databases import SQLITE_OPTIONS
from tests import databases, postgres

_numbers = count(1)


class Engine:
    """One database engine. A database of it is known by its address."""

    vendor = ""

    def migrated(self) -> str:
        """A new database with all tables; the process works in it from now on."""
        url = self.empty()
        databases.configure(url)
        databases.call_command("migrate", verbosity=0)
        return url

    def empty(self) -> str:
        raise NotImplementedError

    def copy(self, url: str) -> str:
        raise NotImplementedError

    def drop(self, url: str) -> None:
        raise NotImplementedError

    def connect(self, url: str) -> Any:
        """A raw connection of the driver, in autocommit: the floor's own."""
        raise NotImplementedError


class Sqlite(Engine):
    vendor = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def empty(self) -> str:
        return f"sqlite:///{self.folder}/{next(_numbers)}.sqlite3"

    def copy(self, url: str) -> str:
        connections.close_all()
        source = self._path(url)
        with sqlite3.connect(source) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        made = self.empty()
        shutil.copyfile(source, self._path(made))
        return made

    def drop(self, url: str) -> None:
        connections.close_all()
        for left in Path(self.folder).glob(Path(self._path(url)).name + "*"):
            left.unlink()

    def connect(self, url: str) -> sqlite3.Connection:
        raw = sqlite3.connect(self._path(url), isolation_level=None, cached_statements=512)
        raw.executescript(str(SQLITE_OPTIONS["init_command"]))
        return raw

    def _path(self, url: str) -> str:
        return url.removeprefix("sqlite:///")


class Postgresql(Engine):
    vendor = "postgresql"

    def __init__(self, server: str) -> None:
        self.server = server

    def empty(self) -> str:
        name = f"bench_{next(_numbers)}"
        databases.on_server(self.server, f'CREATE DATABASE "{name}"')
        return databases.postgresql_url(self.server, name)

    def copy(self, url: str) -> str:
        connections.close_all()
        name = f"bench_{next(_numbers)}"
        databases.on_server(
            self.server, f'CREATE DATABASE "{name}" TEMPLATE "{url.rpartition("/")[2]}"'
        )
        return databases.postgresql_url(self.server, name)

    def drop(self, url: str) -> None:
        connections.close_all()
        name = unquote(url.rpartition("/")[2])
        databases.on_server(self.server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def connect(self, url: str) -> "psycopg.Connection[Any]":
        return psycopg.connect(url, autocommit=True, prepare_threshold=0)


@contextmanager
def engines(vendors: list[str]) -> Iterator[list[Engine]]:
    """The engines asked for; a PostgreSQL server as a company would run it, fsync and all."""
    os.environ.setdefault("REGULARS_SECRET_KEY", "only for measuring")
    folder = Path(tempfile.mkdtemp(prefix="regulars-bench-"))
    made: list[Engine] = []
    try:
        if "sqlite" in vendors:
            made.append(Sqlite(folder))
        if "postgresql" in vendors:
            with postgres.Claim(hasty=False) as claim:
                made.append(Postgresql(postgres.address(claim.folder)))
                yield made
                connections.close_all()
        else:
            yield made
            connections.close_all()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
