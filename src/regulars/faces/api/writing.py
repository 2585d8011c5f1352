"""The frame of every write: body read within its limit, Idempotency-Key, dry run."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from regulars.faces.api.access import Call, call_of
from regulars.faces.api.bodies import body_of
from regulars.faces.api.headers import header
from regulars.faces.api.problems import refused
from regulars.rules.refusals import Refused
from regulars.services import answers
from regulars.services.answers import Answered
from regulars.services.formats.parsing import looked_mapping_of

IDEMPOTENCY_KEY = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"


def answer_once(
    request: HttpRequest, act: Callable[[Call, bytes], HttpResponse], *forms: str
) -> HttpResponse:
    """Do it, or give the answer that was given to the same Idempotency-Key before.

    The body is JSON, or in one of `forms`.
    """
    body = body_of(request, *forms)
    asked = header(request, IDEMPOTENCY_KEY)
    with call_of(request) as call:
        if asked is None:
            return act(call, body)
        digest = digest_of(request)
        digest.update(body)
        known = answers.claim(call.key.id, asked, digest.hexdigest(), now=call.now)
        if known is not None:
            return told_again(known)
        return keeping(call, asked, lambda: act(call, body))


def keeping(call: Call, asked: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Do what was claimed under a key, and keep the answer."""
    try:
        response = act()
    except Refused as refusal:
        response = refused(refusal)
    except BaseException:
        answers.let_go(call.key.id, asked)
        raise
    media_type = str(response["Content-Type"])
    answered = Answered(response.status_code, media_type, response.content.decode())
    answers.keep(call.key.id, asked, answered)
    return response


def document_of(body: bytes, *, kind: str, ref: str) -> Mapping[str, Any]:
    """The record whose body this is: without `type` and `id`, or with the very ones."""
    document = looked_mapping_of(body)
    for name, value in (("type", kind), ("id", ref)):
        if document.setdefault(name, value) != value:
            raise Refused(
                "invalid_record",
                f"The address says {value}.",
                field=name,
                value=document[name],
            )
    return document


def told_again(known: Answered) -> HttpResponse:
    """The very answer that was given before."""
    response = HttpResponse(known.body, status=known.status, content_type=known.media_type)
    response[REPLAYED] = "true"
    return response


def digest_of(request: HttpRequest) -> Any:
    """What makes it the same request; the body is still to be added."""
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
