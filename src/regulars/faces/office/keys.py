"""API keys: made, shown once, rotated, revoked."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.faces.office.once import show_once, was_made
from regulars.faces.office.people import names_of
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.sending import new_token
from regulars.faces.shared.visits import Visit
from regulars.rules.permissions import Permission, Scope
from regulars.rules.refusals import Refused
from regulars.services import keys as service
from regulars.services import keys_by_hand
from regulars.services.keys import ROTATION, Key
from regulars.services.keys_by_hand import KeyWish

CONNECT = Permission.MANAGE_WEBHOOKS
SCOPES = {
    Scope.TILL: (
        pgettext_lazy("scope", "Till"),
        gettext_lazy("guests, appointments, invoices, redeeming and enrolling, as at the desk"),
    ),
    Scope.BACK_OFFICE: (
        pgettext_lazy("scope", "Back office"),
        gettext_lazy("everything but managing staff: for programs of your own"),
    ),
    Scope.MARKETING: (
        pgettext_lazy("scope", "Marketing"),
        gettext_lazy("the program, points by hand, rewards"),
    ),
    Scope.FINANCE: (
        pgettext_lazy("scope", "Finance"),
        gettext_lazy("looks at everything, the liability too"),
    ),
    Scope.READ: (pgettext_lazy("scope", "Reading"), gettext_lazy("looks, and changes nothing")),
}
DAYS = (
    ("", gettext_lazy("until it is revoked")),
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("a year")),
)
OVERLAPS = {"0": 0, "24": 24, "168": 168}


class KeyForm(DeskForm):
    """A key to be made; only what its maker may do as well."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=keys_by_hand.LONGEST_NAME,
        help_text=gettext_lazy("What uses it, such as “Till 1, Hudson Street”."),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What may it do?"), widget=forms.RadioSelect, choices=()
    )
    center = forms.ChoiceField(
        label=gettext_lazy("Center"),
        required=False,
        help_text=gettext_lazy("A key of one center writes for that center alone."),
    )
    days = forms.ChoiceField(label=gettext_lazy("Works"), required=False, choices=DAYS)

    def __init__(self, visit: Visit, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        scope: Any = self.fields["scope"]
        scope.choices = [(one, SCOPES[one][0]) for one in keys_by_hand.scopes_for(visit.actor)]
        centers = [(center.ref, center.name) for center in visit.centers]
        every = [] if visit.member.center else [("", _("All centers"))]
        center: Any = self.fields["center"]
        center.choices = [*every, *centers]


def tabs(here: str) -> list[dict[str, Any]]:
    """Keys and webhooks stand beside each other."""
    named = (("keys", _("API keys")), ("webhooks", _("Webhooks")))
    return [
        {"label": label, "address": reverse(name), "is_here": name == here}
        for name, label in named
    ]


@page(
    "keys",
    needs=CONNECT,
    nav=Entry(gettext_lazy("Connections"), "plug", 50, Area.OFFICE),
)
def keys(visit: Visit) -> HttpResponse:
    """Every key with when it was last used, those that work first."""
    now = real_now()
    names = {center.ref: center.name for center in visit.company.centers.values()}
    people = names_of(visit)
    allowed = keys_by_hand.scopes_for(visit.actor)
    found = sorted(service.keys_of(visit.company), key=lambda one: not one.is_good(now))
    rows = [
        {
            "key": one,
            "by": people.get(one.made_by or "", one.made_by),
            "scope": SCOPES[one.scope][0],
            "center": names.get(one.center or "", one.center) or _("All centers"),
            "is_good": one.is_good(now),
            "ends_soon": one.is_good(now) and _ends_soon(one, now),
            "may_rotate": one.scope in allowed and visit.member.center in (None, one.center),
            "may_revoke": visit.member.center in (None, one.center),
        }
        for one in found
    ]
    context = {"tabs": tabs("keys"), "rows": rows, "token": new_token()}
    return visit.show("office/keys.html", context)


def real_now() -> datetime:
    """Keys and endpoints are looked at by other machines' clocks, in a sandbox too."""
    return datetime.now(UTC)


def _ends_soon(key: Key, now: datetime) -> bool:
    return key.expires_at is not None and key.expires_at - now < timedelta(days=14)


@page("keys/new", needs=CONNECT, methods=("GET", "POST"), under="keys")
def key_new(visit: Visit) -> HttpResponse:
    """A new key; the answer shows it, this once."""
    form = KeyForm(visit, visit.request.POST or None)
    if visit.request.method == "POST" and form.is_valid():
        if was_made(visit):
            return _made_already(visit)
        said, now = form.cleaned_data, real_now()
        ends = now + timedelta(days=int(said["days"])) if said["days"] else None
        wish = KeyWish(said["name"], said["scope"], said["center"] or None, ends)
        try:
            key, text = keys_by_hand.make(visit.company, wish, actor=visit.actor, at=now)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _shown(visit, key, text)
    context = {
        "form": form,
        "scopes": [
            {"value": one, "name": SCOPES[one][0], "may": SCOPES[one][1]}
            for one in keys_by_hand.scopes_for(visit.actor)
        ],
        "chosen": form["scope"].value() or Scope.TILL,
    }
    return visit.show("office/key_new.html", context, status=422 if form.errors else 200)


@page("keys/<str:ref>/rotate", needs=CONNECT, methods=("POST",), under="keys")
def key_rotate(visit: Visit, ref: str) -> HttpResponse:
    """A successor, shown this once; the old key works on for a while."""
    if was_made(visit):
        return _made_already(visit)
    hours = OVERLAPS.get(visit.request.POST.get("hours", ""))
    overlap = ROTATION if hours is None else timedelta(hours=hours)
    key, text = keys_by_hand.rotate(
        visit.company, ref, actor=visit.actor, at=real_now(), overlap=overlap
    )
    return _shown(visit, key, text, old=service.key_of(visit.company, ref))


@page("keys/<str:ref>/revoke", needs=CONNECT, methods=("POST",), under="keys")
def key_revoke(visit: Visit, ref: str) -> HttpResponse:
    """It works no more from the next request on."""
    key = keys_by_hand.revoke(visit.company, ref, actor=visit.actor, at=real_now())
    visit.say(_("%(name)s is revoked: it works no more.") % {"name": key.name})
    return visit.go("keys")


def _shown(visit: Visit, key: Key, text: str, old: Key | None = None) -> HttpResponse:
    context = {
        "key": key,
        "text": text,
        "old": old,
        "address": visit.address("/api/v1/"),
        "scope": SCOPES[key.scope],
    }
    return show_once(visit, "office/key_made.html", context)


def _made_already(visit: Visit) -> HttpResponse:
    visit.warn(
        _("It is made already, and was shown once. If it was not copied, make another one.")
    )
    return visit.go("keys")
