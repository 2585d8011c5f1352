"""`POST /records`: any records, as an array or line by line, each whole or not at all."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router

from regulars.faces.api import bodies, long_answers, schemas
from regulars.faces.api.access import Call
from regulars.faces.api.bodies import JSON, NDJSON
from regulars.faces.api.headers import header
from regulars.faces.api.problems import encode
from regulars.faces.api.writing import IDEMPOTENCY_KEY, answer_once
from regulars.rules.refusals import Refused
from regulars.services import receiving

router = Router(tags=["Records"])


@router.post(
    "/records",
    operation_id="post_records",
    summary="Send any records, in order",
    openapi_extra=schemas.records(),
)
def post_records(request: HttpRequest, dry_run: bool = False) -> Any:
    """Always 200, with the result of each record in order; a refused one stops no other."""
    bodies.check_form(request, JSON, NDJSON)
    has_lines = (request.content_type or "").lower() == NDJSON
    if has_lines and not dry_run:
        if header(request, IDEMPOTENCY_KEY) is not None:
            return long_answers.answer_once(request)
        answer = long_answers.answer_line_by_line(request)
        return StreamingHttpResponse(answer, content_type=NDJSON)

    def act(call: Call, body: bytes) -> HttpResponse:
        return _at_once(call, body, has_lines=has_lines, is_trial=dry_run)

    return answer_once(request, act, JSON, NDJSON)


def _at_once(call: Call, body: bytes, *, has_lines: bool, is_trial: bool) -> HttpResponse:
    source = bodies.lines(iter([body])) if has_lines else _array(body)
    results = [
        result.as_dict()
        for result in receiving.receive_all(
            call.company, source, sender=call.sender, now=call.now, is_trial=is_trial
        )
    ]
    if has_lines:
        content = b"".join(encode(result) + b"\n" for result in results)
        return HttpResponse(content, content_type=NDJSON)
    return HttpResponse(encode(results), content_type=JSON)


def _array(body: bytes) -> Iterator[Mapping[str, Any] | Refused]:
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError, ValueError) as error:
        raise Refused("invalid_record", f"This is not JSON: {error}.", field="body") from None
    if not isinstance(found, list):
        raise Refused("invalid_record", "The body must be an array of records.", field="body")
    return (one if isinstance(one, dict) else _no_object(one) for one in found)


def _no_object(value: object) -> Refused:
    return Refused("invalid_record", "This is not a JSON object.", value=value)
