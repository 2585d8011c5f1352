"""What is done to an invoice at a till: looked at, changed, sent as one record (contract 1).

Every act names the version of the invoice that was on the screen. While the guest is locked
that version is compared with what is there: where another till was faster nothing is done, and
the desk shows what it did. What is sent goes through the same door as records of the API, so
that an export, a replay and `verify` know the desk's invoices like any others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from regulars.records import locks, models
from regulars.records.queries.desk_invoices import DeskInvoice, desk_invoice
from regulars.rules import amounts
from regulars.rules import till as rules
from regulars.rules.amounts import format_money
from regulars.rules.facts import Invoice, Line
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.till import LineChange, Moment
from regulars.services import transactions
from regulars.services.formats.results import Result
from regulars.services.organizations import Company
from regulars.services.receiving import Sender, receive_all

Document = Mapping[str, Any]
Change = Callable[[Invoice], Invoice]


@dataclass(frozen=True, slots=True)
class Till:
    """Who stands at which organization's desk, and when."""

    company: Company
    sender: Sender
    now: datetime

    def moment(self, center: str) -> Moment:
        """Now, with the center's own business date (rule 1.2)."""
        zone = self.company.center(center).zone
        return Moment(self.now, self.now.astimezone(zone).date())

    def money(self, cents: int) -> str:
        return self.company.money(cents)


@dataclass(frozen=True, slots=True)
class Shown:
    """An invoice by its number, in the version that was on the screen."""

    ref: str
    version: str


# -- lines ------------------------------------------------------------------------------------


def add_line(till: Till, shown: Shown, line: Line) -> None:
    """One more line; its id is given here."""
    _change(till, shown, lambda one, _: rules.add_line(one, line))


def change_line(till: Till, shown: Shown, ref: str, change: LineChange) -> None:
    """Quantity, price, discount, tax or staff of one line."""
    _change(till, shown, lambda one, _: rules.change_line(one, ref, change))


def remove_line(till: Till, shown: Shown, ref: str) -> None:
    _change(till, shown, lambda one, _: rules.remove_line(one, ref))


# -- money and state --------------------------------------------------------------------------


def pay(till: Till, shown: Shown, tender: str, cents: int) -> None:
    """Part of what is due, or all of it, by one tender."""
    _change(
        till,
        shown,
        lambda one, now: rules.pay(one, tender, cents, now=now, money=till.money),
    )


def remove_payment(till: Till, shown: Shown, ref: str) -> None:
    _change(till, shown, lambda one, _: rules.remove_payment(one, ref))


def close(till: Till, shown: Shown, *, with_due: bool = False) -> None:
    """Closed now. Refused while something is due, unless that is to stay unpaid."""
    _change(
        till,
        shown,
        lambda one, now: rules.close(one, now=now, money=till.money, with_due=with_due),
    )


def reopen(till: Till, shown: Shown) -> None:
    _change(till, shown, lambda one, _: rules.reopen(one))


def void(till: Till, shown: Shown) -> None:
    _change(till, shown, lambda one, _: rules.void(one))


def refund(
    till: Till,
    shown: Shown,
    cents: int,
    *,
    line: str | None = None,
    payment: str | None = None,
) -> None:
    """Money back, of a payment or of the latest first, for a line or for none."""
    _change(
        till,
        shown,
        lambda one, now: rules.refund(
            one, cents, now=now, money=till.money, line=line, payment=payment
        ),
    )


# -- points and rewards -----------------------------------------------------------------------


def redeem_points(till: Till, shown: Shown, points: int) -> None:
    """Rule 7.2. Its id follows from the version, so that a second click is the same act."""
    _command(till, shown, [_of(shown, "redeem_points") | {"points": points}])


def undo_points(till: Till, shown: Shown, redemption: str) -> None:
    _command(till, shown, [_of(shown, "undo_redeem_points") | {"redemption": redemption}])


def redeem_rewards(till: Till, shown: Shown, rewards: Sequence[str]) -> None:
    """Rule 10.8: all that were ticked, in the order given, or none of them."""
    base = _of(shown, "redeem_reward")
    _command(
        till,
        shown,
        [base | {"id": f"{base['id']}-{n}", "reward": one} for n, one in enumerate(rewards, 1)],
    )


def undo_reward(till: Till, shown: Shown, reward: str) -> None:
    _command(till, shown, [_of(shown, "undo_redeem_reward") | {"reward": reward}])


