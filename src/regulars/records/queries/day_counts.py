"""What happened on each day, counted from the books: visits, tiers, and who holds how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from regulars.records.bulk import select, stream
from regulars.records.quarters import quarters_opened
from regulars.records.scope import current_organization

# -- visits -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VisitCount:
    """A center's guests of one day: how many came, booked again that day, came for the first
    time, and of these how many somebody had referred.
    """

    day: date
    center: str
    n_visits: int
    n_rebooked: int
    n_new: int
    n_referred: int


# By center, whose indexes know the day; the union leaves one visit a guest, day and center.
_CAME = """SELECT i.guest_id AS guest, i.opened_on AS day, c.external_id AS center
    FROM records_center c JOIN records_invoice i
    ON i.organization_id = c.organization_id AND i.center_id = c.id
    WHERE c.organization_id = %s AND i.opened_at >= %s AND i.opened_at < %s
    AND i.opened_on >= %s AND i.opened_on <= %s AND i.status <> 'void'
    UNION SELECT a.guest_id, a.starts_on, c.external_id
    FROM records_center c JOIN records_appointment a
    ON a.organization_id = c.organization_id AND a.center_id = c.id
    WHERE c.organization_id = %s AND a.starts_on >= %s AND a.starts_on <= %s
    AND a.status = 'completed'"""
_AGAIN = """EXISTS (SELECT 1 FROM records_appointment b WHERE b.organization_id = %s
    AND b.guest_id = v.guest AND b.booked_on = v.day AND b.starts_on > v.day)"""
_BEFORE = """EXISTS (SELECT 1 FROM records_invoice o WHERE o.organization_id = %s
    AND o.opened_quarter IN %s AND o.guest_id = v.guest AND o.opened_on < v.day
    AND o.status <> 'void')
    OR EXISTS (SELECT 1 FROM records_appointment o WHERE o.organization_id = %s
    AND o.guest_id = v.guest AND o.starts_on < v.day AND o.status = 'completed')"""


def visits_by_day(
    first: date, last: date, *, since: datetime, until: datetime
) -> list[VisitCount]:
    """Visits of these days by center; `since` and `until` are their instants. Two statements.

    A visit is a guest's day with a completed appointment or an invoice that is not void, at the
    first center by id if there were several. Booked again: whatever became of the booking.
    """
    org, quarters = current_organization(), quarters_opened(date.min, last)
    rows = select(
        f"""WITH came AS ({_CAME}), v AS (
        SELECT guest, day, MIN(center) AS center FROM came GROUP BY guest, day), told AS (
        SELECT v.day, v.center, CASE WHEN {_AGAIN} THEN 1 ELSE 0 END AS again,
        CASE WHEN {_BEFORE} THEN 0 ELSE 1 END AS new,
        CASE WHEN g.referrer_id IS NULL THEN 0 ELSE 1 END AS referred
        FROM v JOIN records_guest g ON g.organization_id = %s AND g.id = v.guest)
        SELECT day, center, COUNT(*), SUM(again), SUM(new), SUM(new * referred)
        FROM told GROUP BY day, center""",
        [org, since, until, first, last, org, first, last, org, org, quarters, org, org],
        types="date text int int int int",
    )
    return [VisitCount(*row) for row in rows]


# -- tiers ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InTier:
    """Guests in a tier now, by the center that is their home; "" is none."""

    tier: str
    center: str
    n_guests: int


def guests_in_tiers() -> list[InTier]:
    rows = select(
        """SELECT a.tier, COALESCE(g.home_center_ref, ''), COUNT(*) FROM records_account a
        JOIN records_guest g ON g.organization_id = a.organization_id AND g.id = a.guest_id
        WHERE a.organization_id = %s AND a.tier IS NOT NULL GROUP BY 1, 2""",
        [current_organization()],
        types="text text int",
    )
    return [InTier(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class MoveCount:
    """Moves of a day from tier to tier (None: no tier) of guests with the same home."""

    day: date
    center: str
    before: str | None
    after: str | None
    n_moves: int


def moves_after(day: date | None) -> list[MoveCount]:
    """All moves later than a day; None: all there were."""
    later = "" if day is None else " AND m.moved_on > %s"
    rows = select(
        f"""SELECT m.moved_on, COALESCE(g.home_center_ref, ''), m.tier_before, m.tier_after,
        COUNT(*) FROM records_tiermove m
        JOIN records_guest g ON g.organization_id = m.organization_id AND g.id = m.guest_id
        WHERE m.organization_id = %s{later} GROUP BY 1, 2, 3, 4""",
        [current_organization(), *([] if day is None else [day])],
        types="date text text text int",
    )
    return [MoveCount(*row) for row in rows]


# -- balances ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DayChange:
    """What a guest's points changed by on a day. `balance` is what they are now, after all
    changes; a guest's rows come one after the other, by day.
    """

    guest: UUID
    balance: int
    day: date
    points: int


def point_changes(after: date | None) -> Iterator[DayChange]:
    """Of every guest whose points moved later than a day (None: ever), streamed."""
    later = "" if after is None else " AND e.entered_on > %s"
    rows = stream(
        f"""SELECT e.guest_id, a.points, e.entered_on, SUM(e.points)
        FROM records_ledgerentry e JOIN records_account a
        ON a.organization_id = e.organization_id AND a.guest_id = e.guest_id
        WHERE e.organization_id = %s AND e.unit = 'points'{later}
        GROUP BY e.guest_id, a.points, e.entered_on ORDER BY e.guest_id, e.entered_on""",
        [current_organization(), *([] if after is None else [after])],
        "uuid int date int",
    )
    return (DayChange(*row) for row in rows)


# -- the first day ----------------------------------------------------------------------------


def first_day() -> date | None:
    """The first business date on which anything is known to have happened."""
    parts = [
        f"SELECT MIN({column}) AS day FROM records_{table} WHERE organization_id = %s"
        for table, column in _DAYS
    ]
    rows = select(
        f"SELECT MIN(day) FROM ({' UNION ALL '.join(parts)}) days",
        [current_organization()] * len(_DAYS),
        types="date",
    )
    return rows[0][0] if rows else None


_DAYS = (("ledgerentry", "entered_on"), ("invoice", "opened_on"), ("tiermove", "moved_on"))
