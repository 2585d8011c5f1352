"""ETag, If-Match and If-None-Match (RFC 9110): nobody writes over what they have not seen."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from regulars.faces.api.access import Call
from regulars.faces.api.headers import header
from regulars.faces.api.problems import Unanswerable, encode
from regulars.services import conditional

Read = Callable[[], Any]


def tag_of(body: Any) -> str:
    """Equal content has an equal tag, in whichever process and after a restart too."""
    return f'"{hashlib.sha256(encode(body)).hexdigest()[:32]}"'


def tagged(request: HttpRequest, body: Any, *, shown: Any = None) -> HttpResponse:
    """The body with its tag, or 304 to who has it. `shown` is what is sent of it."""
    tag = tag_of(body)
    known = _tags(request, "If-None-Match")
    response: HttpResponse
    if known and (tag in known or "*" in known):
        response = HttpResponseNotModified()
    else:
        content = encode(body if shown is None else shown)
        response = HttpResponse(content, content_type="application/json")
    response["ETag"] = tag
    return response


def putting(
    request: HttpRequest, call: Call, read: Read, act: Callable[[], HttpResponse]
) -> HttpResponse:
    """Act if the preconditions of the request hold for what `read` finds, None for nothing.

    The answer has the tag of what is there afterwards.
    """
    matching, unlike = _tags(request, "If-Match"), _tags(request, "If-None-Match")

    def check() -> None:
        _check(read(), matching, unlike)

    if matching is not None or unlike:
        response = conditional.while_unchanged(call.company, check, act)
    else:
        response = act()
    if response.status_code == 200 and (now := read()) is not None:
        response["ETag"] = tag_of(now)
    return response


def _check(body: Any, matching: list[str] | None, unlike: list[str] | None) -> None:
    tag = None if body is None else tag_of(body)
    if matching is not None and (tag is None or not (tag in matching or "*" in matching)):
        there = f"it is {tag} now" if tag else "there is nothing at this address"
        raise Unanswerable(
            "precondition_failed",
            f"If-Match is of another state than the one held: {there}. Read it again.",
            field="If-Match",
            value=", ".join(matching),
            etag=tag,
        )
    if unlike and tag is not None and (tag in unlike or "*" in unlike):
        raise Unanswerable(
            "precondition_failed",
            f"If-None-Match asks that this is not there; it is, as {tag}.",
            field="If-None-Match",
            value=", ".join(unlike),
            etag=tag,
        )


def _tags(request: HttpRequest, name: str) -> list[str] | None:
    """None where the header is not there. One that names no tag asks for a state that nothing
    has; the server hands on one with other letters than ASCII as an empty one.
    """
    said = header(request, name)
    if said is None:
        return None
    return [part.strip().removeprefix("W/") for part in said.split(",") if part.strip()]
