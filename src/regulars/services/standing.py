"""Where a guest or an invoice stands now, and what tonight's close would add."""

from datetime import date, datetime
from typing import Any, TypeGuard
from uuid import UUID

from django.db import transaction

from regulars.records import models
from regulars.records.queries import invoice_states, states
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import closing, rebuilding
from regulars.services.organizations import Company
from regulars.services.settling import Stamp

State = dict[str, Any]


def guest_state(
    company: Company, ref: str, *, now: datetime, as_of: date | None = None
) -> State:
    """The state of contract section 4. Refused: an unknown guest, a day to come."""
    row = _row(models.Guest, "guest", ref)
    view = _view(company, now, as_of)
    if _is_past(as_of, view):
        return _rebuilt(company, "guest", ref, row.id, as_of)
    return states.guest_states([row.id], view)[ref]


def invoice_state(
    company: Company, ref: str, *, now: datetime, as_of: date | None = None
) -> State:
    """The state of contract section 4, with `points_pending` while the day is open."""
    row = _row(models.Invoice, "invoice", ref)
    view = _view(company, now, as_of)
    if _is_past(as_of, view):
        return _rebuilt(company, "invoice", ref, row.guest_id, as_of)
    state: State = invoice_states.invoice_states([row.id], view)[ref]
    if as_of is None:
        state["points_pending"] = _pending(company, row, view, now)
    return state


def _is_past(as_of: date | None, view: states.View) -> TypeGuard[date]:
    return as_of is not None and as_of < view.on


def _rebuilt(company: Company, kind: str, ref: str, guest: UUID, day: date) -> State:
    found: State = rebuilding.states_at(company, guest, day)[f"{kind}s"]
    if ref not in found:
        raise Refused(
            "unknown_reference",
            said("There was no {kind} {ref} on {day} yet.", kind=kind, ref=ref, day=day),
            field="as_of",
            value=day.isoformat(),
        )
    state: State = found[ref]
    return state


def _row(model: Any, kind: str, ref: str) -> Any:
    row = model.objects.filter(external_id=ref).first()
    if row is None:
        raise unknown_reference(kind, ref, field="id")
    return row


def _view(company: Company, now: datetime, as_of: date | None) -> states.View:
    today = now.astimezone(company.zone).date()
    if as_of is not None and as_of > today:
        raise Refused(
            "invalid_record",
            said("This day is still to come; today is {today}.", today=today),
            field="as_of",
            value=as_of.isoformat(),
        )
    return states.View(company.versions, company.exponent, today, now)


def _pending(company: Company, row: Any, view: states.View, now: datetime) -> dict[str, int]:
    """What a close at this moment would add to the invoice: tried out, and taken back."""
    before = _earned(row.id, view)
    with transaction.atomic():
        stamp = Stamp(now, None, "quote")
        closing.settle_chunk(company, [row.guest_id], day=view.on, stamp=stamp, is_final=False)
        after = _earned(row.id, view)
        transaction.set_rollback(True)
    added = {action: points - before.get(action, 0) for action, points in after.items()}
    return {action: points for action, points in added.items() if points}


def _earned(invoice: UUID, view: states.View) -> dict[str, int]:
    [state] = invoice_states.invoice_states([invoice], view).values()
    earned: dict[str, int] = state["points_earned"]
    return earned
