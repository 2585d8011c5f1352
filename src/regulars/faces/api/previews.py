"""What an act or a refund would change, at `…/preview`; nothing of it is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from regulars.faces.api import act_schemas
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.acts import ACTS, Act, document_of
from regulars.faces.api.bodies import body_of
from regulars.faces.api.problems import problem_of
from regulars.faces.api.reading import json
from regulars.rules.permissions import Permission
from regulars.services import previews, refund_previews
from regulars.services.formats.parsing import mapping_of
from regulars.services.previews import Asked

router = Router(tags=["Previews"])

PREVIEWED = (
    "redeem_points",
    "redeem_reward",
    "hold",
    "capture_hold",
    "remove_points",
    "cancel_enrollment",
)


@router.post(
    "/invoices/{id}/refunds/preview",
    operation_id="preview_refund",
    summary="What a refund would take back",
    openapi_extra=act_schemas.refund_preview(),
)
def preview_refund(request: HttpRequest, id: str) -> HttpResponse:
    """By amount, or by lines with a quantity; with the refunds to be posted on the invoice."""
    body = body_of(request)
    with call_of(request) as call:
        call.require(Permission.RECORD_FACTS)
        wish = refund_previews.read_wish(mapping_of(body), exponent=call.company.exponent)
        found, refunds = refund_previews.preview_refund(_asked(call), id, wish)
    if found.result.status == "refused":
        return problem_of(found.result)
    return json({**found.as_dict(), "refunds": [*refunds]})


def _preview(act: Act) -> Any:
    def preview(request: HttpRequest, id: str) -> HttpResponse:
        body = body_of(request)
        with call_of(request) as call:
            unused = f"preview-{call.now.isoformat()}"
            document = document_of(act, body, ref=id, default_id=unused)
            found = previews.preview_act(_asked(call), document)
        if found.result.status == "refused":
            return problem_of(found.result, **found.after)
        return json(found.as_dict())

    preview.__doc__ = f"Before and after a `{act.kind}`, with the lots it would use."
    return preview


def _asked(call: Call) -> Asked:
    return Asked(call.company, call.sender, call.now)


for act in ACTS:
    if act.kind in PREVIEWED:
        router.post(
            f"{act.path}/preview",
            operation_id=f"preview_{act.operation_id}",
            summary=f"What would change: {act.summary[0].lower()}{act.summary[1:]}",
            openapi_extra=act_schemas.previewing(act.kind, act.says),
        )(_preview(act))
