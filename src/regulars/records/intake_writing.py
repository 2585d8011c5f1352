"""Write what a batch of facts changed: a fixed number of statements."""

from datetime import date
from typing import Any
from uuid import UUID

from regulars.records import bulk, codec, journal, lookups, models
from regulars.records.intake_rows import (
    AppointmentRow,
    Batch,
    FeedbackRow,
    GuestRow,
    InvoiceRow,
)
from regulars.records.load import NEW_ACCOUNT
from regulars.records.quarters import quarter_of, quarters_of_invoices
from regulars.records.scope import current_organization

_GUEST_COLUMNS = (
    "name email phone birthday anniversary status_id home_center_ref referred_by_ref"
    " referrer_id signup_channel signed_up_on opted_in known_at known_on digest settle_on"
    " said_opt_in"
).split()
_APPOINTMENT_COLUMNS = (
    "guest_id named_guest_ref center_id booked_at booked_on channel starts_at starts_on status"
    " invoice_ref known_at known_on digest settle_on staff_ref service_refs minutes note"
).split()
_FEEDBACK_COLUMNS = (
    "guest_id named_guest_ref appointment_ref first_on share_permission published_on rating"
    " webstore_on document known_at known_on digest settle_on"
).split()
_INVOICE_COLUMNS = (
    "guest_id named_guest_ref center_id status opened_at opened_on opened_quarter closed_at"
    " closed_on known_at known_on digest document memory paid_in_full_on was_paid_in_full"
    " points_paid_cents rewards_paid_cents qualifying_cents money_news settle_on"
).split()


def write_batch(batch: Batch) -> None:
    """Insert what is new, update what changed, and the journal with it."""
    _write_guests(batch)
    _write(models.Appointment, _APPOINTMENT_COLUMNS, batch.appointments.values(), _appointment)
    _write(models.Feedback, _FEEDBACK_COLUMNS, batch.feedback.values(), _feedback)
    changed = [row for row in batch.invoices.values() if row.is_new or row.is_changed]
    _write(models.Invoice, _INVOICE_COLUMNS, batch.invoices.values(), _invoice)
    _write_spend(changed)
    _write_links(changed)
    _call_invoices(batch.linked_late)
    journal.write_journal(batch.journal)


def _write(model: Any, columns: list[str], rows: Any, values: Any) -> None:
    new = [(row.id, _ref(row), *values(row)) for row in rows if row.is_new]
    changed = [(row.id, *values(row)) for row in rows if row.is_changed and not row.is_new]
    said_again = [
        row for row in rows if row.is_said_again and not (row.is_new or row.is_changed)
    ]
    bulk.insert(model, ["id", "external_id", *columns], new)
    bulk.update(model, ["id"], columns, changed)
    bulk.update(model, ["id"], ["known_at"], [(row.id, row.known_at) for row in said_again])


def _ref(row: Any) -> str:
    return row.facts.id if isinstance(row, InvoiceRow) else row.ref


def _guest(row: GuestRow) -> tuple[Any, ...]:
    return (
        row.name,
        row.email,
        row.phone,
        row.birthday,
        row.anniversary,
        row.status_id,
        row.home_center,
        row.referred_by,
        row.referrer_id,
        row.signup_channel,
        row.signed_up_on,
        row.opted_in,
        row.known_at,
        row.known_on,
        row.digest,
        row.settle_on,
        row.said_opt_in,
    )


def _appointment(row: AppointmentRow) -> tuple[Any, ...]:
    return (
        row.guest_id,
        row.named_guest,
        row.center_id,
        row.booked_at,
        row.booked_on,
        row.channel,
        row.starts_at,
        row.starts_on,
        row.status,
        row.invoice_ref,
        row.known_at,
        row.known_on,
        row.digest,
        row.settle_on,
        row.staff_ref,
        row.service_refs,
        row.minutes,
        row.note,
    )


def _feedback(row: FeedbackRow) -> tuple[Any, ...]:
    return (
        row.guest_id,
        row.named_guest,
        row.appointment_ref,
        row.first_on,
        row.share_permission,
        row.published_on,
        row.rating,
        row.webstore_on,
        row.document,
        row.known_at,
        row.known_on,
        row.digest,
        row.settle_on,
    )


