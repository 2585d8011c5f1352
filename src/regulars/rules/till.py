"""What a desk does to an invoice: functions from an invoice to the invoice it becomes.

Nothing is checked here that intake checks anyway; only what a person at a till can get wrong:
paying what is not due, closing what is not paid, refunding what was not taken. Each refusal
says the numbers that would be accepted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from regulars.rules import billing, refunds
from regulars.rules.amounts import format_money, half_even_div
from regulars.rules.facts import Invoice, Line, Payment, Refund
from regulars.rules.program import TENDERS
from regulars.rules.refunds import Returned
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import Said, Sum, said

TIP = "tip"


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as an instant and as the center's business date (rule 1.2)."""

    at: datetime
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """What is to be another; None leaves it. Money is for the whole line, in minor units."""

    quantity: int | None = None
    price_cents: int | None = None
    discount_cents: int | None = None
    tax_cents: int | None = None
    staff: str | None = None


# -- lines ------------------------------------------------------------------------------------


def add_line(invoice: Invoice, line: Line) -> Invoice:
    """The line as the last one, with an id of its own."""
    check_open(invoice)
    ref = next_id("l", [one.id for one in invoice.lines])
    return replace(invoice, lines=(*invoice.lines, replace(line, id=ref)))


def change_line(invoice: Invoice, ref: str, change: LineChange) -> Invoice:
    """A line changed; what is not said follows: see `changed`."""
    check_open(invoice)
    line_of(invoice, ref)
    lines = [changed(one, change) if one.id == ref else one for one in invoice.lines]
    return replace(invoice, lines=tuple(lines))


def remove_line(invoice: Invoice, ref: str) -> Invoice:
    """Without this line. The last one stays: an invoice for nothing is void."""
    check_open(invoice)
    line_of(invoice, ref)
    if len(invoice.lines) == 1:
        raise _wrong("line", ref, said("This is the only line; void the invoice instead."))
    return replace(invoice, lines=tuple(one for one in invoice.lines if one.id != ref))


def changed(line: Line, change: LineChange) -> Line:
    """The price goes with the quantity, and the tax keeps its share of price less discount."""
    quantity = line.quantity if change.quantity is None else change.quantity
    if quantity < 1:
        raise _wrong("quantity", quantity, said("The quantity is 1 or more."))
    price = change.price_cents
    if price is None:
        price = half_even_div(line.price_cents * quantity, line.quantity)
    discount = line.discount_cents if change.discount_cents is None else change.discount_cents
    tax = change.tax_cents
    if tax is None:
        net = price - min(discount, price)
        tax = half_even_div(line.tax_cents * net, line.net_cents) if line.net_cents else 0
    staff = line.staff if change.staff is None else change.staff or None
    return replace(
        line,
        quantity=quantity,
        price_cents=price,
        discount_cents=discount,
        tax_cents=tax,
        staff=staff,
    )


def tip(cents: int, *, staff: str | None) -> Line:
    """A line for a tip, which is no spend and takes no points (rules 4.1, 7.2)."""
    if cents <= 0:
        raise _wrong("amount", cents, said("A tip is more than nothing."))
    return Line("", TIP, cents, staff=staff)


def line_of(invoice: Invoice, ref: str) -> Line:
    for line in invoice.lines:
        if line.id == ref:
            return line
    raise unknown_reference("line", ref, field="line")


# -- money in ---------------------------------------------------------------------------------


def due_cents(invoice: Invoice) -> int:
    """What is still to be paid (contract section 4)."""
    is_void = invoice.status == "void"
    bill = billing.bill_of(invoice.lines, invoice.payments, invoice.applied, is_void=is_void)
    return bill.due_cents


def pay(invoice: Invoice, tender: str, cents: int, *, now: Moment, exponent: int) -> Invoice:
    """A payment of at most what is due; what a guest gets back as change was none."""
    check_open(invoice)
    if tender not in TENDERS:
        raise _wrong(
            "tender",
            tender,
            said("A payment is made by {tenders}.", tenders=", ".join(TENDERS)),
        )
    due = due_cents(invoice)
    if cents <= 0:
        raise _wrong(
            "amount", format_money(cents, exponent), said("A payment is more than nothing.")
        )
    if cents > due:
        most, wanted = format_money(due, exponent), format_money(cents, exponent)
        raise Refused(
            "exceeds_amount_due",
            said("{most} is due, so {wanted} is too much.", most=Sum(most), wanted=Sum(wanted)),
            field="amount",
            value=wanted,
            detail={"maximum": most},
        )
    ref = next_id("p", [one.id for one in invoice.payments])
    paid = Payment(ref, tender, cents, now.at, now.on)
    return replace(invoice, payments=(*invoice.payments, paid))


def remove_payment(invoice: Invoice, ref: str) -> Invoice:
    """A payment taken by mistake is taken off, while the invoice is open (rule 8.1)."""
    check_open(invoice)
    _payment_of(invoice, ref)
    if any(one.payment == ref for one in invoice.refunds):
        raise _wrong("payment", ref, said("Payment {ref} was refunded, so it stays.", ref=ref))
    return replace(invoice, payments=tuple(one for one in invoice.payments if one.id != ref))


