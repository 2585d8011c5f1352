"""An invoice is opened with its first line, and gets the next number of its center."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from functools import partial
from uuid import UUID

from regulars.records import locks, models, visits
from regulars.records.queries import said as as_sent
from regulars.records.queries.desk_invoices import usual_tax
from regulars.rules.amounts import half_even_div
from regulars.rules.facts import Line
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import answers, transactions
from regulars.services.answers import Answered
from regulars.services.catalog import WHOLE
from regulars.services.desk.tills import Till, line_document, send

LEAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Opening:
    """For whom an invoice is opened, where, and of which appointment, if any."""

    guest: str
    center: str
    appointment: str | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """Whose form it was, and the token it carried: sent again, it opens nothing more."""

    sender: UUID
    token: str


def open_invoice(
    till: Till, opening: Opening, lines: Sequence[Line], *, once: Once | None = None
) -> str:
    """Its number. The lines are those that it begins with, one at least.

    Refused: no line, an appointment of somebody else's, or one that has an invoice.
    """
    return transactions.write(partial(_open_once, till, opening, lines, once))


def _open_once(till: Till, opening: Opening, lines: Sequence[Line], once: Once | None) -> str:
    if once is None:
        return _open(till, opening, lines)
    known = answers.claim(once.sender, once.token, "invoice", now=till.now)
    if known is not None:
        return known.body
    number = _open(till, opening, lines)
    answers.keep(once.sender, once.token, Answered(201, "text/plain", number))
    return number


def _open(till: Till, opening: Opening, lines: Sequence[Line]) -> str:
    if not lines:
        raise Refused("invalid_record", said("An invoice begins with a line."), field="lines")
    locks.lock_named_guests([opening.guest])
    if opening.appointment is not None:
        _check_appointment(till, opening, opening.appointment)
    number = next_number(opening.center)
    numbered = [
        replace(line, id=f"l{n}", appointment=line.appointment or opening.appointment)
        for n, line in enumerate(lines, 1)
    ]
    document = {
        "type": "invoice",
        "id": number,
        "guest": opening.guest,
        "center": opening.center,
        "opened_at": till.now.astimezone(UTC).isoformat(),
        "status": "open",
        "lines": [line_document(line, till.money) for line in numbered],
    }
    send(till, [document])
    return number


def invoice_of(appointment: str) -> str | None:
    """The invoice that names the appointment, or that it names; void ones do not count."""
    refs = [ref for _, ref in visits.invoice_links(appointments=[appointment])]
    rows = models.Appointment.objects.filter(external_id=appointment)
    refs += [ref for ref in rows.values_list("invoice_ref", flat=True) if ref]
    named = models.Invoice.objects.filter(external_id__in=refs).exclude(status="void")
    found = [*named.order_by("opened_at").values_list("external_id", flat=True)[:1]]
    return found[0] if found else None


def _check_appointment(till: Till, opening: Opening, ref: str) -> None:
    named = as_sent.one("appointment", ref, exponent=till.company.exponent)
    if named is None:
        raise unknown_reference("appointment", ref, field="appointment")
    if named["guest"] != opening.guest:
        raise Refused(
            "invalid_record",
            said("Appointment {ref} is another guest's.", ref=ref),
            field="appointment",
            value=ref,
        )
    known = invoice_of(ref)
    if known is not None:
        raise Refused(
            "conflict",
            said("Appointment {ref} has an invoice already: {known}.", ref=ref, known=known),
            field="appointment",
            value=ref,
            detail={"invoice": known},
        )


def next_number(center: str) -> str:
    """soho-0001, soho-0002, …: the next that is free, counted under a lock."""
    row = models.Center.objects.filter(external_id=center).first()
    if row is None:
        raise unknown_reference("center", center, field="center")
    counters = models.InvoiceCounter.objects.filter(center=row.id)
    last = counters.select_for_update().values_list("last", flat=True).first()
    number = 1 if last is None else last + 1
    while models.Invoice.objects.filter(external_id=_written(center, number)).exists():
        number += 1
    if last is None:
        models.InvoiceCounter.objects.create(center=row, last=number)
    else:
        counters.update(last=number)
    return _written(center, number)


def _written(center: str, number: int) -> str:
    return f"{center}-{number:0{LEAST_DIGITS}}"


# -- what a line may be -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """Something of the catalog, put on an invoice. No price: the catalog's; no tax: at its rate
    in the catalog, else as it was taxed last. Money is for the whole line, the price for one.
    """

    item: str
    quantity: int = 1
    price_cents: int | None = None
    tax_cents: int | None = None
    staff: str | None = None
    appointment: str | None = None


def line_of(chosen: Chosen, *, center: str) -> Line:
    """Refused: an item that is not known, or whose price has to be said."""
    row = models.Item.objects.filter(external_id=chosen.item).first()
    if row is None:
        raise unknown_reference("item", chosen.item, field="item")
    each = chosen.price_cents if chosen.price_cents is not None else row.price_cents
    if each is None:
        raise Refused(
            "invalid_record",
            said("{name} has no price of its own: say one.", name=row.name),
            field="price",
        )
    price = each * chosen.quantity
    tax = chosen.tax_cents
    if tax is None:
        tax = _tax(row, price, center=center)
    return Line(
        "",
        row.kind,
        price,
        tax_cents=tax,
        appointment=chosen.appointment,
        item=chosen.item,
        quantity=chosen.quantity,
        staff=chosen.staff,
    )


def _tax(row: models.Item, price_cents: int, *, center: str) -> int:
    """At the item's own rate; where the catalog has none, as it was taxed here last."""
    offers = models.ItemOffer.objects.filter(item_id=row.id)
    rate = offers.values_list("tax_rate", flat=True).first()
    if rate is not None:
        return half_even_div(rate * price_cents, WHOLE)
    usual = usual_tax(center, row.external_id)
    return half_even_div(usual[0] * price_cents, usual[1]) if usual else 0
