"""One import: its columns, tried, taken in, watched; its rows and what is to be corrected."""

from hashlib import sha256
from time import monotonic
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from regulars.faces.office import import_words as words
from regulars.faces.office.files import streamed
from regulars.faces.office.import_mapping import mapping_said, missing_of, shown_file
from regulars.faces.office.imports import import_row
from regulars.faces.office.people import names_of
from regulars.faces.office.whole_company import require_every_center
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import STATUS, check_fresh, told
from regulars.faces.shared.spoken import spoken
from regulars.faces.shared.visits import Visit
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import Said
from regulars.services import worker, workers
from regulars.services.imports import corrections, keeping, mappings, reports, runs
from regulars.services.imports.mapping import mapping_from
from regulars.services.imports.performing import RowReport

SET_UP = Permission.SET_UP
ROWS = 50
SANDBOX_SECONDS = 2.0


@page("imports/run/<str:ref>", needs=SET_UP, under="imports")
def import_run(visit: Visit, ref: str) -> HttpResponse:
    """How it stands. While it is under way the page asks again and again, and may be closed."""
    require_every_center(visit)
    row = runs.run_of(ref)
    if visit.is_partial and visit.company.is_sandbox:
        _go_on(visit)
        row = runs.run_of(ref)
    told_run = import_row(visit, row, names_of(visit))
    if visit.is_partial and not told_run["is_under_way"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    template = "office/import_run.html"
    context = {"run": told_run} if visit.is_partial else _context(visit, row, told_run)
    return visit.show(f"{template}#progress" if visit.is_partial else template, context)


def _go_on(visit: Visit) -> None:
    """No worker serves a sandbox: whoever looks at an import carries it on for a while."""
    until = monotonic() + SANDBOX_SECONDS
    worker.go_on_with_imports(
        visit.company,
        now=visit.now,
        worker=workers.name_of_this_process(),
        must_stop=lambda: monotonic() > until,
    )


def _context(
    visit: Visit, row: Any, run: dict[str, Any], sentences: tuple[str, ...] = ()
) -> dict[str, Any]:
    files = [shown_file(run["kind"], place, one) for place, one in enumerate(run["files"])]
    is_over = run["state"] == runs.DONE and not run["dry_run"]
    status = visit.request.GET.get("rows", "refused" if run["n_refused"] else "")
    status = status if status in words.ROWS else ""
    return {
        "run": run,
        "files": files,
        "sentences": sentences,
        "version": _version(row),
        "missing": missing_of(run["kind"], files),
        "may_change": not run["is_under_way"] and not is_over and run["state"] != "cancelled",
        "is_over": is_over,
        "kinds": words.KINDS,
        "totals": [{**one, "label": words.TOTALS[one["name"]]} for one in run["totals"]],
        "expected": [
            {"name": name, "label": words.TOTALS[name], "value": _stated(run, name)}
            for name in words.EXPECTED[run["kind"]]
        ],
        "counts": [(words.ROWS[name], run["counts"].get(name, 0), name) for name in words.ROWS],
        "status": status,
        "corrections": list(enumerate(corrections.files_to_correct(row))),
        **_rows(visit, row, status),
    }


def _stated(run: dict[str, Any], name: str) -> str:
    return next((one["stated"] or "" for one in run["totals"] if one["name"] == name), "")


def _rows(visit: Visit, row: Any, status: str) -> dict[str, Any]:
    """A page of the report: 50 rows of a state, or of all."""
    mark = visit.request.GET.get("after", "")
    after = int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 16 else 0
    found = list(keeping.report_of(row.id, after=after, limit=ROWS + 1, status=status or None))
    shown = [
        {
            "line": one,
            "record": one.record.partition("/")[2],  # its kind is that of the file
            "state": words.ROWS[one.status],
            "field": words.field_name(row.kind, one.field) if one.field else "",
            "sentence": _sentence(visit, row.kind, one),
        }
        for _, one in found[:ROWS]
    ]
    return {
        "rows": shown,
        "after": after,
        "next": found[ROWS - 1][0] if len(found) > ROWS else None,
    }


def _sentence(visit: Visit, kind: str, line: RowReport) -> str:
    """What is said of a row, without the field and the value, which stand beside it.

    Of reports that were kept without templates, the English sentence.
    """
    if not line.said:
        return line.message or ""
    label = str(words.field_name(kind, line.field)) if line.field else ""
    told_now = [spoken(_in_words(one, line.field, label), visit) for one in line.said]
    return " ".join(one[:1].upper() + one[1:] for one in told_now)


def _in_words(sentence: str, field: str | None, label: str) -> str:
    """The sentence with what the page calls the field where it names that."""
    if not isinstance(sentence, Said):
        return sentence
    values = {
        name: _in_words(value, field, label)
        if isinstance(value, Said)
        else label
        if name in ("field", "name") and value == field
        else value
        for name, value in sentence.values.items()
    }
    return Said(sentence.template, values)


def _version(row: Any) -> str:
    return sha256(row.document.encode()).hexdigest()[:16]


def _again(visit: Visit, ref: str, refused: Refused) -> HttpResponse:
    """The page once more, with the sentence of what was refused."""
    row = runs.run_of(ref)
    context = _context(
        visit, row, import_row(visit, row, names_of(visit)), (told(refused, visit),)
    )
    status = STATUS.get(refused.code, 422)
    return visit.show("office/import_run.html", context, status=status)


# -- columns ----------------------------------------------------------------------------------


@page("imports/run/<str:ref>/columns", needs=SET_UP, methods=("POST",), under="imports")
def import_columns(visit: Visit, ref: str) -> HttpResponse:
    """Which column is which, as somebody said; kept under a name if they gave one."""
    require_every_center(visit)
    row = runs.run_of(ref)
    check_fresh(visit, _version(row))
    said = visit.request.POST
    place = said.get("file", "0")
    files = runs.document_of(row).files
    if not place.isascii() or not place.isdigit() or int(place) >= len(files):
        raise unknown_reference("file", place[:20], field="file")
    headers = [one.header for one in files[int(place)].guesses]
    try:
        mapping = mapping_said(visit, headers)
        runs.set_mapping(ref, int(place), mapping)
        if name := said.get("keep_as", "").strip():
            by = visit.actor.name
            kept = mapping_from(mapping)
            mappings.keep(name, row.kind, kept, headers=headers, at=visit.now, by=by)
        if said.get("next") == "try":
            _begin(visit, ref, is_trial=True)
    except Refused as refused:
        return _again(visit, ref, refused)
    if said.get("next") != "try":
        visit.say(_("The columns are saved."))
    return visit.go("import_run", ref=ref)


@page("imports/run/<str:ref>/file", needs=SET_UP, methods=("POST",), under="imports")
def import_file(visit: Visit, ref: str) -> HttpResponse:
    """One more file of the same invoices, joined by their numbers."""
    require_every_center(visit)
    row = runs.run_of(ref)
    file = visit.request.FILES.get("file")
    try:
        if file is None:
            raise Refused("invalid_record", _("Choose a file first."), field="file")
        runs.receive_file(
            row.kind, str(file.name), file.chunks(), actor=visit.actor, at=visit.now, run=ref
        )
    except Refused as refused:
        return _again(visit, ref, refused)
    return visit.go("import_run", ref=ref)


# -- carried out ------------------------------------------------------------------------------


@page("imports/run/<str:ref>/start", needs=SET_UP, methods=("POST",), under="imports")
def import_start(visit: Visit, ref: str) -> HttpResponse:
    """Tried, or taken in: the worker does it, so the page may be closed."""
    require_every_center(visit)
    try:
        _begin(visit, ref, is_trial=visit.request.POST.get("how") != "take")
    except Refused as refused:
        return _again(visit, ref, refused)
    return visit.go("import_run", ref=ref)


def _begin(visit: Visit, ref: str, *, is_trial: bool) -> None:
    row = runs.run_of(ref)
    said = visit.request.POST
    names = words.EXPECTED[row.kind]
    sent = {name: said.get(f"expect-{name}", "").strip()[:40] for name in names}
    # The form of the columns does not ask for totals; what was stated stays.
    kept = runs.document_of(row).stated
    stated = {name: sent[name] or kept.get(name, "") for name in names}
    if any(f"expect-{name}" in said for name in names):
        stated = sent
    runs.begin(
        visit.company,
        ref,
        is_trial=is_trial,
        actor=visit.actor,
        at=visit.now,
        stated={name: value for name, value in stated.items() if value},
    )


@page("imports/run/<str:ref>/stop", needs=SET_UP, methods=("POST",), under="imports")
def import_stop(visit: Visit, ref: str) -> HttpResponse:
    """No more of it is done; what was taken in stays."""
    require_every_center(visit)
    runs.cancel(ref, at=visit.now, by=visit.actor.name)
    visit.say(_("Stopped. What was taken in stays."))
    return visit.go("import_run", ref=ref)


# -- files ------------------------------------------------------------------------------------


@page("imports/run/<str:ref>/report", needs=SET_UP, under="imports")
def import_report(visit: Visit, ref: str) -> Any:
    """What became of each row, as a file."""
    require_every_center(visit)
    run = runs.run_of(ref).id
    found = (reports.lines_of([line]) for _, line in keeping.report_of(run))
    lines = (part for some in ([reports.head()], found) for part in some)
    return streamed(visit, lines, f"import-{ref[:8]}.csv")


@page("imports/run/<str:ref>/corrections/<int:file>", needs=SET_UP, under="imports")
def import_corrections(visit: Visit, ref: str, file: int) -> Any:
    """The rows that were refused, as they came, each with what is wrong."""
    require_every_center(visit)
    row = runs.run_of(ref)
    lines = corrections.correction_lines(row, file)
    stem = runs.document_of(row).files[file].name.rpartition(".")[0]
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in stem)
    return streamed(visit, lines, f"{safe or row.kind}-to-correct.csv")
