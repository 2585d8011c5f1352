"""One address, `sqlite:///…` or `postgresql://…`, as Django wants to be told about it."""

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections

SQLITE = "django.db.backends.sqlite3"
POOLED_SQLITE = "regulars.site.pooled_sqlite"
POSTGRESQL = "django.db.backends.postgresql"

# FULL: an answer given survives a power cut, which NORMAL does not promise. IMMEDIATE: a
# transaction that reads first and then writes waits its turn instead of failing.
# secure_delete: what was erased is gone from the file too. mmap_size: a connection forgets the
# pages it has read whenever another has written; looked at in place, they need not be read
# again. journal_size_limit: after a long import the log does not stay as large as it was.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=FULL;"
        "PRAGMA cache_size=-65536;"
        "PRAGMA mmap_size=1073741824;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA secure_delete=ON;"
        "PRAGMA journal_size_limit=67108864;"
    ),
}

# Django leaves preparing off; planning is most of what a small statement costs its backend.
POSTGRESQL_OPTIONS = {"prepare_threshold": 2}


def database_settings(url: str) -> dict[str, Any]:
    """Django's settings for the database at this address; only SQLite and PostgreSQL."""
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:
        raise _not_understood() from None  # the cause may quote a password
    if settings["ENGINE"] not in (SQLITE, POSTGRESQL):
        raise _not_understood()
    if settings["ENGINE"] == SQLITE:
        settings["OPTIONS"] = SQLITE_OPTIONS | settings.get("OPTIONS", {})
    else:
        settings["OPTIONS"] = POSTGRESQL_OPTIONS | settings.get("OPTIONS", {})
    return settings


def use_database(url: str) -> None:
    """Point a process that already runs at another database, and let go of the one it has."""
    fresh = connections.configure_settings({DEFAULT_DB_ALIAS: database_settings(url)})
    connections[DEFAULT_DB_ALIAS].close()
    del connections[DEFAULT_DB_ALIAS]
    connections.settings.update(fresh)


def _not_understood() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "The database address is not understood. Use sqlite:////full/path/to/file.sqlite3 "
        "or postgresql://user:password@host:5432/name."
    )
