"""What a visit brings: what it earns and why not, what may be redeemed, the desk line.

The numbers are a quote's, which settles the invoice without posting it: they cannot differ from
what the close will find.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from regulars.records import load, models, visits
from regulars.records.load import GuestWork
from regulars.records.queries import invoice_states, states
from regulars.records.queries.desk_invoices import DeskInvoice
from regulars.records.queries.told_guests import points_ending
from regulars.rules import billing, desk_line, zeros
from regulars.rules.amounts import parse_money
from regulars.rules.desk_line import Checkout, Reason, Value, Writing
from regulars.rules.facts import Appointment, Invoice, Payment
from regulars.rules.program import Program, Tier
from regulars.services import quoting
from regulars.services.desk.tills import Till, snapshot
from regulars.services.formats.results import Result

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Earning:
    """Points for one action; 0 with the reason why not."""

    action: str
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Redeemable:
    """The numbers of points that would be accepted; `maximum` 0 while none would.

    `value_cents` is what the maximum pays, `point_value` minor units a point.
    """

    minimum: int | None
    maximum: int
    increment: int | None
    value_cents: int
    point_value: Fraction | None


@dataclass(frozen=True, slots=True)
class Visit:
    """What an invoice brings its guest, as of now.

    `awarded` is in the books already, by action; `earns` is what is still to come.
    `rewards` are the codes that may be ticked; `obstacles` say why points may not be used;
    `reasons` are the desk line's, the first is the one to show.
    """

    awarded: tuple[tuple[str, int], ...]
    earns: tuple[Earning, ...]
    redeemable: Redeemable
    rewards: frozenset[str]
    obstacles: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def is_light_on(self) -> bool:
        """Rule 10.8: something is redeemable."""
        return bool(self.rewards) or self.redeemable.maximum > 0


def visit(till: Till, there: DeskInvoice, *, write: Writing) -> Visit | None:
    """None where the sender may not post it, or nothing of it could be posted."""
    exponent = till.company.exponent
    document = snapshot(there, there.facts, exponent=exponent)
    quote = quoting.quote(till.company, document, sender=till.sender, now=till.now)
    if isinstance(quote, Result):
        return None
    on = till.moment(there.center).on
    work = load.guests([there.guest.key])[there.guest.key]
    [state] = states.guest_numbers([there.guest.key], _view(till, on)).values()
    [invoice] = invoice_states.invoice_states([there.facts.key], _view(till, on)).values()
    seen = Seen(till, there, on, work, state, quote, invoice["points_earned"])
    return Visit(
        awarded=tuple(seen.awarded.items()),
        earns=(*_earned(seen), *_zeros(seen)),
        redeemable=_redeemable(seen),
        rewards=frozenset(one["id"] for one in quote["rewards"]),
        obstacles=tuple(one["message"] for one in quote["refusals"]),
        reasons=tuple(desk_line.reasons(_checkout(seen), write)),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read for one invoice."""

    till: Till
    there: DeskInvoice
    on: date
    work: GuestWork
    state: State
    quote: State
    awarded: dict[str, int]

    @property
    def program(self) -> Program | None:
        return self.till.company.versions.on(self.on)

    @property
    def tier(self) -> Tier | None:
        tier = self.state["tier"]
        return self.program.tier(tier) if self.program is not None and tier else None

    def cents(self, text: str | None) -> int:
        return parse_money(text or "0", self.till.company.exponent, field="amount")


def _view(till: Till, on: date) -> states.View:
    return states.View(till.company.versions, till.company.exponent, on, till.now)


def _redeemable(seen: Seen) -> Redeemable:
    numbers = seen.quote["redeemable"]
    return Redeemable(
        minimum=numbers["minimum"],
        maximum=numbers["maximum"],
        increment=numbers["increment"],
        value_cents=seen.cents(numbers["value"]),
        point_value=seen.program.point_value if seen.program else None,
    )


# -- earning ----------------------------------------------------------------------------------


def _earned(seen: Seen) -> Iterator[Earning]:
    for one in seen.quote["earns"]:
        yield Earning(one["action"], one["points"], one["why"])


def _zeros(seen: Seen) -> Iterator[Earning]:
    asked = zeros.Asked(
        guest=seen.work.facts,
        invoice=_as_if_paid(seen),
        versions=seen.till.company.versions,
        tier=seen.tier,
        on=seen.on,
        earned=frozenset([*seen.awarded, *(one["action"] for one in seen.quote["earns"])]),
        appointments=_appointments(seen.there),
        missing_cents=seen.cents(seen.state["spend_to_next_tier"]),
        money=seen.till.money,
    )
    for zero in zeros.zeros(asked):
        yield Earning(zero.action, 0, zero.why)


def _as_if_paid(seen: Seen) -> Invoice:
    """As a quote has it: what is due were paid by card now."""
    facts, due = seen.there.facts, seen.there.bill.due_cents
    if facts.status != "open" or not due:
        return facts
    rest = Payment("rest", "card", due, seen.till.now, seen.on)
    return replace(facts, payments=(*facts.payments, rest))


def _appointments(there: DeskInvoice) -> list[Appointment]:
    named = [line.appointment for line in there.facts.lines if line.appointment]
    found = visits.appointments_where(
        "guest_id = %s AND (external_id IN %s OR invoice_ref = %s)",
        [there.guest.key, named, there.ref],
    )
    return [appointment for _, appointment in found]


# -- the desk line ----------------------------------------------------------------------------


def _checkout(seen: Seen) -> Checkout:
    state, program, tier = seen.state, seen.program, seen.tier
    above = program.next_above(tier) if program is not None else None
    paid = _as_if_paid(seen)
    tenders = seen.till.company.versions.earning_tenders(seen.on)
    rest = [one for one in paid.payments if one.id not in _payments(seen.there.facts)]
    check_on = state["next_check_on"]
    return Checkout(
        today=seen.on,
        name=seen.there.guest.name.split()[0],
        tier=tier.name if tier else None,
        points=tuple(_points(seen)) if state["redeemable_points"] else (),
        rewards=tuple(_rewards(seen)),
        can_use_points=seen.quote["redeemable"]["maximum"] > 0,
        point_value=program.point_value if program else None,
        visit_cents=sum(billing.spend_of_payment(paid, one, tenders) for one in rest),
        spend_to_stay_cents=seen.cents(state["spend_to_stay"]),
        next_check_on=date.fromisoformat(check_on) if check_on else None,
        next_tier=above.name if above and seen.work.facts.opted_in else None,
        spend_to_next_cents=seen.cents(state["spend_to_next_tier"]),
        next_minimum_cents=above.minimum_spend_cents if above else 0,
        rebooking=tier.accruals.get("rebook") if tier else None,
        has_booked_again=_has_booked_again(seen),
    )


def _payments(facts: Invoice) -> set[str]:
    return {one.id for one in facts.payments}


def _points(seen: Seen) -> Iterator[Value]:
    guest = seen.there.guest.key
    for last_day, points in points_ending([guest], on=seen.on).get(guest, []):
        yield Value(points, last_day)


def _rewards(seen: Seen) -> Iterator[Value]:
    for one in seen.quote["rewards"]:
        if one["expires_on"] is not None:
            yield Value(seen.cents(one["amount"]), date.fromisoformat(one["expires_on"]))


def _has_booked_again(seen: Seen) -> bool:
    """Rule 6.3: an appointment to come that was made today."""
    coming = models.Appointment.objects.filter(
        guest=seen.there.guest.key, booked_on=seen.on, starts_on__gt=seen.on
    )
    return bool(coming.exclude(status__in=("cancelled", "no_show")).exists())
