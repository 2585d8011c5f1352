"""Standings, lots, entries and rewards row by row, for exports; paged, memory stays flat."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_entries
from regulars.records.queries.ledgers import guests_after
from regulars.records.scope import current_organization

Row = dict[str, Any]
GUESTS = 100
"""Whose entries are read at a time."""
Standing = tuple[str | None, date | None, int]


def standings(refs: Sequence[str]) -> dict[str, Standing]:
    """Tier, since when, and points, of guests by their ids. One query."""
    rows = select(
        "SELECT g.external_id, a.tier, a.tier_since, a.points FROM records_guest g"
        " JOIN records_account a ON a.organization_id = g.organization_id AND a.guest_id = g.id"
        " WHERE g.organization_id = %s AND g.external_id IN %s",
        [current_organization(), list(refs)],
        types="text text date int",
    )
    return {ref: (tier, since, points) for ref, tier, since, points in rows}


def open_lots() -> Iterator[Row]:
    """Points that are open, in the order of guests and lots."""
    sql = """SELECT g.external_id, l.guest_id, l.number, l.remaining_points, l.tier, l.action,
        l.earned_on, l.expires_on FROM records_lot l JOIN records_guest g
        ON g.organization_id = l.organization_id AND g.id = l.guest_id
        WHERE l.organization_id = %s AND l.unit = 'points' AND l.remaining_points > 0
        AND (l.guest_id, l.number) > (%s, %s) ORDER BY l.guest_id, l.number LIMIT 5000"""
    after: tuple[UUID, int] = (UUID(int=0), 0)
    while rows := select(
        sql, [current_organization(), *after], types="text uuid int int text text date date"
    ):
        for guest, _, number, points, tier, action, earned_on, expires_on in rows:
            yield {
                "id": f"{guest}:{number}",
                "guest": guest,
                "points": points,
                "tier": tier,
                "action": action,
                "earned_on": earned_on,
                "expires_on": expires_on,
            }
        after = rows[-1][1], rows[-1][2]


def entries() -> Iterator[Row]:
    """The points ledger, guest by guest."""
    sql = """SELECT g.external_id, e.number, e.entered_on, e.kind, e.action,
        e.points, e.tier, e.source FROM records_ledgerentry e JOIN records_guest g
        ON g.organization_id = e.organization_id AND g.id = e.guest_id
        WHERE e.organization_id = %s AND e.entered_quarter IN %s AND e.guest_id IN %s
        AND e.unit = 'points' ORDER BY e.guest_id, e.number"""
    names = ("guest", "number", "date", "kind", "action", "points", "tier", "source")
    types = "text int date text text int text text"
    after = None
    while guests := guests_after(after, limit=GUESTS):
        values = [current_organization(), quarters_of_entries(), guests]
        for row in select(sql, values, types=types):
            yield dict(zip(names, row, strict=True))
        after = guests[-1]


def rewards() -> Iterator[Row]:
    """Money rewards in the order of their ids; `amount` in minor units."""
    names = ("id", "guest", "amount", "status", "issued_on", "expires_on", "source")
    after = ""
    while rows := select(
        """SELECT r.external_id, g.external_id, r.amount_cents, r.state, r.issued_on,
        r.expires_on, r.source FROM records_reward r JOIN records_guest g
        ON g.organization_id = r.organization_id AND g.id = r.guest_id
        WHERE r.organization_id = %s AND r.external_id > %s
        ORDER BY r.external_id LIMIT 5000""",
        [current_organization(), after],
        types="text text int text date date text",
    ):
        for row in rows:
            yield dict(zip(names, row, strict=True))
        after = rows[-1][0]
