"""What one guest has been to, paid, said and brought: newest first, a page at a time.

Each page is a fixed number of statements, and each row is ready to be shown.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_entries, quarters_of_invoices
from regulars.records.queries.paging import Page, page_of, values_of
from regulars.records.scope import current_organization
from regulars.rules.lots import POINTS

PAGE = 25
"""Rows on a page."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment; `time_zone` is its center's."""

    id: str
    center: str
    center_name: str
    time_zone: str
    starts_at: datetime
    status: str
    channel: str
    booked_at: datetime
    invoice: str | None


_VISITS = """SELECT o.external_id, c.external_id, c.name, c.time_zone, o.starts_at, o.status,
    o.channel, o.booked_at, o.invoice_ref FROM records_appointment o
    JOIN records_center c ON c.organization_id = o.organization_id AND c.id = o.center_id"""
_VISIT_TYPES = "text text text text instant text text instant text"


def appointments(guest: UUID, *, after: str | None = None, limit: int = PAGE) -> Page[Visit]:
    """By when they start, the latest first. One statement."""
    rows = _newest_first(
        _VISITS,
        _VISIT_TYPES,
        guest,
        place=("o.starts_at", "instant"),
        after=after,
        limit=limit,
    )
    return page_of([Visit(*row) for row in rows], limit, lambda one: (one.starts_at, one.id))