def _of(shown: Shown, kind: str) -> dict[str, Any]:
    return {"type": kind, "id": f"{shown.ref}-{shown.version}", "invoice": shown.ref}


def _command(till: Till, shown: Shown, documents: Sequence[dict[str, Any]]) -> None:
    def records(there: DeskInvoice) -> Sequence[Document]:
        return [_filled(one, there) for one in documents]

    _act(till, shown, records)


def _filled(document: dict[str, Any], there: DeskInvoice) -> Document:
    """A command with the fields that it has; only one of them names the guest."""
    if document["type"] == "redeem_points":
        return document | {"guest": there.guest.ref}
    if document["type"] == "undo_redeem_points":
        return {name: value for name, value in document.items() if name != "invoice"}
    return document


# -- the frame --------------------------------------------------------------------------------


def _change(till: Till, shown: Shown, change: Callable[[Invoice, Moment], Invoice]) -> None:
    def records(there: DeskInvoice) -> Sequence[Document]:
        after = change(there.facts, till.moment(there.center))
        return [snapshot(there, after, exponent=till.company.exponent)]

    _act(till, shown, records)


def _act(
    till: Till, shown: Shown, records: Callable[[DeskInvoice], Sequence[Document]]
) -> None:
    """Lock the guest, look, decide, send: all of it in one transaction, or nothing."""
    transactions.write(partial(_look_and_send, till, shown, records))


def _look_and_send(
    till: Till, shown: Shown, records: Callable[[DeskInvoice], Sequence[Document]]
) -> None:
    locks.lock_guests(
        models.Invoice.objects.filter(external_id=shown.ref).values_list("guest_id", flat=True)
    )
    there = look(shown.ref)
    if there.version != shown.version:
        raise Refused(
            "conflict",
            f"Invoice {shown.ref} was changed at another till meanwhile. Nothing was done:"
            " look at it as it is now, and say again what is to be done.",
            field="version",
            value=shown.version,
            detail={"version": there.version},
        )
    send(till, records(there))


def look(ref: str) -> DeskInvoice:
    """The invoice as it is; refused when there is none."""
    there = desk_invoice(ref)
    if there is None:
        raise unknown_reference("invoice", ref, field="invoice")
    return there


def send(till: Till, documents: Sequence[Document]) -> None:
    """All records or none. Refused: the first that is; use it inside a transaction."""
    for result in receive_all(till.company, documents, sender=till.sender, now=till.now):
        if result.status == "refused":
            raise _refusal(result)


def _refusal(result: Result) -> Refused:
    """The refusal a result was made of; a desk needs no field and value in its sentence."""
    detail = dict(result.detail)
    field, value = detail.pop("field", None), detail.pop("value", None)
    message = result.message or ""
    if field is not None:
        message = message.removeprefix(f"{field}: ")
    message = message.removesuffix(f" (It is {amounts.shown(value)}.)")
    code = result.code or "invalid_record"
    return Refused(code, message, field=field, value=value, detail=detail)


# -- the record -------------------------------------------------------------------------------


def snapshot(there: DeskInvoice, after: Invoice, *, exponent: int) -> Document:
    """The whole invoice as it is to be, in the contract's words."""

    def money(cents: int) -> str:
        return format_money(cents, exponent)

    return {
        "type": "invoice",
        "id": after.id,
        "guest": there.named_guest,
        "center": there.center,
        "opened_at": _said(after.opened_at),
        "status": after.status,
        "closed_at": None if after.closed_at is None else _said(after.closed_at),
        "lines": [line_document(one, money) for one in after.lines],
        "payments": [
            {
                "id": one.id,
                "tender": one.tender,
                "amount": money(one.amount_cents),
                "at": _said(one.at),
            }
            for one in after.payments
        ],
        "refunds": [
            {
                "id": one.id,
                "payment": one.payment,
                "line": one.line,
                "amount": money(one.amount_cents),
                "at": _said(one.at),
            }
            for one in after.refunds
        ],
    }


def line_document(line: Line, money: Callable[[int], str]) -> Document:
    return {
        "id": line.id,
        "kind": line.kind,
        "item": line.item,
        "quantity": line.quantity,
        "price": money(line.price_cents),
        "discount": money(line.discount_cents),
        "tax": money(line.tax_cents),
        "appointment": line.appointment,
        "staff": line.staff,
    }


def _said(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
