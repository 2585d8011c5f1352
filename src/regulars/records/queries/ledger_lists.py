"""Ledger entries, lots and draws as rows to page through: of one guest, or of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_entries
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One immutable line (rule 1.4); `points` are cents where `unit` is credit."""

    key: UUID
    guest_key: UUID
    guest: str
    number: int
    unit: str
    kind: str
    action: str | None
    points: int
    tier: str | None
    source: str
    entered_on: date
    version: str | None
    why: dict[str, Any]
    posted_at: datetime
    posted_by: str | None


@dataclass(frozen=True, slots=True)
class LotLine:
    """Value of one entry with its own last day (rule 5.5); `remaining` includes `held`."""

    guest_key: UUID
    number: int
    entry_number: int
    unit: str
    size: int
    remaining: int
    held: int
    expired: int
    tier: str | None
    action: str | None
    source: str
    earned_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class DrawLine:
    """What an entry took from one lot, or below zero gave back to it."""

    guest_key: UUID
    entry_number: int
    lot_number: int
    points: int
    kind: str


_ENTRY_TYPES = "uuid uuid text int text text text int text text date text text instant text"
_ENTRIES = """SELECT e.id, e.guest_id, g.external_id, e.number, e.unit, e.kind, e.action,
    e.points, e.tier, e.source, e.entered_on, e.version, e.why, e.posted_at, e.posted_by
    FROM records_ledgerentry e JOIN records_guest g
    ON g.organization_id = e.organization_id AND g.id = e.guest_id
    WHERE e.organization_id = %s"""
_LOT_TYPES = "uuid int int text int int int int text text text date date"
_LOTS = """SELECT guest_id, number, entry_number, unit, size_points, remaining_points,
    held_points, expired_points, tier, action, source, earned_on, expires_on
    FROM records_lot WHERE organization_id = %s AND guest_id IN %s"""


def key_of_guest(ref: str) -> UUID | None:
    """The row of the guest with this id."""
    rows = select(
        "SELECT id FROM records_guest WHERE organization_id = %s AND external_id = %s",
        [current_organization(), ref],
        types="uuid",
    )
    return rows[0][0] if rows else None


def entries_of_guest(
    guest: UUID, *, after: int, limit: int, until: date | None = None
) -> list[EntryLine]:
    """A guest's entries by their numbers, of this day and before. Two queries."""
    which = " AND e.entered_quarter IN %s AND e.guest_id = %s AND e.number > %s"
    return _entries(
        which, [quarters_of_entries(), guest, after], until, f"e.number LIMIT {limit}"
    )


def entries_of_all(
    *, after: UUID | None, limit: int, until: date | None = None
) -> list[EntryLine]:
    """Everybody's entries in the order they were written. One query."""
    which, values = ("", []) if after is None else (" AND e.id > %s", [after])
    return _entries(which, values, until, f"e.id LIMIT {limit}")


def _entries(
    which: str, values: Sequence[Any], until: date | None, order: str
) -> list[EntryLine]:
    if until is not None:
        which, values = f"{which} AND e.entered_on <= %s", [*values, until]
    rows = select(
        f"{_ENTRIES}{which} ORDER BY {order}",
        [current_organization(), *values],
        types=_ENTRY_TYPES,
    )
    return [EntryLine(*[*row[:12], codec.value_of(row[12]), *row[13:]]) for row in rows]


def entry_numbered(guest: UUID, number: int) -> EntryLine | None:
    """One entry of a guest."""
    found = entries_of_guest(guest, after=number - 1, limit=1)
    return found[0] if found and found[0].number == number else None


def lots_of_guest(
    guest: UUID, *, after: int, limit: int, is_open: bool | None = None
) -> list[LotLine]:
    """A guest's lots by their numbers; those with something left, or without, if asked."""
    left = {None: "", True: " AND remaining_points > 0", False: " AND remaining_points = 0"}
    rows = select(
        f"{_LOTS} AND number > %s{left[is_open]} ORDER BY number LIMIT {limit}",
        [current_organization(), [guest], after],
        types=_LOT_TYPES,
    )
    return [LotLine(*row) for row in rows]


def lots_of_entries(entries: Sequence[EntryLine]) -> list[LotLine]:
    """The lots that these entries opened. One query."""
    guests = sorted({one.guest_key for one in entries})
    numbers = sorted({one.number for one in entries})
    rows = select(
        f"{_LOTS} AND entry_number IN %s ORDER BY guest_id, number",
        [current_organization(), guests, numbers],
        types=_LOT_TYPES,
    )
    return [LotLine(*row) for row in rows]


def draws_of_entries(entries: Sequence[EntryLine]) -> list[DrawLine]:
    """What these entries took from lots. One query."""
    days = sorted({one.entered_on for one in entries})
    guests = sorted({one.guest_key for one in entries})
    numbers = sorted({one.number for one in entries})
    rows = select(
        """SELECT guest_id, entry_number, lot_number, points, kind FROM records_draw
        WHERE organization_id = %s AND entered_on IN %s AND guest_id IN %s
        AND entry_number IN %s ORDER BY guest_id, entry_number, id""",
        [current_organization(), days, guests, numbers],
        types="uuid int int int text",
    )
    return [DrawLine(*row) for row in rows]
