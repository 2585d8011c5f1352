"""Tier moves as rows for people to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class TierMovement:
    """A guest's move between two tiers; None is no tier."""

    guest: str
    name: str
    moved_on: date
    tier_before: str | None
    tier_after: str | None
    cause: str


def moves_by_check(first: date, last: date) -> Iterator[TierMovement]:
    """What the downgrade checks of these days came to (rule 4.11), by day and guest."""
    rows = select(
        """SELECT g.external_id, g.name, m.moved_on, m.tier_before, m.tier_after, m.cause
        FROM records_tiermove m JOIN records_guest g
        ON g.organization_id = m.organization_id AND g.id = m.guest_id
        WHERE m.organization_id = %s AND m.moved_on >= %s AND m.moved_on <= %s
        AND m.cause = 'check' ORDER BY m.moved_on, g.external_id""",
        [current_organization(), first, last],
        types="text text date text text text",
    )
    return (TierMovement(*row) for row in rows)
