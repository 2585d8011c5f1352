"""The production server with a database of the bench, and what it spends."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psycopg

from bench.clock import Cpu, spent_by
from regulars.site.environment import REQUESTS_PER_SECOND

_TICK = os.sysconf("SC_CLK_TCK")
_READY = 30
"""Seconds a server may take to answer for the first time."""


class Server:
    """A running server: asked over one connection that stays open, its CPU read from outside.

    The processes' time comes in hundredths of a second, so it is told of many requests only.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, url: str) -> None:
        self.process = process
        self.url = url
        self.http = HTTPConnection("127.0.0.1", port, timeout=60)
        self.observer = psycopg.connect(url, autocommit=True) if "postgres" in url else None

    def ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, Any]:
        self.http.request(method, path, body, dict(headers))
        response = self.http.getresponse()
        said = response.read()
        return response.status, json.loads(said) if said else None

    def spent(self) -> Cpu:
        """What all its processes and all its database sessions have spent so far."""
        client = sum(_ticks(one) for one in _family(self.process.pid)) / _TICK
        return Cpu(client, sum(spent_by(pid) for pid in self._sessions()))

    def _sessions(self) -> list[int]:
        if self.observer is None:
            return []
        rows = self.observer.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return [row[0] for row in rows]

    def close(self) -> None:
        self.http.close()
        if self.observer is not None:
            self.observer.close()
        self.process.terminate()
        self.process.wait(timeout=30)


@contextmanager
def serving(application: str, url: str, *, workers: int, **settings: str) -> Iterator[Server]:
    """Serve this application with granian, as `regulars serve` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-log"]
    command += ["--workers", str(workers), "--blocking-threads", "4", application]
    paths = os.pathsep.join(sys.path)
    environment = os.environ | {"REGULARS_DATABASE_URL": url, "PYTHONPATH": paths} | settings
    environment[REQUESTS_PER_SECOND] = "1000000"  # all of them come with one key
    server = Server(subprocess.Popen(command, env=environment), port, url)
    try:
        _wait_for(server)
        yield server
    finally:
        server.close()


def _wait_for(server: Server) -> None:
    until = time.monotonic() + _READY
    while time.monotonic() < until:
        try:
            server.ask("GET", "/api/v1/openapi.json", None, {})
            return
        except (OSError, ValueError):
            server.http.close()
            time.sleep(0.1)
    raise TimeoutError("the server did not answer")


def _family(pid: int) -> list[int]:
    """A process and those that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
