"""Points for reports: balances of the past, movements by group, what expired and will."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select, stream
from regulars.records.quarters import quarters_of_entries
from regulars.records.queries.reports_ledger import day_text, json_text, month_text
from regulars.records.scope import current_organization

By = Literal["tier", "center", "action", "month", "day"]
DateKind = Literal["entry", "earned", "invoice"]


# -- balances ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Balance:
    """A guest's points and tier at the end of a day; `points` below zero are owed."""

    key: UUID
    guest: str
    name: str
    tier: str | None
    points: int


_LATER = """SELECT guest_id, SUM(points) AS points FROM records_ledgerentry
    WHERE organization_id = %s AND unit = 'points' AND entered_on > %s GROUP BY guest_id"""
_MOVED = """SELECT DISTINCT guest_id FROM records_tiermove
    WHERE organization_id = %s AND moved_on > %s"""
_TIER_THEN = """SELECT t.tier_after FROM records_tiermove t
    WHERE t.organization_id = a.organization_id AND t.guest_id = a.guest_id
    AND t.moved_on <= %s ORDER BY t.number DESC LIMIT 1"""


def balances_on(day: date) -> Iterator[Balance]:
    """Every guest at the end of a day, by row id, streamed; one statement.

    Now, less the entries dated later; the tier that the last move up to that day led to.
    """
    org = current_organization()
    rows = stream(
        f"""SELECT g.id, g.external_id, g.name,
        CASE WHEN m.guest_id IS NULL THEN a.tier ELSE ({_TIER_THEN}) END,
        a.points - COALESCE(l.points, 0)
        FROM records_account a JOIN records_guest g
        ON g.organization_id = a.organization_id AND g.id = a.guest_id
        LEFT JOIN ({_LATER}) l ON l.guest_id = a.guest_id
        LEFT JOIN ({_MOVED}) m ON m.guest_id = a.guest_id
        WHERE a.organization_id = %s ORDER BY g.id""",
        [day, org, day, org, day, org],
        "uuid text text text int",
    )
    return (Balance(*row) for row in rows)


def lots_left_on(places: list[tuple[UUID, int]], day: date) -> dict[tuple[UUID, int], int]:
    """What was left at the end of a day of these lots (guest, number); three statements."""
    guests = sorted({guest for guest, _ in places})
    numbers = sorted({number for _, number in places})
    quarters = quarters_of_entries()
    org = current_organization()
    now = select(
        """SELECT l.guest_id, l.number, l.remaining_points FROM records_lot l
        JOIN records_ledgerentry e ON e.organization_id = l.organization_id
        AND e.guest_id = l.guest_id AND e.number = l.entry_number
        WHERE l.organization_id = %s AND l.guest_id IN %s AND l.number IN %s
        AND l.unit = 'points' AND e.entered_quarter IN %s AND e.entered_on <= %s""",
        [org, guests, numbers, quarters, day],
        types="uuid int int",
    )
    later = select(
        """SELECT d.guest_id, d.lot_number, SUM(d.points) FROM records_ledgerentry e
        JOIN records_draw d ON d.organization_id = e.organization_id
        AND d.entered_on = e.entered_on AND d.guest_id = e.guest_id
        AND d.entry_number = e.number
        WHERE e.organization_id = %s AND e.entered_quarter IN %s AND e.guest_id IN %s
        AND e.entered_on > %s AND d.lot_number IN %s GROUP BY d.guest_id, d.lot_number""",
        [org, quarters, guests, day, numbers],
        types="uuid int int",
    )
    left = {(guest, number): remaining for guest, number, remaining in now}
    for guest, number, points in later:
        if (guest, number) in left:
            left[guest, number] += points
    return {place: left.get(place, 0) for place in places}


# -- holds ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeldThen:
    """A hold that was open at the end of a day: lots set aside, and codes of rewards."""

    guest: UUID
    lots: tuple[tuple[int, int], ...]
    rewards: tuple[str, ...]


