"""Files of other systems brought in, and everything taken out again."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import import_words as words
from regulars.faces.office.files import streamed
from regulars.faces.office.people import names_of
from regulars.faces.office.whole_company import require_every_center
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.spoken import spoken
from regulars.faces.shared.visits import Visit
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services import desk_changes, exporting, exporting_tables
from regulars.services.imports import mappings, runs, showing
from regulars.services.imports.workbooks import LARGEST as LARGEST_WORKBOOK

SET_UP = Permission.SET_UP
MOST = 50
MIB = 2**20


class FileForm(DeskForm):
    """A file of one kind; the sheet only of a workbook with several."""

    kind = forms.ChoiceField(choices=[(kind, told[1]) for kind, told in words.KINDS.items()])
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    sheet = forms.CharField(
        label=gettext_lazy("Sheet of the workbook"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Without one, the first sheet that has rows."),
    )


@page(
    "imports",
    needs=SET_UP,
    nav=Entry(gettext_lazy("Imports"), "file-up", 40, Area.OFFICE),
)
def imports(visit: Visit) -> HttpResponse:
    """The newest imports, and the columns that are known by name."""
    require_every_center(visit)
    names = names_of(visit)
    rows = [import_row(visit, row, names) for row in runs.runs(limit=MOST)]
    context = {"rows": rows, "mappings": mappings.kept_mappings(), "kinds": words.KINDS}
    return visit.show("office/imports.html", context)


def import_row(visit: Visit, row: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """An import as its line and its page tell it."""
    state = showing.state_of(visit.company, row)
    is_tried = state["dry_run"] and state["state"] == runs.DONE
    icon, color, name = words.STATES["tried" if is_tried else state["state"]]
    return {
        **state,
        "by": names.get(state["by"], state["by"]),
        "kind_icon": words.KINDS[state["kind"]][0],
        "kind_name": words.KINDS[state["kind"]][1],
        "names": ", ".join(file["name"] for file in state["files"]),
        "icon": icon,
        "color": color,
        "state_name": name,
        "is_tried": is_tried,
        "problem": spoken(runs.problem_of(row), visit),
        "is_under_way": state["state"] in (runs.WAITING, runs.RUNNING),
        "n_refused": state["counts"].get("refused", 0),
    }


@page("imports/new", needs=SET_UP, methods=("GET", "POST"), under="imports")
def import_new(visit: Visit) -> HttpResponse:
    """A file is sent in and looked at; nothing of it is taken yet."""
    require_every_center(visit)
    request = visit.request
    form = FileForm(
        visit, request.POST or None, request.FILES or None, initial={"kind": "guests"}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            run = runs.receive_file(
                said["kind"],
                said["file"].name,
                said["file"].chunks(),
                actor=visit.actor,
                at=visit.now,
                sheet=said["sheet"] or None,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return visit.go("import_run", ref=str(run))
    context = {
        "form": form,
        "kinds": words.KINDS,
        "chosen": form["kind"].value(),
        "most": runs.LARGEST_FILE // MIB,
        "most_workbook": LARGEST_WORKBOOK // MIB,
    }
    return visit.show("office/import_new.html", context, status=422 if form.errors else 200)


@page("imports/forget-columns", needs=SET_UP, methods=("POST",), under="imports")
def import_forget(visit: Visit) -> HttpResponse:
    """A mapping is forgotten; imports that used it keep what they were told."""
    require_every_center(visit)
    name = visit.request.POST.get("name", "")[:200]
    mappings.remove(name)
    visit.say(_("The columns “%(name)s” are forgotten.") % {"name": name})
    return visit.go("imports")


# -- taking out -------------------------------------------------------------------------------


@page("exports", needs=SET_UP, under="imports")
def exports(visit: Visit) -> HttpResponse:
    """Everything there is, as files."""
    require_every_center(visit)
    return visit.show("office/exports.html", {"tables": words.TABLES})


@page("exports/<str:table>", needs=SET_UP, under="imports", example={"table": "guests.csv"})
def export_file(visit: Visit, table: str) -> Any:
    """One kind of record as CSV, or the whole history as records, sent while it is read."""
    require_every_center(visit)
    company = visit.company
    name, _dot, form = table.rpartition(".")
    if table == "everything.jsonl":
        _note(visit, f"{company.ref}-{visit.today}.jsonl")
        records = (msgspec.json.encode(one) + b"\n" for one in exporting.records(company))
        return streamed(visit, records, f"{company.ref}-{visit.today}.jsonl")
    if form != "csv":
        name = table
    exporting_tables.table_named(name)
    _note(visit, f"{name}-{visit.today}.csv")
    lines = exporting_tables.csv_lines(company, name)
    return streamed(visit, lines, f"{name}-{visit.today}.csv")


def _note(visit: Visit, name: str) -> None:
    desk_changes.note_file(name, at=visit.now, by=visit.actor.name)
