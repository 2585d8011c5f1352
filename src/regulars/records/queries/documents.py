"""Documents as the tables keep them beside what the journal says of them: to be compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.scope import current_organization

Ids = Sequence[UUID]


@dataclass(slots=True)
class Kept:
    """A document's row: its digest, and the columns that repeat what the record said."""

    owner: UUID
    name: str
    digest: str
    said: tuple[Any, ...]


@dataclass(slots=True)
class InvoiceColumns:
    """What an invoice's row keeps of what was computed from it."""

    points_paid_cents: int
    rewards_paid_cents: int
    qualifying_cents: int
    paid_in_full_on: date | None
    was_paid_in_full: bool
    waits: bool


@dataclass(slots=True)
class JournalRow:
    id: UUID
    kind: str
    name: str
    at: datetime
    by: str | None
    body: str
    digest: str
    status: str


_GUESTS = """SELECT id, external_id, digest, name, email, phone, birthday, anniversary,
    home_center_ref, signup_channel, said_opt_in FROM records_guest
    WHERE organization_id = %s AND id IN %s ORDER BY id"""
_APPOINTMENTS = """SELECT a.guest_id, a.external_id, a.digest, a.named_guest_ref, c.external_id,
    a.booked_at, a.booked_on, a.channel, a.starts_at, a.starts_on, a.status, a.invoice_ref,
    a.staff_ref, a.service_refs, a.minutes, a.note
    FROM records_appointment a JOIN records_center c
    ON c.organization_id = a.organization_id AND c.id = a.center_id
    WHERE a.organization_id = %s AND a.guest_id IN %s ORDER BY a.guest_id, a.external_id"""
_FEEDBACK = """SELECT guest_id, external_id, digest, named_guest_ref, appointment_ref,
    share_permission, published_on FROM records_feedback
    WHERE organization_id = %s AND guest_id IN %s ORDER BY guest_id, external_id"""
_INVOICES = """SELECT i.guest_id, i.external_id, i.digest, i.named_guest_ref, c.external_id,
    i.status, i.opened_at, i.opened_on, i.closed_at, i.closed_on, i.document
    FROM records_invoice i JOIN records_center c
    ON c.organization_id = i.organization_id AND c.id = i.center_id
    WHERE i.organization_id = %s AND i.opened_quarter IN %s AND i.guest_id IN %s
    ORDER BY i.guest_id, i.external_id"""
_KEPT = (
    ("guest", _GUESTS, "uuid text text text text text date date text text bool"),
    (
        "appointment",
        _APPOINTMENTS,
        "uuid text text text text instant date text instant date text text text text int text",
    ),
    ("feedback", _FEEDBACK, "uuid text text text text bool date"),
    ("invoice", _INVOICES, "uuid text text text text text instant date instant date text"),
)


def kept(ids: Ids, *, quarters: Sequence[int]) -> list[Kept]:
    """The documents of a chunk of guests. One query a table.

    `quarters` here and below are those of all invoices.
    """
    found = []
    for kind, sql, types in _KEPT:
        within = [quarters] if kind == "invoice" else []
        rows = select(sql, [current_organization(), *within, ids], types=types)
        found += [Kept(row[0], f"{kind}/{row[1]}", row[2], row[3:]) for row in rows]
    return found


def invoice_columns(ids: Ids, *, quarters: Sequence[int]) -> dict[UUID, InvoiceColumns]:
    rows = select(
        """SELECT id, points_paid_cents, rewards_paid_cents, qualifying_cents, paid_in_full_on,
        was_paid_in_full, settle_on FROM records_invoice
        WHERE organization_id = %s AND opened_quarter IN %s AND guest_id IN %s""",
        [current_organization(), quarters, ids],
        types="uuid int int int date bool date",
    )
    return {row[0]: InvoiceColumns(*[*row[1:6], row[6] is not None]) for row in rows}


def spend_rows(
    ids: Ids, *, quarters: Sequence[int]
) -> dict[UUID, dict[tuple[UUID, date], int]]:
    """Of these guests' invoices, by invoice: (guest, day) and cents, whomever a row names."""
    # The invoices lead: SQLite keeps to the order of a CROSS JOIN.
    rows = select(
        """SELECT s.invoice_id, s.guest_id, s.paid_on, s.spend_cents FROM records_invoice i
        CROSS JOIN records_spend s
        WHERE s.organization_id = i.organization_id AND s.invoice_id = i.id
        AND i.organization_id = %s AND i.opened_quarter IN %s AND i.guest_id IN %s
        ORDER BY s.paid_on""",
        [current_organization(), quarters, ids],
        types="uuid uuid date int",
    )
    found: dict[UUID, dict[tuple[UUID, date], int]] = {}
    for invoice, guest, on, cents in rows:
        found.setdefault(invoice, {})[guest, on] = cents
    return found


def last_said(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """By record name: (body, digest) of the last record of it that was applied."""
    rows = select(
        """SELECT name, body, digest FROM records_record
        WHERE organization_id = %s AND name IN %s AND status = 'applied' ORDER BY id""",
        [current_organization(), sorted(names)],
        types="text text text",
    )
    return {name: (body, digest) for name, body, digest in rows}


def last_record(name: str) -> JournalRow | None:
    """The last record of this name that was applied."""
    rows = select(
        """SELECT id, kind, name, at, said_by, body, digest, status FROM records_record
        WHERE organization_id = %s AND name = %s AND status = 'applied'
        ORDER BY id DESC LIMIT 1""",
        [current_organization(), name],
        types="uuid text text instant text text text text",
    )
    return JournalRow(*rows[0]) if rows else None


def names_in_journal(names: Iterable[str]) -> set[str]:
    rows = select(
        "SELECT DISTINCT name FROM records_record WHERE organization_id = %s AND name IN %s",
        [current_organization(), sorted(names)],
    )
    return {row[0] for row in rows}


def journal_after(cursor: UUID | None, *, limit: int) -> list[JournalRow]:
    """Records in the order in which they were applied, after `cursor`."""
    after = "" if cursor is None else " AND id > %s"
    rows = select(
        f"""SELECT id, kind, name, at, said_by, body, digest, status FROM records_record
        WHERE organization_id = %s{after} ORDER BY id LIMIT {limit}""",
        [current_organization(), *([] if cursor is None else [cursor])],
        types="uuid text text instant text text text text",
    )
    return [JournalRow(*row) for row in rows]


def count_records() -> int:
    sql = "SELECT COUNT(*) FROM records_record WHERE organization_id = %s"
    return int(select(sql, [current_organization()])[0][0])