def holds_on(ends_at: datetime) -> list[HeldThen]:
    """Holds made and not yet captured, released or timed out when the day ended (rule 7.7).

    A hold's row keeps no instants but `until`; the journal tells when it was made and ended.
    Of guests merged since, the lots are the survivor's, which were not there on the day.
    """
    org = current_organization()
    rows = select(
        """SELECT h.guest_id, h.external_id, h.lots, h.rewards FROM records_hold h
        JOIN records_record r ON r.organization_id = h.organization_id
        AND r.name = 'hold/' || h.external_id AND r.is_command
        WHERE h.organization_id = %s AND h.until > %s AND r.at < %s
        ORDER BY h.guest_id, h.external_id""",
        [org, ends_at, ends_at],
        types="uuid text text text",
    )
    ended = _holds_ended(ends_at) if rows else set()
    return [
        HeldThen(
            guest,
            tuple((number, points) for number, points in codec.value_of(lots)),
            tuple(codec.value_of(rewards)),
        )
        for guest, ref, lots, rewards in rows
        if ref not in ended
    ]


def _holds_ended(ends_at: datetime) -> set[str]:
    rows = select(
        """SELECT body FROM records_record WHERE organization_id = %s
        AND kind IN ('release_hold', 'capture_hold') AND at < %s""",
        [current_organization(), ends_at],
    )
    return {codec.value_of(row[0])["hold"] for row in rows}


# -- movements --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Movement:
    """Points of one kind of entry in one group; None: the group cannot be told."""

    group: str | None
    kind: str
    points: int


_ENTRIES = """SELECT guest_id, number, kind, action, tier, points, entered_on, source, why
    FROM records_ledgerentry WHERE organization_id = %s AND unit = 'points'"""
_OWN = "e.kind, e.action, e.tier, e.entered_on AS on_day"
_OF_LOT = "e.kind, COALESCE(e.action, l.action), COALESCE(e.tier, l.tier), l.earned_on"
_REST = "e.entered_on, e.source, e.why"
_OPENED = """FROM e JOIN records_lot l ON l.organization_id = %s
    AND l.guest_id = e.guest_id AND l.entry_number = e.number AND l.unit = 'points'"""
# CROSS JOIN: SQLite goes from the lots, whose entries are found by their numbers.
_OPENED_EVER = """FROM records_lot l CROSS JOIN e WHERE l.organization_id = %s
    AND l.unit = 'points' AND e.guest_id = l.guest_id AND e.number = l.entry_number"""
_DRAWN = """FROM e JOIN records_draw d ON d.organization_id = %s
    AND d.entered_on = e.entered_on AND d.guest_id = e.guest_id
    AND d.entry_number = e.number JOIN records_lot l ON l.organization_id = d.organization_id
    AND l.guest_id = d.guest_id AND l.number = d.lot_number"""


def _by_lots(opened: str, drawn: str) -> str:
    """An entry as a whole under what it says of itself; then, for each lot it opened or drew
    on, that part under what the lot says and off the entry's own. The rest is debt.
    """
    return f"""SELECT {_OWN}, e.points, {_REST} FROM e
        UNION ALL SELECT {_OF_LOT}, l.size_points, {_REST} {opened}
        UNION ALL SELECT {_OWN}, -l.size_points, {_REST} {opened}
        UNION ALL SELECT {_OF_LOT}, -d.points, {_REST} {drawn}
        UNION ALL SELECT {_OWN}, d.points, {_REST} {drawn}"""


def _parts(by: By, date_kind: DateKind) -> str | None:
    """How entries are split over lots; None: they need not be.

    Where only the group matters, an entry that says its own tier or action says its lots' too.
    """
    if date_kind == "earned":
        return _by_lots(_OPENED_EVER, _DRAWN)
    if by not in ("tier", "action"):
        return None
    return _by_lots(f"{_OPENED} WHERE e.{by} IS NULL", f"{_DRAWN} WHERE e.{by} IS NULL")


