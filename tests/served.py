"""A server as it is really run, for tests that ask over the wire."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from regulars.records.scope import organization_scope
from regulars.services import founding, keys


@contextmanager
def serving(database: str) -> Iterator[str]:
    """The address of a server of this database, once it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--threads", "4", "--no-worker", "--database", database]
    process = subprocess.Popen([sys.executable, "-m", "regulars", "serve", *options])
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def found_sandbox(ref: str = "tryout") -> str:
    """A sandbox in the database in use; returns a key that may do all in it."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    company = founding.found_organization(
        "Try out",
        ref,
        currency="USD",
        time_zone="America/New_York",
        at=at,
        by="owner",
        is_sandbox=True,
    )
    with organization_scope(company.id):
        _, key = keys.create_key(company, "back_office", at=at, by="owner")
    return key


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    process.kill()
    raise TimeoutError("The server did not come up.")
