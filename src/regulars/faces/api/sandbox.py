"""`/sandbox`: an organization for trials lives when it is told to, and begins anew."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from regulars.faces.api import schemas
from regulars.faces.api.access import Call
from regulars.faces.api.reading import json, require_every_center
from regulars.faces.api.writing import answer_once
from regulars.services import emptying, sandboxes
from regulars.services.formats.parsing import mapping_of

router = Router(tags=["Sandbox"])


@router.post(
    "/sandbox/clock",
    operation_id="move_sandbox_clock",
    summary="Move the clock of a sandbox",
    openapi_extra=schemas.clock(),
)
def move_clock(request: HttpRequest, dry_run: bool = False) -> HttpResponse:
    """Forward only; the days that are over by then are closed."""

    def act(call: Call, body: bytes) -> HttpResponse:
        require_every_center(call, "the clock")
        to, actor = mapping_of(body), call.sender.actor
        return json(sandboxes.move_clock(call.company, to, actor=actor, is_trial=dry_run))

    return answer_once(request, act)


@router.post(
    "/sandbox/reset",
    operation_id="reset_sandbox",
    summary="Empty a sandbox",
    openapi_extra=schemas.reset(),
)
def reset(request: HttpRequest, dry_run: bool = False) -> HttpResponse:
    """All that came in is forgotten; keys, staff and webhook endpoints stay."""

    def act(call: Call, body: bytes) -> HttpResponse:
        said, actor = mapping_of(body) if body.strip() else {}, call.sender.actor
        company = call.company
        return json(
            emptying.empty_sandbox(company, said, at=call.now, actor=actor, is_trial=dry_run)
        )

    return answer_once(request, act)
