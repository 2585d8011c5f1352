"""Publish the draft: what it changes, what it would have done, from which day on."""

from datetime import date
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext as _

from regulars.faces.office.program_forms import day_of, draft_of
from regulars.faces.office.program_frame import DEFINE, framed, in_force, of_versions, told
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import Stale
from regulars.faces.shared.refusals import told as told_refusal
from regulars.faces.shared.sending import send
from regulars.faces.shared.visits import Visit
from regulars.rules.refusals import Refused
from regulars.services import program_drafts as drafts
from regulars.services import program_trials as trials
from regulars.services.messages import languages
from regulars.services.program_drafts import Draft

_SALT = "program trial"


@page("program/publish", needs=DEFINE, methods=("GET", "POST"), under="program")
def program_publish(visit: Visit) -> HttpResponse:
    """What the draft changes from a day on; chosen with `from`, it asks once more."""
    draft = draft_of(visit)
    if not draft.is_kept:
        visit.warn(_("There is no draft: nothing would change."))
        return visit.go("program")
    if visit.request.method == "POST":
        return _publish(visit, draft)
    said = visit.request.GET.get("from", "")
    day, wrong = _day(visit, said)
    return _show(visit, draft, day, wrong=wrong, is_asked=bool(said) and not wrong)


def _show(
    visit: Visit,
    draft: Draft,
    day: date,
    *,
    wrong: str = "",
    is_asked: bool = False,
    status: int = 200,
) -> HttpResponse:
    before = in_force(visit, day)
    context = framed(
        visit,
        "program_versions",
        draft,
        changes=told(visit, of_versions(before, draft.program), [before, draft.program]),
        before=before,
        day=day,
        first_day=_first_day(visit),
        wrong=wrong,
        is_asked=is_asked and not draft.problems,
        later=[one for one in visit.company.versions.programs if one.effective_from > day],
    )
    return visit.show("office/program_publish.html", context, status=status)


def _publish(visit: Visit, draft: Draft) -> HttpResponse:
    """The version goes the way of every record; the draft ends with it."""
    post = visit.request.POST
    if post.get("version") != str(draft.number):
        raise Stale
    day, wrong = _day(visit, post.get("from", ""))
    if not wrong and draft.problems:
        wrong = _("Settle first what is listed above.")
    if not wrong:
        try:
            send(visit, "program", day.isoformat(), **draft.document, effective_from=str(day))
        except Refused as refused:
            wrong = told_refusal(refused, visit)
    if wrong:
        return _show(visit, draft, day, wrong=wrong, status=422)
    stays = not drafts.published(str(day), seen=draft.number, at=visit.now, by=visit.actor)
    on = languages.written_day(day, visit.language, "long")
    visit.say(_("The program is published: it is in force from %(day)s.") % {"day": on})
    if stays:
        visit.warn(_("Somebody changed the draft meanwhile: it stays, with those changes."))
    return visit.go("program_versions")


def _first_day(visit: Visit) -> date:
    return drafts.first_day(visit.company, on=day_of(visit))


def _day(visit: Visit, said: str) -> tuple[date, str]:
    """The day that was chosen, or the first possible; and what is wrong with it."""
    first = _first_day(visit)
    if not said:
        return first, ""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return first, _("Choose a day.")
    is_first_ever = not visit.company.versions.programs
    if day < first and not is_first_ever:
        on = languages.written_day(first, visit.language, "long")
        return day, _("That day is closed. The first possible one is %(day)s.") % {"day": on}
    return day, ""


# -- what it would have done ------------------------------------------------------------------


@page("program/trial", needs=DEFINE, methods=("POST",))
def program_trial(visit: Visit) -> HttpResponse:
    """Some more of last month's guests, tried with the draft; asked again until all are."""
    draft = draft_of(visit)
    kept = _kept(visit, draft)
    trial = trials.go_on(visit.company, draft.program, kept)
    context: dict[str, Any] = {"trial": trial, "names": _names(visit, draft)}
    if trial is not None and not trial.is_done:
        state = {"number": draft.number, "trial": trials.as_text(trial)}
        context["state"] = signing.dumps(state, salt=_SALT, compress=True)
    if trial is not None and trial.is_done:
        context |= _result(visit, draft, trial)
    return visit.show("office/program_trial.html", context)


def _kept(visit: Visit, draft: Draft) -> trials.Trial | None:
    """How far it was, as this page was told; from the beginning if the draft is another."""
    text = visit.request.POST.get("state", "")
    if not text:
        return None
    try:
        state = signing.loads(text, salt=_SALT, max_age=3600)
    except signing.BadSignature:
        return None
    return trials.of_text(state["trial"]) if state["number"] == draft.number else None


def _names(visit: Visit, draft: Draft) -> dict[str, str]:
    programs = [*visit.company.versions.programs, draft.program]
    return {tier.id: tier.name for program in programs for tier in program.tiers}


def _result(visit: Visit, draft: Draft, trial: trials.Trial) -> dict[str, Any]:
    names = _names(visit, draft)
    ladder = [tier.id for tier in draft.program.tiers]
    known = {*trial.now.points, *trial.draft.points, *trial.now.guests, *trial.draft.guests}
    order = [*ladder, *sorted(one for one in known if one not in ladder and one)]
    rows = [
        {
            "name": names.get(ref, ref),
            "now": trial.now.points.get(ref, 0),
            "draft": trial.draft.points.get(ref, 0),
            "guests_now": trial.now.guests.get(ref, 0),
            "guests_draft": trial.draft.guests.get(ref, 0),
        }
        for ref in order
        if ref in known
    ]
    outside = {
        "guests_now": trial.now.guests.get("", 0),
        "guests_draft": trial.draft.guests.get("", 0),
    }
    moves = [
        {
            "before": names.get(before, before),
            "after": names.get(after, after),
            "now": trial.now.moves.get((before, after), 0),
            "draft": trial.draft.moves.get((before, after), 0),
        }
        for before, after in sorted({*trial.now.moves, *trial.draft.moves})
    ]
    sums = {
        "now": sum(trial.now.points.values()),
        "draft": sum(trial.draft.points.values()),
    }
    return {"rows": rows, "outside": outside, "moves": moves, "sums": sums}
