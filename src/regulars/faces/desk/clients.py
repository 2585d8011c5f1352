"""The client list: searched, narrowed, sorted, with the columns one likes, and as a file."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.guest_forms import status_choices
from regulars.faces.desk.guest_frame import center_choices
from regulars.faces.desk.guest_words import COLUMNS
from regulars.faces.shared.pages import Entry, page
from regulars.faces.shared.visits import Visit
from regulars.faces.shared.writing import Writer
from regulars.records.queries import badges
from regulars.records.queries.client_places import SORTS
from regulars.rules.categories import TIER
from regulars.services import client_lists, desk_changes, staff_choices
from regulars.services.client_lists import Asked, ClientShown
from regulars.services.reports.report import Value

ABOUT = "client_list"
FILTERS = ("status", "included", "tier", "category", "has_rewards", "opted_in", "center")
_WORDS = ("search", *FILTERS, "sort")
_IN_THEIR_WAY = {"name", "tier", "categories", "status", "included", "opted_in"}
_CSS = {"email": "long", "date": "nowrap", "integer": "number", "money": "number"}
"""The class of a cell, by its column or by its kind."""
_KINDS = {column.name: column.kind for column in client_lists.COLUMNS}


@page("clients", nav=Entry(gettext_lazy("Clients"), "book-user", 25))
def clients(visit: Visit) -> HttpResponse:
    """Everybody, or who was asked for."""
    asked = _asked(visit)
    after = visit.request.GET.get("after") or None
    columns = _columns(visit)
    labels = {name: mark_safe(escape(str(COLUMNS[name]))) for name in columns}
    writer = Writer(visit)
    shown = client_lists.client_page(visit.company, asked, after=after)
    context = {
        "asked": asked.words,
        "columns": columns,
        "heads": [_head(asked, name) for name in columns],
        "rows": [_row(writer, one, labels) for one in shown.rows],
        "first": _link(asked) if after else None,
        "further": _link(asked, after=shown.next) if shown.next else None,
        # Few are like that: it looked through a part of them, and found no full page.
        "is_begun": shown.next is not None and len(shown.rows) < client_lists.PAGE,
        "file": urlencode(asked.words),
        "is_narrowed": any(asked.words.get(name) for name in FILTERS),
    }
    if visit.is_partial:
        return visit.show("desk/clients.html#list", context)
    context |= {
        "filters": _filters(visit, asked),
        "all_columns": [
            {"name": name, "label": label, "is_on": name in columns, "is_fixed": name == "name"}
            for name, label in COLUMNS.items()
        ],
    }
    return visit.show("desk/clients.html", context)


@page("clients/columns", methods=("POST",))
def client_columns(visit: Visit) -> HttpResponse:
    """The columns this staff member wants to see from now on."""
    names = [name for name in visit.request.POST.getlist("columns") if name in COLUMNS]
    staff_choices.keep_choice(visit.member.ref, ABOUT, names)
    visit.say(_("Your columns are kept."))
    return visit.go("clients")


@page("clients/file", under="clients")
def client_file(visit: Visit) -> Any:
    """The list as asked for, whole, in the columns one sees; sent while it is read."""
    lines = client_lists.client_file(
        visit.company, _asked(visit), _columns(visit), now=visit.now
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"clients-{visit.today}.csv"
    desk_changes.note_file(name, at=visit.now, by=visit.actor.name)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(visit: Visit) -> Asked:
    said = visit.request.GET
    words = {name: said.get(name, "")[:200].replace("\x00", "") for name in _WORDS}
    center = visit.center.ref if visit.center else None
    return Asked(center, visit.today, {name: text for name, text in words.items() if text})


def _columns(visit: Visit) -> tuple[str, ...]:
    return client_lists.chosen_columns(staff_choices.choice_of(visit.member.ref, ABOUT))


def _link(asked: Asked, **changes: str) -> str:
    return "?" + urlencode({**asked.words, **changes})


def _head(asked: Asked, name: str) -> dict[str, Any]:
    """A column's head; where the list can be sorted by it, a link that does."""
    now = asked.words.get("sort", "name")
    is_it, is_down = now.removeprefix("-") == name, now.startswith("-")
    first = "-" if name in ("points", "rewards", "n_rewards", "tier", "known") else ""
    turned = ("" if is_down else "-") if is_it else first
    return {
        "label": COLUMNS[name],
        "kind": "number" if _KINDS[name] in ("integer", "money") else "text",
        "link": _link(asked, sort=turned + name) if name in SORTS else None,
        "sorting": ("descending" if is_down else "ascending") if is_it else "",
    }


def _row(writer: Writer, one: ClientShown, labels: Mapping[str, SafeString]) -> dict[str, Any]:
    """What the page shows in a way of its own by `name`, and the cells between, ready-made.

    There are hundreds of cells on a page: what a template would have to choose costs the most.
    """
    cells: list[dict[str, Any]] = []
    plain: list[str] = []
    for name, label in labels.items():
        value = client_lists.cell_of(name, one)
        if name in _IN_THEIR_WAY:
            before = mark_safe("".join(plain))
            cells.append({"before": before, "name": name, "label": label, "value": value})
            plain = []
        else:
            plain.append(_plain(writer, name, label, value))
    return {"one": one, "cells": cells, "rest": mark_safe("".join(plain))}


def _plain(writer: Writer, name: str, label: SafeString, value: Value) -> str:
    """A cell with a text, a number or a day, as HTML; `label` is HTML too."""
    kind = _KINDS[name]
    css = _CSS.get(name) or _CSS.get(kind, "")
    if isinstance(value, date):
        shown: str = writer.dated(value)
    elif isinstance(value, int) and kind == "integer":
        shown = escape(writer.points(value))
    elif isinstance(value, int) and value:
        shown = escape(writer.money(value))
    else:  # no reward is no amount; no points are a number
        shown = escape(str(value or ""))
    if not shown:
        css, shown = f"{css} is-none".lstrip(), "–"
    named = f' class="{css}"' if css else ""
    return f'<td{named} data-label="{label}">{shown}</td>'


def _filters(visit: Visit, asked: Asked) -> list[dict[str, Any]]:
    """The choices above the list, with what is chosen."""
    yes_or_no = [("yes", _("yes")), ("no", _("no"))]
    program = visit.company.versions.on(visit.today)
    ladder = [(tier.id, tier.name) for tier in program.tiers] if program else []
    choices: dict[str, list[tuple[str, str]]] = {
        "status": [choice for choice in status_choices() if choice[0]],
        "included": [("yes", _("included")), ("no", _("not included"))],
        "tier": [*ladder, (client_lists.NO_TIER, _("in no tier"))],
        "category": _categories(visit),
        "has_rewards": yes_or_no,
        "opted_in": yes_or_no,
        "center": center_choices(visit.company),
    }
    labels = {
        "status": _("Status"),
        "included": _("Loyalty rewards"),
        "tier": _("Tier"),
        "category": _("Category"),
        "has_rewards": _("Has rewards"),
        "opted_in": _("Takes part"),
        "center": _("Home center"),
    }
    return [
        {
            "name": name,
            "label": labels[name],
            "choices": [
                {"value": value, "label": label, "is_on": asked.words.get(name) == value}
                for value, label in choices[name]
            ],
        }
        for name in FILTERS
        if len(choices[name]) > 1 or (choices[name] and name != "center")
    ]


def _categories(visit: Visit) -> list[tuple[str, str]]:
    if visit.center is None:
        return []
    found = badges.categories_of(visit.center.ref)
    return [(one.kind, one.label if one.kind != TIER else _("in a tier")) for one in found]
