"""May this guest redeem, what and how much, on this invoice (rules 7.1 to 7.4, 7.7, 10.8).

Redemptions, holds and quotes all ask here. What applies first in the order of contract
section 4 is refused first, each time with the numbers that would be accepted.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import ceil, floor

from regulars.rules import billing
from regulars.rules.amounts import format_money
from regulars.rules.facts import Applied, Invoice
from regulars.rules.program import Program, Tier
from regulars.rules.refusals import Refused
from regulars.rules.sentences import Sum, said

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers that a redemption or a hold of points is measured by (rule 7.2).

    `minimum` and `maximum` are such as would be accepted: multiples of `increment`, and at
    least one minor unit worth. `maximum` is what the maxima leave on this invoice, None without
    any; `payable_cents` what its lines can still take, None where that is not asked (rule 7.7).
    """

    point_value: Fraction
    minimum: int
    maximum: int | None
    increment: int
    available: int
    payable_cents: int | None

    @property
    def most_payable(self) -> int | None:
        """The most points whose value is not above what can still be paid."""
        if self.payable_cents is None:
            return None
        return self.in_steps(most_points(self.payable_cents, self.point_value))

    @property
    def most(self) -> int:
        """The largest number of points that would be accepted; 0 when none would."""
        bounds = [self.in_steps(self.available), self.maximum, self.most_payable]
        largest = min(bound for bound in bounds if bound is not None)
        return largest if largest >= self.minimum else 0

    def in_steps(self, points: int) -> int:
        return max(0, points - points % self.increment)


# -- may this guest, here ----------------------------------------------------------------------


def check_open(invoice: Invoice) -> None:
    """Rules 7.6, 10.8: only an open invoice takes points or rewards, or gives them back."""
    if invoice.status != "open":
        told = said("Invoice {id} is closed; refund or reopen it instead.", id=invoice.id)
        if invoice.status == "void":
            told = said("Invoice {id} is void.", id=invoice.id)
        raise Refused("invoice_not_open", told, field="invoice", value=invoice.id)


def check_standing(program: Program | None, tier_id: str | None, points: int) -> Tier:
    """Rule 7.4: refused while in no tier, in a stage tier, or with a negative balance."""
    tier = program.tier(tier_id) if program is not None and tier_id is not None else None
    if tier is None:
        raise Refused(
            "not_enrolled",
            said("The guest is in no tier, so points cannot be redeemed."),
            field="guest",
        )
    if not tier.allow_redemption:
        raise Refused(
            "tier_disallows_redemption",
            said("Points cannot be redeemed in tier {name}.", name=tier.name),
            field="guest",
            detail={"tier": tier.id},
        )
    if points < 0:
        raise Refused(
            "negative_balance",
            said(
                "The guest owes {points} points; none can be redeemed until they are earned.",
                points=-points,
            ),
            field="guest",
            detail={"available": 0, "missing": -points},
        )
    return tier


def value_in(program: Program) -> Fraction:
    """What a point is worth in minor units; a program without a value cannot redeem."""
    if not program.point_value:
        raise Refused(
            "setting_conflict",
            said("The program sets no point_value, which redeeming points needs."),
            field="point_value",
        )
    return program.point_value


def check_lines(program: Program, invoice: Invoice) -> None:
    """Rule 7.2: points pay for lines of the allowed kinds only."""
    kinds = program.redemption.item_kinds
    if not any(line.kind in kinds for line in invoice.lines):
        raise Refused(
            "nothing_redeemable",
            said("Invoice {id} has no line that points may pay for.", id=invoice.id),
            field="invoice",
            value=invoice.id,
            detail={"item_kinds": sorted(kinds)},
        )


# -- how much ----------------------------------------------------------------------------------


