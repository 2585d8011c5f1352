"""Sums over all guests, for summaries and reports."""

from collections.abc import Mapping
from dataclasses import dataclass

from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class TierTotal:
    """How many guests stand in a tier (None: in none), and the points that are theirs."""

    tier: str | None
    n_guests: int
    points: int


def by_tier() -> list[TierTotal]:
    """Guests by the tier they are in; who was merged into another is that other."""
    rows = select(
        """SELECT a.tier, COUNT(*), SUM(a.points) FROM records_account a JOIN records_guest g
        ON g.organization_id = a.organization_id AND g.id = a.guest_id
        WHERE a.organization_id = %s AND g.merged_into_id IS NULL GROUP BY a.tier""",
        [current_organization()],
        types="text int int",
    )
    return [TierTotal(*row) for row in rows]


def guests_by_tier() -> dict[str | None, int]:
    """How many guests stand in each tier (None: in none); counted in an index alone.

    Who was merged into another stands in none (rule 9.4), and is that other.
    """
    where = [current_organization()]
    rows = select(
        "SELECT tier, COUNT(*) FROM records_account WHERE organization_id = %s GROUP BY tier",
        where,
        types="text int",
    )
    counts: dict[str | None, int] = dict(rows)
    [(n_merged,)] = select(
        "SELECT COUNT(*) FROM records_guest"
        " WHERE organization_id = %s AND merged_into_id IS NOT NULL",
        where,
        types="int",
    )
    counts[None] = counts.get(None, 0) - n_merged
    return counts


def points_by_kind() -> Mapping[str, int]:
    """All ledger entries of points, summed by their kind."""
    rows = select(
        """SELECT kind, SUM(points) FROM records_ledgerentry
        WHERE organization_id = %s AND unit = 'points' GROUP BY kind""",
        [current_organization()],
        types="text int",
    )
    return dict(rows)


@dataclass(frozen=True, slots=True)
class OpenTotal:
    """What all accounts hold: points in lots, points owed, credit in rewards."""

    points: int
    debt_points: int
    credit_cents: int


def open_total() -> OpenTotal:
    rows = select(
        """SELECT COALESCE(SUM(points + debt_points), 0), COALESCE(SUM(debt_points), 0),
        COALESCE(SUM(credit_cents), 0) FROM records_account WHERE organization_id = %s""",
        [current_organization()],
        types="int int int",
    )
    return OpenTotal(*rows[0])
