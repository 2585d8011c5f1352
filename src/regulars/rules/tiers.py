"""The ladder: enroll, upgrade, stay, downgrade, unenroll (rules 4.5 to 4.17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from regulars.rules.facts import Move, Standing
from regulars.rules.periods import is_month_end, month_end_on_or_after, window_start
from regulars.rules.program import Program, Tier

AUTOMATIC = frozenset({"close"})
"""Causes of the moves a close of business makes; all others are done by hand or by the
check.
"""


@dataclass(frozen=True, slots=True)
class Check:
    """The downgrade check's answer: where the guest goes, or None to stay."""

    stays: bool
    tier: Tier | None = None
    spend_cents: int = 0


def tier_after(moves: Sequence[Move], day: date) -> str | None:
    """The tier a guest had after that day's close, before any check of it (rules 5.4, 5.6)."""
    for move in reversed(moves):
        if move.on < day or (move.on == day and move.cause != "check"):
            return move.after
    return None


def tier_before_close(moves: Sequence[Move], day: date) -> str | None:
    """Rule 8.3: the tier of a refund's day is the one before that day's close."""
    for move in reversed(moves):
        if move.on < day or (move.on == day and move.cause not in AUTOMATIC | {"check"}):
            return move.after
    return None


def entered_or_undone(moves: Sequence[Move], day: date) -> set[str]:
    """Tiers entered on `day`, or whose entry a close undid (4.16): a welcome came, or went."""
    entered = {move.after for move in moves if move.on == day}
    for move, following in pairwise(moves):
        if following.cause in AUTOMATIC and following.on == move.on:
            entered.add(move.after)
    return {tier for tier in entered if tier is not None}


def opening(moves: Sequence[Move], standing: Standing, day: date) -> Standing:
    """The standing the day's close starts from, whatever it has already done (4.16, 5.3)."""
    start: Standing | None = None
    for move in moves:
        if move.on == day:
            if move.cause not in AUTOMATIC:
                start = None
            elif start is None:
                start = move.standing_before
    return start or standing


def tier_reached(
    program: Program, *, start: str | None, spend_cents: int, opted_in: bool
) -> str | None:
    """Rules 4.6 to 4.9: the tier the close leaves the guest in, never a lower one."""
    reached = program.highest_reached(spend_cents)
    current = program.tier(start) if start else None
    if current is None:
        may_enroll = start is None and opted_in and program.enrollment == "automatic"
        return reached.id if reached and may_enroll else start
    if reached is not None and reached.rank > current.rank:
        return reached.id
    return start


def is_due(program: Program, standing: Standing, on: date) -> bool:
    """Rules 4.11, 4.14, 4.17: does the downgrade check look at the guest on this day?"""
    if standing.tier is None or standing.since is None:
        return False
    tier = program.tier(standing.tier)
    if tier is None or (standing.is_direct and program.direct_enrollment_skips_downgrade):
        return False
    ends = standing.since + timedelta(days=tier.validity_days)
    if program.downgrade_check == "validity_end" and on == ends:
        return True
    return is_month_end(on) and on >= ends


def valid_until(program: Program, standing: Standing) -> date | None:
    """Tier start + validity days (contract section 4)."""
    tier = program.tier(standing.tier) if standing.tier else None
    if tier is None or standing.since is None:
        return None
    return standing.since + timedelta(days=tier.validity_days)


def next_check_on(program: Program, standing: Standing, after: date) -> date | None:
    """The next day later than `after` on which the check will look at the guest."""
    if standing.tier is None or standing.since is None:
        return None
    tier = program.tier(standing.tier)
    if tier is None or (standing.is_direct and program.direct_enrollment_skips_downgrade):
        return None
    ends = standing.since + timedelta(days=tier.validity_days)
    if program.downgrade_check == "validity_end" and ends > after:
        return ends
    return month_end_on_or_after(max(ends, after + timedelta(days=1)))


def downgrade_check(program: Program, standing: Standing, spend_cents: int) -> Check:
    """Rule 4.11: who spent enough stays; others go down as the setting says, or out."""
    tier = program.tier(standing.tier) if standing.tier else None
    assert tier is not None
    if spend_cents >= tier.spend_to_stay_cents:
        return Check(stays=True)
    lower = [
        one for one in program.active_tiers if one.rank < tier.rank and one.allow_downgrade_to
    ]
    if program.downgrade_to == "matching_tier":
        lower = [one for one in lower if one.minimum_spend_cents <= spend_cents]
    target = max(lower, key=lambda one: one.rank, default=None)
    return Check(stays=False, tier=target, spend_cents=spend_cents)


def enter(
    standing: Standing,
    tier: str | None,
    *,
    on: date,
    is_direct: bool = False,
) -> Standing:
    """The standing after a move; the tier's start and validity begin anew (4.9, 4.12)."""
    if tier is None:
        return Standing(was_enrolled=standing.was_enrolled, entered=standing.entered)
    entered = standing.entered if tier in standing.entered else (*standing.entered, tier)
    return Standing(
        tier=tier,
        since=on,
        enrolled_on=standing.enrolled_on if standing.tier else on,
        is_direct=is_direct or (standing.is_direct and standing.tier is not None),
        was_enrolled=True,
        entered=entered,
    )


def earns_welcome(standing: Standing, tier: str, *, is_downgrade: bool) -> bool:
    """Rule 6.6: first time in a tier, by the first enrollment or by an upgrade."""
    if is_downgrade or tier in standing.entered:
        return False
    return standing.tier is not None or not standing.was_enrolled


def window_of(program: Program, on: date) -> date:
    """Rule 4.2: the first day whose spend counts on `on`."""
    return window_start(on, program.qualification_period_months)