def limits_of(
    program: Program, invoice: Invoice | None, *, available: int, with_due: bool = True
) -> Limits:
    """Rule 7.2; without an invoice (a hold for a booking) only what needs none."""
    terms = program.redemption
    value = value_in(program)
    least = max(terms.minimum_points, ceil(1 / value), 1)
    room = _room(program, invoice, value)
    payable = None
    if invoice is not None and with_due:
        payable = payable_cents(invoice, terms.item_kinds, is_before_tax=terms.tax == "pre_tax")
    return Limits(
        point_value=value,
        minimum=-(-least // terms.increment) * terms.increment,
        maximum=None if room is None else room - room % terms.increment,
        increment=terms.increment,
        available=max(0, available),
        payable_cents=payable,
    )


def _room(program: Program, invoice: Invoice | None, value: Fraction) -> int | None:
    """What the maxima leave after all redemptions that stand on the invoice.

    The percentage is of money, so it limits what the points are worth: to the minor unit, and
    those that stand by what they paid, whatever a point was worth then.
    """
    terms = program.redemption
    rooms = []
    if terms.maximum_points is not None:
        rooms.append(terms.maximum_points - (standing_points(invoice) if invoice else 0))
    if terms.maximum_percent is not None and invoice is not None:
        whole = sum(
            line.net_cents + line.tax_cents
            for line in invoice.lines
            if line.kind in terms.item_kinds
        )
        paid = sum(one.cents for one in invoice.applied if one.is_points)
        left = floor(whole * terms.maximum_percent / 100) - paid
        rooms.append(most_points(left, value) if left > 0 else 0)
    return max(0, min(rooms)) if rooms else None


def standing_points(invoice: Invoice) -> int:
    """Points of all redemptions that stand on the invoice."""
    standing = {one.id for one in invoice.applied if one.is_points}
    return sum(one.points for one in invoice.redemptions if one.id in standing)


def payable_cents(
    invoice: Invoice, kinds: frozenset[str] | None, *, is_before_tax: bool
) -> int:
    """What lines of these kinds, None for all, still take of points or rewards (7.2, 10.8).

    Rewards and points on them are taken off, and it is at most what the invoice has due. Before
    tax a redemption takes tax with it: it is at most the price of the lines, and so much less
    than what is due that with its tax no more than that falls away.
    """
    sides = billing.line_sides(invoice.lines, invoice.applied)
    is_paid_for = [kinds is None or line.kind in kinds for line in invoice.lines]
    net = sum(side[0] for side, paid in zip(sides, is_paid_for, strict=True) if paid)
    tax = sum(side[1] for side, paid in zip(sides, is_paid_for, strict=True) if paid)
    bill = billing.bill_of(
        invoice.lines, invoice.payments, invoice.applied, is_void=invoice.status == "void"
    )
    due = bill.due_cents
    if is_before_tax:
        if not due or not net:
            return 0
        # The tax shown is rounded: half a minor unit may not keep the last one from being paid.
        most = floor(min(Fraction(net), (due + HALF) * net / (net + tax)))
        return _not_overpaid(invoice, kinds, most)
    return due if all(is_paid_for) else max(0, floor(min(net + tax, due)))


def _not_overpaid(invoice: Invoice, kinds: frozenset[str] | None, most: int) -> int:
    """The same or as much less as the tax it frees would be paid twice.

    Lines of another tax, some of them paid by points already, free another part of what is
    redeemed than what is left of them says.
    """
    overpaid = -_left_after(invoice, kinds, most)
    if overpaid <= 1:
        return most
    # Each cent less leaves one or more due, so there are few to try, however long the invoice.
    least = max(0, most - overpaid - 1)
    tried = range(most)
    return bisect_right(tried, 0, least, key=lambda x: -_left_after(invoice, kinds, x)) - 1


def _left_after(invoice: Invoice, kinds: frozenset[str] | None, cents: int) -> int:
    """What is due, below zero what is overpaid, once so much more is redeemed before tax."""
    latest = max((one.at for one in invoice.applied), default=invoice.opened_at)
    after = latest + timedelta(microseconds=1)  # for at the same moment the ids would decide
    one = Applied("", kinds is not None, cents, after, True, kinds)
    bill = billing.bill_of(invoice.lines, invoice.payments, (*invoice.applied, one))
    redeemed = bill.points_cents + bill.rewards_cents
    return bill.net_cents + bill.tax_cents - invoice.paid_cents - redeemed


def check_points(points: int, limits: Limits, *, exponent: int) -> int:
    """Rule 7.2: refuse what breaks a limit, in the contract's order; else the money value."""
    if points % limits.increment:
        raise _refused(
            "wrong_increment",
            said(
                "Points are redeemed in steps of {increment}; {points} is none.",
                increment=limits.increment,
                points=points,
            ),
            limits,
        )
    if points < limits.minimum:
        raise _refused(
            "below_minimum",
            said(
                "At least {minimum} points, not {points}.",
                minimum=limits.minimum,
                points=points,
            ),
            limits,
        )
    if limits.maximum is not None and points > limits.maximum:
        raise _refused(
            "above_maximum",
            said(
                "At most {maximum} points (more) on this invoice, not {points}.",
                maximum=limits.maximum,
                points=points,
            ),
            limits,
        )
    if points > limits.available:
        missing = points - limits.available
        raise _refused(
            "insufficient_points",
            said(
                "{points} points asked for, {available} available: {missing} are missing.",
                points=points,
                available=limits.available,
                missing=missing,
            ),
            limits,
            missing=missing,
        )
    cents = value_of(points, limits.point_value)
    if limits.payable_cents is not None and cents > limits.payable_cents:
        raise _exceeds(points, cents, limits, exponent=exponent)
    return cents


def _exceeds(points: int, cents: int, limits: Limits, *, exponent: int) -> Refused:
    payable = format_money(limits.payable_cents or 0, exponent)
    worth = format_money(cents, exponent)
    most = limits.most_payable or 0
    if limits.maximum is not None:
        most = min(most, limits.maximum)
    return _refused(
        "exceeds_amount_due",
        said(
            "{points} points are worth {worth}; points can pay {payable} here, {most} points.",
            points=points,
            worth=Sum(worth),
            payable=Sum(payable),
            most=most,
        ),
        limits,
        maximum=most,
    )


def _refused(code: str, message: str, limits: Limits, **numbers: int) -> Refused:
    detail = {
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "increment": limits.increment,
        "available": limits.available,
    } | numbers
    known = {name: number for name, number in detail.items() if number is not None}
    return Refused(code, message, field="points", detail=known)


# -- what points are worth ---------------------------------------------------------------------


def value_of(points: int, point_value: Fraction) -> int:
    """Rule 7.2: floor(points x value) to the minor unit."""
    return floor(points * point_value)


def most_points(cents: int, point_value: Fraction) -> int:
    """The most points whose value is not above so much money."""
    return ceil((cents + 1) / point_value) - 1


def captured_points(held: int, limits: Limits) -> int:
    """Rule 7.7: a capture takes what is held, at most what is due and what the maxima leave.

    Where less than all is taken, no point goes that pays nothing.
    """
    most = held if limits.maximum is None else min(held, limits.maximum)
    if limits.payable_cents is not None:
        most = min(most, most_points(limits.payable_cents, limits.point_value))
    if most == held:
        return held
    return ceil(value_of(most, limits.point_value) / limits.point_value)
