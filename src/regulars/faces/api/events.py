"""`GET /events`: what happened, in an order that can be followed; the twin of webhooks."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router

from regulars.faces.api import hook_schemas
from regulars.faces.api.access import call_of
from regulars.faces.api.reading import json, require_every_center
from regulars.services.webhooks import events

router = Router(tags=["Events"])
MOST = 500


@router.get(
    "/events",
    operation_id="list_events",
    summary="What happened, oldest first",
    openapi_extra=hook_schemas.feed(),
)
def list_events(
    request: HttpRequest,
    after: int | None = None,
    limit: int = 100,
    types: str = "",
    guest: str | None = None,
) -> HttpResponse:
    """Events after a number, none left out, however late its transaction was.

    `next` is the `after` of the next page; the end is reached where it equals `last`. Without
    `after` it begins with the oldest event that is kept.
    """
    wanted = [one for one in types.replace(",", " ").split() if one]
    with call_of(request) as call:
        if guest is None:
            require_every_center(call, "the feed of all guests")
        page = events.page(
            call.company,
            after=after,
            limit=max(1, min(limit, MOST)),
            now=_now(request),
            types=wanted,
            guest=guest,
        )
        items = [one.as_dict(call.company.ref) for one in page.events]
    return json({"items": items, "next": page.next, "last": page.last})


def _now(request: HttpRequest) -> datetime:
    """The real time, in a sandbox too: receivers compare it with their own clocks."""
    moment: datetime = request.read_at  # type: ignore[attr-defined]
    return moment
