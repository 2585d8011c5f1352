"""A database to throw away, for histories that are told again beside the one in use."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections

# Nothing in it is to survive, so nothing waits for the disk.
CARELESS = "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"


@contextmanager
def throwaway_database() -> Iterator[None]:
    """Inside, this thread works on an empty database of its own; others keep the one in use."""
    with tempfile.TemporaryDirectory(prefix="regulars-") as folder:
        path = Path(folder) / "throwaway.sqlite3"
        shutil.copyfile(_prepared(), path)
        with _on(path):
            yield


@contextmanager
def _on(path: Path) -> Iterator[None]:
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = _connection(path)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = before


def _connection(path: Path) -> Any:
    """A connection of this thread alone, made the way Django makes its own."""
    ours = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": CARELESS},
    }
    handler = type(connections)({DEFAULT_DB_ALIAS: ours})
    return handler.create_connection(DEFAULT_DB_ALIAS)


def create_tables() -> None:
    """The tables of the records as they stand, at once: what all migrations lead to."""
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("records").get_models():
            editor.create_model(model)
        if connection.vendor == "postgresql":  # the one thing that is not a table
            editor.execute("CREATE SEQUENCE records_outbox_drawn")


@cache
def _prepared() -> Path:
    """An empty database with all tables, made once a process."""
    folder = tempfile.mkdtemp(prefix="regulars-")
    path = Path(folder) / "prepared.sqlite3"
    with _on(path):
        create_tables()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return path
