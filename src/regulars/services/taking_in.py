"""One fact into the rows it changes: what is checked, and what is marked for settling."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.ids import uuid7
from regulars.records.intake_rows import (
    AppointmentRow,
    Batch,
    FeedbackRow,
    GuestRow,
    InvoiceRow,
)
from regulars.rules import billing
from regulars.rules.facts import Invoice, Line, Payment, Refund
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import invoicing
from regulars.services.formats.facts import (
    AppointmentFact,
    FeedbackFact,
    InvoiceFact,
    Record,
    document_in,
)
from regulars.services.formats.results import Result, Status, Warned
from regulars.services.organizations import Company


@dataclass(slots=True)
class Taken:
    """What a batch came to: an answer a record, and the guests to settle again."""

    results: list[Result] = field(default_factory=list)
    touched: set[UUID] = field(default_factory=set)
    ended: dict[UUID, Record] = field(default_factory=dict)
    """Invoices with rewards that are void or refunded whole now (10.9), and what said so."""

    def ended_in_order(self) -> list[tuple[UUID, Record]]:
        return sorted(self.ended.items(), key=lambda one: (one[1].at, one[1].name))


Outcome = tuple[Status, tuple[Warned, ...]]
UNCHANGED: Outcome = ("unchanged", ())
APPLIED: Outcome = ("applied", ())
ONLINE = frozenset({"webstore", "mobile_app"})


def is_old_news(record: Record, row: Any, digest: str) -> bool:
    """An older snapshot, or the same again, changes nothing (contract section 1).

    The same again is held from its later moment on: what was so in between is old news.
    """
    if record.at >= row.known_at and row.digest != digest:
        return False
    if record.at > row.known_at:
        row.known_at, row.is_said_again = record.at, True
    return True


def sooner(known: date | None, day: date) -> date:
    return day if known is None else min(known, day)


def owner_of(batch: Batch, ref: str) -> GuestRow:
    """The guest a fact counts for: the survivor where the named one was merged (rule 9.4)."""
    row = batch.guests.get(ref)
    if row is None:
        raise unknown_reference("guest", ref, field="guest")
    while row.merged_into is not None:
        row = batch.guests_by_key[row.merged_into]
    return row


# -- appointments and feedback ----------------------------------------------------------------


def take_appointment(company: Company, batch: Batch, record: Record, taken: Taken) -> Outcome:
    fact = record.body
    assert isinstance(fact, AppointmentFact)
    digest = record.digest.hex()
    row = batch.appointments.get(fact.id)
    if row is not None and is_old_news(record, row, digest):
        return UNCHANGED
    owner = owner_of(batch, fact.guest)
    center = company.center(fact.center)
    settle_on = sooner(row.settle_on if row else None, record.known_on)
    batch.appointments[fact.id] = AppointmentRow(
        id=row.id if row else uuid7(),
        guest_id=owner.id,
        named_guest=fact.guest,
        ref=fact.id,
        center_id=center.id,
        booked_at=fact.booked_at,
        booked_on=fact.booked_on,
        channel=fact.channel,
        starts_at=fact.starts_at,
        starts_on=fact.starts_on,
        status=fact.status,
        invoice_ref=fact.invoice,
        known_at=record.at,
        known_on=record.known_on,
        digest=digest,
        settle_on=settle_on,
        staff_ref=fact.staff,
        service_refs=codec.text_of(fact.services) if fact.services else "",
        minutes=fact.minutes,
        note=fact.note,
        is_new=row is None or row.is_new,
        is_changed=True,
    )
    taken.touched.add(owner.id)
    return APPLIED


def take_feedback(company: Company, batch: Batch, record: Record, taken: Taken) -> Outcome:
    fact = record.body
    assert isinstance(fact, FeedbackFact)
    digest = record.digest.hex()
    row = batch.feedback.get(fact.id)
    if row is not None and is_old_news(record, row, digest):
        return UNCHANGED
    owner = owner_of(batch, fact.guest)
    published = min((one.on for one in fact.published), default=None)
    allowed = fact.share_permission
    batch.feedback[fact.id] = FeedbackRow(
        id=row.id if row else uuid7(),
        guest_id=owner.id,
        named_guest=fact.guest,
        ref=fact.id,
        appointment_ref=fact.appointment,
        first_on=min(row.first_on, fact.on) if row else fact.on,
        share_permission=allowed,
        published_on=published,
        rating=fact.rating,
        webstore_on=min(
            (one.on for one in fact.published if one.to == "webstore"), default=None
        ),
        document=codec.text_of(fact),
        known_at=record.at,
        known_on=record.known_on,
        digest=digest,
        settle_on=sooner(row.settle_on if row else None, record.known_on),
        is_new=row is None or row.is_new,
        is_changed=True,
    )
    taken.touched.add(owner.id)
    return APPLIED


# -- invoices ---------------------------------------------------------------------------------


def take_invoice(company: Company, batch: Batch, record: Record, taken: Taken) -> Outcome:
    fact = record.body
    assert isinstance(fact, InvoiceFact)
    digest = record.digest.hex()
    row = batch.invoices.get(fact.id)
    if row is not None and is_old_news(record, row, digest):
        return UNCHANGED
    owner = owner_of(batch, fact.guest)
    center = company.center(fact.center)
    if row is not None and row.guest_id != owner.id:
        raise _other_guest(fact, row)
    facts = _facts_of(fact, record, row)
    _check_redeemed(company, fact, facts)
    standing = invoicing.standing_of(company, facts)
    batch.invoices[fact.id] = InvoiceRow(
        id=facts.key,
        guest_id=owner.id,
        named_guest=fact.guest,
        center_id=center.id,
        known_at=record.at,
        digest=digest,
        points_cents=standing.points_cents,
        rewards_cents=standing.rewards_cents,
        qualifying_cents=standing.qualifying_cents,
        settle_on=sooner(row.settle_on if row else None, record.known_on),
        facts=facts,
        document=document_in(record.canonical),
        spend=standing.spend,
        is_new=row is None or row.is_new,
        is_changed=True,
    )
    taken.touched.add(owner.id)
    if facts.closed_at is not None:
        soonest = batch.first_closings.get(owner.id, facts.closed_at)
        batch.first_closings[owner.id] = min(soonest, facts.closed_at)
    if standing.rewards_cents and (facts.status == "void" or facts.is_refunded_whole):
        taken.ended.setdefault(facts.key, record)
    return APPLIED


def _facts_of(fact: InvoiceFact, record: Record, row: InvoiceRow | None) -> Invoice:
    known = row.facts if row else None
    facts = Invoice(
        key=row.id if row else uuid7(),
        id=fact.id,
        status=fact.status,
        opened_at=fact.opened_at,
        opened_on=fact.opened_on,
        closed_at=fact.closed_at,
        closed_on=fact.closed_on,
        known_on=record.known_on,
        lines=tuple(
            [
                Line(
                    line.id,
                    line.kind,
                    line.price_cents,
                    line.discount_cents,
                    line.tax_cents,
                    line.appointment,
                    line.item,
                    line.quantity,
                    line.staff,
                )
                for line in fact.lines
            ]
        ),
        payments=tuple(
            [
                Payment(one.id, one.tender, one.amount_cents, one.at, one.on)
                for one in fact.payments
            ]
        ),
        refunds=tuple(
            [
                Refund(one.id, one.payment, one.amount_cents, one.at, one.on, one.line)
                for one in fact.refunds
            ]
        ),
    )
    if known is not None:
        facts.was_paid_in_full = known.was_paid_in_full
        facts.applied = known.applied
        facts.redemptions = known.redemptions
        facts.memory = known.memory
    facts.money_news = (known is not None and known.money_news) or _has_money_news(facts, known)
    return facts


def _has_money_news(facts: Invoice, known: Invoice | None) -> bool:
    """Rule 4.4: a payment, refund, void or closing that was not known before."""
    if known is None:
        return bool(
            facts.payments or facts.refunds or facts.closed_at or facts.status == "void"
        )
    return (
        not set(facts.payments) <= set(known.payments)
        or not set(facts.refunds) <= set(known.refunds)
        or (facts.closed_at is not None and facts.closed_at != known.closed_at)
        or (facts.status == "void" and known.status != "void")
    )


def _other_guest(fact: InvoiceFact, row: InvoiceRow) -> Refused:
    return Refused(
        "invalid_record",
        said(
            "Invoice {id} belongs to guest {guest}; void it and open another.",
            id=fact.id,
            guest=row.named_guest,
        ),
        field="guest",
        value=fact.guest,
    )


def _check_redeemed(company: Company, fact: InvoiceFact, facts: Invoice) -> None:
    """Contract section 1: an invoice never becomes smaller than what was redeemed on it."""
    if not facts.applied or facts.status == "void":
        return
    redeemed = sum(one.cents for one in facts.applied)
    total = billing.bill_of(facts.lines, (), ()).total_cents
    if redeemed > total:
        raise _below(
            company,
            fact,
            f"would come to {company.money(total)}",
            redeemed=redeemed,
            total=total,
        )
    points = sum(one.cents for one in facts.applied if one.is_points)
    for one in facts.applied:
        if not one.is_points or one.kinds is None:
            continue
        allowed = [line for line in facts.lines if line.kind in one.kinds]
        due = sum(line.net_cents + line.tax_cents for line in allowed)
        if points > due:
            what = said(
                "would have {money} in lines that points may pay for", money=company.money(due)
            )
            raise _below(company, fact, what, redeemed=points, total=due)


def _below(
    company: Company, fact: InvoiceFact, what: str, *, redeemed: int, total: int
) -> Refused:
    return Refused(
        "invoice_below_redeemed",
        said(
            "Invoice {id} {what}, less than the {money} redeemed on it;"
            " undo the redemptions first.",
            id=fact.id,
            what=what,
            money=company.money(redeemed),
        ),
        field="lines",
        detail={"redeemed": company.money(redeemed), "total": company.money(total)},
    )
