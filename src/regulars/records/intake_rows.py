"""The rows a batch of facts meets and leaves: a fixed number of queries in, of statements
out.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import bulk, codec, models
from regulars.records.load import add_redemptions
from regulars.records.scope import current_organization
from regulars.rules.facts import Invoice


@dataclass(slots=True)
class References:
    """The callers' ids that a batch names.

    `told_guests` are those it brings records of, `on_lines` appointments that invoices name.
    """

    guests: set[str] = field(default_factory=set)
    told_guests: set[str] = field(default_factory=set)
    invoices: set[str] = field(default_factory=set)
    appointments: set[str] = field(default_factory=set)
    on_lines: set[str] = field(default_factory=set)
    feedback: set[str] = field(default_factory=set)


@dataclass(slots=True)
class GuestRow:
    id: UUID
    ref: str
    name: str
    email: str | None
    phone: str | None
    birthday: date | None
    anniversary: date | None
    status_id: UUID | None
    home_center: str | None
    referred_by: str | None
    referrer_id: UUID | None
    signup_channel: str | None
    signed_up_on: date | None
    opted_in: bool
    merged_into: UUID | None
    known_at: datetime
    known_on: date
    digest: str
    settle_on: date | None
    said_opt_in: bool
    tier: str | None = None
    is_new: bool = False
    is_changed: bool = False
    is_said_again: bool = False


@dataclass(slots=True)
class AppointmentRow:
    id: UUID
    guest_id: UUID
    named_guest: str
    ref: str
    center_id: UUID
    booked_at: datetime
    booked_on: date
    channel: str
    starts_at: datetime
    starts_on: date
    status: str
    invoice_ref: str | None
    known_at: datetime
    known_on: date
    digest: str
    settle_on: date | None
    is_new: bool = False
    is_changed: bool = False
    is_said_again: bool = False


@dataclass(slots=True)
class FeedbackRow:
    id: UUID
    guest_id: UUID
    named_guest: str
    ref: str
    appointment_ref: str | None
    first_on: date
    share_permission: bool
    published_on: date | None
    document: str
    known_at: datetime
    known_on: date
    digest: str
    settle_on: date | None
    is_new: bool = False
    is_changed: bool = False
    is_said_again: bool = False


@dataclass(slots=True)
class InvoiceRow:
    """An invoice's row around its facts; `memory` and `applied` are in the facts."""

    id: UUID
    guest_id: UUID
    named_guest: str
    center_id: UUID
    known_at: datetime
    digest: str
    points_cents: int
    rewards_cents: int
    qualifying_cents: int
    settle_on: date | None
    facts: Invoice
    spend: dict[date, int] = field(default_factory=dict)
    is_new: bool = False
    is_changed: bool = False
    is_said_again: bool = False


@dataclass(slots=True)
class Batch:
    """Rows by the callers' ids, changed in memory record by record, written at the end."""

    guests: dict[str, GuestRow] = field(default_factory=dict)
    guests_by_key: dict[UUID, GuestRow] = field(default_factory=dict)
    appointments: dict[str, AppointmentRow] = field(default_factory=dict)
    invoices: dict[str, InvoiceRow] = field(default_factory=dict)
    feedback: dict[str, FeedbackRow] = field(default_factory=dict)
    journal: list[tuple[Any, ...]] = field(default_factory=list)
    waited_for: set[str] = field(default_factory=set)
    """Guests not known yet whom others name as their referrer."""
    linked_late: set[UUID] = field(default_factory=set)
    """Guests whose referrer has become known after them."""
    first_closings: dict[UUID, datetime] = field(default_factory=dict)
    """By guest, the first closing of an invoice that the batch has told (rule 6.7)."""

    def add_guest(self, row: GuestRow) -> None:
        self.guests[row.ref] = row
        self.guests_by_key[row.id] = row


# -- reading ----------------------------------------------------------------------------------

_GUEST = """SELECT g.id, g.external_id, g.name, g.email, g.phone, g.birthday, g.anniversary,
    g.status_id, g.home_center_ref, g.referred_by_ref, g.referrer_id, g.signup_channel,
    g.signed_up_on, g.opted_in, g.merged_into_id, g.known_at, g.known_on, g.digest, g.settle_on,
    g.said_opt_in, a.tier
    FROM records_guest g JOIN records_account a
    ON a.organization_id = g.organization_id AND a.guest_id = g.id
    WHERE g.organization_id = %s AND """
_GUEST_TYPES = (
    "uuid text text text text date date uuid text text uuid text date bool uuid instant date"
    " text date bool text"
)
_APPOINTMENT = """SELECT id, guest_id, named_guest_ref, external_id, center_id, booked_at,
    booked_on, channel, starts_at, starts_on, status, invoice_ref, known_at, known_on, digest,
    settle_on FROM records_appointment WHERE organization_id = %s AND """
_APPOINTMENT_TYPES = (
    "uuid uuid text text uuid instant date text instant date text text instant date text date"
)
_FEEDBACK = """SELECT id, guest_id, named_guest_ref, external_id, appointment_ref, first_on,
    share_permission, published_on, document, known_at, known_on, digest, settle_on
    FROM records_feedback WHERE organization_id = %s AND external_id IN %s"""
_FEEDBACK_TYPES = "uuid uuid text text text date bool date text instant date text date"
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
            known = GuestRow(*row)
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