def _invoice(row: InvoiceRow) -> tuple[Any, ...]:
    facts = row.facts
    return (
        row.guest_id,
        row.named_guest,
        row.center_id,
        facts.status,
        facts.opened_at,
        facts.opened_on,
        quarter_of(facts.opened_on),
        facts.closed_at,
        facts.closed_on,
        row.known_at,
        facts.known_on,
        row.digest,
        row.document,
        codec.text_of_memory(facts.memory),
        facts.paid_in_full_on,
        facts.was_paid_in_full,
        row.points_cents,
        row.rewards_cents,
        row.qualifying_cents,
        facts.money_news,
        row.settle_on,
    )


def _write_guests(batch: Batch) -> None:
    rows = _referrers_first(batch.guests_by_key)
    _write(models.Guest, _GUEST_COLUMNS, rows, _guest)
    new = [row for row in rows if row.is_new]
    bulk.insert(models.Account, _ACCOUNT_COLUMNS, [(row.id, *NEW_ACCOUNT) for row in new])
    changed = [row for row in rows if row.is_changed and not row.is_new]
    lookups.write(map(_told, new), map(_told, changed))


def _told(row: GuestRow) -> lookups.Told:
    return row.id, row.name, row.email, row.phone, row.home_center


def _referrers_first(guests: dict[UUID, GuestRow]) -> list[GuestRow]:
    """In their order, but none before its referrer: SQLite looks it up as the row goes in."""
    if not any(row.is_new and row.referrer_id for row in guests.values()):
        return list(guests.values())
    placed: dict[UUID, GuestRow] = {}
    for row in guests.values():
        above: dict[UUID, GuestRow] = {}
        one: GuestRow | None = row
        while one is not None and one.id not in placed and one.id not in above:
            above[one.id] = one
            one = guests.get(one.referrer_id) if one.referrer_id else None
        placed.update(reversed(above.items()))
    return list(placed.values())


_ACCOUNT_COLUMNS = (
    "guest_id points debt_points credit_cents entry_count lot_count head consumed_cents tier"
    " tier_since enrolled_on is_direct was_enrolled entered_tiers"
).split()


def normalized(kind: str, value: str) -> str:
    """One phone or e-mail however it is written, to recognize a person by (rule 6.7)."""
    if kind == "email":
        return value.strip().casefold()
    kept = "".join(sign for sign in value if sign.isdigit())
    return "+" + kept if value.strip().startswith("+") else kept


def _write_spend(rows: list[InvoiceRow]) -> None:
    changed = [row.id for row in rows if not row.is_new]
    if changed:
        bulk.execute(
            "DELETE FROM records_spend WHERE organization_id = %s AND invoice_id IN %s",
            [current_organization(), changed],
        )
    bulk.insert(
        models.Spend,
        ["guest_id", "invoice_id", "paid_on", "paid_quarter", "spend_cents"],
        [
            (row.guest_id, row.id, on, quarter_of(on), cents)
            for row in rows
            for on, cents in row.spend.items()
        ],
    )


def _write_links(rows: list[InvoiceRow]) -> None:
    """Which appointments the lines name; other guests' are put in line for settling too."""
    org = current_organization()
    changed = [row.id for row in rows if not row.is_new]
    if changed:
        bulk.execute(
            "DELETE FROM records_invoiceappointment"
            " WHERE organization_id = %s AND invoice_id IN %s",
            [org, changed],
        )
    pairs = [
        (row.guest_id, row.id, ref)
        for row in rows
        for ref in {line.appointment for line in row.facts.lines if line.appointment}
    ]
    bulk.insert(models.InvoiceAppointment, ["guest_id", "invoice_id", "appointment_ref"], pairs)


def _call_invoices(guests: set[UUID]) -> None:
    """What was closed before the referrer was known uses up its occasions (rules 1.7, 6.7)."""
    if guests:
        bulk.execute(
            "UPDATE records_invoice SET settle_on = known_on WHERE organization_id = %s"
            " AND opened_quarter IN %s AND guest_id IN %s AND settle_on IS NULL"
            " AND status = 'closed'",
            [current_organization(), quarters_of_invoices(), sorted(guests)],
        )


def call_appointments(refs: list[str], invoices: list[str], *, on: date) -> None:
    """Appointments of these invoices, whoever's they are, are settled again at the close."""
    bulk.execute(
        "UPDATE records_appointment SET settle_on = %s WHERE organization_id = %s"
        " AND settle_on IS NULL AND (external_id IN %s OR invoice_ref IN %s)",
        [on, current_organization(), refs, invoices],
    )
