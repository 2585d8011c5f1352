"""Webhook endpoints: the list, making one, and what it is sent."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office.keys import real_now, tabs
from regulars.faces.office.once import show_once, was_made
from regulars.faces.office.people import names_of
from regulars.faces.office.whole_company import require_every_center
from regulars.faces.office.words_of_events import EVENTS
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.sending import new_token
from regulars.faces.shared.visits import Visit
from regulars.records.queries import webhooks as queries
from regulars.records.queries.webhooks import Endpoint
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services.webhooks import endpoints, events
from regulars.services.webhooks.endpoints import Wish

CONNECT = Permission.MANAGE_WEBHOOKS
ATTEMPTS = 30
_TURNED_OFF = re.compile(r"Turned off by (?P<by>.+)\.")


class EndpointForm(DeskForm):
    """Where events are told; no types chosen is all of them."""

    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://…"}),
        help_text=gettext_lazy("Where the other program listens. It must begin with https://."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=endpoints.LONGEST_NAME, required=False
    )
    types = forms.MultipleChoiceField(required=False, choices=[(name, name) for name in EVENTS])

    @property
    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(said["url"].strip(), said["name"].strip(), said["types"])

    @property
    def choices(self) -> list[dict[str, Any]]:
        chosen = self["types"].value() or []
        return [
            {"name": name, "label": label, "is_on": name in chosen}
            for name, label in EVENTS.items()
        ]


@page("webhooks", needs=CONNECT, under="keys")
def webhooks(visit: Visit) -> HttpResponse:
    """Every endpoint with how it does."""
    require_every_center(visit)
    context = {"tabs": tabs("webhooks"), "rows": _with_problems(visit)}
    return visit.show("office/webhooks.html", context)


@page("webhooks/new", needs=CONNECT, methods=("GET", "POST"), under="keys")
def webhook_new(visit: Visit) -> HttpResponse:
    """A new endpoint; the answer shows its secret, this once."""
    require_every_center(visit)
    form = EndpointForm(visit, visit.request.POST or None)
    if visit.request.method == "POST" and form.is_valid():
        if was_made(visit):
            return visit.go("webhooks")
        try:
            made = endpoints.create(visit.company, form.wish, at=real_now(), actor=visit.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _with_secret(visit, *made)
    status = 422 if form.errors else 200
    return visit.show("office/webhook_new.html", {"form": form}, status=status)


def _with_secret(visit: Visit, endpoint: Endpoint, secret: str) -> HttpResponse:
    return show_once(visit, "office/webhook_made.html", {"endpoint": endpoint, "text": secret})


@page("webhooks/<str:ref>", needs=CONNECT, methods=("GET", "POST"), under="keys")
def webhook(visit: Visit, ref: str) -> HttpResponse:
    """One endpoint: how it does, what it is told, what it was sent."""
    require_every_center(visit)
    found = endpoints.find(ref)
    initial = {"url": found.url, "name": found.name, "types": list(found.types)}
    form = EndpointForm(visit, visit.request.POST or None, initial=initial)
    if visit.request.method == "POST" and form.is_valid():
        try:
            endpoints.change(ref, form.wish, at=real_now(), actor=visit.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            visit.say(_("Saved. The next event goes to where it says now."))
            return visit.go("webhook", ref=ref)
    context = {
        "endpoint": found,
        "problem": _problem(found, names_of(visit)),
        "form": form,
        "token": new_token(),
        "ends": events.ends_now(at=real_now()),
        **_log(visit, ref),
    }
    return visit.show("office/webhook.html", context, status=422 if form.errors else 200)


def _with_problems(visit: Visit) -> list[tuple[Endpoint, str]]:
    names = names_of(visit)
    return [(one, _problem(one, names)) for one in queries.endpoints()]


def _problem(endpoint: Endpoint, names: Mapping[str, str]) -> str:
    """Why it is not told; who turned it off by name, what a server said as it is."""
    said = endpoint.problem or ""
    found = _TURNED_OFF.fullmatch(said)
    if found is None:
        return said
    return _("Turned off by %(name)s.") % {"name": names.get(found["by"], found["by"])}


def _log(visit: Visit, ref: str) -> dict[str, Any]:
    """A page of what it was sent, the latest first."""
    said = visit.request.GET
    only_failed = said.get("show") == "failed"
    rows = queries.attempts(
        ref, limit=ATTEMPTS + 1, before=_before(said.get("before")), only_failed=only_failed
    )
    return {
        "attempts": [
            {
                "one": one,
                "label": EVENTS.get(one.type, _("a test")),
                "from_here": None if one.number is None else one.number - 1,
            }
            for one in rows[:ATTEMPTS]
        ],
        "only_failed": only_failed,
        "is_later": "before" in said,
        "next": rows[ATTEMPTS - 1].id if len(rows) > ATTEMPTS else None,
    }


def _before(mark: str | None) -> UUID | None:
    if not mark:
        return None
    try:
        return UUID(mark)
    except ValueError:
        raise Refused(
            "invalid_record",
            _("This is no place in the list; begin it again."),
            field="before",
        ) from None


# -- acts -------------------------------------------------------------------------------------


@page("webhooks/<str:ref>/test", needs=CONNECT, methods=("POST",), under="keys")
def webhook_test(visit: Visit, ref: str) -> HttpResponse:
    """A signed event of its own, now; and what was answered."""
    require_every_center(visit)
    answer = endpoints.test(visit.company, ref, at=real_now(), actor=visit.actor)
    if answer.is_good:
        visit.say(
            _("It answered %(status)s after %(n)s ms: it works.")
            % {"status": answer.status, "n": answer.milliseconds}
        )
    else:
        visit.warn(_("The test did not arrive. %(problem)s") % {"problem": answer.problem})
    return visit.go("webhook", ref=ref)


@page("webhooks/<str:ref>/rotate", needs=CONNECT, methods=("POST",), under="keys")
def webhook_rotate(visit: Visit, ref: str) -> HttpResponse:
    """A new secret, shown this once; for a day the old one signs as well."""
    require_every_center(visit)
    if was_made(visit):
        return visit.go("webhook", ref=ref)
    is_urgent = visit.request.POST.get("hours") == "0"
    overlap = timedelta(0) if is_urgent else endpoints.OVERLAP
    made = endpoints.rotate_secret(ref, at=real_now(), actor=visit.actor, overlap=overlap)
    return _with_secret(visit, *made)


@page("webhooks/<str:ref>/on", needs=CONNECT, methods=("POST",), under="keys")
def webhook_on(visit: Visit, ref: str) -> HttpResponse:
    """It goes on from where it was."""
    require_every_center(visit)
    endpoints.turn_on(ref, at=real_now(), actor=visit.actor)
    visit.say(_("It is on again, and is told what happened meanwhile."))
    return visit.go("webhook", ref=ref)


@page("webhooks/<str:ref>/off", needs=CONNECT, methods=("POST",), under="keys")
def webhook_off(visit: Visit, ref: str) -> HttpResponse:
    """It is told nothing until it is turned on again."""
    require_every_center(visit)
    endpoints.turn_off(ref, at=real_now(), actor=visit.actor)
    visit.say(_("It is off. What happens is kept for it."))
    return visit.go("webhook", ref=ref)


@page("webhooks/<str:ref>/replay", needs=CONNECT, methods=("POST",), under="keys")
def webhook_replay(visit: Visit, ref: str) -> HttpResponse:
    """Everything after a number of the feed is told anew."""
    require_every_center(visit)
    said = visit.request.POST.get("after", "").strip()
    if not said.isascii() or not said.isdigit() or len(said) > 15:
        raise Refused(
            "invalid_record", _("Write the number of an event."), field="after", value=said
        )
    now: datetime = real_now()
    endpoints.replay(ref, after=int(said), at=now, actor=visit.actor)
    visit.say(_("Everything after event %(n)s is told again.") % {"n": said})
    return visit.go("webhook", ref=ref)


@page("webhooks/<str:ref>/remove", needs=CONNECT, methods=("POST",), under="keys")
def webhook_remove(visit: Visit, ref: str) -> HttpResponse:
    """What waits for it goes, and its log."""
    require_every_center(visit)
    found = endpoints.find(ref)
    endpoints.remove(ref, at=real_now(), actor=visit.actor)
    visit.say(_("%(name)s is removed.") % {"name": found.name or found.url})
    return visit.go("webhooks")
