"""What the operator looks after: the company's record, the worker, the database, a sandbox.

Nothing here can touch money or points: those have their own screens, and only those.
"""

from datetime import timedelta
from importlib.metadata import version
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.faces.office.keys import real_now
from regulars.faces.office.whole_company import require_every_center
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.sending import send
from regulars.faces.shared.visits import Visit
from regulars.records.queries import messages, webhooks, work
from regulars.records.queries.engine import engine
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services import emptying, sandboxes, schedule
from regulars.services.imports import runs
from regulars.services.schedule import Timetable

SET_UP = Permission.SET_UP
LINES = 20
QUIET = timedelta(hours=26)
"""A worker closes a day each day: one that did nothing for longer is not there."""
JOBS = {
    "close": gettext_lazy("Close of a day"),
    "expiry": gettext_lazy("Points that end"),
    "figures": gettext_lazy("Figures of the dashboard"),
    "messages": gettext_lazy("Messages made"),
    "reminders": gettext_lazy("Reminders"),
    "statements": gettext_lazy("Statements"),
    "sending": gettext_lazy("Messages sent"),
    "webhooks": gettext_lazy("Webhooks"),
    "imports": gettext_lazy("Imports"),
    "tidy": gettext_lazy("Tidying up"),
}
STATES = {
    "running": ("loader", "accent", pgettext_lazy("work", "under way")),
    "done": ("check", "good", pgettext_lazy("work", "done")),
    "failed": ("circle-alert", "bad", pgettext_lazy("work", "failed")),
}


class NameForm(DeskForm):
    """The company's name, as guests read it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)


class ClockForm(DeskForm):
    """Where the clock of a sandbox is moved to, in the company's time."""

    to = forms.DateTimeField(
        label=gettext_lazy("To"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )


@page("system", needs=SET_UP, nav=Entry(gettext_lazy("Admin"), "settings", 95, Area.OFFICE))
def system(visit: Visit) -> HttpResponse:
    """How everything stands that has no screen of its own."""
    require_every_center(visit)
    return _shown(visit)


def _shown(visit: Visit, **forms_sent: Any) -> HttpResponse:
    company = visit.company
    recent = work.recent_work(limit=LINES)
    failed = work.recent_work(limit=LINES, only_failed=True)
    local = visit.now.astimezone(company.zone)
    context = {
        "company": company,
        "version": version("regulars"),
        "time_zone": company.zone.key.replace("_", " "),
        "engine": _engine(),
        "health": _health(visit, recent, failed),
        "recent": [_work(visit, one) for one in recent],
        "failed": [_work(visit, one) for one in failed],
        "upcoming": [
            {
                "due": due,
                "job": JOBS.get(due.job, due.job),
                "center": _center(visit, due.center),
            }
            for due in schedule.upcoming(company, Timetable(), visit.now)[:8]
        ],
        "name_form": NameForm(visit, initial={"name": company.name}),
        "clock_form": ClockForm(visit, initial={"to": local.replace(tzinfo=None)}),
        **forms_sent,
    }
    return visit.show("office/system.html", context, status=422 if forms_sent else 200)


def _engine() -> dict[str, Any]:
    found = engine()
    return {"name": found.name, "version": found.version, "megabytes": found.size // 10**6 + 1}


def _work(visit: Visit, one: Any) -> dict[str, Any]:
    return {
        "one": one,
        "job": JOBS.get(one.job, one.job),
        "state": STATES[one.state],
        "center": _center(visit, one.center),
    }


def _center(visit: Visit, ref: str | None) -> str:
    """What a center is called; "" where the work is of all of them."""
    found = visit.company.centers.get(ref) if ref else None
    return found.name if found else ref or ""


def _health(visit: Visit, recent: Any, failed: Any) -> list[dict[str, Any]]:
    """What is as it should be, and what is not, each with where to go."""
    n_dead = sum(
        n for (_k, _c, state), n in messages.counts(visit.now).items() if state == "dead"
    )
    n_failing = sum(one.state != "on" for one in webhooks.endpoints())
    n_waiting = sum(one.state in (runs.WAITING, runs.RUNNING) for one in runs.runs())
    lines = [
        (not failed, _("No work has failed"), _("Work that failed"), "#failed"),
        (n_dead == 0, _("No message was given up"), _("Messages were given up"), "outbox"),
        (n_failing == 0, _("Every webhook answers"), _("Webhooks do not answer"), "webhooks"),
        (n_waiting == 0, _("No import waits"), _("Imports wait or are under way"), "imports"),
    ]
    if not visit.company.is_sandbox:
        last = max((one.ended_at or one.started_at for one in recent), default=None)
        is_there = last is not None and real_now() - last < QUIET
        worker = (is_there, _("The worker works"), _("No worker works: start one"), "#recent")
        lines.insert(0, worker)
    return [
        {"is_good": is_good, "sentence": good if is_good else bad, "where": where}
        for is_good, good, bad, where in lines
    ]


# -- acts -------------------------------------------------------------------------------------


@page("system/name", needs=SET_UP, methods=("POST",), under="system")
def system_name(visit: Visit) -> HttpResponse:
    """Another name. Currency and time zone stay: everything in the books is kept in them."""
    require_every_center(visit)
    form = NameForm(visit, visit.request.POST)
    company = visit.company
    if form.is_valid():
        said = {"currency": company.currency, "time_zone": company.zone.key}
        try:
            send(visit, "organization", company.ref, name=form.cleaned_data["name"], **said)
        except Refused as refused:
            form.refuse(refused)
        else:
            visit.say(_("The name is saved."))
            return visit.go("system")
    return _shown(visit, name_form=form)


@page("system/clock", needs=SET_UP, methods=("POST",), under="system")
def sandbox_clock(visit: Visit) -> HttpResponse:
    """A sandbox lives when it is told to: the days that are over by then are closed."""
    require_every_center(visit)
    form = ClockForm(visit, visit.request.POST)
    if form.is_valid():
        to = form.cleaned_data["to"].replace(tzinfo=visit.company.zone)
        try:
            sandboxes.move_clock(visit.company, {"to": to.isoformat()}, actor=visit.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            visit.say(_("The clock is moved, and the days before are closed."))
            return visit.go("system")
    return _shown(visit, clock_form=form)


@page("system/empty", needs=SET_UP, methods=("POST",), under="system")
def sandbox_empty(visit: Visit) -> HttpResponse:
    """All that came in is forgotten; keys, staff and endpoints stay. Only ever of a sandbox."""
    require_every_center(visit)
    if visit.request.POST.get("really", "").strip() != visit.company.name:
        visit.warn(_("Nothing was emptied: the name was not that of the company."))
        return visit.go("system")
    emptying.empty_sandbox(visit.company, {}, at=real_now(), actor=visit.actor)
    visit.say(_("The sandbox is empty."))
    return visit.go("system")