def _payment_of(invoice: Invoice, ref: str) -> Payment:
    for payment in invoice.payments:
        if payment.id == ref:
            return payment
    raise unknown_reference("payment", ref, field="payment")


# -- its state --------------------------------------------------------------------------------


def close(invoice: Invoice, *, now: Moment, exponent: int, with_due: bool = False) -> Invoice:
    """Closed now; with something due only when that is meant (rule 5.7)."""
    check_open(invoice)
    due = due_cents(invoice)
    if due and not with_due:
        left = format_money(due, exponent)
        raise Refused(
            "invalid_record",
            said(
                "{left} is still due: take the payment, or say that it stays unpaid.",
                left=Sum(left),
            ),
            field="status",
            detail={"due": left},
        )
    return replace(invoice, status="closed", closed_at=now.at, closed_on=now.on)


def reopen(invoice: Invoice) -> Invoice:
    """Open again: what it earned is taken back until it closes anew (rules 5.7, 8.4)."""
    if invoice.status != "closed":
        raise _wrong(
            "status",
            invoice.status,
            said("{told}; only a closed one is reopened.", told=_is(invoice)),
        )
    return replace(invoice, status="open", closed_at=None, closed_on=None)


def void(invoice: Invoice) -> Invoice:
    """As if it had never been: points and rewards go back where they came from (8.1, 10.9)."""
    if invoice.status == "void":
        told = said("Invoice {id} is void already.", id=invoice.id)
        raise _wrong("status", invoice.status, told)
    return replace(invoice, status="void")


def check_open(invoice: Invoice) -> None:
    if invoice.status != "open":
        told = _is(invoice)
        if invoice.status == "closed":
            told = said("Invoice {id} is closed; reopen it first.", id=invoice.id)
        raise Refused("invoice_not_open", told, field="invoice", value=invoice.id)


def _is(invoice: Invoice) -> Said:
    return {
        "open": said("Invoice {id} is open", id=invoice.id),
        "closed": said("Invoice {id} is closed", id=invoice.id),
        "void": said("Invoice {id} is void", id=invoice.id),
    }[invoice.status]


# -- money back -------------------------------------------------------------------------------


def left_cents(invoice: Invoice) -> dict[str, int]:
    """What of each payment has not been refunded, by payment."""
    left = {one.id: one.amount_cents for one in invoice.payments}
    for refund in invoice.refunds:
        left[refund.payment] -= refund.amount_cents
    return left


def refundable_cents(invoice: Invoice, line: str | None = None) -> int:
    """The most that can go back: of a line what was paid for it in money, less its refunds."""
    if invoice.status == "void":
        return 0
    left = sum(left_cents(invoice).values())
    if line is None:
        return left
    [(_, own)] = refunds.by_lines(invoice, [Returned(line)])
    return min(own, left)


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """So much back, of the payment named, else of the latest first; for a line or for none.

    With `returned` it is what was paid for those lines, or so many of their quantities.
    """

    cents: int = 0
    line: str | None = None
    payment: str | None = None
    returned: Sequence[Returned] = ()

    def of(self, invoice: Invoice) -> list[tuple[str | None, int]]:
        """(line, minor units), the whole of it."""
        if not self.returned:
            return [(self.line, self.cents)]
        return [(line, cents) for line, cents in refunds.by_lines(invoice, self.returned)]


def refund(invoice: Invoice, back: MoneyBack, *, now: Moment, exponent: int) -> Invoice:
    """Refused: of a void invoice, more than a line was paid with, more than is left."""
    if invoice.status == "void":
        raise _wrong("status", "void", said("{told}: nothing is refunded.", told=_is(invoice)))
    wanted = back.of(invoice)
    total = format_money(sum(cents for _, cents in wanted), exponent)
    if not any(cents > 0 for _, cents in wanted):
        raise _wrong("amount", total, said("A refund is more than nothing."))
    for line, cents in wanted:
        most = refundable_cents(invoice, line)
        if cents > most:
            told = format_money(most, exponent)
            message = said("At most {most} can be refunded here.", most=Sum(told))
            raise _wrong("amount", format_money(cents, exponent), message, maximum=told)
    parts = refunds.parts_of(invoice, wanted, payment=back.payment, exponent=exponent)
    made = list(invoice.refunds)
    for part in parts:
        ref = next_id("r", [one.id for one in made])
        made.append(Refund(ref, part.payment, part.cents, now.at, now.on, part.line))
    return replace(invoice, refunds=tuple(made))


# -- ids --------------------------------------------------------------------------------------


def next_id(letter: str, taken: Sequence[str]) -> str:
    """l1, l2, …: the first after all that are taken."""
    numbers = [int(ref[1:]) for ref in taken if ref[:1] == letter and ref[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"


def _wrong(field: str, value: object, message: str, **detail: str) -> Refused:
    return Refused("invalid_record", message, field=field, value=value, detail=detail)
