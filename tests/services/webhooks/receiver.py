"""A receiver of webhooks for tests: it keeps what it takes, fails and hangs as it is told."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event as Signal
from threading import Lock, Thread
from typing import Any

from standardwebhooks import Webhook

Answer = int | str
"""A status, or `hang`, `close`, `trickle`, `redirect`, `flood`."""


class Receiver:
    """On a port of this machine. `answer` says what becomes of the n-th request."""

    def __init__(self, answer: Callable[[int, dict[str, Any]], Answer] = lambda n, event: 200):
        self.answer = answer
        self.secrets: list[str] = []
        self.accepted: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.n_requests = 0
        self.lock = Lock()
        self.is_over = Signal()
        self.port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    def start(self) -> None:
        """Listen, at the same port as before."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.take(self)

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                pass  # whoever called has gone

        self.server = Server(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_port
        Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def close(self) -> None:
        self.is_over.set()
        self.stop()

    def take(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        event = json.loads(body)
        with self.lock:
            self.n_requests += 1
            self.headers.append(dict(request.headers))
            answer = self.answer(self.n_requests, event)
            if self.secrets:
                assert self.is_signed(request, body)
            if answer == 200:
                self.accepted.append(event)
        if answer == "hang":
            self.is_over.wait(60)
        elif answer == "trickle":
            while not self.is_over.wait(0.1):
                request.wfile.write(b"H")
        elif answer == "redirect":
            request.send_response(302)
            request.send_header("Location", f"{self.url}/elsewhere")
            request.end_headers()
        elif answer == "flood":
            request.send_response(200)
            request.end_headers()
            while not self.is_over.is_set():
                request.wfile.write(b"x" * 65536)
        elif answer != "close":
            assert isinstance(answer, int)
            request.send_response(answer)
            request.end_headers()
            request.wfile.write(b"thank you" if answer == 200 else b"not now")

    def is_signed(self, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        """By any of the secrets; the time it says may be that of a test."""
        at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
        given = request.headers["webhook-signature"].split()
        name = request.headers["webhook-id"]
        return any(Webhook(one).sign(name, at, body.decode()) in given for one in self.secrets)

    def ids(self) -> list[str]:
        with self.lock:
            return [event["id"] for event in self.accepted]

    def check_order(self) -> None:
        """No guest's event came for the first time after a later one."""
        latest: dict[str | None, int] = {}
        seen = set()
        for event in self.accepted:
            if event["id"] not in seen:
                seen.add(event["id"])
                assert latest.get(event["guest"], 0) < event["sequence"], event
                latest[event["guest"]] = event["sequence"]
