"""What guests are told: kinds switched on and off, when reminders go, what went out."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import message_words as words
from regulars.faces.office.people import find_guest
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import messages as queries
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import schedule
from regulars.services.messages import dead_letters, editing, switches
from regulars.services.messages.kinds import KINDS
from regulars.services.organizations import Company
from regulars.services.schedule import REMINDERS, STATEMENTS, Timetable

WRITE = Permission.WRITE_MESSAGES
LINES = 50
LATELY = timedelta(days=30)
"""What is over is counted for so long: of years it would be a number for nobody."""


def tabs(here: str) -> list[dict[str, Any]]:
    """What may be said, and what was."""
    named = (("messages", _("What guests are told")), ("outbox", _("Outbox")))
    return [
        {"label": label, "address": reverse(name), "is_here": name == here}
        for name, label in named
    ]


@page(
    "messages",
    needs=WRITE,
    nav=Entry(gettext_lazy("Messages"), "mail", 40, Area.MARKETING),
)
def messages(visit: Visit) -> HttpResponse:
    """Every kind with its channels, and when reminders and statements go."""
    counts = queries.counts(visit.now - LATELY)
    told = {(one.kind, one.channel): one for one in switches.switches()}
    kinds = [
        {
            "kind": kind,
            "icon": words.KINDS[kind.name][0],
            "name": words.KINDS[kind.name][1],
            "channels": [
                {
                    "channel": channel,
                    "icon": words.CHANNELS[channel][0],
                    "name": words.CHANNELS[channel][1],
                    "switch": told.get((kind.name, channel)),
                    "n_sent": counts.get((kind.name, channel, "sent"), 0),
                    "n_dead": counts.get((kind.name, channel, "dead"), 0),
                }
                for channel in kind.channels
            ],
        }
        for kind in KINDS.values()
    ]
    context = {
        "tabs": tabs("messages"),
        "kinds": kinds,
        "n_dead": sum(n for (_k, _c, state), n in counts.items() if state == "dead"),
        "language": editing.language_of(visit.company) or "en",
        "languages": words.LANGUAGES,
        **_schedule(visit.company, visit),
    }
    return visit.show("office/messages.html", context)


def _schedule(company: Company, visit: Visit) -> dict[str, Any]:
    """What the program says of reminders and statements, and when the next are due."""
    program = company.versions.on(visit.today)
    coming = {due.job: due for due in schedule.upcoming(company, Timetable(), visit.now)}
    return {
        "reminder_days": program.expiry_reminder_days if program else (),
        "statement_months": program.statement_every_months if program else None,
        "next_reminders": coming.get(REMINDERS),
        "next_statements": coming.get(STATEMENTS),
    }


@page("messages/switch", needs=WRITE, methods=("POST",), under="messages")
def message_switch(visit: Visit) -> HttpResponse:
    """A kind is told from today on, or no more."""
    said = visit.request.POST
    kind, channel = said.get("kind", ""), said.get("channel", "")
    when: dict[str, Any] = {"at": visit.now, "by": visit.actor.name}
    on: date = visit.today
    if said.get("on") == "yes":
        switches.switch_on(visit.company, kind, channel, told_from=on, **when)
        visit.say(_("On from today. What happened before stays untold."))
    else:
        switches.switch_off(visit.company, kind, channel, on=on, **when)
        visit.say(_("Off. What is in line already still goes."))
    return visit.go("messages")


@page("messages/language", needs=WRITE, methods=("POST",), under="messages")
def message_language(visit: Visit) -> HttpResponse:
    """The language of guests who chose none."""
    chosen = visit.request.POST.get("language") or None
    said: dict[str, Any] = {"at": visit.now, "by": visit.actor.name}
    editing.set_organization_language(visit.company, chosen, **said)
    visit.say(_("The language is saved."))
    return visit.go("messages")


# -- what went out ----------------------------------------------------------------------------


@page("outbox", needs=WRITE, under="messages")
def outbox(visit: Visit) -> HttpResponse:
    """Messages of a state, kind or guest, the latest first, with how many there are."""
    said = visit.request.GET
    state = said.get("state", "")
    kind = said.get("kind", "")
    guest = said.get("guest", "").strip()[:200].replace("\x00", "")
    ref = find_guest(visit, guest) if guest else None
    rows = (
        []
        if guest and ref is None
        else queries.messages(
            states=(state,) if state in queries.STATES else queries.STATES,
            kind=kind if kind in KINDS else None,
            guest=ref,
            before=key_of(said["before"]) if "before" in said else None,
            limit=LINES + 1,
        )
    )
    counts = queries.counts(visit.now - LATELY)
    context = {
        "tabs": tabs("outbox"),
        "rows": [_row(one) for one in rows[:LINES]],
        "states": [
            {
                "state": name,
                "told": told,
                "n": sum(n for (_k, _c, one), n in counts.items() if one == name),
            }
            for name, told in words.STATES.items()
        ],
        "kinds": words.KINDS,
        "state": state,
        "kind": kind,
        "guest": guest,
        "is_later": "before" in said,
        "next": rows[LINES - 1].id if len(rows) > LINES else None,
    }
    return visit.show("office/outbox.html", context)


def _row(one: queries.MessageLine) -> dict[str, Any]:
    return {
        "one": one,
        "kind": words.KINDS[one.kind],
        "channel": words.CHANNELS[one.channel],
        "state": words.STATES[one.state],
        "problem": words.problem_told(one.problem),
    }


@page("outbox/<str:ref>", needs=WRITE, under="messages")
def message(visit: Visit, ref: str) -> HttpResponse:
    """One message as it was worded, and what became of it."""
    found = queries.message(key_of(ref))
    if found is None:
        raise unknown_reference("message", ref, field="id")
    return visit.show("office/message.html", {"text": found, **_row(found.line)})


@page("outbox/<str:ref>/retry", needs=WRITE, methods=("POST",), under="messages")
def message_retry(visit: Visit, ref: str) -> HttpResponse:
    """A message that was given up waits again."""
    dead_letters.retry([ref], now=visit.now)
    visit.say(_("It waits again and goes out with the next."))
    return visit.go("message", ref=ref)


@page("outbox-retry", needs=WRITE, methods=("POST",), under="messages")
def messages_retry(visit: Visit) -> HttpResponse:
    """All that was given up waits again, and what waits for a later try is due now."""
    n_revived = dead_letters.retry_all(now=visit.now)
    n_hurried = dead_letters.hurry(now=visit.now)
    visit.say(_("%(n)s messages are tried again.") % {"n": n_revived + n_hurried})
    return visit.go("outbox")


def key_of(text: str) -> UUID:
    """The key of a message, as an address names it."""
    try:
        return UUID(text)
    except ValueError:
        raise Refused(
            "unknown_reference", _("There is no such message."), field="id", value=text[:80]
        ) from None
