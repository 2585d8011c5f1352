"""What the books hold of records that were imported, for control totals."""

from collections.abc import Sequence

from regulars.records.bulk import select
from regulars.records.scope import current_organization

_TABLES = {"guest": "records_guest", "appointment": "records_appointment"}


def count_of(kind: str, refs: Sequence[str]) -> int:
    """How many of these guests or appointments are known. One query."""
    rows = select(
        f"SELECT COUNT(*) FROM {_TABLES[kind]}"
        " WHERE organization_id = %s AND external_id IN %s",
        [current_organization(), list(refs)],
    )
    return int(rows[0][0])


def opening_points(guests: Sequence[str], sources: Sequence[str]) -> list[int]:
    """The points of the opening balances with these record names. One query."""
    rows = select(
        "SELECT e.points FROM records_guest g JOIN records_ledgerentry e"
        " ON e.organization_id = g.organization_id AND e.guest_id = g.id"
        " WHERE g.organization_id = %s AND g.external_id IN %s AND e.key IN %s"
        " AND e.kind = 'opening_balance'",
        [current_organization(), list(guests), list(sources)],
    )
    return [int(row[0]) for row in rows]
