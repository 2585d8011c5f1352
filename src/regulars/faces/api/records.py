"""`POST /records`: any records, as an array or line by line, each whole or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router

from regulars.faces.api import schemas
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.problems import Unanswerable, encode
from regulars.faces.api.writing import IDEMPOTENCY_KEY, answer_once
from regulars.rules.refusals import Refused
from regulars.services import receiving

router = Router(tags=["Records"])

NDJSON = "application/x-ndjson"
LONGEST_LINE = 2**20


@router.post(
    "/records",
    operation_id="post_records",
    summary="Send any records, in order",
    openapi_extra=schemas.records(),
)
def post_records(request: HttpRequest, dry_run: bool = False) -> Any:
    """Always 200, with the result of each record in order; a refused one stops no other."""
    media_type = (request.content_type or "").lower()
    if media_type == NDJSON and IDEMPOTENCY_KEY not in request.headers and not dry_run:
        return StreamingHttpResponse(_line_by_line(request), content_type=NDJSON)
    if media_type not in (NDJSON, "application/json"):
        raise Unanswerable(
            "unsupported_media_type",
            f"Send records as application/json (an array) or as {NDJSON}.",
            field="Content-Type",
            value=media_type,
        )
    return answer_once(request, lambda call, body: _at_once(call, body, media_type, dry_run))


def _at_once(call: Call, body: bytes, media_type: str, is_trial: bool) -> HttpResponse:
    source = _lines(body.splitlines()) if media_type == NDJSON else _array(body)
    results = [
        result.as_dict()
        for result in receiving.receive_all(
            call.company, source, sender=call.sender, now=call.now, is_trial=is_trial
        )
    ]
    if media_type == NDJSON:
        content = b"".join(encode(result) + b"\n" for result in results)
    else:
        content = encode(results)
    return HttpResponse(content, content_type=media_type)


def _line_by_line(request: HttpRequest) -> Iterator[bytes]:
    """Answers while the lines still come; neither side holds more than a batch."""
    with call_of(request) as call:
        results = receiving.receive(
            call.company, _lines(_read(request)), sender=call.sender, now=call.now
        )
        for result in results:
            yield encode(result.as_dict()) + b"\n"


def _read(request: HttpRequest) -> Iterator[bytes]:
    while line := request.readline(LONGEST_LINE + 1):
        yield line
        if len(line) > LONGEST_LINE:
            return  # what follows cannot be told from the rest of this line


def _lines(lines: Iterable[bytes]) -> Iterator[bytes | Refused]:
    for line in lines:
        if len(line) > LONGEST_LINE:
            yield Refused(
                "invalid_record",
                f"A line may have {LONGEST_LINE:,} bytes; the rest of the request is not read.",
            )
        elif line.strip():
            yield line


def _array(body: bytes) -> list[Mapping[str, Any] | Refused]:
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError, ValueError) as error:
        raise Refused("invalid_record", f"This is not JSON: {error}.", field="body") from None
    if not isinstance(found, list):
        raise Refused("invalid_record", "The body must be an array of records.", field="body")
    return [one if isinstance(one, dict) else _no_object(one) for one in found]


def _no_object(value: object) -> Refused:
    return Refused("invalid_record", "This is not a JSON object.", value=value)
