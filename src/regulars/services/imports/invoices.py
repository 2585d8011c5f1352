"""The rows of one invoice as one record: its head, its lines, its payments, its refunds."""

from collections.abc import Mapping, Sequence
from typing import Any

from regulars.rules import sentences
from regulars.rules.amounts import format_money, parse_money
from regulars.rules.refusals import Refused

Said = dict[str, Any]


def invoice_of(ref: str, parts: Sequence[Mapping[str, Any]], *, exponent: int) -> Said:
    """The record that all parts of an invoice make together; refused where they differ."""
    head = _head(parts)
    for name in ("guest", "center", "opened_at"):
        if name not in head:
            raise Refused(
                "invalid_record",
                sentences.said("No row of invoice {ref} says {name}.", ref=ref, name=name),
                field=name,
                value="",
            )
    lines = _lines([part["line"] for part in parts if "line" in part], exponent)
    said = [payment for part in parts for payment in part.get("payments", ())]
    payments, refunds = _payments(said, head, lines, exponent=exponent)
    instants = [head["opened_at"], *(one["at"] for one in (*payments, *refunds))]
    status = head.get("status") or "closed"
    closed_at = head.get("closed_at")
    if status == "closed" and closed_at is None:
        closed_at = max([head["opened_at"], *(one["at"] for one in payments)])
    record: Said = {
        "type": "invoice",
        "id": ref,
        "guest": head["guest"],
        "center": head["center"],
        "opened_at": head["opened_at"],
        "status": status,
        "lines": lines,
        "payments": payments,
        "refunds": refunds,
        "at": max([*instants, *([closed_at] if closed_at else [])]),
    }
    return record | ({"closed_at": closed_at} if status == "closed" else {})


def _head(parts: Sequence[Mapping[str, Any]]) -> Said:
    """What the rows say of the whole invoice: each may leave out what another says."""
    head: Said = {}
    for part in parts:
        for name, value in part["head"].items():
            if name == "closed_at":
                head[name] = max(head.get(name, value), value)
            elif name == "opened_at":
                head[name] = min(head.get(name, value), value)
            elif head.setdefault(name, value) != value:
                raise Refused(
                    "invalid_record",
                    sentences.said(
                        "The rows of one invoice name {name} {first} and {value}.",
                        name=name,
                        first=head[name],
                        value=value,
                    ),
                    field=name,
                    value=value,
                )
    return head


# -- lines ------------------------------------------------------------------------------------


def _lines(said: Sequence[Mapping[str, Any]], exponent: int) -> list[Said]:
    lines: dict[str, Said] = {}
    for number, one in enumerate(said, start=1):
        ref = one.get("id") or f"l{number}"
        line = _line(ref, one, exponent)
        if lines.setdefault(ref, line) != line:
            raise Refused(
                "invalid_record",
                sentences.said("Two rows say line {ref} otherwise.", ref=ref),
                field="line",
                value=ref,
            )
    return list(lines.values())


def _line(ref: str, said: Mapping[str, Any], exponent: int) -> Said:
    """`price` is for the whole line before its discount, whatever the file has."""

    def cents(name: str) -> int:
        return _cents(said.get(name, "0"), exponent, field=name)

    quantity = said.get("quantity", 1)
    if quantity < 1:
        raise Refused(
            "invalid_record",
            sentences.said(
                "quantity must be 1 or more; it is {quantity}. What was"
                " returned is a refund: a payment below zero.",
                quantity=quantity,
            ),
            field="quantity",
            value=quantity,
        )
    discount, tax = cents("discount"), cents("tax")
    if "price" in said:
        price = cents("price")
    elif "unit_price" in said:
        price = cents("unit_price") * quantity
    else:
        price = cents("total") + discount - tax
    if price < 0 or tax < 0:
        raise Refused(
            "invalid_record",
            sentences.said(
                "A line's price and tax must not be below zero: what was"
                " returned is a refund, a payment below zero."
            ),
            field="price",
            value=format_money(price, exponent),
        )
    line = {"id": ref, "price": format_money(price, exponent), "quantity": quantity}
    names = ("kind", "item", "appointment", "staff")
    line |= {name: said[name] for name in names if name in said}
    line["discount"] = format_money(discount, exponent)
    line["tax"] = format_money(tax, exponent)
    return line


def _cents(amount: str, exponent: int, *, field: str) -> int:
    if amount.startswith("-"):
        return -parse_money(amount[1:], exponent, field=field)
    return parse_money(amount, exponent, field=field)


# -- payments ---------------------------------------------------------------------------------


def _payments(
    said: Sequence[Mapping[str, Any]],
    head: Mapping[str, Any],
    lines: Sequence[Said],
    *,
    exponent: int,
) -> tuple[list[Said], list[Said]]:
    at = head.get("closed_at") or head["opened_at"]
    due = sum(_due(line, exponent) for line in lines)
    unnamed = [one for one in said if "id" not in one and not one["is_refund"]]
    unnamed = _once_each(unnamed, due, exponent=exponent)
    named = {one["id"]: one for one in said if "id" in one and not one["is_refund"]}
    payments = [
        {
            "id": ref,
            "tender": one["tender"],
            "amount": one["amount"],
            "at": one.get("at") or at,
        }
        for ref, one in [
            *named.items(),
            *((f"p{number}", one) for number, one in enumerate(unnamed, start=1)),
        ]
    ]
    back = [one for one in said if one["is_refund"]]
    refunds = _refunds(back, payments, at=at, exponent=exponent)
    return payments, refunds


def _due(line: Mapping[str, Any], exponent: int) -> int:
    price, discount, tax = (
        parse_money(line[name], exponent, field=name) for name in ("price", "discount", "tax")
    )
    return price - discount + tax


def _once_each(
    payments: list[Mapping[str, Any]], due_cents: int, *, exponent: int
) -> list[Mapping[str, Any]]:
    """A file of lines may repeat the payment of the invoice beside each: told by the sum."""
    once = list(
        {(one["tender"], one["amount"], one.get("at")): one for one in payments}.values()
    )
    is_too_much = _sum(payments, exponent) > due_cents >= _sum(once, exponent)
    return once if is_too_much else payments


def _sum(payments: Sequence[Mapping[str, Any]], exponent: int) -> int:
    return sum(parse_money(one["amount"], exponent, field="amount") for one in payments)


def _refunds(
    said: Sequence[Mapping[str, Any]],
    payments: Sequence[Said],
    *,
    at: str,
    exponent: int,
) -> list[Said]:
    """Money back, of the first payment that has as much left, of the same tender if one has."""
    left = {one["id"]: parse_money(one["amount"], exponent, field="amount") for one in payments}
    tender_of = {one["id"]: one["tender"] for one in payments}
    refunds: list[Said] = []
    for number, one in enumerate(said, start=1):
        cents = parse_money(one["amount"], exponent, field="amount")
        of = one.get("of")
        enough = [ref for ref, rest in left.items() if rest >= cents and of in (None, ref)]
        enough.sort(key=lambda ref: tender_of[ref] != one["tender"])
        if not enough:
            raise Refused(
                "invalid_record",
                sentences.said(
                    "{amount} went back, and no payment of the invoice has as much left.",
                    amount=one["amount"],
                ),
                field="amount",
                value=f"-{one['amount']}",
            )
        left[enough[0]] -= cents
        refund = {"payment": enough[0], "amount": one["amount"], "at": one.get("at") or at}
        if "line" in one:
            refund["line"] = one["line"]
        refunds.append({"id": one.get("id") or f"r{number}", **refund})
    return refunds
