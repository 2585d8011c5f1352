"""Versions of the program: kept, compared, saved as files, and taken into the draft."""

from dataclasses import dataclass
from typing import Any

import yaml
from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import program_words as words
from regulars.faces.office.program_fields import REWARDS, SETTINGS, TIER
from regulars.faces.office.program_forms import day_of, draft_of, sent_by
from regulars.faces.office.program_frame import (
    DEFINE,
    Told,
    framed,
    in_force_today,
    of_versions,
    told,
)
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import Stale
from regulars.faces.shared.visits import Visit
from regulars.records.queries import program_lists
from regulars.records.queries.program_lists import VersionLine
from regulars.rules.program import Program
from regulars.rules.program_diff import program_document
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import program_drafts as drafts

LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Version:
    """A version in the list; `state` is planned, in_force or past."""

    line: VersionLine
    program: Program
    state: str
    changes: list[Told]
    is_first: bool


@page("program/versions", under="program")
def program_versions(visit: Visit) -> HttpResponse:
    """Every version that was published, the latest first, with what it changed."""
    context = framed(visit, "program_versions", versions=_versions(visit)[::-1])
    return visit.show("office/program_versions.html", context)


def _versions(visit: Visit) -> list[Version]:
    now = in_force_today(visit)
    by_day = {one.effective_from: one for one in visit.company.versions.programs}
    found: list[Version] = []
    before: Program | None = None
    for line in program_lists.versions():
        program = by_day.get(line.effective_from)
        if program is None:
            continue
        state = "planned" if line.effective_from > day_of(visit) else "past"
        state = "in_force" if program is now else state
        changed = told(visit, of_versions(before, program), [before, program])
        found.append(Version(line, program, state, changed, before is None))
        before = program
    return found


@page("program/versions/<str:day>", example={"day": "2025-07-01"}, under="program")
def program_version(visit: Visit, day: str) -> HttpResponse:
    """One version, setting by setting, and what it changed."""
    versions = _versions(visit)
    found = next((one for one in versions if one.program.version == day), None)
    if found is None:
        raise unknown_reference("program", day, field="effective_from")
    document = program_document(found.program)
    context = framed(
        visit,
        "program_versions",
        version=found,
        groups=[
            (
                group,
                [
                    (words.LABELS[one.path], _said(visit, one.path, document))
                    for one in group.settings
                ],
            )
            for group in (*SETTINGS, *REWARDS)
        ],
        tiers=[_tier(visit, tier) for tier in document["tiers"]],
    )
    return visit.show("office/program_version.html", context)


def _said(visit: Visit, path: str, document: Any) -> str:
    value = document
    for name in path.split("."):
        value = value[name]
    return words.said(visit, path, value)


def _tier(visit: Visit, tier: dict[str, Any]) -> dict[str, Any]:
    shown = [one for one in TIER if one.path not in ("name", "icon", "description")]
    settings = [
        (words.LABELS[one.path], words.said(visit, one.path, tier[one.path])) for one in shown
    ]
    actions = [
        (words.ACTIONS[action], words.said(visit, action, terms))
        for action, terms in tier["accruals"].items()
    ]
    return {**tier, "settings": settings, "actions": actions}


# -- as files ---------------------------------------------------------------------------------


@page("program/versions/<str:day>/file", example={"day": "2025-07-01"}, under="program")
def program_version_file(visit: Visit, day: str) -> HttpResponse:
    """A version as the file that `regulars program` reads."""
    for program in visit.company.versions.programs:
        if program.version == day:
            return _file(f"program-{day}.yaml", program_document(program))
    raise unknown_reference("program", day, field="effective_from")


@page("program/draft/file", needs=DEFINE, under="program")
def program_draft_file(visit: Visit) -> HttpResponse:
    """The draft as such a file, from the first day it could be published for."""
    draft = draft_of(visit)
    first = drafts.first_day(visit.company, on=day_of(visit)).isoformat()
    document = {"type": "program", "effective_from": first, **draft.document}
    return _file("program-draft.yaml", document)


def _file(name: str, document: Any) -> HttpResponse:
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


class LoadForm(DeskForm):
    """A file with a program."""

    file = forms.FileField(
        label=gettext_lazy("Program file"),
        help_text=gettext_lazy("YAML or JSON, as saved here or by the command line."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )


@page("program/load", needs=DEFINE, methods=("GET", "POST"), under="program")
def program_load(visit: Visit) -> HttpResponse:
    """Take a file into the draft, whole; everything that is wrong in it is told."""
    draft = draft_of(visit)
    files = visit.request.FILES or None
    post = sent_by(visit)
    form = LoadForm(visit, post, files, version=str(draft.number))
    complaints: list[str] = []
    if visit.request.method == "POST" and form.is_valid():
        try:
            document = drafts.document_in(_text(form.cleaned_data["file"]))
            _load(visit, document, seen=form.cleaned_data["version"])
        except drafts.Unfit as unfit:
            complaints = [words.problem_said(visit, {}, one) for one in unfit.problems]
        except Refused as refused:
            form.refuse(refused)
        else:
            return visit.go("program")
    status = 422 if form.errors or complaints else 200
    context = framed(visit, "program_versions", draft, form=form, complaints=complaints)
    return visit.show("office/program_load.html", context, status=status)


def _text(file: Any) -> str:
    if file.size > LARGEST_FILE:
        raise Refused("invalid_record", _("A program is never that long."), field="file")
    try:
        text: str = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("invalid_record", _("This is no text in UTF-8."), field="file") from None
    return text


@page("program/versions/<str:day>/load", needs=DEFINE, methods=("POST",))
def program_version_load(visit: Visit, day: str) -> HttpResponse:
    """Begin the draft from this version, in place of what is there."""
    for program in visit.company.versions.programs:
        if program.version == day:
            document = drafts.document_of(program)
            _load(visit, document, seen=visit.request.POST.get("version", ""))
            return visit.go("program")
    raise unknown_reference("program", day, field="effective_from")


def _load(visit: Visit, document: drafts.Document, *, seen: str) -> None:
    number = int(seen) if seen.isdigit() else -1
    when: dict[str, Any] = {"on": day_of(visit), "at": visit.now, "by": visit.actor}
    try:
        drafts.load(visit.company, document, seen=number, **when)
    except drafts.Overtaken:
        raise Stale from None
    visit.say(_("It is in the draft. Nothing is published yet."))
