"""Close of business: what tonight will do, run now, what last night did (rule 4.4)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.faces.shared.ledger_words import ACTION_NAMES, CAUSE_NAMES, ENTRY_NAMES
from regulars.faces.shared.pages import Entry, page
from regulars.faces.shared.visits import Visit
from regulars.records.queries.closes import EntrySum, MoveSum
from regulars.rules.permissions import Permission
from regulars.services import close_of_business as service

SET_UP = Permission.SET_UP

JOB_NAMES = {
    "close": gettext_lazy("Close"),
    "expiry": gettext_lazy("Expiry"),
    "figures": gettext_lazy("Figures"),
    "messages": gettext_lazy("Messages"),
    "reminders": gettext_lazy("Reminders"),
    "statements": gettext_lazy("Statements"),
    "sending": gettext_lazy("Sending"),
    "imports": gettext_lazy("Imports"),
    "rewards": gettext_lazy("Rewards"),
    "tidy": gettext_lazy("Tidying up"),
}


@page("close", nav=Entry(gettext_lazy("Close of business"), "moon-star", 60))
def close(visit: Visit) -> HttpResponse:
    """Tonight, run now, and what the last final day came to."""
    if visit.company.closed_through is None:
        return visit.show("desk/close_unopened.html")
    night = service.last_night(visit.company, day=_day_asked(visit))
    tonight = service.tonight(visit.company, now=visit.now, most_guests=-1)
    context = {
        "tonight": tonight,
        "rows": _centers(visit, tonight),
        "may_run": visit.may(SET_UP),
        "night": _night(visit, night),
        "earlier": night.day - timedelta(days=1),
        "later": None
        if night.day == visit.company.closed_through
        else night.day + timedelta(days=1),
    }
    return visit.show("desk/close.html", context)


@page("close/preview", needs=SET_UP, under="close")
def close_preview(visit: Visit) -> HttpResponse:
    """What tonight would award and move: tried out, and taken back."""
    seen = service.tonight(visit.company, now=visit.now)
    shown = seen.preview and {
        "n_guests": seen.preview.n_guests,
        "entries": _entries(seen.preview.entries),
        "moves": _moves(visit, seen.preview.moves, seen.day),
    }
    return visit.show("desk/close_preview.html", {"tonight": seen, "preview": shown})


@page("close/run", needs=SET_UP, methods=("POST",))
def close_run(visit: Visit) -> HttpResponse:
    """Make the next day final; asked again until none is left."""
    n_all, n_guests = _count(visit, "n_all"), _count(visit, "n_guests")
    step = service.close_next(visit.company, now=visit.now, by=visit.actor)
    n_guests += step.n_guests
    if not step.n_left:
        visit.say(_summary(n_guests))
        return visit.go("close")
    context = {
        "day": step.day,
        "n_all": max(n_all, step.n_left + 1),
        "n_done": max(n_all - step.n_left, 1),
        "n_left": step.n_left,
        "n_guests": n_guests,
    }
    template = "desk/close_run.html#step" if visit.is_partial else "desk/close_run.html"
    return visit.show(template, context)


@page("close/settle/<path:center>", needs=SET_UP, methods=("POST",))
def close_settle(visit: Visit, center: str) -> HttpResponse:
    """Settle one center's guests of today before its day is over."""
    n_guests = service.settle_center(visit.company, center, now=visit.now, by=visit.actor)
    visit.say(_summary(n_guests))
    return visit.go("close")


# -- parts ------------------------------------------------------------------------------------


def _day_asked(visit: Visit) -> date | None:
    try:
        return date.fromisoformat(visit.request.GET.get("day", ""))
    except ValueError:
        return None


def _count(visit: Visit, name: str) -> int:
    said = visit.request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def _summary(n_guests: int) -> str:
    sentence = ngettext(
        "Done. %(n)s guest was settled.", "Done. %(n)s guests were settled.", n_guests
    )
    return sentence % {"n": n_guests}


def _center_names(visit: Visit) -> dict[str, str]:
    return {center.ref: center.name for center in visit.company.centers.values()}


def _centers(visit: Visit, tonight: service.Tonight) -> list[dict[str, Any]]:
    """Where one may settle now: at one's own center, while its day is not over."""
    names = _center_names(visit)
    mine = {center.ref for center in visit.centers}
    return [
        {
            "tonight": one,
            "name": names[one.ref],
            "may_settle": not one.is_over and one.ref in mine,
        }
        for one in tonight.centers
    ]


def _night(visit: Visit, night: service.LastNight) -> dict[str, Any]:
    names = _center_names(visit)
    return {
        "day": night.day,
        "n_guests": night.n_guests,
        "entries": _entries(night.entries),
        "moves": _moves(visit, night.moves, night.day),
        "work": [
            {
                "line": one,
                "job": JOB_NAMES.get(one.job, one.job),
                "center": names.get(one.center or "", one.center),
            }
            for one in night.work
        ],
        "late": _changes(night.late),
        "taken_back": _changes(night.taken_back),
        "refused": night.refused,
    }


def _entries(sums: Iterable[EntrySum]) -> list[dict[str, Any]]:
    return [
        {
            "kind": ENTRY_NAMES.get(one.kind, one.kind),
            "action": ACTION_NAMES.get(one.action or "", one.action),
            "sum": one,
        }
        for one in sums
    ]


def _moves(visit: Visit, sums: Iterable[MoveSum], on: date) -> list[dict[str, Any]]:
    program = visit.company.versions.on(on)
    names = {tier.id: tier.name for tier in program.tiers} if program else {}

    def name(tier: str | None) -> str:
        return names.get(tier, tier) if tier else _("no tier")

    return [
        {
            "before": name(one.tier_before),
            "after": name(one.tier_after),
            "cause": CAUSE_NAMES.get(one.cause, _("by hand")),
            "n_guests": one.n_guests,
        }
        for one in sums
    ]


def _changes(changes: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {"change": one, "action": ACTION_NAMES.get(one.action or "", "")} for one in changes
    ]
