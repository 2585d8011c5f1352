"""Points that expired, by the ledger, and open lots whose last day is still to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from regulars.records import codec
from regulars.records.bulk import select, stream
from regulars.records.scope import current_organization

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expiring:
    """One guest's points of one last day: gone on a day (`is_posted`), or about to be."""

    gone_on: date
    last_day: date
    guest: str
    name: str
    points: int
    is_posted: bool


def points_expired(first: date, last: date) -> Iterator[Expiring]:
    """Expiry entries of these days, by day and guest; several of one last day as one."""
    rows = stream(
        """SELECT e.entered_on, g.external_id, g.name, -e.points, e.why
        FROM records_ledgerentry e JOIN records_guest g
        ON g.organization_id = e.organization_id AND g.id = e.guest_id
        WHERE e.organization_id = %s AND e.unit = 'points' AND e.kind = 'expiry'
        AND e.entered_on >= %s AND e.entered_on <= %s
        ORDER BY e.entered_on, g.external_id, e.number""",
        [current_organization(), first, last],
        "date text text int text",
    )
    for (on, guest, name, last_day), some in groupby(rows, key=_same_end):
        yield Expiring(on, last_day, guest, name, sum(row[3] for row in some), True)


def _same_end(row: tuple[Any, ...]) -> tuple[date, str, str, date]:
    on, guest, name, _, why = row
    return on, guest, name, date.fromisoformat(codec.value_of(why)["last_day"])


def points_to_expire(first: date, last: date) -> Iterator[Expiring]:
    """Open lots that will be gone on one of these days, by day and guest."""
    rows = stream(
        """SELECT l.expires_on, g.external_id, g.name, SUM(l.remaining_points)
        FROM records_lot l JOIN records_guest g
        ON g.organization_id = l.organization_id AND g.id = l.guest_id
        WHERE l.organization_id = %s AND l.unit = 'points' AND l.remaining_points > 0
        AND l.expires_on IS NOT NULL AND l.expires_on >= %s AND l.expires_on <= %s
        GROUP BY l.expires_on, g.external_id, g.name ORDER BY l.expires_on, g.external_id""",
        [current_organization(), first - DAY, last - DAY],
        "date text text int",
    )
    for last_day, guest, name, points in rows:
        yield Expiring(last_day + DAY, last_day, guest, name, points, False)


def points_expired_in_all(first: date, last: date) -> int:
    rows = select(
        """SELECT COALESCE(-SUM(points), 0) FROM records_ledgerentry
        WHERE organization_id = %s AND unit = 'points' AND kind = 'expiry'
        AND entered_on >= %s AND entered_on <= %s""",
        [current_organization(), first, last],
        types="int",
    )
    return int(rows[0][0])
