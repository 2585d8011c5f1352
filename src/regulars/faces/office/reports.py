"""The reports on screen: filters, a table that is sorted and paged, saved views, files."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import report_asking as asking
from regulars.faces.office import report_words
from regulars.faces.office.people import names_of
from regulars.faces.office.written import FigureWriter
from regulars.faces.shared.listing import Column as Head
from regulars.faces.shared.listing import Listing, listing_of
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import reports_ledger
from regulars.services import desk_changes, report_views
from regulars.services.reports import catalog, files
from regulars.services.reports.asking import Request
from regulars.services.reports.paged import Sorting, part_of, sort_rows
from regulars.services.reports.report import Column, Kind, Report, Row, Table, Value

KINDS = {"integer": "number", "money": "number", "date": "day", "instant": "day"}
_EMPTY = Head("", "")
_ORDER = ("Sort", "Order")
_PERSON = "by"
_SHORT = ("guest", "name", "phone", "tier", "from", "to")
"""Columns that stay on one line, however narrow the screen."""
NOBODY: Mapping[str, str] = {}
LONG = 10_000
"""With more guests than that, a report is read after its page is there."""


@page("reports", nav=Entry(gettext_lazy("Reports"), "file-chart-column", 10, Area.OFFICE))
def reports(visit: Visit) -> HttpResponse:
    """What reports there are, what each answers, and the views that were saved."""
    views = report_views.views_for(visit.member)
    shown = [
        {
            "name": name,
            "title": report_words.TITLES[name],
            "answer": report_words.ANSWERS[name],
            "icon": report_words.ICONS[name],
            "views": [_view(one) for one in views if one.report == name],
        }
        for name, entry in catalog.REPORTS.items()
        if asking.may_see(visit, entry.question)
    ]
    return visit.show("office/reports.html", {"reports": shown})


@page("reports/<str:ref>", example={"ref": "points"}, under="reports")
def report(visit: Visit, ref: str) -> HttpResponse:
    """One report as it was asked for; a long one comes after its filters, once it is read."""
    question = catalog.entry_of(ref).question
    words = asking.words_asked(visit, question)
    request = asking.request_of(visit, ref, words, question=question)
    catalog.check(visit.company, request)
    if visit.is_partial:
        return visit.show("office/report.html#found", _found(visit, request))
    is_whole = "whole" in visit.request.GET
    is_later = not (is_whole or "shown" in visit.request.GET)
    is_later = is_later and reports_ledger.has_many_guests(LONG)
    order = visit.request.GET.get("order", "")
    kept = {**words, **({"order": order} if order else {})}
    context = {
        "name": ref,
        "title": report_words.TITLES[ref],
        "answer": report_words.ANSWERS[ref],
        "fields": asking.fields_of(visit, question, words),
        "query": urlencode(words),
        "file_query": urlencode(kept),
        "asked": visit.request.GET.urlencode(),
        "is_later": is_later,
        "is_whole": is_whole,
        "back": f"?{urlencode(kept)}",
        "views": [
            {**_view(one), "is_here": dict(one.words) == words}
            for one in report_views.views_for(visit.member, report=ref)
        ],
        **({} if is_later else _found(visit, request)),
    }
    return visit.show("office/report.html", context)


@page(
    "reports/<str:ref>/file/<str:kind>",
    example={"ref": "points", "kind": "csv"},
    under="reports",
)
def report_file(visit: Visit, ref: str, kind: str) -> Any:
    """The same as a file, whole."""
    question = catalog.entry_of(ref).question
    words = asking.words_asked(visit, question)
    request = asking.request_of(visit, ref, words, question=question)
    asked = visit.request.GET.get("order", "")
    sorting = Sorting(asked.removeprefix("-"), asked.startswith("-")) if asked else None
    out = files.written(visit.company, request, kind, sorting=sorting)
    name = f"{ref}-{visit.today}.{kind}"
    desk_changes.note_file(name, at=visit.now, by=visit.actor.name)
    return FileResponse(
        out,
        as_attachment=True,
        filename=name,
        content_type=files.KINDS[kind],
    )


# -- views ------------------------------------------------------------------------------------


@page("reports/<str:ref>/views", methods=("POST",), under="reports")
def report_view_new(visit: Visit, ref: str) -> HttpResponse:
    """Keep what is asked for under a name."""
    question = catalog.entry_of(ref).question
    words = asking.words_asked(visit, question)
    said = visit.request.POST
    report_views.keep_view(
        visit.member,
        ref,
        said.get("view", ""),
        words,
        is_shared=bool(said.get("is_shared")),
        at=visit.now,
    )
    visit.say(_("The view is saved."))
    response = visit.go("report", ref=ref)
    response["Location"] += f"?{urlencode(words)}"
    return response


@page("report-views/<str:view>/remove", methods=("POST",), under="reports")
def report_view_remove(visit: Visit, view: str) -> HttpResponse:
    """Forget a view; the report stays what it is."""
    ref = report_views.remove_view(visit.member, view)
    visit.say(_("The view is removed."))
    return visit.go("report", ref=ref)


def _view(one: report_views.View) -> dict[str, Any]:
    return {"view": one, "query": urlencode(one.words)}


# -- the table --------------------------------------------------------------------------------


def _found(visit: Visit, request: Request) -> dict[str, Any]:
    """The rows of a page with all that stands around them."""
    with catalog.opened(visit.company, request) as found:
        listing = _listing(visit, found)
        if listing.order:
            sort_rows(found, Sorting(listing.order, listing.is_descending))
        part = part_of(found, offset=listing.offset, size=listing.size)
    writer = FigureWriter(visit)
    has_people = any(one.name == _PERSON for one in found.columns)
    names = names_of(visit) if has_people else {}
    cells = [_cells(writer, found.columns, row, names) for row in part.rows]
    return {
        "title": report_words.TITLES[request.name],
        "shown": listing.of(cells, part.n_rows),
        **_told(writer, found),
    }


def _listing(visit: Visit, found: Report) -> Listing:
    """Sorted by no column unless one is asked for: a report has an order of its own."""
    heads = [
        Head(one.name, report_words.word(one.title), KINDS.get(one.kind, "text"))
        for one in found.columns
    ]
    listing = listing_of(visit.request, [_EMPTY, *heads])
    return Listing(visit.request, heads, listing.order, listing.is_descending, listing.number)


def _cells(
    writer: FigureWriter, columns: Sequence[Column], row: Row, names: Mapping[str, str] = NOBODY
) -> list[dict[str, Any]]:
    """What stands in a row; a guest's id and name lead to the guest, staff have `names`."""
    guest = next(
        (value for one, value in zip(columns, row, strict=True) if one.name == "guest"), None
    )
    return [
        {
            "text": (
                names.get(str(value), value or "")
                if column.name == _PERSON
                else _written(writer, column.kind, value)
            ),
            "is_number": column.kind in ("integer", "money"),
            "is_short": column.kind in ("date", "instant") or column.name in _SHORT,
            "is_code": column.name == "code",
            "guest": guest if column.name in ("guest", "name") else None,
        }
        for column, value in zip(columns, row, strict=True)
    ]


