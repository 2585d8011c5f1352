"""Refusals and errors as RFC 9457 problem documents: one table, one shape."""

from typing import Any

import msgspec
from django.http import HttpResponse

from regulars.rules.refusals import Refused
from regulars.rules.sentences import plain
from regulars.services.formats.results import Result, refused_result

MEDIA_TYPE = "application/problem+json"


class Unanswerable(Exception):
    """A request that HTTP itself says no to, before any record is looked at."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        field: str | None = None,
        value: Any = None,
        retry_after: int | None = None,
        etag: str | None = None,
    ) -> None:
        super().__init__(message)
        self.etag = etag
        self.code = code
        self.field = field
        self.value = value
        self.retry_after = retry_after


STATUS_OF = {
    # What a record says is not right, or names something nobody knows.
    "invalid_record": 422,
    "setting_conflict": 422,
    "unknown_reference": 404,
    "not_permitted": 403,
    # A conflict with what is there: the same request may pass when that changes.
    "already_enrolled": 409,
    "above_maximum": 409,
    "below_minimum": 409,
    "conflict": 409,
    "direct_enrollment_off": 409,
    "enrolled": 409,
    "exceeds_amount_due": 409,
    "guest_merged": 409,
    "hold_not_open": 409,
    "insufficient_points": 409,
    "invoice_below_redeemed": 409,
    "invoice_not_open": 409,
    "negative_balance": 409,
    "no_matching_tier": 409,
    "not_enrolled": 409,
    "not_undoable": 409,
    "nothing_redeemable": 409,
    "opted_out": 409,
    "remainder_used": 409,
    "reward_not_redeemable": 409,
    "run_has_redemptions": 409,
    "tier_disallows_redemption": 409,
    "wrong_increment": 409,
    # What HTTP itself says no to.
    "bad_request": 400,
    "unauthorized": 401,
    "not_found": 404,
    "not_allowed": 405,
    "precondition_failed": 412,
    "too_large": 413,
    "unsupported_media_type": 415,
    "too_many_requests": 429,
    "internal_error": 500,
    "unavailable": 503,
}
"""Every code there is, and its HTTP status; the table in docs/use/api.md is this one."""

TITLES = {
    400: "Not understood",
    401: "No valid key",
    403: "Not permitted",
    404: "Not found",
    405: "Not allowed here",
    409: "Refused",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Not a format that is read here",
    422: "Not valid",
    429: "Too many requests",
    500: "Our mistake",
    503: "Busy",
}

encode = msgspec.json.Encoder(enc_hook=plain).encode


def problem(
    code: str, message: str, *, status: int | None = None, **extra: Any
) -> HttpResponse:
    """A problem document as an answer."""
    status = status or STATUS_OF[code]
    body = document_of(code, message, status=status, **extra)
    return HttpResponse(encode(body), status=status, content_type=MEDIA_TYPE)


def document_of(
    code: str, message: str, *, status: int | None = None, **extra: Any
) -> dict[str, Any]:
    """A problem document; `detail` is a sentence fit to be shown to people."""
    status = status or STATUS_OF[code]
    return {
        "type": f"urn:regulars:problem:{code}",
        "title": TITLES.get(status, "Refused"),
        "status": status,
        "detail": message,
        "code": code,
        **extra,
    }


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
    response = problem(
        refusal.code, result.message or "", field=field, value=value, numbers=numbers
    )
    if "retry_after" in numbers:
        response["Retry-After"] = str(numbers["retry_after"])
    return response


def unanswerable(raised: Unanswerable) -> HttpResponse:
    response = problem(raised.code, str(raised), field=raised.field, value=raised.value)
    if raised.retry_after is not None:
        response["Retry-After"] = str(raised.retry_after)
    if raised.etag is not None:
        response["ETag"] = raised.etag
    return response
