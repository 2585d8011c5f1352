"""A refund by line, quantity or amount, seen before money is given back (rules 7.6, 8.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regulars.records import load
from regulars.records.queries import said
from regulars.rules import refunds, sentences
from regulars.rules.amounts import format_money, parse_money
from regulars.rules.facts import Invoice
from regulars.rules.refunds import RefundPart, Returned
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import previews
from regulars.services.previews import Asked, Preview
from regulars.services.standing_numbers import About

Document = Mapping[str, Any]
MOST_LINES = 1000
_NAME = "refund"


@dataclass(frozen=True, slots=True)
class RefundWish:
    """By amount (minor units) or by lines; of one payment, or of whichever is the latest."""

    cents: int | None = None
    lines: Sequence[Returned] = ()
    payment: str | None = None


def preview_refund(
    asked: Asked, ref: str, wish: RefundWish
) -> tuple[Preview, Sequence[Document]]:
    """Money given back now; answers the refunds as well, as an invoice record has them.

    What today's close does anyway is in `before`. Refused: an unknown invoice, line or payment;
    more than was paid.
    """
    exponent = asked.company.exponent
    found = load.invoices_where("i.external_id = %s", [ref])
    document = said.one("invoice", ref, exponent=exponent)
    if not found or document is None:
        raise unknown_reference("invoice", ref, field="id")
    [(owner, invoice)] = found
    wanted: list[tuple[str | None, int]] = [(None, wish.cents)] if wish.cents else []
    wanted += refunds.by_lines(invoice, wish.lines)
    parts = refunds.parts_of(invoice, wanted, payment=wish.payment, exponent=exponent)
    back = _refunds(asked, invoice, parts)
    posted = {**document, "type": "invoice", "refunds": [*document["refunds"], *back]}
    on = About(owner, invoice.key)
    return previews.tried(asked, on, lambda: asked.receive(posted), settles=True), back


def _refunds(asked: Asked, invoice: Invoice, parts: Sequence[RefundPart]) -> list[Document]:
    taken = {one.id for one in invoice.refunds}
    names = (f"{_NAME}-{n}" for n in range(1, len(taken) + len(parts) + 1))
    free = (name for name in names if name not in taken)
    return [
        {
            "id": name,
            "payment": part.payment,
            "line": part.line,
            "amount": format_money(part.cents, asked.company.exponent),
            "at": asked.now.isoformat(),
        }
        for part, name in zip(parts, free, strict=False)
    ]


# -- what is asked ----------------------------------------------------------------------------


def read_wish(sent: Document, *, exponent: int) -> RefundWish:
    """`{"amount"}` or `{"lines": [{"line", "quantity"}]}`, with `payment` or without."""
    _only(sent, {"amount", "lines", "payment"})
    if ("amount" in sent) == ("lines" in sent):
        raise _invalid(sentences.said("Give an amount or lines, one of the two."), "amount")
    payment = sent.get("payment")
    if payment is not None and not isinstance(payment, str):
        raise _invalid(sentences.said("The id of a payment is needed."), "payment", payment)
    if "amount" in sent:
        cents = parse_money(sent["amount"], exponent, field="amount")
        if not cents:
            raise _invalid(
                sentences.said("More than nothing is needed."), "amount", sent["amount"]
            )
        return RefundWish(cents=cents, payment=payment)
    lines = sent["lines"]
    if not isinstance(lines, list) or not 1 <= len(lines) <= MOST_LINES:
        raise _invalid(
            sentences.said("A list of 1 to {most} lines is needed.", most=MOST_LINES),
            "lines",
        )
    returned = [_returned(one) for one in lines]
    if len({one.line for one in returned}) < len(returned):
        raise _invalid(sentences.said("Each line may be named once."), "lines")
    return RefundWish(lines=returned, payment=payment)


def _returned(one: object) -> Returned:
    if not isinstance(one, dict):
        raise _invalid(sentences.said("Each is an object with a line."), "lines", one)
    _only(one, {"line", "quantity"})
    line, quantity = one.get("line"), one.get("quantity")
    if not isinstance(line, str):
        raise _invalid(sentences.said("The id of a line is needed."), "line", line)
    if quantity is not None and type(quantity) is not int:
        raise _invalid(sentences.said("A whole number is needed."), "quantity", quantity)
    return Returned(line, quantity)


def _only(sent: Document, names: set[str]) -> None:
    for name in sent:
        if name not in names:
            raise _invalid(sentences.said("There is no such field."), str(name))


def _invalid(message: str, field: str, value: Any = None) -> Refused:
    return Refused("invalid_record", message, field=field, value=value)
