"""A request takes the connection that was given back last, whichever thread it comes to.

A connection keeps the pages it has read until another has written. With one connection for
each thread, and requests that come to the threads in turn, most would begin by reading anew
what they need and preparing their statements once more: half as much again for a paid invoice.
"""

import os
from collections import defaultdict, deque
from typing import Any

from django.db.backends.sqlite3 import base

# By process too: a connection must not be used by one that was forked.
_idle: dict[tuple[int, str], deque[Any]] = defaultdict(deque)


class DatabaseWrapper(base.DatabaseWrapper):
    """To be used with CONN_MAX_AGE 0, so that each request gives back what it took."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return self.given_back().pop()
        except IndexError:
            return super().get_new_connection(conn_params)

    def _close(self) -> None:
        """Give it back; one in the midst of something, or with errors, is closed."""
        raw = self.connection
        if raw is None:
            return
        if raw.in_transaction or self.errors_occurred:
            with self.wrap_database_errors:
                raw.close()
        else:
            self.given_back().append(raw)

    def given_back(self) -> deque[Any]:
        """What nobody uses at the moment, the last given back at the end."""
        return _idle[os.getpid(), str(self.settings_dict["NAME"])]
