"""What an invoice comes to, and how payments, points and rewards spread over its lines.

Rules 4.1, 4.3, 7.2, 7.3, 10.4 and the invoice state of contract section 4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from regulars.rules.amounts import half_even, half_even_div
from regulars.rules.facts import Applied, Invoice, Line, Payment, Refund
from regulars.rules.versions import Versions

NO_SPEND_KINDS = frozenset({"tip", "prepaid_card"})
NO_SALE_KINDS = frozenset({"tip", "gift_card", "prepaid_card"})


@dataclass(frozen=True, slots=True)
class Bill:
    """The totals of an invoice in minor units, as contract section 4 defines them."""

    net_cents: int
    tax_cents: int
    total_cents: int
    points_cents: int
    rewards_cents: int
    due_cents: int


def line_sides(
    lines: Sequence[Line], applied: Iterable[Applied]
) -> list[tuple[Fraction, Fraction]]:
    """Price and tax still due for each line after points and rewards, exact (rule 4.1).

    Each redemption spreads over the lines it may pay for in proportion to what is due for them.
    """
    in_turn = sorted(applied, key=_redeeming_order)
    sides, do_fit = _sides_after(in_turn, lines)
    if not do_fit and any(one.pre_tax for one in in_turn):
        # What lowers the tax was given for whole lines: it goes before what only pays, so that
        # the lines come to what the bill says (rule 7.3).
        in_turn.sort(key=lambda one: not one.pre_tax)
        sides, _ = _sides_after(in_turn, lines)
    return sides


def _sides_after(
    in_turn: Sequence[Applied], lines: Sequence[Line]
) -> tuple[list[tuple[Fraction, Fraction]], bool]:
    """Price and tax of each line, and whether each redemption found room on its own lines."""
    nets = [Fraction(line.net_cents) for line in lines]
    taxes = [Fraction(line.tax_cents) for line in lines]
    do_fit = [_spread(one, lines, nets, taxes) for one in in_turn]
    return list(zip(nets, taxes, strict=True)), all(do_fit)


def line_dues(lines: Sequence[Line], applied: Iterable[Applied]) -> list[Fraction]:
    return [net + tax for net, tax in line_sides(lines, applied)]


def _redeeming_order(one: Applied) -> tuple[bool, datetime, str]:
    """Rule 10.12: rewards first, then points."""
    return (one.is_points, one.at, one.id)


def _spread(
    redemption: Applied, lines: Sequence[Line], nets: list[Fraction], taxes: list[Fraction]
) -> bool:
    """Take a redemption off the lines it may pay for, never below nothing; do they hold it?

    What these no longer hold, since a reward was redeemed after the points (rule 10.12) or the
    invoice was sent again with other lines, has freed as much on the other lines.
    """
    kinds = redemption.kinds
    chosen = [i for i, line in enumerate(lines) if kinds is None or line.kind in kinds]
    others = [i for i in range(len(lines)) if i not in chosen]
    cents = Fraction(redemption.cents)
    left = cents - _take_off(cents, chosen, nets, taxes, pre_tax=redemption.pre_tax)
    if left:
        _take_off(left, others, nets, taxes, pre_tax=redemption.pre_tax)
    return not left


def _take_off(
    cents: Fraction,
    places: Sequence[int],
    nets: list[Fraction],
    taxes: list[Fraction],
    *,
    pre_tax: bool,
) -> Fraction:
    """Lower these lines in proportion to what is due for them; returns by how much in all."""
    weights = {i: nets[i] if pre_tax else nets[i] + taxes[i] for i in places}
    weight = sum(weights.values(), Fraction(0))
    if not weight:
        return weight
    taken = min(cents, weight)
    for i in places:
        part = taken * weights[i] / weight
        if pre_tax:
            if nets[i]:
                taxes[i] *= (nets[i] - part) / nets[i]
            nets[i] -= part
        else:
            # A tender lowers price and tax alike, so that a pre-tax basis stays in proportion.
            due = nets[i] + taxes[i]
            if due:
                nets[i], taxes[i] = (side * (due - part) / due for side in (nets[i], taxes[i]))
    return taken


def bill_of(
    lines: Sequence[Line],
    payments: Sequence[Payment],
    applied: Sequence[Applied],
    *,
    is_void: bool = False,
) -> Bill:
    """Total before any redemption, tax as recomputed, and what is still due."""
    net = printed_tax = points = rewards = 0
    for line in lines:
        net += line.price_cents - line.discount_cents
        printed_tax += line.tax_cents
    tax = printed_tax
    if applied:
        points = sum(one.cents for one in applied if one.is_points)
        rewards = sum(one.cents for one in applied) - points
        if any(one.pre_tax for one in applied):
            tax = half_even(_recomputed_tax(lines, applied))
    paid = sum([payment.amount_cents for payment in payments])
    due = 0 if is_void else max(0, net + tax - paid - points - rewards)
    return Bill(net, tax, net + printed_tax, points, rewards, due)


def _recomputed_tax(lines: Sequence[Line], applied: Iterable[Applied]) -> Fraction:
    before_tax = [one for one in applied if one.pre_tax]
    sides, _ = _sides_after(sorted(before_tax, key=_redeeming_order), lines)
    return sum((tax for _, tax in sides), Fraction(0))


def spend_of_payment(
    invoice: Invoice, payment: Payment, earning_tenders: frozenset[str]
) -> int:
    """Rule 4.1: the payment less its share of tip and prepaid-card lines, half-even."""
    if payment.tender not in earning_tenders:
        return 0
    for line in invoice.lines:
        if line.kind in NO_SPEND_KINDS:
            return _spend_beside_others(invoice, payment)
    return payment.amount_cents


def _spend_beside_others(invoice: Invoice, payment: Payment) -> int:
    before = [one for one in invoice.applied if one.at <= payment.at]
    dues = line_dues(invoice.lines, before)
    total = sum(dues)
    if not total:
        return payment.amount_cents
    outside = sum(
        due
        for due, line in zip(dues, invoice.lines, strict=True)
        if line.kind in NO_SPEND_KINDS
    )
    return payment.amount_cents - half_even(payment.amount_cents * outside / total)


def spend_lost(refund: Refund, payment: Payment, spend_cents: int) -> int:
    """Rule 4.3: refund x (spend / amount) of its payment, half-even."""
    if spend_cents == payment.amount_cents:
        return refund.amount_cents
    if not payment.amount_cents:
        return 0
    return half_even_div(refund.amount_cents * spend_cents, payment.amount_cents)


def spend_by_day(invoice: Invoice, versions: Versions) -> dict[date, int]:
    """Spend of an invoice by the date of payment, refunds taken off that same date (4.1,
    4.3).
    """
    if invoice.status == "void":
        return {}
    days: dict[date, int] = {}
    for payment in invoice.payments:
        whole = spend_of_payment(invoice, payment, versions.earning_tenders(payment.on))
        if whole:
            left = whole
            for refund in invoice.refunds:
                if refund.payment == payment.id:
                    left -= spend_lost(refund, payment, whole)
            days[payment.on] = days.get(payment.on, 0) + left
    return days


def qualifying_sales(invoice: Invoice) -> int:
    """Rule 10.4: what an invoice paid in full counts for money rewards, never below its
    refunds.
    """
    if invoice.status == "void" or not invoice.was_paid_in_full:
        return 0
    counted = 0
    for line in invoice.lines:
        if line.kind not in NO_SALE_KINDS:
            counted += line.price_cents - line.discount_cents
    for one in invoice.applied:
        counted -= one.cents
    if invoice.refunds:
        bill = bill_of(invoice.lines, invoice.payments, invoice.applied)
        for refund in invoice.refunds:
            if bill.total_cents:
                share = refund.amount_cents * bill.net_cents
                counted -= half_even_div(share, bill.total_cents)
    return counted


def paid_in_full_since(invoice: Invoice) -> date | None:
    """The day on which nothing was due any more, None while something is (contract section
    4).
    """
    if invoice.status == "void" or _is_due(invoice):
        return None
    days = [payment.on for payment in invoice.payments]
    days += [one.on for one in invoice.applied if one.on is not None]
    return max(days, default=invoice.opened_on)


def _is_due(invoice: Invoice) -> bool:
    if invoice.applied:
        return bill_of(invoice.lines, invoice.payments, invoice.applied).due_cents > 0
    due = 0
    for line in invoice.lines:
        due += line.price_cents - line.discount_cents + line.tax_cents
    for payment in invoice.payments:
        due -= payment.amount_cents
    return due > 0
