"""Whom a day's reminders and statements are for, read in a fixed number of statements."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class Expiring:
    """A guest's points of one last day, together; none of them held."""

    guest: UUID
    expires_on: date
    points: int


@dataclass(frozen=True, slots=True)
class ExpiringReward:
    guest: UUID
    expires_on: date
    code: str
    cents: int


def points_ending(last_days: Collection[date]) -> list[Expiring]:
    """Points whose last day is one of these, by guest and day (rule 9.1)."""
    rows = select(
        """SELECT guest_id, expires_on, SUM(remaining_points - held_points) FROM records_lot
        WHERE organization_id = %s AND expires_on IN %s AND expires_on IS NOT NULL
        AND remaining_points > 0 AND remaining_points > held_points AND unit = 'points'
        GROUP BY guest_id, expires_on ORDER BY guest_id, expires_on""",
        [current_organization(), sorted(last_days)],
        types="uuid date int",
    )
    return [Expiring(*row) for row in rows]


def rewards_ending(last_days: Collection[date]) -> list[ExpiringReward]:
    """Rewards issued, not held, whose last day is one of these (rule 10.7)."""
    rows = select(
        """SELECT guest_id, expires_on, external_id, amount_cents FROM records_reward
        WHERE organization_id = %s AND expires_on IN %s AND state = 'issued'
        ORDER BY guest_id, expires_on, external_id""",
        [current_organization(), sorted(last_days)],
        types="uuid date text int",
    )
    return [ExpiringReward(*row) for row in rows]


def guests_with_something(cursor: UUID | None, *, limit: int) -> list[UUID]:
    """Guests in a tier, with points or with rewards, by id, after `cursor`."""
    after = "" if cursor is None else " AND a.guest_id > %s"
    rows = select(
        f"""SELECT a.guest_id FROM records_account a JOIN records_guest g
        ON g.organization_id = a.organization_id AND g.id = a.guest_id
        WHERE a.organization_id = %s AND g.merged_into_id IS NULL
        AND (a.tier IS NOT NULL OR a.points <> 0 OR a.credit_cents > 0){after}
        ORDER BY a.guest_id LIMIT {limit}""",
        [current_organization(), *([] if cursor is None else [cursor])],
        types="uuid",
    )
    return [row[0] for row in rows]


def is_message_due(*, now: datetime) -> bool:
    """Whether a message waits to be sent now. One short statement."""
    rows = select(
        """SELECT 1 FROM records_message WHERE organization_id = %s
        AND state IN ('waiting', 'sending') AND (next_try_at IS NULL OR next_try_at <= %s)
        LIMIT 1""",
        [current_organization(), now],
    )
    return bool(rows)


def next_message_at() -> datetime | None:
    """When the next message that failed may be tried again."""
    rows = select(
        """SELECT MIN(next_try_at) FROM records_message WHERE organization_id = %s
        AND state IN ('waiting', 'sending')""",
        [current_organization()],
        types="instant",
    )
    return rows[0][0] if rows else None
