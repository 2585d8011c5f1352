"""Bodies as they come in: within their limits, whole, in a form that is read here."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from regulars.faces.api.headers import header
from regulars.faces.api.problems import Unanswerable
from regulars.rules.refusals import Refused

JSON = "application/json"
NDJSON = "application/x-ndjson"
LONGEST_LINE = 2**20
MOST_AT_ONCE = 4
"""Bodies of one key that may be on their way to one process; one when a quarter of the threads
wait for bodies.
"""
_BLOCK = 2**16
_CROWDED = "A body of this key is on its way already, and many others are waited for."
_being_read: Counter[Any] = Counter()
_lock = Lock()


def body_of(request: HttpRequest, *forms: str) -> bytes:
    """The whole body; refused when it is larger than the server takes at once, in another form
    than these (JSON if none is said), or broken off.
    """
    check_form(request, *forms or (JSON,))
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if (said_length(request) or 0) > most:
        raise _too_large(most)
    parts, n_bytes = [], 0
    for block in blocks(request):
        parts.append(block)
        n_bytes += len(block)
        if n_bytes > most:
            raise _too_large(most)
    return b"".join(parts)


def check_form(request: HttpRequest, *forms: str) -> None:
    """Refuse a body of another media type, in another charset than UTF-8, or packed."""
    said = header(request, "Content-Type") or ""
    media_type = (request.content_type or "").lower()
    if media_type not in forms and (said or NDJSON in forms):
        raise _not_read("Content-Type", said, f"Send this as {' or as '.join(forms)}.")
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower().replace("_", "-") not in ("utf-8", "utf8", "us-ascii"):
        raise _not_read("Content-Type", said, "Only UTF-8 is read here.")
    packed = header(request, "Content-Encoding")
    if packed is not None and packed.lower() != "identity":
        raise _not_read("Content-Encoding", packed, "Send it as it is, not packed.")


def _not_read(field: str, value: str, message: str) -> Unanswerable:
    return Unanswerable("unsupported_media_type", message, field=field, value=value[:200])


def _too_large(most: int) -> Unanswerable:
    return Unanswerable(
        "too_large",
        f"The body may have {most:,} bytes; send POST /records as {NDJSON},"
        " which may be of any length.",
    )


def said_length(request: HttpRequest) -> int | None:
    """What the request says it is long; None where it comes in chunks until it ends."""
    if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        return None
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isdecimal() else 0


def blocks(request: HttpRequest) -> Iterator[bytes]:
    """The body as it comes. Refused: it ends before it is as long as it said."""
    length = said_length(request)
    source: Any = request
    if length is None:
        # Django knows no bodies without a length; the server ends such a body itself.
        source = request.environ["wsgi.input"]  # type: ignore[attr-defined]
    n_bytes = 0
    with _reading(request):
        while block := bytes(source.read(_BLOCK)):
            n_bytes += len(block)
            yield block
    if length is not None and n_bytes < length:
        raise Unanswerable(
            "bad_request", f"The request broke off: {n_bytes:,} of {length:,} bytes came."
        )


@contextmanager
def _reading(request: HttpRequest) -> Iterator[None]:
    """A body that comes slowly holds a thread: one key may hold only so many of them."""
    key = request.auth.id  # type: ignore[attr-defined]
    with _lock:
        is_crowded = _being_read.total() >= max(MOST_AT_ONCE, settings.THREADS // 4)
        most = 1 if is_crowded else MOST_AT_ONCE
        if _being_read[key] >= most:
            raise Unanswerable(
                "too_many_requests",
                _CROWDED
                if is_crowded
                else f"{most} bodies of this key are on their way already.",
                retry_after=1,
            )
        _being_read[key] += 1
    try:
        yield
    finally:
        with _lock:
            _being_read[key] -= 1
            if not _being_read[key]:
                del _being_read[key]


def lines(parts: Iterator[bytes]) -> Iterator[bytes | Refused]:
    """The lines that are not empty; one that is too long is refused, and the rest goes on."""
    rest = b""
    is_too_long = False
    for part in parts:
        *whole, rest = (rest + part).split(b"\n")
        for line in whole:
            if is_too_long:
                is_too_long = False
            elif len(line) > LONGEST_LINE:
                yield _long_line()
            elif line.strip():
                yield line
        if len(rest) > LONGEST_LINE or (is_too_long and rest):
            if not is_too_long:
                yield _long_line()
            is_too_long, rest = True, b""
    if rest.strip() and not is_too_long:
        yield rest


def _long_line() -> Refused:
    return Refused("invalid_record", f"A line may have {LONGEST_LINE:,} bytes.")