def upcoming(guest: UUID, now: datetime, *, limit: int = 3) -> list[Visit]:
    """Appointments still to come, the next first. One statement."""
    rows = select(
        f"""{_VISITS} WHERE o.organization_id = %s AND o.guest_id = %s AND o.starts_at >= %s
        AND o.status IN ('booked', 'confirmed', 'checked_in')
        ORDER BY o.starts_at, o.external_id LIMIT {limit}""",
        [current_organization(), guest, now],
        types=_VISIT_TYPES,
    )
    return [Visit(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice; what it comes to is told by its state (contract section 4)."""

    key: UUID
    id: str
    center_name: str
    opened_at: datetime
    opened_on: date
    closed_on: date | None
    status: str


def invoices(guest: UUID, *, after: str | None = None, limit: int = PAGE) -> Page[Bill]:
    """By when they were opened, the latest first. Two statements."""
    rows = _newest_first(
        """SELECT o.id, o.external_id, c.name, o.opened_at, o.opened_on, o.closed_on, o.status
        FROM records_invoice o JOIN records_center c
        ON c.organization_id = o.organization_id AND c.id = o.center_id""",
        "uuid text text instant date date text",
        guest,
        place=("o.opened_at", "instant"),
        after=after,
        limit=limit,
        quarters=quarters_of_invoices(),
    )
    return page_of([Bill(*row) for row in rows], limit, lambda one: (one.opened_at, one.id))


@dataclass(frozen=True, slots=True)
class Opinion:
    """Feedback; `published` are the places it was published in."""

    id: str
    on: date
    appointment: str | None
    channel: str
    rating: int | None
    comment: str | None
    share_permission: bool
    published: tuple[str, ...]


def feedback(guest: UUID, *, after: str | None = None, limit: int = PAGE) -> Page[Opinion]:
    """By the day it was first recorded, the latest first. One statement."""
    rows = _newest_first(
        """SELECT o.external_id, o.first_on, o.appointment_ref, o.document
        FROM records_feedback o""",
        "text date text text",
        guest,
        place=("o.first_on", "date"),
        after=after,
        limit=limit,
    )
    return page_of([_opinion(*row) for row in rows], limit, lambda one: (one.on, one.id))


def _opinion(ref: str, on: date, appointment: str | None, document: str) -> Opinion:
    said = codec.value_of(document)
    return Opinion(
        ref,
        on,
        appointment,
        said["channel"],
        said["rating"],
        said["comment"],
        said["share_permission"],
        tuple(place["to"] for place in said["published"]),
    )


def _newest_first(
    sql: str,
    types: str,
    guest: UUID,
    *,
    place: tuple[str, str],
    after: str | None,
    limit: int,
    quarters: list[int] | None = None,
) -> list[tuple[Any, ...]]:
    """One row more than the page has; `o` owns the rows, `place` is the column and its kind.

    `quarters` are those to look into, where rows are found by the one they were opened in.
    """
    column, kind = place
    hers = (
        "o.guest_id = %s" if quarters is None else "o.opened_quarter IN %s AND o.guest_id = %s"
    )
    earlier = ""
    values: tuple[Any, ...] = ()
    if after is not None:
        at, ref = values_of(after, kind, "text")
        earlier = f" AND ({column} < %s OR ({column} = %s AND o.external_id < %s))"
        values = (at, at, ref)
    return select(
        f"""{sql} WHERE o.organization_id = %s AND {hers}{earlier}
        ORDER BY {column} DESC, o.external_id DESC LIMIT {limit + 1}""",
        [current_organization(), *([] if quarters is None else [quarters]), guest, *values],
        types=types,
    )


# -- referrals --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Referred:
    """A guest this one has brought, and what that has paid by action (rule 6.7).

    `paid` are (action, state, points); state is paid, nothing or taken_back.
    """

    key: UUID
    id: str
    name: str
    known_on: date
    paid: tuple[tuple[str, str, int], ...]


def referred(guest: UUID, *, after: str | None = None, limit: int = PAGE) -> Page[Referred]:
    """By name. Two statements."""
    later = ""
    values: tuple[Any, ...] = ()
    if after is not None:
        name, ref = values_of(after, "text", "text")
        later = " AND (name > %s OR (name = %s AND external_id > %s))"
        values = (name, name, ref)
    rows = select(
        f"""SELECT id, external_id, name, known_on FROM records_guest
        WHERE organization_id = %s AND referrer_id = %s{later}
        ORDER BY name, external_id LIMIT {limit + 1}""",
        [current_organization(), guest, *values],
        types="uuid text text date",
    )
    paid = _paid_for(guest, [row[1] for row in rows])
    found = [
        Referred(key, ref, name, known_on, tuple(paid.get(ref, ())))
        for key, ref, name, known_on in rows
    ]
    return page_of(found, limit, lambda one: (one.name, one.id))


_ACTIONS = ("referral_visit", "referral_membership", "referral_package")


def _paid_for(guest: UUID, refs: list[str]) -> dict[str, list[tuple[str, str, int]]]:
    names = {f"{action}:guest/{ref}": ref for ref in refs for action in _ACTIONS}
    rows = select(
        """SELECT name, action, state, points FROM records_occasion
        WHERE organization_id = %s AND guest_id = %s AND name IN %s ORDER BY name""",
        [current_organization(), guest, list(names)],
        types="text text text int",
    )
    found: dict[str, list[tuple[str, str, int]]] = {}
    for name, action, state, points in rows:
        found.setdefault(names[name], []).append((action, state, points))
    return found


# -- the ledger -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry of points, the balance after it, and the last day of the lot it opened.

    `why` is what it was decided on, for `rules.explaining`.
    """

    number: int
    on: date
    kind: str
    action: str | None
    points: int
    balance: int
    tier: str | None
    source: str
    version: str | None
    why: dict[str, Any]
    posted_at: datetime
    posted_by: str | None
    expires_on: date | None


def entries(guest: UUID, *, after: str | None = None, limit: int = PAGE) -> Page[LedgerLine]:
    """By when they were posted, the latest first. Three statements."""
    quarters = quarters_of_entries()
    first = values_of(after, "int")[0] if after is not None else None
    below, values = ("", ()) if first is None else (" AND e.number < %s", (first,))
    rows = select(
        f"""SELECT e.number, e.entered_on, e.kind, e.action, e.points, e.tier, e.source,
        e.version, e.why, e.posted_at, e.posted_by, (SELECT MIN(l.expires_on)
        FROM records_lot l WHERE l.organization_id = e.organization_id
        AND l.guest_id = e.guest_id AND l.entry_number = e.number AND l.unit = e.unit)
        FROM records_ledgerentry e
        WHERE e.organization_id = %s AND e.entered_quarter IN %s AND e.guest_id = %s
        AND e.unit = %s{below} ORDER BY e.number DESC LIMIT {limit + 1}""",
        [current_organization(), quarters, guest, POINTS, *values],
        types="int date text text int text text text text instant text date",
    )
    return page_of(_balanced(guest, rows, quarters), limit, lambda one: (one.number,))


def _balanced(
    guest: UUID, rows: list[tuple[Any, ...]], quarters: list[int]
) -> list[LedgerLine]:
    """With the balance after each: counted up to the latest here, then down from it."""
    told = select(
        """SELECT COALESCE(SUM(points), 0) FROM records_ledgerentry
        WHERE organization_id = %s AND entered_quarter IN %s AND guest_id = %s AND unit = %s
        AND number <= %s""",
        [current_organization(), quarters, guest, POINTS, rows[0][0] if rows else 0],
        types="int",
    )
    balance = told[0][0]
    lines = []
    for number, on, kind, action, points, *rest in rows:
        tier, source, version, why, posted_at, posted_by, expires_on = rest
        lines.append(
            LedgerLine(
                number, on, kind, action, points, balance, tier, source, version,
                codec.value_of(why), posted_at, posted_by, expires_on,
            )
        )  # fmt: skip
        balance -= points
    return lines


# -- merges -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge that this guest was part of; `merged` went into `survivor`."""

    id: str
    merged: str
    merged_name: str
    survivor: str
    survivor_name: str
    merged_on: date
    is_undone: bool


def merges_of(guest: UUID) -> list[MergeLine]:
    """The latest first. One statement."""
    rows = select(
        """SELECT m.external_id, g.external_id, g.name, s.external_id, s.name, m.merged_on,
        m.is_undone FROM records_merge m
        JOIN records_guest g ON g.organization_id = m.organization_id AND g.id = m.guest_id
        JOIN records_guest s ON s.organization_id = m.organization_id AND s.id = m.survivor_id
        WHERE m.organization_id = %s AND (m.guest_id = %s OR m.survivor_id = %s)
        ORDER BY m.id DESC""",
        [current_organization(), guest, guest],
        types="text text text text text date bool",
    )
    return [MergeLine(*row) for row in rows]


def merge_named(ref: str) -> MergeLine | None:
    """One merge by its id. One statement."""
    rows = select(
        """SELECT m.external_id, g.external_id, g.name, s.external_id, s.name, m.merged_on,
        m.is_undone FROM records_merge m
        JOIN records_guest g ON g.organization_id = m.organization_id AND g.id = m.guest_id
        JOIN records_guest s ON s.organization_id = m.organization_id AND s.id = m.survivor_id
        WHERE m.organization_id = %s AND m.external_id = %s""",
        [current_organization(), ref],
        types="text text text text text date bool",
    )
    return MergeLine(*rows[0]) if rows else None
