"""The API as it is really served: slow clients, floods, bodies in chunks."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import pytest

from tests.faces.api.shop import Shop


class Served:
    """A server on a free port, with a key for the organization in its database."""

    def __init__(self, url: str, **environment: str) -> None:
        self.shop = Shop()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "regulars", "serve", "--no-worker"]
        options = ["--port", str(self.port), "--threads", "8", "--database", url]
        self.process = subprocess.Popen([*command, *options], env={**os.environ, **environment})
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.ask("GET", "/guests/ann")
                return
            except OSError:
                time.sleep(0.1)
        self.process.kill()
        raise TimeoutError("The server did not come up.")

    def ask(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, **more: str
    ) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Authorization": f"Bearer {key or self.shop.key}", **more}
        headers.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, f"/api/v1{path}", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def slow(self, key: str, *, length: int = 100) -> socket.socket:
        """A client that sends one byte of its body and then nothing."""
        return self._begin(
            "PUT /api/v1/guests/bea HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {key}",
            "Content-Type: application/json",
            f"Content-Length: {length}",
        )

    def slow_form(self) -> socket.socket:
        """Somebody who signs in letter by letter, and has been to the page before."""
        return self._begin(
            "POST /account/login/ HTTP/1.1",
            "Host: localhost",
            f"Cookie: regulars_csrf={'a' * 32}",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: 100",
        )

    def _begin(self, *head: str) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.sendall("\r\n".join([*head, "", "{"]).encode())
        return connection


@pytest.fixture
def served(sqlite_database: Any) -> Iterator[Served]:
    found = Served(sqlite_database.url)
    try:
        yield found
    finally:
        found.process.terminate()
        found.process.wait(20)


def test_slow_clients_floods_and_bodies_in_chunks(served):
    other = served.shop.make_key("till")
    slow = [served.slow(other) for _ in range(20)]
    wrong = [served.slow("reg_wrong") for _ in range(20)]
    time.sleep(0.5)

    # Others are served meanwhile, and the slow key itself may still read.
    status, _ = served.ask("PUT", "/guests/bea", json.dumps({"name": "Bea Stone"}))
    assert status == 200
    assert served.ask("GET", "/guests/bea", key=other)[0] == 200
    # Only so many of its bodies are waited for; the rest was told so.
    told = b"".join(_heard(one) for one in slow)
    assert told.count(b"HTTP/1.1 429 ") == 16
    assert all(b"HTTP/1.1 401 " in _heard(one) for one in wrong[:5])
    for one in [*slow, *wrong]:
        one.close()

    # A flood is worked off; everybody is answered.
    with ThreadPoolExecutor(30) as crowd:
        asked = [crowd.submit(served.ask, "GET", "/guests/ann") for _ in range(90)]
        assert {one.result()[0] for one in asked} <= {200, 429}
    time.sleep(1)

    # Lines in chunks, one of them broken and one too long, and each is answered.
    guest = b'{"type": "guest", "id": "g%d", "name": "Guest"}\n'
    lines = [guest % n for n in range(500)]
    lines[3:3] = [b"{oops\n", b'"' + b"x" * 2_000_000 + b'"\n']
    ndjson = {"Content-Type": "application/x-ndjson"}
    status, body = served.ask("POST", "/records", iter(lines), **ndjson)
    results = [json.loads(line) for line in body.splitlines()]
    assert (status, len(results)) == (200, 502)
    assert [one["status"] for one in results[2:6]] == [
        "applied",
        "refused",
        "refused",
        "applied",
    ]
    assert [one["status"] for one in results].count("applied") == 500

    # The same once more under a key is answered to the letter.
    keyed = {**ndjson, "Idempotency-Key": "k1"}
    first = served.ask("POST", "/records", iter(lines[:3]), **keyed)
    assert served.ask("POST", "/records", b"".join(lines[:3]), **keyed) == first
    assert served.ask("POST", "/records", iter(lines[:2]), **keyed)[0] == 409

    # Too large, and broken off.
    status, body = served.ask("PUT", "/guests/bea", iter([b" " * 2**20] * 6))
    assert (status, json.loads(body)["code"]) == (413, "too_large")
    broken = served.slow(served.shop.key)
    broken.shutdown(socket.SHUT_WR)
    assert served.ask("GET", "/guests/bea")[0] == 200


def test_slow_bodies_of_many_leave_threads_for_others(served):
    """More of them than threads: forms of nobody in particular, bodies of three keys."""
    slow = [served.slow_form() for _ in range(9)]
    time.sleep(0.5)
    told = b"".join(_heard(one) for one in slow)
    assert told.count(b"HTTP/1.1 503 ") == 5
    assert told.count(b"HTTP/1.1 ") == 5

    for one in slow:
        one.close()

    keys = [served.shop.make_key("till") for _ in range(3)]
    bodies = []
    for key in [*keys[:1] * 6, *keys[1:], keys[1]]:
        bodies.append(served.slow(key))
        time.sleep(0.1)
    time.sleep(0.5)
    told = [_heard(one)[:12] for one in bodies]
    assert told == [*[b""] * 4, *[b"HTTP/1.1 429"] * 2, b"", b"", b"HTTP/1.1 429"]
    began = time.monotonic()
    assert served.ask("PUT", "/guests/bea", b'{"name": "Bea Stone"}')[0] == 200
    assert time.monotonic() - began < 5
    for one in bodies:
        one.close()


def _heard(connection: socket.socket) -> bytes:
    connection.settimeout(0.2)
    try:
        return connection.recv(4096)
    except (TimeoutError, OSError):
        return b""


def test_limits_count_the_client_that_a_known_server_in_front_names(sqlite_database: Any):
    found = Served(
        sqlite_database.url, REGULARS_PROXIES="127.0.0.1", REGULARS_HOSTS="desk.test"
    )

    def tried(*named: str) -> int:
        address = {"X-Forwarded-For": ", ".join(named), "X-Forwarded-Proto": "https"}
        return found.ask("GET", "/guests/ann", key="reg_wrong", **address)[0]

    try:
        seen = [tried(f"10.0.0.{n}", "203.0.113.7") for n in range(30)]
        assert set(seen) == {401, 429}
        assert seen[-1] == 429
        # Neither another client nor this machine itself has to wait for that.
        assert tried("203.0.113.7", "203.0.113.8") == 401
        assert found.ask("GET", "/guests/ann", key="reg_wrong")[0] == 401
    finally:
        found.process.terminate()
        found.process.wait(20)


def test_nobody_else_says_where_they_ask_from(served):
    seen = [
        served.ask(
            "GET", "/guests/ann", key="reg_wrong", **{"X-Forwarded-For": f"203.0.113.{n}"}
        )[0]
        for n in range(30)
    ]

    assert seen[-1] == 429
