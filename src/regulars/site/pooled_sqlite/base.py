"""A request takes the connection that was given back last, whichever thread it comes to.

A connection keeps the pages it has read until another has written. With one connection for
each thread, and requests that come to the threads in turn, most would begin by reading anew
what they need and preparing their statements once more: half as much again for a paid invoice.
"""

import os
import sqlite3
from collections import defaultdict, deque
from time import monotonic
from typing import Any

from django.db.backends.sqlite3 import base

from regulars.services.transactions import in_line

LONGEST_KEPT = 600.0
"""Seconds. What the worker finds out about the tables only connections know that came after."""

# With when each was opened. By process too: one that was forked must not use its parent's.
_idle: dict[tuple[int, str], deque[tuple[Any, float]]] = defaultdict(deque)


class DatabaseWrapper(base.DatabaseWrapper):
    """To be used with CONN_MAX_AGE 0, so that each request gives back what it took."""

    opened_at = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            raw, self.opened_at = self.given_back().pop()
        except IndexError:
            raw, self.opened_at = super().get_new_connection(conn_params), monotonic()
        return raw

    def _start_transaction_under_autocommit(self) -> None:
        """Sessions and sign-ins are written by others' code: it too begins in line, where a
        long import sees who waits. Once begun, whoever is next waits for the little it does.
        """
        with in_line():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]

    def close_if_unusable_or_obsolete(self) -> None:
        """Django would forget an error first where the connection answers all the same."""
        self.close()

    def _close(self) -> None:
        """Give it back; one in the midst of something, with errors, or an old one is closed."""
        raw = self.connection
        if raw is None:
            return
        is_amid = self.in_atomic_block or raw.in_transaction or _is_reading(raw)
        if is_amid or self.errors_occurred or monotonic() - self.opened_at > LONGEST_KEPT:
            with self.wrap_database_errors:
                raw.close()
        else:
            self.given_back().append((raw, self.opened_at))

    def given_back(self) -> deque[tuple[Any, float]]:
        """What nobody uses at the moment, the last given back at the end."""
        return _idle[os.getpid(), str(self.settings_dict["NAME"])]


def _is_reading(raw: Any) -> bool:
    """Whether rows are left unread somewhere: the next to ask would see the tables as of then.

    An interruption holds for as long as such a statement does, and ends by itself without one.
    """
    raw.interrupt()
    try:
        raw.execute("SELECT 1").close()
    except sqlite3.OperationalError:
        return True
    return False
