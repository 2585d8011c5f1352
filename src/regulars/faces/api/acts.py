"""Single acts at addresses of their own: each is a command of the contract, thinly dressed.

The answer has the record's result and the numbers that stand after it. The command's `id` is
the caller's, or follows from the key and its Idempotency-Key; it is told back.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from regulars.faces.api import act_schemas
from regulars.faces.api.access import Call
from regulars.faces.api.headers import header
from regulars.faces.api.problems import problem_of
from regulars.faces.api.reading import json
from regulars.faces.api.writing import IDEMPOTENCY_KEY, answer_once
from regulars.rules.refusals import Refused
from regulars.services import desk_acts
from regulars.services.desk_acts import Done
from regulars.services.formats.parsing import mapping_of

router = Router(tags=["Acts"])


@dataclass(frozen=True, slots=True)
class Act:
    """An address, the command behind it, and which of its fields the address says."""

    path: str
    kind: str
    says: str | None
    summary: str

    @property
    def operation_id(self) -> str:
        place = self.path.strip("/").partition("/")[0]
        return f"{self.kind}_of_{place}" if self.kind == "hold" else self.kind


ACTS = (
    Act("/invoices/{id}/redemptions", "redeem_points", "invoice", "Pay with points"),
    Act("/redemptions/{id}/undo", "undo_redeem_points", "redemption", "Give points back"),
    Act("/invoices/{id}/rewards", "redeem_reward", "invoice", "Pay with a reward"),
    Act("/rewards/{id}/unredeem", "undo_redeem_reward", "reward", "Take a reward off a bill"),
    Act("/invoices/{id}/holds", "hold", "invoice", "Set points or rewards aside for a bill"),
    Act("/appointments/{id}/holds", "hold", "appointment", "Set aside for a booking"),
    Act("/holds/{id}/capture", "capture_hold", "hold", "Use what is held on a bill"),
    Act("/holds/{id}/release", "release_hold", "hold", "Set free what is held"),
    Act("/guests/{id}/points/add", "add_points", "guest", "Add points by hand"),
    Act("/guests/{id}/points/remove", "remove_points", "guest", "Remove points by hand"),
    Act("/guests/{id}/points/extend", "extend_expiry", "guest", "Give points more time"),
    Act("/approvals", "approve", None, "Say yes to an act that waits"),
    Act("/rejections", "reject", None, "Say no to an act that waits"),
    Act("/guests/{id}/enrollment", "enroll", "guest", "Enroll a guest"),
    Act("/guests/{id}/enrollment/cancel", "cancel_enrollment", "guest", "End an enrollment"),
    Act("/guests/{id}/opt-in", "set_opt_in", "guest", "Change the opt-in"),
    Act("/guests/{id}/rewards", "issue_reward", "guest", "Give a reward by hand"),
    Act("/rewards/{id}/edit", "edit_reward", "reward", "Change a reward"),
    Act("/rewards/{id}/void", "void_reward", "reward", "Make a reward void"),
)


def document_of(
    act: Act, body: bytes, *, ref: str | None, default_id: str | None
) -> Mapping[str, Any]:
    """The command: what the body says, what the address says, and an id."""
    document = mapping_of(body) if body.strip() else {}
    if "id" not in document and default_id is not None:
        document["id"] = default_id
    said = {"type": act.kind} | ({act.says: ref} if act.says else {})
    for name, value in said.items():
        if document.setdefault(name, value) != value:
            raise Refused(
                "invalid_record",
                f"The address says {value}.",
                field=name,
                value=document[name],
            )
    return document


def _derived_id(request: HttpRequest, call: Call) -> str:
    """The same for the same request of the same key, told again or not."""
    asked = header(request, IDEMPOTENCY_KEY)
    if asked is None:
        raise Refused(
            "invalid_record",
            "Give the act an id of yours, or send an Idempotency-Key that one is made from.",
            field="id",
        )
    said = f"{request.path}\0{asked}".encode()
    return f"{call.key.ref}-{hashlib.sha256(said).hexdigest()[:24]}"


def _do(act: Act, request: HttpRequest, ref: str | None, *, dry_run: bool) -> HttpResponse:
    def carry_out(call: Call, body: bytes) -> HttpResponse:
        document = document_of(act, body, ref=ref, default_id=None)
        if "id" not in document:
            document = {**document, "id": _derived_id(request, call)}
        done = desk_acts.act(
            call.company, document, sender=call.sender, now=call.now, is_trial=dry_run
        )
        return _answer(done, str(document["id"]))

    return answer_once(request, carry_out)


def _answer(done: Done, ref: str) -> HttpResponse:
    numbers = {"guest": done.guest, "invoice": done.invoice}
    if done.result.status == "refused":
        return problem_of(done.result, **numbers)
    body = {"id": ref, "result": done.result.as_dict(), **numbers}
    return json(body, 202 if done.result.status == "pending" else 200)


def _view(act: Act) -> Any:
    if act.says is None:

        def without(request: HttpRequest, dry_run: bool = False) -> HttpResponse:
            return _do(act, request, None, dry_run=dry_run)

        return without

    def named(request: HttpRequest, id: str, dry_run: bool = False) -> HttpResponse:
        return _do(act, request, id, dry_run=dry_run)

    return named


for act in ACTS:
    view = _view(act)
    view.__doc__ = f"The command `{act.kind}` of the contract, and the numbers after it."
    router.post(
        act.path,
        operation_id=act.operation_id,
        summary=act.summary,
        openapi_extra=act_schemas.acting(act.kind, act.says),
    )(view)
