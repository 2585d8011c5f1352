"""What the Enroll dialog offers: the spent amount and the tiers it leads to (rule 4.7).

Each choice is the command itself, tried and taken back: what is offered is what would happen.
"""

from dataclasses import dataclass
from datetime import date, datetime

from regulars.records.queries import states
from regulars.records.queries.guest_heads import GuestHead
from regulars.rules import tiers
from regulars.rules.amounts import parse_money
from regulars.rules.refusals import Refused
from regulars.services import guest_acts
from regulars.services.guest_points import TierShown, tier_shown
from regulars.services.organizations import Company
from regulars.services.receiving import Sender


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice: the tier and the balance it would come to, or why it cannot be chosen."""

    choice: str
    tier: TierShown | None
    points: int
    refusal: Refused | None


@dataclass(frozen=True, slots=True)
class EnrollOffer:
    """`spend_cents` is the spent amount, of the days from `first` to `last`."""

    spend_cents: int
    first: date | None
    last: date
    offers: tuple[Offer, ...]

    @property
    def can_enroll(self) -> bool:
        return any(one.refusal is None for one in self.offers)


def enroll_offer(
    company: Company, head: GuestHead, *, sender: Sender, now: datetime
) -> EnrollOffer:
    """*Applicable tier*, and where the program allows it *Highest tier*."""
    on = now.astimezone(company.zone).date()
    view = states.View(company.versions, company.exponent, on, now)
    state = states.guest_numbers([head.key], view)[head.id]
    program = company.versions.on(on)
    choices = ["applicable"]
    if program is not None and program.direct_enrollment:
        choices.append("highest")
    return EnrollOffer(
        parse_money(state["spend"], company.exponent, field="spend"),
        tiers.window_of(program, on) if program else None,
        on,
        tuple(_offer(company, head, one, sender=sender, now=now) for one in choices),
    )


def _offer(
    company: Company, head: GuestHead, choice: str, *, sender: Sender, now: datetime
) -> Offer:
    document = {"type": "enroll", "id": f"offer-{choice}", "guest": head.id, "tier": choice}
    try:
        result = guest_acts.carry_out(company, document, sender=sender, now=now, is_trial=True)
    except Refused as refused:
        return Offer(choice, None, head.points, refused)
    tier = tier_shown(company, result.detail["tier"])
    return Offer(choice, tier, result.detail["points"], None)
