"""The invoices of a center: today's, the open ones, all; found by number or guest."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from regulars.faces.desk import invoice_shown
from regulars.faces.shared.pages import Entry, page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import badges, desk_invoices, finding
from regulars.records.queries.desk_invoices import InvoiceLine, Wanted
from regulars.rules.categories import Badge
from regulars.services.desk import tills

PER_PAGE = 50
MOST_GUESTS = 50
STATES = {
    "today": _("Today"),
    "open": _("Open"),
    "closed": _("Closed"),
    "void": _("Void"),
    "all": _("All"),
}


@page("invoices", nav=Entry(_("Invoices"), "receipt-text", 30))
def invoices(visit: Visit) -> HttpResponse:
    """The latest opened first; the beginning of a number, or of a guest's name."""
    asked = visit.request.GET
    state = asked.get("state", "")
    state = state if state in STATES else ("all" if asked.get("q") else "today")
    rows = desk_invoices.invoice_lines(_wanted(visit, state), limit=PER_PAGE + 1)
    shown = rows[:PER_PAGE]
    context = {
        "rows": _rows(visit, shown),
        "later": _link(visit, after=_mark(shown[-1])) if len(rows) > PER_PAGE else None,
        "earlier": _link(visit, after=None) if asked.get("after") else None,
        "states": [
            {"label": label, "address": _link(visit, state=name, after=None)}
            | {"is_here": name == state}
            for name, label in STATES.items()
        ],
        "state": state,
        "q": asked.get("q", ""),
        "is_everywhere": asked.get("where") == "all",
    }
    template = "desk/invoices.html#rows" if visit.is_partial else "desk/invoices.html"
    return visit.show(template, context)


def _wanted(visit: Visit, state: str) -> Wanted:
    asked = visit.request.GET
    everywhere = asked.get("where") == "all" or visit.center is None
    query = asked.get("q", "").strip()
    return Wanted(
        center=None if everywhere or visit.center is None else visit.center.ref,
        status=state if state in desk_invoices.STATUSES else None,
        since=visit.today if state == "today" else None,
        until=visit.today if state == "today" else None,
        guest=asked.get("guest") or None,
        number=query or None,
        guests=_guests(visit, query),
        after=_after(asked.get("after", "")),
    )


def _guests(visit: Visit, query: str) -> tuple[str, ...]:
    if not query:
        return ()
    found = finding.find_guests(query, limit=MOST_GUESTS, time_zone=visit.zone.key)
    return tuple(one.id for one in found)


@dataclass(frozen=True, slots=True)
class Row:
    """An invoice of the list, with the labels of its guest."""

    line: InvoiceLine
    badges: tuple[Badge, ...]
    center_name: str


def _rows(visit: Visit, lines: list[InvoiceLine]) -> list[Row]:
    guests = sorted({line.guest_key for line in lines})
    here = visit.center.ref if visit.center is not None else ""
    labels = badges.badges_of(guests, here, visit.today)
    names = {one.ref: one.name for one in visit.company.centers.values()}
    return [Row(line, labels[line.guest_key], names[line.center]) for line in lines]


def _mark(row: InvoiceLine) -> str:
    return f"{row.opened_at.isoformat()}_{row.key.hex}"


def _after(mark: str) -> tuple[datetime, UUID] | None:
    """The place a link names; none where it is none."""
    at, _sign, key = mark.partition("_")
    try:
        return datetime.fromisoformat(at), UUID(key)
    except ValueError:
        return None


def _link(visit: Visit, **changes: str | None) -> str:
    query = visit.request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@page("invoices/<path:ref>", example={"ref": "vivian-today"}, under="invoices")
def invoice(visit: Visit, ref: str) -> HttpResponse:
    """One invoice: orders, payments and refunds, loyalty rewards, and its totals."""
    return invoice_shown.show(visit, ref)


@page("receipts/<path:ref>", example={"ref": "i00001"}, under="invoices")
def receipt(visit: Visit, ref: str) -> HttpResponse:
    """The invoice on paper, with the line about points."""
    there = tills.look(ref)
    context = invoice_shown.context_of(visit, there, tab=invoice_shown.ORDERS)
    seen = context["seen"]
    awarded = sum(points for _action, points in seen.awarded) if seen else 0
    context["brings"] = awarded + sum(one.points for _label, one in context["earns"])
    return visit.show("desk/receipt.html", context)
