"""What events are about: entries, moves and rewards named by the feed, in few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_entries
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class Entry:
    """A ledger entry; `amount` is points or minor units of money, by its unit."""

    unit: str
    kind: str
    action: str | None
    amount: int
    tier: str | None
    source: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Move:
    on: date
    before: str | None
    after: str | None
    cause: str
    source: str


def guest_keys(refs: Iterable[str]) -> dict[str, UUID]:
    """Row ids by the callers' ids, of merged guests too."""
    rows = select(
        "SELECT external_id, id FROM records_guest"
        " WHERE organization_id = %s AND external_id IN %s",
        [current_organization(), sorted(set(refs))],
        types="text uuid",
    )
    return dict(rows)


def entries(guests: Sequence[UUID], numbers: Iterable[int]) -> dict[tuple[UUID, int], Entry]:
    """Entries by guest and number."""
    rows = select(
        """SELECT guest_id, number, unit, kind, action, points, tier, source, entered_on, why
        FROM records_ledgerentry
        WHERE organization_id = %s AND entered_quarter IN %s AND guest_id IN %s
        AND number IN %s""",
        [current_organization(), quarters_of_entries(), list(guests), sorted(set(numbers))],
        types="uuid int text text text int text text date text",
    )
    return {(row[0], row[1]): Entry(*row[2:]) for row in rows}


def moves(guests: Sequence[UUID], numbers: Iterable[int]) -> dict[tuple[UUID, int], Move]:
    """Tier moves by guest and number."""
    rows = select(
        """SELECT guest_id, number, moved_on, tier_before, tier_after, cause, source
        FROM records_tiermove
        WHERE organization_id = %s AND guest_id IN %s AND number IN %s""",
        [current_organization(), list(guests), sorted(set(numbers))],
        types="uuid int date text text text text",
    )
    return {(row[0], row[1]): Move(*row[2:]) for row in rows}


def rewards_by_entry(
    guests: Sequence[UUID], numbers: Iterable[int]
) -> dict[tuple[UUID, int], list[tuple[str, int]]]:
    """Code and money of the rewards whose credit these entries opened or drew on."""
    org, wanted = current_organization(), sorted(set(numbers))
    rows = select(
        """SELECT x.guest_id, x.entry_number, r.external_id, x.cents FROM (
            SELECT guest_id, entry_number, number, size_points AS cents FROM records_lot
            WHERE organization_id = %s AND guest_id IN %s AND entry_number IN %s
            AND unit = 'credit'
            UNION ALL SELECT d.guest_id, d.entry_number, d.lot_number, d.points
            FROM records_ledgerentry e JOIN records_draw d
            ON d.organization_id = e.organization_id AND d.entered_on = e.entered_on
            AND d.guest_id = e.guest_id AND d.entry_number = e.number
            WHERE e.organization_id = %s AND e.guest_id IN %s AND e.number IN %s
            AND e.unit = 'credit') AS x
        JOIN records_reward r ON r.organization_id = %s AND r.guest_id = x.guest_id
        AND r.lot_number = x.number ORDER BY r.external_id""",
        [org, list(guests), wanted, org, list(guests), wanted, org],
        types="uuid int text int",
    )
    found: dict[tuple[UUID, int], list[tuple[str, int]]] = {}
    for guest, number, code, cents in rows:
        found.setdefault((guest, number), []).append((code, cents))
    return found


def centers_of(kind: str, refs: Iterable[str]) -> dict[str, Any]:
    """Centers of invoices or appointments, by the callers' ids."""
    wanted = sorted(set(refs))
    if not wanted:
        return {}
    rows = select(
        f"""SELECT d.external_id, c.external_id FROM records_{kind} d
        JOIN records_center c ON c.organization_id = d.organization_id AND c.id = d.center_id
        WHERE d.organization_id = %s AND d.external_id IN %s""",
        [current_organization(), wanted],
    )
    return dict(rows)
