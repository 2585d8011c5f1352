"""Records line by line, of any length, answered while they come or once for a key.

With an Idempotency-Key the lines are kept in a file until they are all there: only then is it
known whether they are those that came with the key before. Answers up to a few megabytes are
kept and given again to the letter. Beyond that the lines are looked at again, which changes
nothing: a fact or a command that was applied is answered `unchanged` then.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import IO

from django.db import OperationalError
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from regulars.faces.api import bodies
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.bodies import NDJSON
from regulars.faces.api.problems import Unanswerable, document_of, encode
from regulars.faces.api.writing import IDEMPOTENCY_KEY, REPLAYED, digest_of, told_again
from regulars.services import answers, receiving
from regulars.services.answers import Answered

log = logging.getLogger("regulars.api")

LONGEST_KEPT_ANSWER = 4 * 2**20
LONGEST_KEPT_REQUEST = 2**30
_IN_MEMORY = 2**20
_BLOCK = 2**16
_SIGN_OF_LIFE = timedelta(seconds=30)


def answer_line_by_line(request: HttpRequest) -> Iterator[bytes]:
    """Answers while the lines still come; neither side holds more than a batch."""

    def answer() -> Iterator[bytes]:
        with call_of(request) as call:
            yield from _results(call, bodies.blocks(request))

    return _to_the_end(answer())


def answer_once(request: HttpRequest) -> HttpResponseBase:
    """The same once they are all there; or what was answered to them before."""
    asked = request.headers[IDEMPOTENCY_KEY]
    held: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    digest = _hold(request, held)
    with call_of(request) as call:
        known = answers.claim(call.key.id, asked, digest, now=call.now)
    if known is not None and known.body:
        held.close()
        return told_again(known)
    response = StreamingHttpResponse(
        _to_the_end(_once(request, asked, held)), content_type=NDJSON
    )
    if known is not None:
        response[REPLAYED] = "unchanged"
    return response


def _hold(request: HttpRequest, held: IO[bytes]) -> str:
    digest = digest_of(request)
    for block in bodies.blocks(request):
        if held.tell() + len(block) > LONGEST_KEPT_REQUEST:
            raise Unanswerable(
                "too_large",
                f"With an Idempotency-Key a request may have {LONGEST_KEPT_REQUEST:,} bytes;"
                " without one it may be of any length, and nothing happens twice either.",
            )
        held.write(block)
        digest.update(block)
    held.seek(0)
    return str(digest.hexdigest())


def _once(request: HttpRequest, asked: str, held: IO[bytes]) -> Iterator[bytes]:
    """Answer what is held, and keep the answer if it is not too long to be."""
    kept: list[bytes] | None = []
    n_bytes = 0
    with held, call_of(request) as call:
        said_at = datetime.now(UTC)
        try:
            for line in _results(call, iter(lambda: held.read(_BLOCK), b"")):
                n_bytes += len(line)
                if n_bytes > LONGEST_KEPT_ANSWER:
                    kept = None
                if kept is not None:
                    kept.append(line)
                if datetime.now(UTC) - said_at > _SIGN_OF_LIFE:
                    said_at = datetime.now(UTC)
                    answers.still_at_work(
                        call.key.id, asked, now=call.company.clock_at or said_at
                    )
                yield line
        except BaseException:
            answers.let_go(call.key.id, asked)
            raise
        body = b"".join(kept).decode() if kept else ""
        answers.keep(call.key.id, asked, Answered(200, NDJSON, body))


def _results(call: Call, parts: Iterator[bytes]) -> Iterator[bytes]:
    results = receiving.receive(
        call.company, bodies.lines(parts), sender=call.sender, now=call.now
    )
    for result in results:
        yield encode(result.as_dict()) + b"\n"


def _to_the_end(answer: Iterator[bytes]) -> Iterator[bytes]:
    """The answer has begun, so that what goes wrong now is told in a last line."""
    try:
        yield from answer
    except Unanswerable as raised:
        yield encode(document_of(raised.code, str(raised))) + b"\n"
    except OperationalError as error:
        log.error("The database did not answer: %s", error)
        words = "The database is busy or full; the lines without an answer were not taken in."
        yield encode(document_of("unavailable", words)) + b"\n"
    except Exception:
        log.exception("An answer could not be finished.")
        words = "Something went wrong here; the lines without an answer were not taken in."
        yield encode(document_of("internal_error", words)) + b"\n"
