"""Read the rows that a batch of facts names: a fixed number of queries."""

from datetime import datetime
from typing import Any
from uuid import UUID

from regulars.records import bulk, codec
from regulars.records.intake_rows import (
    AppointmentRow,
    Batch,
    FeedbackRow,
    GuestRow,
    InvoiceRow,
    References,
)
from regulars.records.load import ACCOUNT_COLUMNS, ACCOUNT_TYPES, add_redemptions
from regulars.records.quarters import quarters_of_invoices
from regulars.records.scope import current_organization
from regulars.rules.facts import Invoice

_GUEST = f"""SELECT g.id, g.external_id, g.name, g.email, g.phone, g.birthday, g.anniversary,
    g.status_id, g.home_center_ref, g.referred_by_ref, g.referrer_id, g.signup_channel,
    g.signed_up_on, g.opted_in, g.merged_into_id, g.known_at, g.known_on, g.digest, g.settle_on,
    g.said_opt_in, {ACCOUNT_COLUMNS}
    FROM records_guest g JOIN records_account a
    ON a.organization_id = g.organization_id AND a.guest_id = g.id
    WHERE g.organization_id = %s AND """
_GUEST_TYPES = (
    "uuid text text text text date date uuid text text uuid text date bool uuid instant date"
    f" text date bool {ACCOUNT_TYPES}"
)
_N_GUEST_COLUMNS = 20
_APPOINTMENT = """SELECT id, guest_id, named_guest_ref, external_id, center_id, booked_at,
    booked_on, channel, starts_at, starts_on, status, invoice_ref, known_at, known_on, digest,
    settle_on, staff_ref, service_refs, minutes, note
    FROM records_appointment WHERE organization_id = %s AND """
_APPOINTMENT_TYPES = (
    "uuid uuid text text uuid instant date text instant date text text instant date text date"
    " text text int text"
)
_FEEDBACK = """SELECT id, guest_id, named_guest_ref, external_id, appointment_ref, first_on,
    share_permission, published_on, rating, webstore_on, document, known_at, known_on, digest,
    settle_on
    FROM records_feedback WHERE organization_id = %s AND external_id IN %s"""
_FEEDBACK_TYPES = "uuid uuid text text text date bool date int date text instant date text date"
_INVOICE = """SELECT id, guest_id, named_guest_ref, center_id, known_at, digest,
    points_paid_cents, rewards_paid_cents, qualifying_cents, settle_on, external_id, status,
    opened_at, opened_on, closed_at, closed_on, known_on, document, memory, paid_in_full_on,
    was_paid_in_full, money_news
    FROM records_invoice WHERE organization_id = %s AND external_id IN %s"""
_INVOICE_TYPES = (
    "uuid uuid text uuid instant text int int int date text text instant date instant date date"
    " text text date bool bool"
)


def load_batch(names: References) -> Batch:
    """All rows the ids name. One query a table, none for tables nothing names."""
    org = current_organization()
    batch = Batch()
    if names.guests:
        _load_guests(batch, names)
    if names.appointments:
        for row in bulk.select(
            f"{_APPOINTMENT} external_id IN %s",
            [org, sorted(names.appointments)],
            types=_APPOINTMENT_TYPES,
        ):
            batch.appointments[row[3]] = AppointmentRow(*row)
    if names.feedback:
        for row in bulk.select(_FEEDBACK, [org, sorted(names.feedback)], types=_FEEDBACK_TYPES):
            batch.feedback[row[3]] = FeedbackRow(*row)
    if names.invoices:
        rows = bulk.select(_INVOICE, [org, sorted(names.invoices)], types=_INVOICE_TYPES)
        for row in rows:
            found = _invoice_row(row)
            batch.invoices[found.facts.id] = found
        redeemed = [
            one.facts
            for one in batch.invoices.values()
            if one.points_cents or one.rewards_cents
        ]
        if redeemed:
            add_redemptions(redeemed)
    return batch


def _load_guests(batch: Batch, names: References) -> None:
    """The guests named, those who wait for one of them as a referrer, and merges' survivors."""
    add_guests(batch, "g.external_id IN %s", [sorted(names.guests)])
    if names.told_guests:
        waiting = "g.referred_by_ref IN %s AND g.referrer_id IS NULL"
        add_guests(batch, waiting, [sorted(names.told_guests)])
        batch.waited_for = {
            row.referred_by
            for row in batch.guests.values()
            if row.referred_by and row.referrer_id is None
        }
    survivors = {row.merged_into for row in batch.guests.values() if row.merged_into}
    if survivors:
        add_guests(batch, "g.id IN %s", [sorted(survivors)])


def add_guests(batch: Batch, condition: str, params: list[Any]) -> list[GuestRow]:
    """Read more guests into the batch; those it has already keep what was done to them."""
    rows = bulk.select(
        _GUEST + condition, [current_organization(), *params], types=_GUEST_TYPES
    )
    found = []
    for row in rows:
        known = batch.guests_by_key.get(row[0])
        if known is None:
            known = GuestRow(*row[:_N_GUEST_COLUMNS])
            known.account = row[_N_GUEST_COLUMNS:]
            batch.add_guest(known)
        found.append(known)
    return found


def _invoice_row(row: tuple[Any, ...]) -> InvoiceRow:
    document = codec.document_of(row[17])
    facts = Invoice(
        key=row[0],
        id=row[10],
        status=row[11],
        opened_at=row[12],
        opened_on=row[13],
        closed_at=row[14],
        closed_on=row[15],
        known_on=row[16],
        lines=document.lines,
        payments=document.payments,
        refunds=document.refunds,
        paid_in_full_on=row[19],
        was_paid_in_full=row[20],
        money_news=row[21],
        memory=codec.memory_of(row[18]),
    )
    return InvoiceRow(*[*row[:10], facts])


def first_closing(batch: Batch, guest: UUID) -> datetime | None:
    """When the guest's first closed invoice was closed (rule 6.7)."""
    if batch.quarters is None:
        batch.quarters = quarters_of_invoices()
    rows = bulk.select(
        """SELECT MIN(closed_at) FROM records_invoice WHERE organization_id = %s
        AND opened_quarter IN %s AND guest_id = %s AND status = 'closed'""",
        [current_organization(), batch.quarters, guest],
        types="instant",
    )
    return rows[0][0] if rows else None
