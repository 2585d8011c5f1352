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
from regulars.records.queries import book
from regulars.records.queries.desk_invoices import DeskInvoice, desk_invoice
from regulars.rules import till as rules
from regulars.rules.amounts import format_money
from regulars.rules.facts import Invoice, Line
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.rules.till import LineChange, Moment, MoneyBack
from regulars.services import booking, previews, transactions
from regulars.services.formats.results import or_refused
from regulars.services.organizations import Company
from regulars.services.previews import Asked, Preview
from regulars.services.receiving import Sender, receive_all
from regulars.services.standing_numbers import About

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
        lambda one, now: rules.pay(one, tender, cents, now=now, exponent=till.company.exponent),
    )


def remove_payment(till: Till, shown: Shown, ref: str) -> None:
    _change(till, shown, lambda one, _: rules.remove_payment(one, ref))


def close(till: Till, shown: Shown, *, with_due: bool = False) -> None:
    """Closed now, and with it the visit: an appointment on it whose guest is here is done.

    Refused while something is due, unless that is to stay unpaid.
    """
    exponent = till.company.exponent

    def records(there: DeskInvoice) -> Sequence[Document]:
        now = till.moment(there.center)
        after = rules.close(there.facts, now=now, exponent=exponent, with_due=with_due)
        return [snapshot(there, after, exponent=exponent), *_visits_done(there, exponent)]

    _act(till, shown, records)


def _visits_done(there: DeskInvoice, exponent: int) -> list[Document]:
    refs = sorted({line.appointment for line in there.facts.lines if line.appointment})
    found = [one for ref in refs if (one := book.booking(ref)) is not None]
    return [
        booking.next_step(one, "completed", exponent=exponent)
        for one in found
        if one.status == "checked_in"
    ]


def reopen(till: Till, shown: Shown) -> None:
    _change(till, shown, lambda one, _: rules.reopen(one))


def void(till: Till, shown: Shown) -> None:
    _change(till, shown, lambda one, _: rules.void(one))


def refund(till: Till, shown: Shown, back: MoneyBack) -> None:
    """Money back, of a payment or of the latest first, for a line or for none."""
    exponent = till.company.exponent
    _change(till, shown, lambda one, now: rules.refund(one, back, now=now, exponent=exponent))


def preview_refund(till: Till, there: DeskInvoice, back: MoneyBack) -> Preview:
    """What a refund would do to points, rewards and tier; tried, and taken back."""
    exponent = till.company.exponent
    after = rules.refund(there.facts, back, now=till.moment(there.center), exponent=exponent)
    document = snapshot(there, after, exponent=exponent)
    asked = Asked(till.company, till.sender, till.now)
    on = About(there.guest.key, there.facts.key)
    return previews.tried(asked, on, lambda: asked.receive(document), settles=True)


# -- points and rewards -----------------------------------------------------------------------


def redeem_points(till: Till, shown: Shown, points: int) -> str:
    """Rule 7.2. Its id, answered, follows from the version: a second click is the same act."""
    command = _of(shown, "redeem_points") | {"points": points}
    _act(till, shown, lambda there: [command | {"guest": there.guest.ref}])
    return str(command["id"])


def undo_points(till: Till, shown: Shown, redemption: str) -> None:
    """Rule 7.6: the points go back to the lots they came from."""
    command = _of(shown, "undo_redeem_points") | {"redemption": redemption}
    del command["invoice"]
    _act(till, shown, lambda _: [command])


def tick_rewards(till: Till, shown: Shown, ticked: Sequence[str]) -> None:
    """Rule 10.8: these rewards pay, those no longer ticked go back; all of it or nothing."""
    base = _of(shown, "redeem_reward")

    def records(there: DeskInvoice) -> Sequence[Document]:
        applied = [one.reward for one in there.applied_rewards]
        gone = [one for one in applied if one not in ticked]
        fresh = [one for one in ticked if one not in applied]
        pairs = [("undo_redeem_reward", one) for one in gone]
        pairs += [("redeem_reward", one) for one in fresh]
        return [
            base | {"type": kind, "id": f"{base['id']}-{n}", "reward": one}
            for n, (kind, one) in enumerate(pairs, 1)
        ]

    _act(till, shown, records)


def _of(shown: Shown, kind: str) -> dict[str, Any]:
    return {"type": kind, "id": f"{shown.ref}-{shown.version}", "invoice": shown.ref}


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
            said(
                "Invoice {ref} was changed at another till meanwhile. Nothing was done: look"
                " at it as it is now, and say again what is to be done.",
                ref=shown.ref,
            ),
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
        or_refused(result)


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
