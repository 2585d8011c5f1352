"""What a bill would earn and what may be redeemed on it, before it is posted.

A quote posts the bill with the very services that post it, settles its guest, reads what came
of it, and takes everything back: it cannot differ from the posting that follows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from regulars.records import codec, models
from regulars.records.bulk import select
from regulars.records.queries import states
from regulars.records.scope import current_organization
from regulars.rules import redemption
from regulars.rules.amounts import format_money
from regulars.rules.explaining import sentence_of
from regulars.rules.refusals import Refused
from regulars.services import closing, redeeming
from regulars.services.acting import Acting
from regulars.services.formats.results import Result
from regulars.services.organizations import Company
from regulars.services.receiving import Sender, receive_all
from regulars.services.settling import Stamp

Quote = dict[str, Any]
Document = Mapping[str, Any]
UNNAMED = "quote"
"""The id of a bill that has none yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One bill that is asked about."""

    company: Company
    document: Document
    sender: Sender
    now: datetime

    @property
    def ref(self) -> str:
        return str(self.document["id"])

    @property
    def view(self) -> states.View:
        today = self.now.astimezone(self.company.zone).date()
        return states.View(self.company.versions, self.company.exponent, today, self.now)


def quote(
    company: Company, document: Document, *, sender: Sender, now: datetime
) -> Quote | Result:
    """Contract section 6's quote; the refused result where the bill could not be posted.

    Earns: as posted, and where it is open, as if what is due were paid by card now.
    """
    said = {"id": UNNAMED, "status": "open", **document, "type": "invoice"}
    said.setdefault("opened_at", now.isoformat())
    asked = Asked(company, said, sender, now)
    with transaction.atomic():
        answer = _quote(asked)
        transaction.set_rollback(True)
    return answer


def _quote(asked: Asked) -> Quote | Result:
    known = _known_before(asked)
    [result] = _post(asked, asked.document)
    if result.status == "refused":
        return result
    row = models.Invoice.objects.get(external_id=asked.ref)
    guest = models.Guest.objects.get(id=row.guest_id)
    invoice = states.invoice_states([row.id], asked.view)[asked.ref]
    state = states.guest_states([guest.id], asked.view)[guest.external_id]
    rewards = [one for one in state["rewards"] if one["id"] in invoice["redeemable_rewards"]]
    redeemable, refusals = _redeemable(asked, guest.id)
    return {
        "redeemable": redeemable,
        "rewards": rewards,
        "tier": state["tier"],
        "spend_to_next_tier": state["spend_to_next_tier"],
        "refusals": refusals,
        "due": invoice["due"],
        "earns": _earns(asked, row, invoice["due"], after=known),
    }


def _post(asked: Asked, document: Document) -> list[Result]:
    return receive_all(asked.company, [document], sender=asked.sender, now=asked.now)


# -- redeeming --------------------------------------------------------------------------------


def _redeemable(asked: Asked, guest: UUID) -> tuple[Quote, list[Quote]]:
    """The numbers that would be accepted, and a sentence for each thing in the way."""
    acting = Acting(asked.company, "quote", asked.now, asked.view.on, None)
    _, invoice = acting.invoice(asked.ref)
    one = acting.open([guest])[guest]
    refusals: list[Refused] = []

    def passes(check: Callable[[], Any]) -> bool:
        try:
            check()
        except Refused as refused:
            refusals.append(refused)
            return False
        return True

    program = acting.program
    checks: list[Callable[[], Any]] = [
        lambda: redemption.check_open(invoice),
        lambda: redeeming.program_to_redeem(acting, one),
    ]
    if program is not None:
        checks += [
            lambda: redemption.value_in(program),
            lambda: redemption.check_lines(program, invoice),
        ]
    n_in_the_way = sum(not passes(check) for check in checks)
    if n_in_the_way or program is None:
        return _nothing(asked), [_told(refused) for refused in refusals]
    lots = one.points.spendable(acting.on, tier=None, except_source=invoice.source)
    limits = redemption.limits_of(program, invoice, available=sum(lot.free for lot in lots))
    if limits.most < limits.minimum:
        refusals.append(_too_few(limits))
    cents = redemption.value_of(limits.most, limits.point_value)
    told = {
        "minimum": limits.minimum,
        "maximum": limits.most,
        "increment": limits.increment,
        "value": format_money(cents, asked.company.exponent),
    }
    return told, [_told(refused) for refused in refusals]


def _nothing(asked: Asked) -> Quote:
    nothing = format_money(0, asked.company.exponent)
    return {"minimum": None, "maximum": 0, "increment": None, "value": nothing}


def _too_few(limits: redemption.Limits) -> Refused:
    if limits.available < limits.minimum:
        return Refused(
            "insufficient_points",
            f"At least {limits.minimum} points are needed, {limits.available} are available.",
        )
    return Refused(
        "exceeds_amount_due",
        f"The least that may be redeemed, {limits.minimum} points, is more than this bill"
        " can take.",
    )


def _told(refused: Refused) -> Quote:
    return {"code": refused.code, "message": refused.said}


# -- earning ----------------------------------------------------------------------------------


def _known_before(asked: Asked) -> int:
    """The guest's last entry before anything of this bill is posted.

    The days before are closed first, as any posting does. Where points are awarded at once
    (rule 5.3) the bill's own entries begin right after this one.
    """
    company = asked.company
    over = closing.last_final_day(company, asked.now)
    if over is not None and company.closed_through is not None:
        closing.close_through(company, over)
    ref = asked.document.get("guest")
    if not isinstance(ref, str) or "\x00" in ref:
        return 0
    row = models.Guest.objects.filter(external_id=ref).first()
    if row is None:
        return 0
    # What names a merged guest counts for the survivor (rule 9.4).
    rows = models.LedgerEntry.objects.filter(guest=row.merged_into_id or row.id, unit="points")
    return rows.order_by("-number").values_list("number", flat=True).first() or 0


def _earns(asked: Asked, row: Any, due: str, *, after: int) -> list[Quote]:
    """By action, net, with the sentence: what settling its guest would post for this bill."""
    is_open = asked.document["status"] == "open"
    if is_open and due != format_money(0, asked.company.exponent):
        paid = {"id": f"{UNNAMED}-rest", "tender": "card", "amount": due}
        paid["at"] = asked.now.isoformat()
        payments = [*asked.document.get("payments", ()), paid]
        closed = {"status": "closed", "closed_at": asked.now.isoformat()}
        _post(asked, {**asked.document, "payments": payments, **closed})
    stamp = Stamp(asked.now, None, "quote")
    day = asked.view.on
    closing.settle_chunk(asked.company, [row.guest_id], day=day, stamp=stamp, is_final=False)
    earned: dict[str, int] = {}
    sentences: dict[str, str] = {}
    for _, action, points, why in _entries(row.guest_id, after=after):
        if action is None:
            continue
        earned[action] = earned.get(action, 0) + points
        if points > 0 or action not in sentences:
            sentences[action] = sentence_of(codec.value_of(why), asked.company.exponent)
    return [
        {"action": action, "points": points, "why": sentences[action]}
        for action, points in earned.items()
        if points
    ]


def _entries(guest: UUID, *, after: int) -> list[tuple[Any, ...]]:
    return select(
        """SELECT number, action, points, why FROM records_ledgerentry
        WHERE organization_id = %s AND guest_id = %s AND number > %s AND unit = 'points'
        ORDER BY number""",
        [current_organization(), guest, after],
        types="int text int text",
    )
