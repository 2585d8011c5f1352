"""CPU time of this process and of its database backend.

SQLite works inside the process. A PostgreSQL session has a backend process of its own, whose
time is added. Not counted is what the server does for everybody: the WAL writer, the
checkpointer, the background writer, autovacuum.
"""

from collections.abc import Callable
from dataclasses import dataclass
from os import sysconf
from pathlib import Path
from time import process_time_ns
from typing import Any

_TICKS = sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cpu:
    """Seconds of CPU: of the process itself, and of its backend."""

    client: float
    server: float

    @property
    def all(self) -> float:
        return self.client + self.server

    def __sub__(self, other: "Cpu") -> "Cpu":
        return Cpu(self.client - other.client, self.server - other.server)


class Clock:
    """Reads both clocks; `backend` is the process id of the PostgreSQL session, if any."""

    def __init__(self, backend: int | None) -> None:
        self._backend = backend

    def now(self) -> Cpu:
        """What both have spent so far."""
        return Cpu(process_time_ns() / 1e9, self._server())

    def time(self, act: Callable[[], Any]) -> Cpu:
        """What `act` spends. To look at the backend's clock costs this process something, so
        its own is read last before and first after.
        """
        server = self._server()
        client = process_time_ns()
        act()
        client = process_time_ns() - client
        return Cpu(client / 1e9, self._server() - server)

    def _server(self) -> float:
        return spent_by(self._backend) if self._backend else 0.0


def spent_by(pid: int) -> float:
    """Seconds a process of one thread has run: exact where the kernel tells, else in its
    hundredths.
    """
    folder = Path(f"/proc/{pid}")
    try:
        return int((folder / "schedstat").read_text().split()[0]) / 1e9
    except (FileNotFoundError, IndexError):
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


def django_clock() -> Clock:
    """The clock of the session that the product itself works in."""
    from django.db import connection

    connection.ensure_connection()
    if connection.vendor != "postgresql":
        return Clock(None)
    return Clock(connection.connection.info.backend_pid)
