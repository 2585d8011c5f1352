"""One call of an endpoint: signed, to an address that was checked, over by a set time."""

import base64
import re
import secrets
import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from time import monotonic
from typing import Any

import httpcore
from standardwebhooks import Webhook

from regulars.services.webhooks.addresses import Forbidden, resolved

SECONDS = 15.0
"""After so long a call is over, wherever it is."""
CONNECT_SECONDS = 5.0
EXCERPT = 500
"""Characters of an answer that are kept; not much more is read."""
_USER_AGENT = "regulars-webhooks/1"
_NUMBER_OF_ERROR = re.compile(r"^\[Errno -?\d+\] ")


@dataclass(frozen=True, slots=True)
class Call:
    """What is to be said where. Each of `secrets` signs."""

    url: str
    id: str
    body: bytes
    secrets: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is None where no answer came, and `text` then says why."""

    status: int | None
    text: str
    milliseconds: int
    retry_after: int | None = None

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def problem(self) -> str:
        """What went wrong, in a sentence."""
        return self.text if self.status is None else f"It answered {self.status}."


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(call: Call, *, at: datetime) -> dict[str | bytes, str | bytes]:
    """As the Standard Webhooks specification has them; all signatures are of the same text."""
    text = call.body.decode()
    signed = [Webhook(secret).sign(call.id, at, text) for secret in call.secrets]
    return {
        "Content-Type": "application/json",
        "User-Agent": _USER_AGENT,
        "webhook-id": call.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def make(call: Call, *, at: datetime, seconds: float = SECONDS) -> Answer:
    """Call once, and never raise. No redirect is followed: it would not be checked."""
    began = monotonic()

    def answer(status: int | None, text: str, retry_after: int | None = None) -> Answer:
        return Answer(status, text, round((monotonic() - began) * 1000), retry_after)

    try:
        return answer(*_exchange(call, at=at, ends_at=began + seconds))
    except Forbidden as forbidden:
        return answer(None, str(forbidden))
    except (httpcore.TimeoutException, TimeoutError):
        return answer(None, f"No answer within {seconds:g} seconds.")
    except OSError as problem:
        return answer(None, f"{problem.strerror or problem}.")
    except Exception as problem:  # whatever a hostile answer brings up in the libraries
        words = _NUMBER_OF_ERROR.sub("", " ".join(str(problem).split()))
        said = words[:200] or type(problem).__name__
        return answer(None, f"{said.rstrip('.')}.")


def _exchange(call: Call, *, at: datetime, ends_at: float) -> tuple[int, str, int | None]:
    timeouts = {"connect": CONNECT_SECONDS, "read": SECONDS, "write": SECONDS, "pool": SECONDS}
    is_plain = call.url.startswith("http:")
    with (
        httpcore.ConnectionPool(
            ssl_context=_trust(), network_backend=_Checked(ends_at, is_plain), http2=False
        ) as pool,
        pool.stream(
            "POST",
            call.url,
            headers=headers(call, at=at),
            content=call.body,
            extensions={"timeout": timeouts},
        ) as response,
    ):
        text = _excerpt(response.iter_stream())
        return response.status, text, _seconds(response.headers)


def _excerpt(chunks: Iterable[bytes]) -> str:
    found = b""
    for chunk in chunks:
        found += chunk[: 4 * EXCERPT]
        if len(found) >= 4 * EXCERPT:
            break
    return found.decode("utf-8", "replace").replace("\x00", "")[:EXCERPT]


def _seconds(found: Iterable[tuple[bytes, bytes]]) -> int | None:
    """What Retry-After asks for, where it is a number."""
    for name, value in found:
        if name.lower() == b"retry-after" and value.isdigit():
            return min(int(value[:9]), 24 * 3600)
    return None


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


# -- the network ------------------------------------------------------------------------------


class _Checked(httpcore.NetworkBackend):
    """Connects to addresses that were checked, by those addresses; over by a set time.

    The certificate is still asked for the name: that is not what a socket is opened by.
    """

    def __init__(self, ends_at: float, is_plain: bool) -> None:
        self._ends_at = ends_at
        self._is_plain = is_plain
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        problem: Exception = OSError(f"{host} has no address")
        for address in resolved(host, port, is_plain=self._is_plain):
            try:
                stream = self._inner.connect_tcp(
                    address, port, _left(self._ends_at, timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as raised:
                problem = raised
            else:
                return _Stream(stream, self._ends_at)
        raise problem


class _Stream(httpcore.NetworkStream):
    """Each step has only the time that is left: a trickle of answers ends as well."""

    def __init__(self, inner: httpcore.NetworkStream, ends_at: float) -> None:
        self._inner = inner
        self._ends_at = ends_at

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._ends_at, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._ends_at, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._ends_at, timeout)
        secured = self._inner.start_tls(ssl_context, server_hostname, left)
        return _Stream(secured, self._ends_at)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(ends_at: float, timeout: float | None) -> float:
    left = ends_at - monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("The time for this call is over.")
    return left if timeout is None else min(left, timeout)
