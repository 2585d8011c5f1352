"""The appointment book: who comes when, to whom, for what. Rows for people to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class Booking:
    """One appointment; `guest` is who owns it today, `version` changes with what it says.

    `staff` and `services` are ids as they were said, `minutes` None where nobody said.
    """

    ref: str
    version: str
    guest_key: UUID
    guest: str
    guest_name: str
    phone: str | None
    center: str
    booked_at: datetime
    channel: str
    starts_at: datetime
    starts_on: date
    status: str
    staff: str | None
    services: tuple[str, ...]
    minutes: int | None
    note: str | None
    invoice: str | None


# CROSS JOIN: for the MIN SQLite would go through all invoices in the order of their ids.
_BOOKINGS = """SELECT a.external_id, a.digest, g.id, g.external_id, g.name, g.phone,
    c.external_id, a.booked_at, a.channel, a.starts_at, a.starts_on, a.status, a.staff_ref,
    a.service_refs, a.minutes, a.note, COALESCE(a.invoice_ref, (
        SELECT MIN(i.external_id) FROM records_invoiceappointment ia
        CROSS JOIN records_invoice i WHERE ia.organization_id = a.organization_id
        AND ia.appointment_ref = a.external_id AND i.organization_id = ia.organization_id
        AND i.id = ia.invoice_id AND i.status <> 'void'))
    FROM records_appointment a
    JOIN records_guest g ON g.organization_id = a.organization_id AND g.id = a.guest_id
    JOIN records_center c ON c.organization_id = a.organization_id AND c.id = a.center_id
    WHERE a.organization_id = %s AND """
_TYPES = (
    "text text uuid text text text text instant text instant date text text text int text text"
)
_SERVICES = 13


def bookings(center: UUID, *, first: date, last: date) -> list[Booking]:
    """All appointments of a center on these days, both counted, by their start. One query."""
    where = "a.center_id = %s AND a.starts_on >= %s AND a.starts_on <= %s"
    return _read(where, [center, first, last])


def booking(ref: str) -> Booking | None:
    """One appointment by the caller's id; None when it is unknown. One query."""
    found = _read("a.external_id = %s", [ref])
    return found[0] if found else None


def with_staff(
    staff: str, *, first: date, last: date, apart_from: str | None = None
) -> list[Booking]:
    """What else somebody does on these days, wherever; for a look at what collides."""
    where = (
        "a.starts_on >= %s AND a.starts_on <= %s AND a.staff_ref = %s AND a.external_id <> %s"
        " AND a.status NOT IN ('cancelled', 'no_show')"
    )
    return _read(where, [first, last, staff, apart_from or ""])


@dataclass(frozen=True, slots=True)
class Service:
    """Something that can be booked; `minutes` and `price_cents` None: nobody said."""

    ref: str
    name: str
    minutes: int | None
    price_cents: int | None
    is_offered: bool


def services() -> list[Service]:
    """The services of the catalog by name, also those no longer offered. One query."""
    rows = select(
        """SELECT i.external_id, i.name, o.minutes, i.price_cents, o.retired_at
        FROM records_item i LEFT JOIN records_itemoffer o
        ON o.organization_id = i.organization_id AND o.item_id = i.id
        WHERE i.organization_id = %s AND i.kind = 'service' ORDER BY i.name, i.external_id""",
        [current_organization()],
        types="text text int int instant",
    )
    return [Service(ref, name, n, cents, end is None) for ref, name, n, cents, end in rows]


def _read(where: str, parameters: Sequence[Any]) -> list[Booking]:
    rows = select(
        f"{_BOOKINGS}{where} ORDER BY a.starts_at, a.external_id",
        [current_organization(), *parameters],
        types=_TYPES,
    )
    return [_booking(list(row)) for row in rows]


def _booking(values: list[Any]) -> Booking:
    values[_SERVICES] = tuple(codec.value_of(values[_SERVICES] or "[]"))
    return Booking(*values)
