"""`regulars serve`: the server and the worker beside it, started and ended together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.faces.cli.shell import PROGRAM, say
from tests.journeys.salon import free_port

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up")


def children_of(pid: int) -> dict[str, int]:
    """Its processes by what they are."""
    found = {}
    for line in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        said = Path(f"/proc/{line}/cmdline").read_bytes().decode()
        found["server" if "granian" in said else "worker"] = int(line)
    return found


def until(asked: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + 60
    while not asked():
        assert time.monotonic() < ends_at, "it did not come to that"
        time.sleep(0.1)


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.fixture
def served(sqlite_database) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    say("init", "--name", "Lumen")
    port = free_port()
    process = subprocess.Popen([*PROGRAM, "serve", "--port", str(port)])
    address = f"http://127.0.0.1:{port}/account/login/"

    def answers() -> bool:
        try:
            urlopen(address, timeout=5).close()
        except OSError:
            return False
        return True

    try:
        until(answers)
        yield process, address
    finally:
        process.terminate()
        process.wait(60)


def test_both_run_and_end_together_and_a_worker_that_dies_is_started_again(served):
    process, address = served
    until(lambda: set(children_of(process.pid)) == {"server", "worker"})
    first = children_of(process.pid)["worker"]
    os.kill(first, signal.SIGKILL)
    until(lambda: children_of(process.pid).get("worker", first) != first)
    assert urlopen(address, timeout=20).status == 200
    running = children_of(process.pid).values()

    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == 0
    assert not any(is_there(pid) for pid in running)


def test_two_servers_never_share_a_port(sqlite_database):
    say("init", "--name", "Lumen")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = say("serve", "--port", taken.getsockname()[1])

    assert refused.exit_code == 3
    assert "Somebody else listens at 127.0.0.1" in refused.stderr
