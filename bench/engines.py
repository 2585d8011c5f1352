"""Databases to measure in: on disk, durable, made as copies of one that was prepared."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import psycopg
from django.db import connections

from regulars.site.databases import SQLITE_OPTIONS
from tests import databases, postgres

KEPT = Path(__file__).parents[1] / ".cache" / "bench"
"""Databases that take long to build; it may be deleted at any time."""
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

    def kept(self, name: str, sources: Iterable[Path], build: Callable[[], None]) -> str:
        """A database that is only read, built in the one in use; a new one unless it is kept.

        What was built from other `sources` is not that one.
        """
        url = self.migrated()
        build()
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

    def kept(self, name: str, sources: Iterable[Path], build: Callable[[], None]) -> str:
        """It stays in `KEPT`, one file a name, for the next run."""
        mark = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
        path = KEPT / f"{name}-{mark}.sqlite3"
        if not path.exists():
            KEPT.mkdir(parents=True, exist_ok=True)
            for old in KEPT.glob(f"{name}-*"):
                old.unlink()
            url = super().kept(name, (), build)
            connections.close_all()
            shutil.move(self._path(url), path)
        return f"sqlite:///{path}"

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