def _written(writer: FigureWriter, kind: Kind, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return writer.money(value) if kind == "money" else writer.number(value)
    if isinstance(value, date):
        return writer.day(value, "medium")
    return report_words.choice(value)


def _told(writer: FigureWriter, found: Report) -> dict[str, Any]:
    """Totals, figures, small tables, and how it is counted."""
    has_totals = any(column.is_summed for column in found.columns) and found.n_rows > 1
    totals = [found.totals.get(column.name) for column in found.columns]
    return {
        "totals": _cells(writer, found.columns, totals) if has_totals else [],
        "figures": [
            {
                "label": report_words.word(one.label),
                "value": _written(writer, one.kind, one.value),
            }
            for one in found.figures
        ],
        "tables": [_table(writer, one) for one in found.tables],
        "parameters": [
            (report_words.parameter(label), _parameter(writer, text))
            for label, text in found.parameters
            if label not in _ORDER  # the heads of the columns say it
        ],
        "notes": found.notes,
    }


_POINT_VALUE = re.compile(r"(?P<amount>[\d.]+) (?P<currency>[A-Z]{3}), program of (?P<day>\S+)")


def _parameter(writer: FigureWriter, text: str) -> str:
    """Parameters are text, their days and amounts too."""
    if found := _POINT_VALUE.fullmatch(text):
        value = writer.exact_money(Decimal(found["amount"]))
        on = writer.day(date.fromisoformat(found["day"]), "medium")
        return _("%(value)s, program of %(day)s") % {"value": value, "day": on}
    try:
        return writer.day(date.fromisoformat(text), "medium")
    except ValueError:
        return report_words.choice(text)


def _table(writer: FigureWriter, table: Table) -> dict[str, Any]:
    return {
        "title": report_words.word(table.title),
        "heads": [
            {"title": report_words.word(one.title), "kind": KINDS.get(one.kind, "text")}
            for one in table.columns
        ],
        "rows": [_cells(writer, table.columns, row) for row in table.rows],
    }
