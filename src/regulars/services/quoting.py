"""What a bill would earn and what may be redeemed on it, before it is posted.

A quote takes the bill in and settles its guest with the very code that posts it: it cannot
differ from the posting that follows. Where the bill tells all that there is to settle, nothing
is written; else it is written, read back, and taken back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from regulars.records import codec, load, locks
from regulars.records.bulk import select
from regulars.records.intake_rows import InvoiceRow
from regulars.records.load import GuestWork
from regulars.records.quarters import quarters_of_entries
from regulars.records.queries import invoice_states, states
from regulars.records.scope import current_organization
from regulars.rules import billing, redemption, sentences, settlement
from regulars.rules.amounts import format_money
from regulars.rules.explaining import sentence_of
from regulars.rules.facts import Invoice
from regulars.rules.refusals import Refused
from regulars.services import (
    closing,
    holding,
    intake,
    receiving,
    redeeming,
    settling,
    settling_told,
)
from regulars.services.acting import Acting
from regulars.services.formats.facts import Record
from regulars.services.formats.parsing import Looked
from regulars.services.formats.results import Result
from regulars.services.organizations import Company
from regulars.services.receiving import Sender
from regulars.services.settling import Stamp

Quote = dict[str, Any]
Document = Mapping[str, Any]
Earned = tuple[str | None, int, Mapping[str, Any]]
"""Action, points and why of a ledger entry."""
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

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.now, None, UNNAMED)

    def read(self, document: Document) -> Record | Result:
        return receiving.read_one(self.company, document, sender=self.sender, now=self.now)

    def acting(self) -> Acting:
        return Acting(self.company, UNNAMED, self.now, self.view.on, None)


@dataclass(frozen=True, slots=True)
class Bill:
    """The bill as told, its guest with open books, the spend with it; what it would earn."""

    invoice: Invoice
    guest: GuestWork
    spend_cents: int
    earned: Sequence[Earned]


def quote(
    company: Company, document: Document, *, sender: Sender, now: datetime
) -> Quote | Result:
    """Contract section 6's quote; the refused result where the bill could not be posted.

    Earns: as posted, and where it is open, as if what is due were paid by card now.
    """
    known = {"id": UNNAMED, "status": "open", "opened_at": now.isoformat()}
    said = _with(document, known | {**document} | {"type": "invoice"})
    asked = Asked(company, said, sender, now)
    with locks.write_gate(), transaction.atomic():
        answer, has_written = _quote(asked)
        # Only then: the driver forgets each statement it has prepared where one is taken back.
        transaction.set_rollback(has_written)
    return answer


def _with(document: Document, said: dict[str, Any]) -> dict[str, Any]:
    """What was told of a document that was looked at need not be looked at again."""
    return Looked(said) if isinstance(document, Looked) else said


def _quote(asked: Asked) -> tuple[Quote | Result, bool]:
    """The answer, and whether something was written for it, which is to be taken back."""
    record = asked.read(asked.document)
    if isinstance(record, Result):
        return record, False
    has_closed = _close_days_before(asked)
    told = intake.take(asked.company, [record])
    [result] = told.taken.results
    if result.status == "refused":
        return result, has_closed
    row = told.batch.invoices[asked.ref]
    if not row.is_new or _is_settled_at_once(asked, row.facts):
        return _answer(asked, _read_back(asked, told, row)), True
    bill = _worked_out(asked, told, row)
    if bill is None:
        bill = _read_back(asked, intake.take(asked.company, [record]), row)
        return _answer(asked, bill), True
    return _answer(asked, bill), has_closed


def _close_days_before(asked: Asked) -> bool:
    """Days that are over are closed first, as any posting does; whether there were any."""
    company = asked.company
    over, closed = closing.last_final_day(company, asked.now), company.closed_through
    if over is None or closed is None or over <= closed:
        return False
    closing.close_through(company, over)
    return True


def _paid(asked: Asked, invoice: Invoice) -> Record | None:
    """An open bill, as if what is due were paid by card now and it were closed."""
    cents = _due_cents(invoice)
    if invoice.status != "open" or not cents:
        return None
    now = asked.now.isoformat()
    due = format_money(cents, asked.company.exponent)
    rest = {"id": f"{UNNAMED}-rest", "tender": "card", "amount": due, "at": now}
    payments = [*asked.document.get("payments", ()), rest]
    closed = {"status": "closed", "closed_at": now, "payments": payments}
    record = asked.read(_with(asked.document, {**asked.document, **closed}))
    return record if isinstance(record, Record) else None


def _due_cents(invoice: Invoice) -> int:
    is_void = invoice.status == "void"
    bill = billing.bill_of(invoice.lines, invoice.payments, invoice.applied, is_void=is_void)
    return bill.due_cents


def _answer(asked: Asked, bill: Bill) -> Quote:
    view, tier = asked.view, bill.guest.facts.standing.tier
    redeemable, refusals = _redeemable(asked, bill)
    return {
        "redeemable": redeemable,
        "rewards": invoice_states.rewards_on_bill(bill.guest.key, bill.invoice, view),
        "tier": tier,
        "spend_to_next_tier": states.spend_to_next_tier(tier, bill.spend_cents, view),
        "refusals": refusals,
        "due": view.money(_due_cents(bill.invoice)),
        "earns": _by_action(asked, bill.earned),
    }


def _worked_out(asked: Asked, told: intake.Told, row: InvoiceRow) -> Bill | None:
    """Where a new bill tells all that there is to settle of its guest; nothing is written."""
    company, view = asked.company, asked.view
    paid = _paid(asked, row.facts)
    if paid is not None:
        intake.take_more(company, told, paid)
    worked = settling_told.work_out(
        company, told, day=view.on, stamp=asked.stamp, is_final=False
    )
    if not worked.settled:
        return None
    [(settled, _)] = worked.settled
    guest = settling_told.guest_of(told.batch.guests_by_key[row.guest_id], [])
    load.open_points([guest], lots_of={guest.key})
    settlement.lapse(guest.points, through=view.on - timedelta(days=1))
    holding.free_timed_out(guest, at=asked.now)
    first = company.versions.window_from(view.on)
    spend = settling_told.spend_of([row], first=first, last=view.on)
    spend += worked.spend.get(guest.key, 0)
    return Bill(row.facts, guest, spend, _earned(settled))


def _read_back(asked: Asked, told: intake.Told, row: InvoiceRow) -> Bill:
    """Where there is more: the bill is written as told and its guest opened as for any act;
    then it is written as paid, and settled.
    """
    company, key = asked.company, row.guest_id
    n_entries = told.batch.guests_by_key[key].account[3]
    _write(asked, told)
    if _is_settled_at_once(asked, row.facts):
        closing.settle_chunk(
            company, [key], day=asked.view.on, stamp=asked.stamp, is_final=False
        )
    acting = asked.acting()
    guest = acting.open([key])[key]
    earned = _posted(key, after=n_entries)
    spend = acting.spend(guest)
    paid = _paid(asked, row.facts)
    if paid is not None:
        _write(asked, intake.take(company, [paid]))
    work, _ = settling.work_out(
        company, [key], on=asked.view.on, stamp=asked.stamp, is_final=False
    )
    return Bill(row.facts, guest, spend, [*earned, *_earned(work[key])])


def _write(asked: Asked, told: intake.Told) -> None:
    """What is written of a bill, but for the journal."""
    told.batch.journal.clear()
    intake.call_appointments(told)
    intake.write(asked.company, told)


def _is_settled_at_once(asked: Asked, invoice: Invoice) -> bool:
    """Rule 5.3: posting it would settle its guest, and the money on it may tell."""
    program = asked.company.versions.on(asked.view.on)
    if program is None or program.award_timing != "immediate":
        return False
    has_money = invoice.payments or invoice.refunds or invoice.memory.awards
    return bool(has_money) or invoice.status != "open"


# -- redeeming --------------------------------------------------------------------------------


def _redeemable(asked: Asked, bill: Bill) -> tuple[Quote, list[Quote]]:
    """The numbers that would be accepted, and a sentence for each thing in the way."""
    acting, one, invoice = asked.acting(), bill.guest, bill.invoice
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
    """What stands in the way of the least there is, in the order of the contract."""
    if limits.maximum is not None and limits.maximum < limits.minimum:
        return Refused(
            "above_maximum",
            sentences.said(
                "The least that may be redeemed, {minimum} points, is above"
                " the maximum: {maximum} (more) on this bill.",
                minimum=limits.minimum,
                maximum=limits.maximum,
            ),
        )
    if limits.available < limits.minimum:
        return Refused(
            "insufficient_points",
            sentences.said(
                "At least {minimum} points are needed, {available} are available.",
                minimum=limits.minimum,
                available=limits.available,
            ),
        )
    return Refused(
        "exceeds_amount_due",
        sentences.said(
            "The least that may be redeemed, {minimum} points, is more"
            " than this bill can take.",
            minimum=limits.minimum,
        ),
    )


def _told(refused: Refused) -> Quote:
    return {"code": refused.code, "message": refused.said}


# -- earning ----------------------------------------------------------------------------------


def _earned(one: GuestWork) -> list[Earned]:
    """What the settling would post, with its reasons as the ledger would have them."""
    return [
        (entry.action, entry.points, codec.value_of(codec.text_of(entry.why)))
        for entry in one.points.entries
    ]


def _posted(guest: UUID, *, after: int) -> list[Earned]:
    """The entries of points in the ledger that follow this one."""
    rows = select(
        """SELECT action, points, why FROM records_ledgerentry
        WHERE organization_id = %s AND entered_quarter IN %s AND guest_id = %s
        AND number > %s AND unit = 'points' ORDER BY number""",
        [current_organization(), quarters_of_entries(), guest, after],
        types="text int text",
    )
    return [(action, points, codec.value_of(why)) for action, points, why in rows]


def _by_action(asked: Asked, entries: Sequence[Earned]) -> list[Quote]:
    """By action, net, with the sentence: what settling its guest would post for this bill."""
    earned: dict[str, int] = {}
    sentences: dict[str, str] = {}
    for action, points, why in entries:
        if action is None:
            continue
        earned[action] = earned.get(action, 0) + points
        if points > 0 or action not in sentences:
            sentences[action] = sentence_of(why, asked.company.exponent)
    return [
        {"action": action, "points": points, "why": sentences[action]}
        for action, points in earned.items()
        if points
    ]
