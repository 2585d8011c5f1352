"""Appointments, the invoices that name them, and the visits that may be rebooked from (6.3)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.load import invoices_where
from regulars.records.quarters import quarter_of
from regulars.records.scope import current_organization
from regulars.rules.facts import Appointment, Invoice, Visit

Ids = Sequence[UUID]

APPOINTMENT_COLUMNS = """guest_id, id, external_id, booked_at, booked_on, channel, starts_at,
    starts_on, status, invoice_ref"""
APPOINTMENT_TYPES = "uuid uuid text instant date text instant date text text"


def appointments_where(condition: str, params: list[Any]) -> list[tuple[UUID, Appointment]]:
    rows = select(
        f"SELECT {APPOINTMENT_COLUMNS} FROM records_appointment WHERE organization_id = %s"
        f" AND {condition}",
        [current_organization(), *params],
        types=APPOINTMENT_TYPES,
    )
    return [(row[0], Appointment(*row[1:])) for row in rows]


def unsettled_appointments(ids: Ids, *, on: date) -> list[tuple[UUID, Appointment]]:
    return appointments_where("settle_on <= %s AND guest_id IN %s", [on, ids])


def invoice_links(
    *, invoices: Sequence[UUID] = (), appointments: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """(appointment, invoice) pairs that invoice lines name, by the callers' ids."""
    rows = select(
        """SELECT l.appointment_ref, i.external_id FROM records_invoiceappointment l
        JOIN records_invoice i ON i.organization_id = l.organization_id AND i.id = l.invoice_id
        WHERE l.organization_id = %s AND (l.invoice_id IN %s OR l.appointment_ref IN %s)""",
        [current_organization(), list(invoices), list(appointments)],
        types="text text",
    )
    return [(row[0], row[1]) for row in rows]


def walk_ins(ids: Ids, days: Sequence[date]) -> list[tuple[UUID, Invoice]]:
    """Closed invoices opened on these days; their lines tell which are walk-ins (6.3)."""
    quarters = sorted({quarter_of(day) for day in days})
    condition = """i.opened_quarter IN %s AND i.guest_id IN %s AND i.opened_on IN %s
        AND i.status = 'closed'"""
    return invoices_where(condition, [quarters, ids, days])


def visit_of(appointment: Appointment, invoice: Invoice) -> Visit | None:
    """Rule 6.3: a completed appointment whose invoice is closed."""
    if appointment.status != "completed" or invoice.status != "closed":
        return None
    assert invoice.closed_at is not None
    return Visit(appointment.starts_on, appointment.id, invoice.id, invoice.closed_at)


def walk_in_of(invoice: Invoice) -> Visit | None:
    """Rule 6.3: an invoice with a service line and no appointment, on its opening's day."""
    services = any(line.kind == "service" for line in invoice.lines)
    if not services or any(line.appointment for line in invoice.lines):
        return None
    assert invoice.closed_at is not None
    return Visit(invoice.opened_on, None, invoice.id, invoice.closed_at)
