"""Single commands as a desk gives them: what they name is filled in, and answered with numbers.

Each is the contract's own record, given to the one door that all records come through; the
desk's pages and the API's addresses for tills call the same functions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from regulars.records import models
from regulars.rules.permissions import COMMAND_PERMISSIONS, require
from regulars.rules.refusals import unknown_reference
from regulars.services import standing_numbers
from regulars.services.formats.results import Result
from regulars.services.organizations import Company
from regulars.services.receiving import Sender, receive_all
from regulars.services.standing_numbers import Numbers

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to, and where its guest and invoice stand after it."""

    result: Result
    guest: Numbers | None
    invoice: Numbers | None


def act(
    company: Company,
    document: Document,
    *,
    sender: Sender,
    now: datetime,
    is_trial: bool = False,
) -> Done:
    """Carry a command out; a trial is answered alike and leaves no trace.

    Refused: what the command names to be filled in is unknown. Any other refusal is in the
    result, beside the numbers that stand.
    """
    if is_trial:
        with transaction.atomic():
            done = act(company, document, sender=sender, now=now)
            transaction.set_rollback(True)
        return done
    document = complete(document, sender=sender)
    [result] = receive_all(company, [document], sender=sender, now=now)
    told = standing_numbers.numbers(company, standing_numbers.about(document), now=now)
    return Done(result, told["guest"], told["invoice"])


def complete(document: Document, *, sender: Sender) -> dict[str, Any]:
    """The command with what follows from the rest: a bill's guest, the bill of a hold.

    Refused: what the sender may not do at all, before it is told what there is.
    """
    found = dict(document)
    kind = str(found.get("type"))
    require(sender.actor, COMMAND_PERMISSIONS[kind])
    if kind in ("hold", "redeem_points") and "guest" not in found:
        for field, model in (("invoice", models.Invoice), ("appointment", models.Appointment)):
            if isinstance(found.get(field), str):
                found["guest"] = _guest_of(model, field, found[field])
                break
    if kind == "capture_hold" and "invoice" not in found:
        rows = models.Hold.objects.filter(external_id=found.get("hold"))
        held = rows.values_list("invoice_ref", flat=True)[:1]
        if not held:
            raise unknown_reference("hold", str(found.get("hold")), field="hold")
        if held[0] is not None:
            found["invoice"] = held[0]
    return found


def _guest_of(model: Any, field: str, ref: str) -> str:
    rows = model.objects.filter(external_id=ref)
    found = rows.values_list("guest__external_id", flat=True).first()
    if found is None:
        raise unknown_reference(field, ref, field=field)
    return str(found)
