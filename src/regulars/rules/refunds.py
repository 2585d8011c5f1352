"""What a refund by line, by quantity or by amount comes to, payment by payment (rule 8.2).

Money goes back to where it came from: to the payment that is named, else to the latest first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from regulars.rules import billing
from regulars.rules.amounts import format_money, half_even
from regulars.rules.facts import Invoice, Line
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said


@dataclass(frozen=True, slots=True)
class Returned:
    """A line, or so many of its quantity (None: what is left of it) that come back."""

    line: str
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class RefundPart:
    """Money of one payment, in minor units; of a line, or of none in particular."""

    payment: str
    cents: int
    line: str | None = None


def by_lines(invoice: Invoice, returned: Sequence[Returned]) -> list[tuple[str, int]]:
    """(line, minor units) of what was paid in money for these, pro rata by quantity.

    What points and rewards paid for a line is none of it. Refused: a line that is not there, a
    quantity above the line's.
    """
    lines = {line.id: line for line in invoice.lines}
    dues = dict(zip(lines, billing.line_dues(invoice.lines, invoice.applied), strict=True))
    whole = sum(dues.values(), Fraction(0))
    paid = sum(payment.amount_cents for payment in invoice.payments)
    share = min(Fraction(1), Fraction(paid) / whole) if whole else Fraction(0)
    found = []
    for one in returned:
        if one.line not in lines:
            raise unknown_reference("line", one.line, field="line")
        line = lines[one.line]
        _check_quantity(line, one.quantity)
        cents = half_even(dues[one.line] * share)
        back = sum(part.amount_cents for part in invoice.refunds if part.line == one.line)
        if one.quantity is not None and one.quantity < line.quantity:
            cents = half_even(Fraction(cents * one.quantity, line.quantity))
            cents = min(cents, half_even(dues[one.line] * share) - back)
        else:
            cents -= back
        found.append((one.line, max(0, cents)))
    return found


def _check_quantity(line: Line, quantity: int | None) -> None:
    if quantity is not None and not 1 <= quantity <= line.quantity:
        raise Refused(
            "invalid_record",
            said("Line {id} has a quantity of {quantity}.", id=line.id, quantity=line.quantity),
            field="quantity",
            value=quantity,
            detail={"minimum": 1, "maximum": line.quantity},
        )


def parts_of(
    invoice: Invoice,
    wanted: Iterable[tuple[str | None, int]],
    *,
    payment: str | None,
    exponent: int,
) -> list[RefundPart]:
    """The money wanted, taken from what its payments still have. Refused: more than that."""
    left = _left(invoice, payment)
    parts = []
    for line, cents in wanted:
        missing = cents
        for ref in left:
            part = min(missing, left[ref])
            if part > 0:
                left[ref] -= part
                missing -= part
                parts.append(RefundPart(ref, part, line))
        if missing:
            most = cents - missing + sum(left.values())
            raise Refused(
                "invalid_record",
                said(
                    "{cents} cannot be refunded: {most} of what was paid is left.",
                    cents=format_money(cents, exponent),
                    most=format_money(most, exponent),
                ),
                field="amount",
                detail={"maximum": format_money(most, exponent)},
            )
    if not parts:
        raise Refused(
            "invalid_record", said("There is no money to be refunded."), field="amount"
        )
    return parts


def _left(invoice: Invoice, payment: str | None) -> dict[str, int]:
    """By payment, the latest first, what no refund has taken yet."""
    latest = sorted(invoice.payments, key=lambda one: (one.at, one.id), reverse=True)
    left = {one.id: one.amount_cents for one in latest}
    for refund in invoice.refunds:
        left[refund.payment] -= refund.amount_cents
    if payment is None:
        return left
    if payment not in left:
        raise unknown_reference("payment", payment, field="payment")
    return {payment: left[payment]}
