"""The web server, and the worker beside it: started together, ended together."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from time import monotonic, sleep
from types import FrameType

from regulars.faces.cli.running import Trouble, say

# Connections beyond these wait in the system's queue, and beyond that are turned away there. A
# client that does not say what it wants is let go; it holds no thread until it has.
_PATIENCE = (
    *("--backlog", "512"),
    *("--backpressure", "512"),
    *("--http1-header-read-timeout", "15000"),
    # A body that comes slowly does not keep the server from ending.
    *("--workers-kill-timeout", "10"),
)
_APPLICATION = "regulars.site.wsgi:application"
_WORKER = [sys.executable, "-m", "regulars", "worker"]
LONGEST_REST = 60.0
"""Seconds before a worker that dies again and again is started once more."""
_WELL_AFTER = 60.0
_GRACE = 30.0


def server_command(host: str, port: int, *, workers: int = 1, threads: int = 16) -> list[str]:
    """granian, in a process of its own: this one has been made ready for commands."""
    address = ["--host", host, "--port", str(port)]
    size = ["--workers", str(workers), "--blocking-threads", str(threads)]
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    # It warns of as many threads, each of which waits for a slow body most of its time.
    return [*granian, *address, *size, *_PATIENCE, "--log-level", "error", _APPLICATION]


def serve_alone(command: Sequence[str]) -> None:
    """This process becomes the server."""
    os.execv(command[0], list(command))


def serve_with_worker(command: Sequence[str]) -> int:
    """Both until one is told to end (Ctrl-C, SIGTERM) or the server ends; its exit code.

    A worker that died is started again, later each time that it dies soon.
    """
    asked: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    # Groups of their own: a Ctrl-C reaches them once, from here.
    server = subprocess.Popen(command, start_new_session=True)
    worker = Kept(_WORKER)
    try:
        while not asked and server.poll() is None:
            worker.keep()
            sleep(0.2)
    finally:
        worker.end()
        _end(server)
    if not asked:
        say(f"The server ended by itself, with code {server.returncode}.")
    return 0 if asked else server.returncode or 1


class Kept:
    """A process that is kept running."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = command
        self.rest = 1.0
        self.process: subprocess.Popen[bytes] | None = None
        self.starts_at = monotonic()
        self.started_at = 0.0

    def keep(self) -> None:
        """Start it where it does not run and has rested."""
        now = monotonic()
        if self.process is not None and self.process.poll() is not None:
            lived = now - self.started_at
            self.rest = 1.0 if lived > _WELL_AFTER else min(self.rest * 2, LONGEST_REST)
            self.starts_at = now + self.rest
            say(f"The worker died; it is started again in {self.rest:.0f} s.")
            self.process = None
        if self.process is None and now >= self.starts_at:
            self.started_at = now
            self.process = subprocess.Popen(self.command, start_new_session=True)

    def end(self) -> None:
        if self.process is not None:
            _end(self.process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, and see to it."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port(host: str, first: int) -> int:
    """This port, or the next that nobody listens at."""
    for port in range(first, first + 50):
        if _is_free(host, port):
            return port
    raise Trouble(f"No port is free at {host} from {first} on.")


def check_port(host: str, port: int) -> None:
    """granian would share it with whoever listens there already, and so answer every other."""
    if not _is_free(host, port):
        raise Trouble(f"Somebody else listens at {host}:{port}; choose another --port.")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError:
            return False
    return True
