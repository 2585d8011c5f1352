"""Who has something to settle, to check or to lapse: guests by row id, in id order."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.scope import current_organization
from regulars.rules.facts import Standing

Ids = Sequence[UUID]


def guests_to_settle(*, on: date, center: UUID | None = None) -> list[UUID]:
    """Guests with something to settle by the close of `on`, in id order. One query."""
    org = current_organization()
    only = "" if center is None else " AND center_id = %s"
    extra: list[Any] = [] if center is None else [center]
    parts = [
        f"SELECT guest_id AS guest FROM records_{table}"
        f" WHERE organization_id = %s AND settle_on <= %s{only}"
        for table in ("invoice", "appointment")
    ]
    params: list[Any] = [org, on, *extra, org, on, *extra]
    if center is None:
        parts.append(
            "SELECT guest_id FROM records_feedback"
            " WHERE organization_id = %s AND settle_on <= %s"
        )
        parts.append(
            "SELECT id FROM records_guest WHERE organization_id = %s AND settle_on <= %s"
        )
        params += [org, on, org, on]
    rows = select(f"{' UNION '.join(parts)} ORDER BY 1", params, types="uuid")
    return [row[0] for row in rows]


def guests_in_referral_turn(*, on: date, about: Ids | None = None) -> list[UUID]:
    """Referring guests whose turn it is; with `about` only these and whoever referred them."""
    org = current_organization()
    only, extra = "", []
    if about is not None:
        only = """ AND (guest_id IN %s OR guest_id IN (
            SELECT referrer_id FROM records_guest WHERE organization_id = %s AND id IN %s))"""
        extra = [about, org, about]
    rows = select(
        f"""SELECT DISTINCT guest_id FROM records_referralturn
        WHERE organization_id = %s AND settle_on <= %s{only} ORDER BY 1""",
        [org, on, *extra],
        types="uuid",
    )
    return [row[0] for row in rows]


_OPEN = "organization_id = %s AND remaining_points > 0 AND expires_on IS NOT NULL"
LAPSING = f"""SELECT DISTINCT guest_id FROM records_lot
    WHERE {_OPEN} AND expires_on <= %s AND unit = 'points'
    AND expires_on >= (SELECT MIN(expires_on) FROM records_lot WHERE {_OPEN}) ORDER BY 1"""
"""Nobody's points end before the first do: said all the same, since to PostgreSQL, which cannot
tell that of lots long over nothing remains, "up to a day" is most of the table, and it would
read all of that at each close. A day to begin with makes it a range of the index.
"""


def guests_with_lapsing_lots(*, through: date) -> list[UUID]:
    org = current_organization()
    rows = select(LAPSING, [org, through, org], types="uuid")
    return [row[0] for row in rows]


def first_unsettled() -> date | None:
    """The earliest close that something waits for."""
    org = current_organization()
    tables = ("invoice", "appointment", "feedback", "guest", "referralturn")
    parts = [
        f"SELECT MIN(settle_on) AS day FROM records_{table} WHERE organization_id = %s"
        " AND settle_on IS NOT NULL"
        for table in tables
    ]
    rows = select(
        f"SELECT MIN(day) FROM ({' UNION ALL '.join(parts)}) days", [org] * 5, types="date"
    )
    return rows[0][0] if rows else None


def standings_after(cursor: UUID | None, *, limit: int) -> list[tuple[UUID, Standing]]:
    """Guests in a tier, by id, after `cursor`: as much of their standing as a check asks."""
    after = "" if cursor is None else " AND guest_id > %s"
    rows = select(
        f"""SELECT guest_id, tier, tier_since, is_direct FROM records_account
        WHERE organization_id = %s AND tier IS NOT NULL{after}
        ORDER BY guest_id LIMIT {limit}""",
        [current_organization(), *([] if cursor is None else [cursor])],
        types="uuid text date bool",
    )
    return [
        (guest, Standing(tier=tier, since=since, is_direct=direct))
        for guest, tier, since, direct in rows
    ]


def guests_in_tiers(tiers: Sequence[str]) -> list[UUID]:
    rows = select(
        """SELECT guest_id FROM records_account
        WHERE organization_id = %s AND tier IN %s ORDER BY guest_id""",
        [current_organization(), list(tiers)],
        types="uuid",
    )
    return [row[0] for row in rows]