def first_closing(guest: UUID) -> datetime | None:
    """When the guest's first closed invoice was closed (rule 6.7)."""
    rows = bulk.select(
        """SELECT MIN(closed_at) FROM records_invoice
        WHERE organization_id = %s AND guest_id = %s AND status = 'closed'""",
        [current_organization(), guest],
        types="instant",
    )
    return rows[0][0] if rows else None


# -- writing ----------------------------------------------------------------------------------

JOURNAL_COLUMNS = "kind name at said_by body digest status is_command".split()


def journal_row(
    record: Any, status: str = "applied", *, is_command: bool = False
) -> tuple[Any, ...]:
    """What the journal keeps of a record that was applied, or waits.

    A feedback's own moment tells no change, so the digest is without it, the body with it.
    """
    body = codec.bytes_of(record.body) if record.kind == "feedback" else record.canonical
    return (
        record.kind,
        record.name,
        record.at,
        record.by,
        body.decode(),
        record.digest.hex(),
        status,
        is_command,
    )


def write_journal(rows: list[tuple[Any, ...]]) -> None:
    bulk.insert(models.Record, JOURNAL_COLUMNS, rows)


_GUEST_COLUMNS = (
    "name email phone birthday anniversary status_id home_center_ref referred_by_ref"
    " referrer_id signup_channel signed_up_on opted_in known_at known_on digest settle_on"
    " said_opt_in"
).split()
_APPOINTMENT_COLUMNS = (
    "guest_id named_guest_ref center_id booked_at booked_on channel starts_at starts_on status"
    " invoice_ref known_at known_on digest settle_on"
).split()
_FEEDBACK_COLUMNS = (
    "guest_id named_guest_ref appointment_ref first_on share_permission published_on document"
    " known_at known_on digest settle_on"
).split()
_INVOICE_COLUMNS = (
    "guest_id named_guest_ref center_id status opened_at opened_on closed_at closed_on known_at"
    " known_on digest document memory paid_in_full_on was_paid_in_full points_paid_cents"
    " rewards_paid_cents qualifying_cents money_news settle_on"
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
    write_journal(batch.journal)


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
    )


def _feedback(row: FeedbackRow) -> tuple[Any, ...]:
    return (
        row.guest_id,
        row.named_guest,
        row.appointment_ref,
        row.first_on,
        row.share_permission,
        row.published_on,
        row.document,
        row.known_at,
        row.known_on,
        row.digest,
        row.settle_on,
    )


def _invoice(row: InvoiceRow) -> tuple[Any, ...]:
    facts = row.facts
    document = codec.Document(facts.lines, facts.payments, facts.refunds)
    memory = facts.memory
    return (
        row.guest_id,
        row.named_guest,
        row.center_id,
        facts.status,
        facts.opened_at,
        facts.opened_on,
        facts.closed_at,
        facts.closed_on,
        row.known_at,
        facts.known_on,
        row.digest,
        codec.text_of(document),
        codec.text_of(memory) if memory.round or memory.awards else "",
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
    bulk.insert(models.Account, ACCOUNT_COLUMNS, [(row.id, *_NEW) for row in new])
    changed = [row.id for row in rows if row.is_changed and not row.is_new]
    if changed:
        models.GuestClaim.objects.filter(guest__in=changed).delete()
    claims = [
        (kind, value, row.id)
        for row in rows
        if row.is_new or row.is_changed
        for kind, value in (("email", row.email), ("phone", row.phone))
        if value
    ]
    normal = [(kind, normalized(kind, value), guest) for kind, value, guest in claims]
    bulk.insert(models.GuestClaim, ["kind", "value", "guest_id"], normal)


def _referrers_first(guests: dict[UUID, GuestRow]) -> list[GuestRow]:
    """In their order, but none before its referrer: SQLite looks it up as the row goes in."""
    placed: dict[UUID, GuestRow] = {}
    for row in guests.values():
        above: dict[UUID, GuestRow] = {}
        one: GuestRow | None = row
        while one is not None and one.id not in placed and one.id not in above:
            above[one.id] = one
            one = guests.get(one.referrer_id) if one.referrer_id else None
        placed.update(reversed(above.items()))
    return list(placed.values())


ACCOUNT_COLUMNS = (
    "guest_id points debt_points credit_cents entry_count lot_count head is_direct"
    " was_enrolled entered_tiers consumed_cents"
).split()
_NEW = (0, 0, 0, 0, 0, "", False, False, "[]", 0)


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
            "DELETE FROM records_spend"
            " WHERE organization_id = %s AND guest_id IN %s AND invoice_id IN %s",
            [current_organization(), sorted({row.guest_id for row in rows}), changed],
        )
    bulk.insert(
        models.Spend,
        ["guest_id", "invoice_id", "paid_on", "spend_cents"],
        [(row.guest_id, row.id, on, cents) for row in rows for on, cents in row.spend.items()],
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
            " AND settle_on IS NULL AND guest_id IN %s AND status = 'closed'",
            [current_organization(), sorted(guests)],
        )


def call_appointments(refs: list[str], invoices: list[str], *, on: date) -> None:
    """Appointments of these invoices, whoever's they are, are settled again at the close."""
    bulk.execute(
        "UPDATE records_appointment SET settle_on = %s WHERE organization_id = %s"
        " AND settle_on IS NULL AND (external_id IN %s OR invoice_ref IN %s)",
        [on, current_organization(), refs, invoices],
    )
