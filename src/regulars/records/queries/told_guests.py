"""What messages to guests are made from: how they are reached, where they stand, what they
hold. Each is one query for a chunk of guests.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.quarters import quarters_between, quarters_of_spend
from regulars.records.scope import current_organization
from regulars.rules.facts import Standing
from regulars.rules.lots import POINTS

Ids = Sequence[UUID]


@dataclass(frozen=True, slots=True)
class GuestToTell:
    """A guest with her addresses, what she said about them, and her account.

    A consent is None (never asked), "given" or "withdrawn"; `…_bounced` is the address that
    failed for good.
    """

    key: UUID
    ref: str
    name: str
    email: str | None
    phone: str | None
    opted_in: bool
    merged_into: UUID | None
    points: int
    tier: str | None
    tier_since: date | None
    is_direct: bool
    language: str | None
    email_consent: str | None
    sms_consent: str | None
    email_bounced: str | None
    sms_bounced: str | None

    @property
    def standing(self) -> Standing:
        """As far as the checks of tiers ask: tier, since when, enrolled directly or not."""
        return Standing(tier=self.tier, since=self.tier_since, is_direct=self.is_direct)


def guests_to_tell(ids: Ids) -> dict[UUID, GuestToTell]:
    """By row id; a guest that nothing is known of is left out."""
    rows = select(
        """SELECT g.id, g.external_id, g.name, g.email, g.phone, g.opted_in, g.merged_into_id,
        a.points, a.tier, a.tier_since, a.is_direct, p.language, p.email_consent,
        p.sms_consent, p.email_bounced, p.sms_bounced
        FROM records_guest g
        JOIN records_account a ON a.organization_id = g.organization_id AND a.guest_id = g.id
        LEFT JOIN records_contactpreference p
        ON p.organization_id = g.organization_id AND p.guest_id = g.id
        WHERE g.organization_id = %s AND g.id IN %s""",
        [current_organization(), list(ids)],
        types="uuid text text text text bool uuid int text date bool text text text text text",
    )
    return {row[0]: GuestToTell(*row) for row in rows}


def spend_by_day(ids: Ids, *, first: date, last: date) -> dict[UUID, list[tuple[date, int]]]:
    """(day, spend in cents) of each guest, both ends counted (rule 4.2)."""
    rows = select(
        """SELECT guest_id, paid_on, SUM(spend_cents) FROM records_spend
        WHERE organization_id = %s AND paid_quarter IN %s AND guest_id IN %s
        AND paid_on BETWEEN %s AND %s
        GROUP BY guest_id, paid_on ORDER BY guest_id, paid_on""",
        [current_organization(), quarters_of_spend(first, last), list(ids), first, last],
        types="uuid date int",
    )
    found: dict[UUID, list[tuple[date, int]]] = {}
    for guest, on, cents in rows:
        found.setdefault(guest, []).append((on, cents))
    return found


@dataclass(frozen=True, slots=True)
class PointsEntry:
    """One line of a guest's ledger of points."""

    number: int
    on: date
    kind: str
    action: str | None
    points: int

    @property
    def action_or_kind(self) -> str:
        """Why, as a code that messages put into words; a reversal names no action of hers."""
        return self.action if self.kind == "accrual" and self.action else self.kind


def entries_between(ids: Ids, *, since: date, last: date) -> dict[UUID, list[PointsEntry]]:
    """Entries of points of these days, both counted, in the order they were written."""
    rows = select(
        """SELECT guest_id, number, entered_on, kind, action, points FROM records_ledgerentry
        WHERE organization_id = %s AND entered_quarter IN %s AND guest_id IN %s AND unit = %s
        AND entered_on >= %s AND entered_on <= %s ORDER BY guest_id, number""",
        [current_organization(), quarters_between(since, last), list(ids), POINTS, since, last],
        types="uuid int date text text int",
    )
    found: dict[UUID, list[PointsEntry]] = {}
    for guest, *entry in rows:
        found.setdefault(guest, []).append(PointsEntry(*entry))
    return found


def points_ending(ids: Ids, *, on: date) -> dict[UUID, list[tuple[date, int]]]:
    """(last day, points) of the open points that end on `on` or later, soonest first."""
    rows = select(
        """SELECT guest_id, expires_on, SUM(remaining_points) FROM records_lot
        WHERE organization_id = %s AND guest_id IN %s AND unit = %s AND remaining_points > 0
        AND expires_on >= %s GROUP BY guest_id, expires_on ORDER BY guest_id, expires_on""",
        [current_organization(), list(ids), POINTS, on],
        types="uuid date int",
    )
    found: dict[UUID, list[tuple[date, int]]] = {}
    for guest, last_day, points in rows:
        found.setdefault(guest, []).append((last_day, points))
    return found


def ends_of_points(guest: UUID) -> list[tuple[date | None, int, int]]:
    """(last day, points, lots) of all open points, in the order in which they are spent: the
    soonest first, those without a last day at the end.
    """
    rows = select(
        """SELECT expires_on, SUM(remaining_points), COUNT(*) FROM records_lot
        WHERE organization_id = %s AND guest_id = %s AND unit = %s AND remaining_points > 0
        GROUP BY expires_on""",
        [current_organization(), guest, POINTS],
        types="date int int",
    )
    return sorted(rows, key=lambda row: row[0] or date.max)


def last_days_of(guest: UUID, entries: Sequence[int]) -> dict[int, date]:
    """The last day of the lot that each of these entries opened, where it has one."""
    rows = select(
        """SELECT entry_number, expires_on FROM records_lot WHERE organization_id = %s
        AND guest_id = %s AND entry_number IN %s AND expires_on IS NOT NULL""",
        [current_organization(), guest, list(entries)],
        types="int date",
    )
    return dict(rows)


@dataclass(frozen=True, slots=True)
class RewardToTell:
    """A reward that its guest may use."""

    code: str
    cents: int
    expires_on: date | None


def open_rewards(ids: Ids, *, on: date) -> dict[UUID, list[RewardToTell]]:
    """Rewards that may be used on this day, soonest last day first (rules 10.7, 10.8)."""
    return _rewards(
        "guest_id IN %s AND issued_on <= %s AND (expires_on IS NULL OR expires_on >= %s)",
        [list(ids), on, on],
    )


def rewards_of_run(run: UUID) -> dict[UUID, list[RewardToTell]]:
    """What a run issued and may still be used, by guest; without the rests of its rewards."""
    return _rewards("run_id = %s AND rest_of IS NULL", [run])


def _rewards(where: str, parameters: list[Any]) -> dict[UUID, list[RewardToTell]]:
    rows = select(
        f"""SELECT guest_id, external_id, amount_cents, expires_on, issued_on
        FROM records_reward WHERE organization_id = %s AND state = 'issued' AND {where}
        ORDER BY guest_id, issued_on, external_id""",
        [current_organization(), *parameters],
        types="uuid text int date date",
    )
    found: dict[UUID, list[RewardToTell]] = {}
    for guest, code, cents, expires_on, _ in rows:
        found.setdefault(guest, []).append(RewardToTell(code, cents, expires_on))
    for mine in found.values():
        mine.sort(key=lambda one: one.expires_on or date.max)
    return found


def messages_there(ids: Ids, occasions: Collection[str]) -> set[tuple[UUID, str, str, str]]:
    """(guest, kind, channel, occasion) of the messages that were made already."""
    rows = select(
        """SELECT guest_id, kind, channel, occasion FROM records_message
        WHERE organization_id = %s AND guest_id IN %s AND occasion IN %s""",
        [current_organization(), list(ids), sorted(occasions)],
        types="uuid text text text",
    )
    return set(rows)
