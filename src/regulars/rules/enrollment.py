"""Enrolling and leaving by hand: who may, and into which tier (rules 4.7, 4.8)."""

from typing import Literal

from regulars.rules.amounts import format_money
from regulars.rules.facts import GuestFacts
from regulars.rules.program import Program, Tier
from regulars.rules.refusals import Refused
from regulars.rules.sentences import Sum, said

Choice = Literal["applicable", "highest"]


def tier_to_enroll(
    program: Program | None, guest: GuestFacts, *, choice: Choice, spend_cents: int
) -> Tier:
    """Rule 4.7: the tier reached by spend, or with direct enrollment the highest.

    Refused in the order of contract section 4.
    """
    if not guest.opted_in:
        raise Refused(
            "opted_out",
            said("{id} has opted out of the program; opt in first.", id=guest.id),
            field="guest",
            value=guest.id,
        )
    if guest.standing.tier is not None:
        raise _already_enrolled(program, guest, guest.standing.tier)
    if choice == "applicable":
        return _applicable(program, spend_cents)
    if program is None or not program.direct_enrollment:
        raise Refused(
            "direct_enrollment_off",
            said(
                "The setting direct_enrollment is off; enroll into the tier that spend"
                " reaches (tier: applicable)."
            ),
            field="tier",
            value=choice,
        )
    highest = program.active_tiers[-1:]
    return highest[0] if highest else _applicable(program, spend_cents)


def _already_enrolled(program: Program | None, guest: GuestFacts, tier_id: str) -> Refused:
    tier = program.tier(tier_id) if program else None
    since = guest.standing.since
    return Refused(
        "already_enrolled",
        said(
            "{id} is in {tier} since {since}; upgrades come by themselves with spend.",
            id=guest.id,
            tier=tier.name if tier else tier_id,
            since=since,
        ),
        field="guest",
        value=guest.id,
        detail={"tier": tier_id, "tier_since": str(since)},
    )


def _applicable(program: Program | None, spend_cents: int) -> Tier:
    reached = program.highest_reached(spend_cents) if program else None
    if reached is not None:
        return reached
    lowest = program.next_above(None) if program else None
    if program is None or lowest is None:
        raise Refused("no_matching_tier", said("The program in force on this day has no tier."))
    exponent = program.currency_exponent
    spend = format_money(spend_cents, exponent)
    missing = format_money(lowest.minimum_spend_cents - spend_cents, exponent)
    raise Refused(
        "no_matching_tier",
        said(
            "Spend of {spend} reaches no tier; {missing} more is needed for {tier}.",
            spend=Sum(spend),
            missing=Sum(missing),
            tier=lowest.name,
        ),
        detail={"missing": missing, "spend": spend, "tier": lowest.id},
    )


def require_enrolled(guest: GuestFacts) -> None:
    """Rule 4.8: only who is in a tier has an enrollment to cancel."""
    if guest.standing.tier is None:
        raise Refused(
            "not_enrolled",
            said("{id} is in no tier; there is no enrollment to cancel.", id=guest.id),
            field="guest",
            value=guest.id,
        )


def check_opt_in(guest: GuestFacts, *, loyalty_opt_in: bool) -> None:
    """Rule 4.8: opting out while enrolled is refused with the advice to cancel."""
    if not loyalty_opt_in and guest.standing.tier is not None:
        raise Refused(
            "enrolled",
            said(
                "{id} is enrolled in the program; cancel the enrollment instead: it ends the"
                " tier, expires all points and opts the guest out.",
                id=guest.id,
            ),
            field="loyalty_opt_in",
            value=loyalty_opt_in,
            detail={"tier": guest.standing.tier},
        )
