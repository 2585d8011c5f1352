"""Where a guest and an invoice stand (contract section 4)."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from regulars.faces.api import schemas
from regulars.faces.api.access import call_of
from regulars.faces.api.reading import Day, json
from regulars.services import standing

router = Router(tags=["States"])


@router.get(
    "/guests/{id}/loyalty",
    operation_id="guest_loyalty",
    summary="Points, tier and rewards of a guest",
    openapi_extra=schemas.state_of("Guest"),
)
def guest_loyalty(request: HttpRequest, id: str, as_of: Day | None = None) -> HttpResponse:
    """As of now, or of the end of a business date that is not in the future."""
    with call_of(request) as call:
        return json(standing.guest_state(call.company, id, now=call.now, as_of=as_of))


@router.get(
    "/invoices/{id}/loyalty",
    operation_id="invoice_loyalty",
    summary="What an invoice earned, redeemed and owes",
    openapi_extra=schemas.state_of("Invoice"),
)
def invoice_loyalty(request: HttpRequest, id: str, as_of: Day | None = None) -> HttpResponse:
    """As of now, or of the end of a business date that is not in the future."""
    with call_of(request) as call:
        return json(standing.invoice_state(call.company, id, now=call.now, as_of=as_of))
