"""What pages send may take half of the threads, so that it keeps no till from its work.

A body that comes slowly holds a thread until it is there, and the server cannot take it back.
The API counts bodies by their keys; whoever sends a form may be anybody.
"""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from django.conf import settings

API = "/api/"
_WORDS = b"Too many forms are on their way; try again in a moment.\n"
_HEADERS = [("Content-Type", "text/plain"), ("Retry-After", "2")]
Start = Callable[..., Any]


class PagesApart:
    """An application whose pages are answered 503 when half of the threads wait for forms."""

    def __init__(self, application: Callable[[dict[str, Any], Start], Iterable[bytes]]) -> None:
        self.application = application
        self.most = max(1, settings.THREADS // 2)
        self._n_sent = 0
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if not _is_sent(environ):
            return self.application(environ, start)
        with self._lock:
            is_full = self._n_sent >= self.most
            self._n_sent += not is_full
        if is_full:
            start("503 Service Unavailable", [*_HEADERS, ("Content-Length", str(len(_WORDS)))])
            return [_WORDS]
        try:
            return self.application(environ, start)
        finally:
            with self._lock:
                self._n_sent -= 1


def _is_sent(environ: dict[str, Any]) -> bool:
    """Whether it is no request of the API and has a body."""
    length = environ.get("CONTENT_LENGTH", "")
    has_body = length not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ
    return has_body and not environ.get("PATH_INFO", "").startswith(API)
