"""A new invoice: from a guest, or from the appointment of a guest who is here."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from regulars.faces.desk.invoice_acts import cents_said, said
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import STATUS, told
from regulars.faces.shared.sending import new_token, token_of
from regulars.faces.shared.visits import Visit
from regulars.records.queries import book, catalog, finding
from regulars.records.queries import said as records_said
from regulars.rules.facts import Line
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services.desk import opening
from regulars.services.desk.opening import Chosen, Once, Opening
from regulars.services.desk.tills import Till

MOST_FOUND = 12


@page("new-invoice", needs=Permission.RECORD_FACTS, methods=("GET", "POST"), under="invoices")
def invoice_new(visit: Visit) -> HttpResponse:
    """Whose, and what first: with that it is opened and gets its number."""
    asked = visit.request.POST or visit.request.GET
    booked = _booked(asked.get("appointment", ""))
    guest = booked.guest if booked is not None else asked.get("guest", "")
    if booked is not None and booked.invoice and visit.request.method == "GET":
        return visit.go("invoice", ref=booked.invoice)
    context: dict[str, Any] = {"problem": "", "booked": booked, "token": new_token()}
    status = 200
    if visit.request.method == "POST":
        try:
            return visit.go("invoice", ref=_open(visit, guest, booked))
        except Refused as refused:
            context["problem"], status = told(refused, visit), STATUS.get(refused.code, 422)
    context |= _found(visit, guest, booked)
    if visit.is_partial and "item" in visit.request.GET:
        return visit.show("desk/invoice_new.html#items", context)
    return visit.show("desk/invoice_new.html", context, status=status)


def _booked(ref: str) -> book.Booking | None:
    if not ref:
        return None
    found = book.booking(ref)
    if found is None:
        raise unknown_reference("appointment", ref, field="appointment")
    return found


def _found(visit: Visit, guest: str, booked: book.Booking | None) -> dict[str, Any]:
    """The guest, or those who may be meant; what the appointment is for; the catalog."""
    asked = visit.request.GET
    exponent = visit.company.exponent
    named = records_said.one("guest", guest, exponent=exponent) if guest else None
    if guest and named is None:
        raise unknown_reference("guest", guest, field="guest")
    query = asked.get("q", "").strip()
    found = []
    if named is None and query:
        found = finding.find_guests(query, limit=MOST_FOUND, time_zone=visit.zone.key)
    words = asked.get("item", "").strip()
    rows = catalog.items(search=words, limit=MOST_FOUND).rows if named else ()
    services = [catalog.item(ref) for ref in booked.services] if booked is not None else []
    return {
        "guest": named,
        "q": query,
        "found": found,
        "words": words,
        "rows": rows,
        "services": [one for one in services if one is not None],
    }


def _open(visit: Visit, guest: str, booked: book.Booking | None) -> str:
    center = _center(visit, booked)
    till = Till(visit.company, visit.sender, visit.now)
    ref = booked.ref if booked is not None else None
    once = Once(visit.member.id, token_of(visit))
    lines = _lines(visit, booked, center)
    return opening.open_invoice(till, Opening(guest, center, ref), lines, once=once)


def _center(visit: Visit, booked: book.Booking | None) -> str:
    if booked is not None:
        return booked.center
    if visit.center is None:
        raise Refused("unknown_reference", _("There is no center yet."), field="center")
    return visit.center.ref


def _lines(visit: Visit, booked: book.Booking | None, center: str) -> list[Line]:
    """What was chosen of the catalog, else what the appointment is for."""
    ref, staff = (booked.ref, booked.staff) if booked is not None else (None, None)
    item = said(visit, "item")
    if item:
        price = cents_said(visit, "price")
        chosen = [Chosen(item, price_cents=price, appointment=ref, staff=staff)]
    else:
        services = booked.services if booked is not None else ()
        chosen = [Chosen(one, appointment=ref, staff=staff) for one in services]
    return [opening.line_of(one, center=center) for one in chosen]
