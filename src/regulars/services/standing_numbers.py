"""The numbers a desk looks at beside an act: the guest's, and the invoice's it is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from regulars.records import models
from regulars.records.queries import invoice_states, states
from regulars.services.organizations import Company

Numbers = dict[str, Any]

GUEST_NUMBERS = (
    "tier",
    "tier_since",
    "spend",
    "next_tier",
    "spend_to_next_tier",
    "points",
    "redeemable_points",
    "points_value",
    "reward_credit",
)
"""Of the guest's state (contract section 4), what an act may change."""


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what a command is about; None where it names nothing that is known."""

    guest: UUID | None = None
    invoice: UUID | None = None


def about(document: Mapping[str, Any]) -> About:
    """The guest and the invoice behind the names in a command."""
    guest = invoice = None
    for field, model, column, of_invoice in _NAMES:
        ref = document.get(field)
        if not isinstance(ref, str) or "\x00" in ref:
            continue
        row = model.objects.filter(**{column: ref}).first()
        if row is not None:
            guest = guest or (row.id if model is models.Guest else row.guest_id)
            invoice = invoice or of_invoice(row)
    return About(guest, invoice)


def _invoice_of_hold(row: models.Hold) -> UUID | None:
    rows = models.Invoice.objects.filter(external_id=row.invoice_ref or "")
    found: UUID | None = rows.values_list("id", flat=True).first()
    return found


def numbers(company: Company, on: About, *, now: datetime) -> dict[str, Numbers | None]:
    """`guest` and `invoice` as they stand at `now`; None for what there is not."""
    view = view_at(company, now)
    guest = invoice = None
    if on.guest is not None:
        [(ref, state)] = states.guest_numbers([on.guest], view).items()
        guest = {"id": ref, **{name: state[name] for name in GUEST_NUMBERS}}
        guest["debt"] = max(0, -state["points"])
        guest["rewards"] = states.open_rewards([on.guest], view).get(on.guest, [])
    if on.invoice is not None:
        [(ref, state)] = invoice_states.invoice_states([on.invoice], view).items()
        invoice = {"id": ref, **state}
        del invoice["points_pending"]
    return {"guest": guest, "invoice": invoice}


def view_at(company: Company, now: datetime) -> states.View:
    today = now.astimezone(company.zone).date()
    return states.View(company.versions, company.exponent, today, now)


_NAMES: tuple[tuple[str, Any, str, Callable[[Any], UUID | None]], ...] = (
    ("guest", models.Guest, "external_id", lambda _: None),
    ("invoice", models.Invoice, "external_id", lambda row: row.id),
    ("hold", models.Hold, "external_id", _invoice_of_hold),
    ("redemption", models.Redemption, "external_id", lambda row: row.invoice_id),
    ("reward", models.Reward, "external_id", lambda row: row.invoice_id),
    ("request", models.ApprovalRequest, "name", lambda _: None),
)
"""Field of a command, what it names, by which column, and the invoice behind that."""
