"""Refusals and errors as RFC 9457 problem documents: one table, one shape."""

from typing import Any

import msgspec
from django.http import HttpResponse

from regulars.rules.refusals import Refused
from regulars.services.formats.results import Result, refused_result

MEDIA_TYPE = "application/problem+json"


class Unanswerable(Exception):
    """A request that HTTP itself says no to, before any record is looked at."""

    def __init__(self, code: str, message: str, *, field: str | None = None, value: Any = None):
        super().__init__(message)
        self.code = code
        self.field = field
        self.value = value


STATUS_OF = {
    "invalid_record": 422,
    "setting_conflict": 422,
    "unknown_reference": 404,
    "not_permitted": 403,
    "unauthorized": 401,
    "too_large": 413,
    "too_many_requests": 429,
    "unsupported_media_type": 415,
    "not_found": 404,
    "unavailable": 503,
}
"""By code; every other refusal is a conflict with what is there: 409."""

TITLES = {
    401: "No valid key",
    403: "Not permitted",
    404: "Not found",
    405: "Not allowed here",
    409: "Refused",
    413: "Too large",
    415: "Not a format that is read here",
    422: "Not valid",
    429: "Too many requests",
    503: "Busy",
}

encode = msgspec.json.encode


def problem(
    code: str, message: str, *, status: int | None = None, **extra: Any
) -> HttpResponse:
    """A problem document; `detail` is a sentence fit to be shown to people."""
    status = status or STATUS_OF.get(code, 409)
    body = {
        "type": f"urn:regulars:problem:{code}",
        "title": TITLES.get(status, "Refused"),
        "status": status,
        "detail": message,
        "code": code,
        **extra,
    }
    return HttpResponse(encode(body), status=status, content_type=MEDIA_TYPE)


def problem_of(result: Result, **extra: Any) -> HttpResponse:
    """A refused record: the problem holds the contract's result, its field and its numbers."""
    numbers = dict(result.detail)
    field, value = numbers.pop("field", None), numbers.pop("value", None)
    return problem(
        result.code or "conflict",
        result.message or "",
        field=field,
        value=value,
        numbers=numbers,
        result=result.as_dict(),
        **extra,
    )


def refused(refusal: Refused) -> HttpResponse:
    """A refusal that no record stands behind."""
    result = refused_result("", refusal)
    numbers = dict(result.detail)
    field, value = numbers.pop("field", None), numbers.pop("value", None)
    return problem(
        refusal.code, result.message or "", field=field, value=value, numbers=numbers
    )


def unanswerable(problem_: Unanswerable) -> HttpResponse:
    return problem(problem_.code, str(problem_), field=problem_.field, value=problem_.value)
