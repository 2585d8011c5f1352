"""Who a guest is: what stands at the top of the guest's page, and how much is on its tabs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_invoices
from regulars.records.scope import current_organization
from regulars.rules.facts import Standing


@dataclass(frozen=True, slots=True)
class Named:
    """Another guest, by the caller's id and the name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class GuestHead:
    """One guest as known. `digest` tells whether the record changed since it was read.

    `referred_by` is what was said, `referrer` who it is, where rule 6.7 allows it.
    `merged_into` is the survivor, who has everything now (rule 9.4).
    """

    key: UUID
    id: str
    name: str
    email: str | None
    phone: str | None
    birthday: date | None
    anniversary: date | None
    status: str | None
    status_name: str | None
    is_included: bool
    home_center: str | None
    home_center_name: str | None
    referred_by: str | None
    signup_channel: str | None
    signed_up_on: date | None
    opted_in: bool
    known_on: date
    known_at: datetime
    digest: str
    points: int
    tier: str | None
    tier_since: date | None
    enrolled_on: date | None
    is_direct: bool
    referrer: Named | None
    merged_into: Named | None

    @property
    def standing(self) -> Standing:
        """As far as the checks of tiers ask."""
        return Standing(tier=self.tier, since=self.tier_since, is_direct=self.is_direct)


def head_of(ref: str) -> GuestHead | None:
    """The guest by the caller's id; None when it is unknown. One statement."""
    rows = select(
        """SELECT g.id, g.external_id, g.name, g.email, g.phone, g.birthday, g.anniversary,
        s.external_id, s.name, COALESCE(s.include_in_loyalty_rewards, FALSE),
        g.home_center_ref, c.name, g.referred_by_ref, g.signup_channel, g.signed_up_on,
        g.opted_in, g.known_on, g.known_at, g.digest, a.points, a.tier, a.tier_since,
        a.enrolled_on, a.is_direct, r.external_id, r.name, m.external_id, m.name
        FROM records_guest g JOIN records_account a
        ON a.organization_id = g.organization_id AND a.guest_id = g.id
        LEFT JOIN records_gueststatus s
        ON s.organization_id = g.organization_id AND s.id = g.status_id
        LEFT JOIN records_center c
        ON c.organization_id = g.organization_id AND c.external_id = g.home_center_ref
        LEFT JOIN records_guest r
        ON r.organization_id = g.organization_id AND r.id = g.referrer_id
        LEFT JOIN records_guest m
        ON m.organization_id = g.organization_id AND m.id = g.merged_into_id
        WHERE g.organization_id = %s AND g.external_id = %s""",
        [current_organization(), ref],
        types="uuid text text text text date date text text bool text text text text date bool"
        " date instant text int text date date bool text text text text",
    )
    if not rows:
        return None
    *plain, referrer, referrer_name, survivor, survivor_name = rows[0]
    named = [_named(referrer, referrer_name), _named(survivor, survivor_name)]
    values: list[Any] = [*plain, *named]
    return GuestHead(*values)


def _named(ref: str | None, name: str | None) -> Named | None:
    return None if ref is None or name is None else Named(ref, name)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of a guest's; `n_waiting` acts wait for a second person."""

    n_appointments: int
    n_invoices: int
    n_rewards: int
    n_feedback: int
    n_referred: int
    n_waiting: int


def counts_of(guest: UUID) -> Counts:
    """Two statements."""
    org = current_organization()
    parts = [
        f"(SELECT COUNT(*) FROM records_{table} WHERE organization_id = %s AND {column} = %s)"
        for table, column in (
            ("appointment", "guest_id"),
            ("invoice", "opened_quarter IN %s AND guest_id"),
            ("reward", "guest_id"),
            ("feedback", "guest_id"),
            ("guest", "referrer_id"),
            ("approvalrequest", "state = 'waiting' AND guest_id"),
        )
    ]
    hers = [org, guest]
    values = [*hers, org, quarters_of_invoices(), guest, *hers * (len(parts) - 2)]
    rows = select(f"SELECT {', '.join(parts)}", values)
    return Counts(*rows[0])
