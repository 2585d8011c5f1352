"""`POST /quotes`: what this bill would earn, and what may be redeemed on it."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from regulars.faces.api import schemas
from regulars.faces.api.access import call_of
from regulars.faces.api.bodies import body_of
from regulars.faces.api.problems import problem_of
from regulars.faces.api.reading import json
from regulars.services import quoting
from regulars.services.formats.parsing import looked_mapping_of
from regulars.services.formats.results import Result

router = Router(tags=["Quotes"])


@router.post(
    "/quotes",
    operation_id="post_quote",
    summary="What a bill would earn, and what may be redeemed on it",
    openapi_extra=schemas.quote(),
)
def post_quote(request: HttpRequest) -> HttpResponse:
    """The body is an invoice record; nothing of it is stored."""
    body = body_of(request)
    with call_of(request) as call:
        told = quoting.quote(
            call.company, looked_mapping_of(body), sender=call.sender, now=call.now
        )
    return problem_of(told) if isinstance(told, Result) else json(told)