_WHOLE = f"SELECT {_OWN}, e.points, {_REST} FROM e"


def movements(
    first: date, last: date, *, by: By, date_kind: DateKind, center: str | None
) -> list[Movement]:
    """Entries of points by group and kind; one statement.

    `date_kind` says which day must lie in the range: the entry's; the one on which the points
    were earned; the one on which the invoice behind it was closed, or else opened.
    """
    org = current_organization()
    parts = _parts(by, date_kind)
    by_invoice = by == "center" or center is not None or date_kind == "invoice"
    day = {"entry": "p.entered_on", "earned": "p.on_day", "invoice": _INVOICE_DAY}[date_kind]
    early = " AND entered_on >= %s AND entered_on <= %s" if date_kind == "entry" else ""
    rows = select(
        f"""WITH e AS ({_ENTRIES}{early}), p AS ({parts or _WHOLE})
        SELECT {_group(by, day)}, p.kind, SUM(p.points) FROM p
        {_invoices() if by_invoice else ""}
        WHERE {day} >= %s AND {day} <= %s {"AND c.external_id = %s" if center else ""}
        GROUP BY 1, 2""",
        [
            org,
            *([first, last] if early else []),
            *([org] * 4 if parts else []),
            *([org] * 4 if by_invoice else []),
            first,
            last,
            *([center] if center else []),
        ],
        types="text text int",
    )
    return [Movement(*row) for row in rows if row[2]]


@dataclass(frozen=True, slots=True)
class DayMovement:
    """Points of one kind of entry, day, center and action; of awards how many there were."""

    day: date
    center: str | None
    action: str | None
    kind: str
    points: int
    n_entries: int


def movements_by_day(first: date, last: date) -> list[DayMovement]:
    """What `movements` tells by day, by center and by action, all at once; one statement."""
    org = current_organization()
    rows = select(
        f"""WITH e AS ({_ENTRIES} AND entered_on >= %s AND entered_on <= %s),
        p AS ({_parts("action", "entry")})
        SELECT p.entered_on, c.external_id, p.action, p.kind, SUM(p.points), COUNT(*)
        FROM p {_invoices()} GROUP BY 1, 2, 3, 4""",
        [org, first, last, *[org] * 8],
        types="date text text text int int",
    )
    return [DayMovement(*row) for row in rows if row[4]]


def _group(by: By, day: str) -> str:
    groups = {
        "tier": "p.tier",
        "action": "p.action",
        "center": "c.external_id",
        "month": month_text(day),
        "day": day_text(day),
    }
    return groups[by]


# A visit that points were given for before it is made has no day yet.
_VISIT_DAY = "CASE WHEN a.starts_on <= p.entered_on THEN a.starts_on END"
_INVOICE_DAY = f"COALESCE(i.closed_on, i.opened_on, {_VISIT_DAY}, p.entered_on)"


def _invoices() -> str:
    """What an entry's source leads to: an invoice, an appointment, what feedback is about."""
    named = f"""CASE WHEN p.source LIKE 'invoice/%%' THEN substr(p.source, 9)
        WHEN p.kind IN ('redemption', 'redemption_return')
        THEN {json_text("p.why", "invoice")} END"""
    visit = "CASE WHEN p.source LIKE 'appointment/%%' THEN substr(p.source, 13) END"
    told = "CASE WHEN p.source LIKE 'feedback/%%' THEN substr(p.source, 10) END"
    return f"""LEFT JOIN records_invoice i ON i.organization_id = %s
        AND i.external_id = {named}
        LEFT JOIN records_feedback f ON f.organization_id = %s AND f.external_id = {told}
        LEFT JOIN records_appointment a ON a.organization_id = %s
        AND a.external_id = COALESCE({visit}, f.appointment_ref)
        LEFT JOIN records_center c ON c.organization_id = %s
        AND c.id = COALESCE(i.center_id, a.center_id)"""
