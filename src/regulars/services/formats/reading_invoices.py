"""From an invoice as sent to an invoice as read: the hot path of every import."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from functools import lru_cache

from regulars.rules import sentences
from regulars.rules.amounts import format_money, parse_money
from regulars.rules.refusals import Refused
from regulars.services.formats import sent as said
from regulars.services.formats.complaints import below, invalid
from regulars.services.formats.context import Context
from regulars.services.formats.facts import InvoiceFact, LineFact, PaymentFact, RefundFact
from regulars.services.formats.instants import Moment, read_instant
from regulars.services.formats.reading_facts import Reading


# A catalog has few prices and a file has many lines: most amounts were seen a moment ago.
@lru_cache(maxsize=16_384)
def _cents(text: str, exponent: int) -> int | None:
    try:
        return parse_money(text, exponent, field="amount")
    except Refused:
        return None


def _money(text: str, exponent: int, field: str) -> int:
    cents = _cents(text, exponent)
    return parse_money(text, exponent, field=field) if cents is None else cents


def invoice(sent: said.SentInvoice, context: Context) -> Reading:
    """Contract section 1; what is due and what it earns is not looked at here."""
    zone = context.zone_of_center(sent.center)
    exponent = context.exponent
    opened = read_instant(sent.opened_at, zone, field="opened_at")
    closed = _closing(sent, zone, opened=opened)
    lines = _lines(sent.lines, context, exponent=exponent)
    payments = _payments(sent, zone, opened=opened, exponent=exponent)
    latest = opened if closed is None else closed
    for payment in payments:
        if payment.at > latest[0]:
            latest = payment.at, payment.on
    refunds: tuple[RefundFact, ...] = ()
    if sent.refunds:
        refunds = _refunds(sent, zone, lines=lines, payments=payments, exponent=exponent)
        latest = max(latest, *((refund.at, refund.on) for refund in refunds))
    if closed is None or sent.status == "open":
        closed_at, closed_on = None, None
    else:
        closed_at, closed_on = closed
    fact = InvoiceFact(
        sent.id,
        sent.guest,
        sent.center,
        opened[0],
        opened[1],
        sent.status,
        closed_at,
        closed_on,
        lines,
        payments,
        refunds,
    )
    return Reading(fact, zone, latest)


def _closing(sent: said.SentInvoice, zone: tzinfo, *, opened: Moment) -> Moment | None:
    if sent.closed_at is None:
        if sent.status == "closed":
            raise invalid("closed_at", sentences.said("is required on a closed invoice."), None)
        return None
    closed = read_instant(sent.closed_at, zone, field="closed_at")
    if closed[0] < opened[0]:
        raise invalid(
            "closed_at",
            sentences.said(
                "must not lie before opened_at; {closed_at} is before {opened_at}.",
                closed_at=sent.closed_at,
                opened_at=sent.opened_at,
            ),
            sent.closed_at,
        )
    return closed


def _lines(
    sent: Sequence[said.SentLine], context: Context, *, exponent: int
) -> tuple[LineFact, ...]:
    lines = []
    index = 0
    try:
        for line in sent:
            lines.append(_line(line, context, exponent))
            index += 1
    except Refused as refused:
        raise below(refused, f"lines.{index}") from None
    if len(lines) > 1:
        _check_ids_differ("lines", [line.id for line in lines])
    return tuple(lines)


def _line(sent: said.SentLine, context: Context, exponent: int) -> LineFact:
    kind: str | None = sent.kind
    if sent.item is not None:
        item_kind = context.item_kind(sent.item)
        kind = kind or item_kind
    if kind is None:
        raise invalid("kind", sentences.said("is required on a line that names no item."), None)
    price = _cents(sent.price, exponent)
    if price is None:
        price = parse_money(sent.price, exponent, field="price")
    discount = 0 if sent.discount == "0" else _money(sent.discount, exponent, "discount")
    if discount > price:
        raise invalid(
            "discount",
            sentences.said(
                "must not be above the price; {discount} is above {price}.",
                discount=sent.discount,
                price=sent.price,
            ),
            sent.discount,
        )
    tax = _money(sent.tax, exponent, "tax")
    return LineFact(
        sent.id,
        kind,
        sent.item,
        sent.quantity,
        price,
        discount,
        tax,
        sent.appointment,
        sent.staff,
    )


def _payments(
    sent: said.SentInvoice, zone: tzinfo, *, opened: Moment, exponent: int
) -> tuple[PaymentFact, ...]:
    payments = []
    index = 0
    try:
        for payment in sent.payments:
            amount = _money(payment.amount, exponent, "amount")
            at, on = read_instant(payment.at, zone, field="at")
            if at < opened[0]:
                raise invalid(
                    "at",
                    sentences.said(
                        "must not lie before opened_at; {at} is before {opened_at}.",
                        at=payment.at,
                        opened_at=sent.opened_at,
                    ),
                    payment.at,
                )
            payments.append(PaymentFact(payment.id, payment.tender, amount, at, on))
            index += 1
    except Refused as refused:
        raise below(refused, f"payments.{index}") from None
    if len(payments) > 1:
        _check_ids_differ("payments", [payment.id for payment in payments])
    return tuple(payments)


def _refunds(
    sent: said.SentInvoice,
    zone: tzinfo,
    *,
    lines: Iterable[LineFact],
    payments: Iterable[PaymentFact],
    exponent: int,
) -> tuple[RefundFact, ...]:
    paid = {payment.id: payment for payment in payments}
    left = {payment.id: payment.amount_cents for payment in paid.values()}
    line_ids = {line.id for line in lines}
    refunds = []
    for index, refund in enumerate(sent.refunds):
        try:
            fact = _refund(refund, zone, paid=paid, exponent=exponent)
            if refund.line is not None and refund.line not in line_ids:
                raise invalid(
                    "line",
                    sentences.said("is no line of this invoice: {line}.", line=refund.line),
                    refund.line,
                )
            left[fact.payment] -= fact.amount_cents
            if left[fact.payment] < 0:
                raise _above_payment(refund, paid[fact.payment].amount_cents, exponent)
        except Refused as refused:
            raise below(refused, f"refunds.{index}") from None
        refunds.append(fact)
    _check_ids_differ("refunds", [refund.id for refund in refunds])
    return tuple(refunds)


def _refund(
    sent: said.SentRefund, zone: tzinfo, *, paid: Mapping[str, PaymentFact], exponent: int
) -> RefundFact:
    payment = paid.get(sent.payment)
    if payment is None:
        raise invalid(
            "payment",
            sentences.said("is no payment of this invoice: {payment}.", payment=sent.payment),
            sent.payment,
        )
    amount = _money(sent.amount, exponent, "amount")
    if amount == 0:
        raise invalid("amount", sentences.said("must be above 0."), sent.amount)
    at, on = read_instant(sent.at, zone, field="at")
    if at < payment.at:
        raise invalid(
            "at",
            sentences.said("must not lie before its payment; {at} does.", at=sent.at),
            sent.at,
        )
    return RefundFact(sent.id, sent.payment, sent.line, amount, at, on)


def _above_payment(sent: said.SentRefund, paid_cents: int, exponent: int) -> Refused:
    return invalid(
        "amount",
        sentences.said(
            "must not be above what is left of payment {payment}:"
            " {amount}, while {paid} was paid in all.",
            payment=sent.payment,
            amount=sent.amount,
            paid=format_money(paid_cents, exponent),
        ),
        sent.amount,
    )


def _check_ids_differ(field: str, ids: Sequence[str]) -> None:
    if len(set(ids)) == len(ids):
        return
    index = next(index for index, id_ in enumerate(ids) if id_ in ids[:index])
    raise invalid(
        f"{field}.{index}.id",
        sentences.said("is there twice: {id}.", id=ids[index]),
        ids[index],
    )
