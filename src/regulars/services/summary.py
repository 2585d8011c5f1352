"""Where a program stands: guests by tier, and what became of all points there ever were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from regulars.records import models
from regulars.records.queries import totals
from regulars.services.organizations import Company

ISSUED = ("accrual", "opening_balance", "adjustment", "reversal", "transfer")
REDEEMED = ("redemption", "redemption_return")


@dataclass(frozen=True, slots=True)
class TierLine:
    """One tier, the lowest first; `tier` is None for guests in no tier."""

    tier: str | None
    name: str
    n_guests: int
    points: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All points: issued - redeemed - expired - forfeited = open - owed.

    `issued` is net of reversals and holds what was added or removed by hand.
    """

    organization: str
    on: date | None
    tiers: Sequence[TierLine]
    issued: int
    redeemed: int
    expired: int
    forfeited: int
    open: int
    owed: int
    value_cents: int | None
    credit_cents: int


def summary_of(company: Company) -> Summary:
    """As of the last day closed; the value is by the program of that day (rule 12)."""
    on = company.closed_through
    kinds = totals.points_by_kind()
    held = totals.open_total()
    program = company.versions.on(on) if on else None
    value = program.point_value if program else None
    summary = Summary(
        organization=models.Organization.objects.get(id=company.id).name,
        on=on,
        tiers=_tier_lines(company),
        issued=sum(kinds.get(kind, 0) for kind in ISSUED),
        redeemed=-sum(kinds.get(kind, 0) for kind in REDEEMED),
        expired=-kinds.get("expiry", 0),
        forfeited=-kinds.get("forfeiture", 0),
        open=held.points,
        owed=held.debt_points,
        value_cents=None if value is None else floor(held.points * Fraction(value)),
        credit_cents=held.credit_cents,
    )
    ended = summary.redeemed + summary.expired + summary.forfeited
    assert summary.issued - ended == summary.open - summary.owed, summary
    return summary


def _tier_lines(company: Company) -> list[TierLine]:
    found = {one.tier: one for one in totals.by_tier()}
    program = company.versions.on(company.closed_through) if company.closed_through else None
    ladder = [(tier.id, tier.name) for tier in program.tiers] if program else []
    lines = []
    for tier, name in [(None, "in no tier"), *ladder]:
        one = found.get(tier)
        n_guests, points = (one.n_guests, one.points) if one else (0, 0)
        lines.append(TierLine(tier, name, n_guests, points))
    return lines
