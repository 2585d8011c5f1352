"""Where guests stand, as every message may say it: balance, tier, what is missing and by when
(rule 4.15).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any
from uuid import UUID

from regulars.records.queries import told_guests
from regulars.records.queries.told_guests import GuestToTell
from regulars.rules import tiers
from regulars.rules.program import Program
from regulars.services.organizations import Company

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standings:
    """Guests and their spend by day, from which what they are told is worked out.

    Read with two queries for a chunk of guests and all the days that are asked about.
    """

    company: Company
    organization: str
    guests: Mapping[UUID, GuestToTell]
    spend: Mapping[UUID, list[tuple[date, int]]]

    def values(self, guest: UUID, on: date) -> Values:
        """The raw values of the fields that every kind has, as of the end of `on`."""
        one = self.guests[guest]
        program = self.company.versions.on(on)
        values: Values = {
            "guest": one.name,
            "first_name": next(iter(one.name.split()), one.name),
            "organization": self.organization,
            "date": on,
            "points": one.points,
            "points_value_cents": value_of_points(program, one.points),
        }
        return values | self._tier(one, program, on)

    def _tier(self, one: GuestToTell, program: Program | None, on: date) -> Values:
        tier = program.tier(one.tier) if program and one.tier else None
        above = program.next_above(tier) if program else None
        spend = self._spend(one, self.company.versions.window_from(on), on)
        values: Values = {
            "tier": tier.name if tier else "",
            "tier_since": one.tier_since if tier else None,
            "spend_cents": spend,
            "next_tier": above.name if above else "",
            "can_pay": "yes" if tier and tier.allow_redemption and one.points >= 0 else "",
            "to_next_cents": (above.minimum_spend_cents - spend) if above else None,
        }
        if (values["to_next_cents"] or 0) <= 0:
            values["to_next_cents"] = None
        return values | self._staying(one, program, on)

    def _staying(self, one: GuestToTell, program: Program | None, on: date) -> Values:
        """Rule 4.15: the spend to stay, less what will still lie in the window then."""
        check_on = tiers.next_check_on(program, one.standing, on) if program else None
        tier = program.tier(one.tier) if program and one.tier else None
        if program is None or tier is None or check_on is None:
            return {"to_stay_cents": None, "stay_by": None}
        kept = self._spend(one, tiers.window_of(program, check_on), on)
        missing = tier.spend_to_stay_cents - kept
        if missing <= 0:
            return {"to_stay_cents": None, "stay_by": None}
        return {"to_stay_cents": missing, "stay_by": check_on}

    def _spend(self, one: GuestToTell, first: date, last: date) -> int:
        days = self.spend.get(one.key, ())
        return sum(cents for day, cents in days if first <= day <= last)


def read_standings(
    company: Company, organization: str, guests: Collection[UUID], days: Collection[date]
) -> Standings:
    """Of a chunk of guests, for all these days. Two queries; `organization` is its name."""
    ids = sorted(set(guests))
    first = min(company.versions.window_from(day) for day in days)
    spend = told_guests.spend_by_day(ids, first=first, last=max(days))
    return Standings(company, organization, told_guests.guests_to_tell(ids), spend)


def value_of_points(program: Program | None, points: int) -> int | None:
    """What points are worth in cents (rule 7.2); None if nothing."""
    if program is None or program.point_value is None:
        return None
    return floor(max(0, points) * Fraction(program.point_value)) or None
