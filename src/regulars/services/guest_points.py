"""What a guest's page shows of points and tier: the state of the contract, made ready to show.

Every number is the state's (contract section 4) and every sentence the explanation's; what is
added is only which of them the desk wants to see together (rule 4.15).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records.queries import guest_lists, states, told_guests
from regulars.records.queries.guest_heads import GuestHead
from regulars.records.queries.guest_lists import LedgerLine
from regulars.records.queries.ledgers import one_moment
from regulars.records.queries.paging import Page
from regulars.rules import adjustments, tiers
from regulars.rules.amounts import parse_money
from regulars.rules.explaining import explain
from regulars.rules.program import Program
from regulars.services.explaining_guests import Section, explain_standing
from regulars.services.organizations import Company

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TierShown:
    """A tier by name and icon, from the newest version of the program that knows it."""

    id: str
    name: str
    icon: str | None
    allows_redemption: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """Points that share a last day, None where they have none; how many lots they are."""

    expires_on: date | None
    points: int
    n_lots: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a guest stands on a day (rule 4.15). Amounts are in minor units.

    `to_stay_cents` must still be spent by `check_on`; both None where nothing is checked.
    """

    tier: TierShown | None
    since: date | None
    enrolled_on: date | None
    valid_until: date | None
    is_direct: bool
    spend_cents: int
    spend_from: date | None
    months: int | None
    to_stay_cents: int | None
    stay_minimum_cents: int | None
    check_on: date | None
    next_tier: TierShown | None
    to_next_cents: int | None
    sentences: tuple[str, ...]
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """Points and when they end, in the order in which they would be spent."""

    points: int
    redeemable: int
    value_cents: int | None
    endings: tuple[Ending, ...]

    @property
    def next_ending(self) -> Ending | None:
        """What is lost first if nothing is used."""
        dated = (one for one in self.endings if one.expires_on is not None)
        return next(dated, None)


@dataclass(frozen=True, slots=True)
class PointsView:
    """The Points tab; `reward_credit_cents` is what open rewards are worth."""

    balance: Balance
    standing: Standing
    reward_credit_cents: int
    sales_cents: int
    carry_cents: int

    @property
    def stay_done(self) -> int:
        """How much of what keeps the tier is there, in whole percent."""
        return _percent(self.standing.stay_minimum_cents, self.standing.to_stay_cents)

    @property
    def next_done(self) -> int:
        """How much of what the next tier asks for is there, in whole percent."""
        missing = self.standing.to_next_cents
        return _percent((missing or 0) + self.standing.spend_cents, missing)


def _percent(asked_cents: int | None, missing_cents: int | None) -> int:
    if not asked_cents or missing_cents is None:
        return 100
    return max(0, asked_cents - missing_cents) * 100 // asked_cents


def points_view(company: Company, head: GuestHead, *, now: datetime) -> PointsView:
    """All of it as of now. A fixed number of statements."""
    on = now.astimezone(company.zone).date()
    with one_moment():
        view = states.View(company.versions, company.exponent, on, now)
        state = states.guest_numbers([head.key], view)[head.id]
        endings = tuple(Ending(*one) for one in told_guests.ends_of_points(head.key))
        told = explain_standing(company, head.id, told=state, on=on)
    return PointsView(
        Balance(
            state["points"],
            state["redeemable_points"],
            _maybe(company, state["points_value"]),
            endings,
        ),
        _standing(company, head, state, told, on=on),
        cents_of(company, state["reward_credit"]),
        cents_of(company, state["qualifying_sales"]["total"]),
        cents_of(company, state["qualifying_sales"]["carry"]),
    )


def usual_last_day(company: Company, head: GuestHead, *, on: date) -> date | None:
    """The last day of points added by hand, unless another is said (rule 9.2)."""
    return adjustments.usual_expiry(company.versions.on(on), head.standing, on)


def tier_shown(company: Company, tier_id: str | None) -> TierShown | None:
    """The tier as the newest version that knows it says; None for no tier."""
    if tier_id is None:
        return None
    for program in reversed(company.versions.programs):
        tier = program.tier(tier_id)
        if tier is not None:
            return TierShown(tier_id, tier.name, tier.icon, tier.allow_redemption)
    return TierShown(tier_id, tier_id, None, True)


def cents_of(company: Company, text: str) -> int:
    """An amount of a state in minor units, to be written as people write it."""
    return parse_money(text, company.exponent, field="amount", allow_negative=True)


def _maybe(company: Company, text: str | None) -> int | None:
    return None if text is None else cents_of(company, text)


def _standing(
    company: Company, head: GuestHead, state: State, told: list[Section], *, on: date
) -> Standing:
    program = company.versions.on(on)
    tier = program.tier(state["tier"]) if program and state["tier"] else None
    return Standing(
        tier=tier_shown(company, state["tier"]),
        since=_day(state["tier_since"]),
        enrolled_on=_day(state["enrolled_on"]),
        valid_until=_day(state["valid_until"]),
        is_direct=head.is_direct,
        spend_cents=cents_of(company, state["spend"]),
        spend_from=tiers.window_of(program, on) if program else None,
        months=_months(program),
        to_stay_cents=_maybe(company, state["spend_to_stay"]) if tier else None,
        stay_minimum_cents=tier.spend_to_stay_cents if tier else None,
        check_on=_day(state["next_check_on"]),
        next_tier=tier_shown(company, state["next_tier"]),
        to_next_cents=_maybe(company, state["spend_to_next_tier"]),
        sentences=told[0].lines,
        moves=told[1].lines if len(told) > 1 else (),
    )


def _months(program: Program | None) -> int | None:
    return program.qualification_period_months if program else None


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


# -- entry by entry ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry with its why: the desk's sentence, the arithmetic, the rule (rule 1.5)."""

    line: LedgerLine
    tier: TierShown | None
    sentence: str
    arithmetic: str
    rule: str


def entries_shown(
    company: Company, guest: UUID, *, after: str | None = None
) -> Page[EntryShown]:
    """A page of entries, the latest first."""

    def shown(line: LedgerLine) -> EntryShown:
        told = explain(line.why, company.exponent)
        tier = tier_shown(company, line.tier)
        return EntryShown(line, tier, told.desk, told.arithmetic, told.rule)

    return guest_lists.entries(guest, after=after).map(shown)
