"""Who a guest is, as forms: a new guest, the record edited, the status, how she may be told."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.guest_frame import center_choices, find_head, language_name
from regulars.faces.shared.acts import carried_out, show_act
from regulars.faces.shared.fields import DayField, DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import check_fresh
from regulars.faces.shared.sending import send, token_of
from regulars.faces.shared.spoken import spoken
from regulars.faces.shared.visits import Visit
from regulars.records.queries import finding, reports_ledger
from regulars.records.queries.finding import FoundGuest
from regulars.records.queries.guest_heads import GuestHead
from regulars.rules.permissions import Permission
from regulars.services import guest_acts
from regulars.services.messages import consent

RECORD = Permission.RECORD_FACTS
OPT_IN = Permission.CHANGE_OPT_IN
EXAMPLE = {"ref": "vivian-castellanos"}


class GuestForm(DeskForm):
    """The guest's record, field by field; `referred_by` is looked for as at the desk."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=50, required=False)
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    birthday = DayField(label=gettext_lazy("Birthday"), required=False)
    anniversary = DayField(label=gettext_lazy("Anniversary"), required=False)
    home_center = forms.ChoiceField(label=gettext_lazy("Home center"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    referred_by = forms.CharField(
        label=gettext_lazy("Brought by"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The phone, e-mail, name or number of the guest who did."),
    )

    def __init__(self, visit: Visit, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        choices: Any = self.fields
        choices["home_center"].choices = [("", "–"), *center_choices(visit.company)]
        choices["status"].choices = status_choices()

    def clean_referred_by(self) -> str:
        said = str(self.cleaned_data["referred_by"]).strip()
        if not said or said == self.initial.get("referred_by"):
            return said
        found = finding.find_guests(said, limit=2, time_zone=str(self.visit.company.zone))
        exact = [one for one in found if one.found_by == "id"]
        if len(exact or found) == 1:
            return (exact or found)[0].id
        raise forms.ValidationError(
            _("Several guests are like that; write the whole phone or e-mail.")
            if found
            else _("Nobody is known like that.")
        )

    def record(self) -> dict[str, Any]:
        """The fields of the contract; what was left empty is null."""
        said = {name: self.cleaned_data[name] or None for name in GUEST_FIELDS}
        return {name: _plain(value) for name, value in said.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


GUEST_FIELDS = (
    *("name", "phone", "email", "birthday", "anniversary"),
    *("home_center", "status", "referred_by"),
)


class NewGuestForm(GuestForm):
    """The same, with a question where somebody is known by this phone or e-mail already."""

    is_another = forms.BooleanField(
        label=gettext_lazy("This is another person"), required=False
    )
    field_order = ("name", "phone", "email", "birthday", "status", "referred_by")

    def __init__(self, visit: Visit, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        self.known: Sequence[FoundGuest] = ()
        del self.fields["anniversary"]
        if not self.is_bound:
            self.fields["is_another"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self.known = _known_by(self.visit, said.get("phone"), said.get("email"))
        if not self.known:
            self.fields["is_another"].widget = forms.HiddenInput()
        elif not said.get("is_another"):
            self.add_error("is_another", _("Look at who is known before another one is made."))
        return said

    def record(self) -> dict[str, Any]:
        self.cleaned_data.setdefault("anniversary", None)
        return super().record()


def _known_by(visit: Visit, phone: str | None, email: str | None) -> list[FoundGuest]:
    """Who has this phone or this e-mail."""
    zone = str(visit.company.zone)
    found: dict[str, FoundGuest] = {}
    if phone:
        for one in finding.guests_with(phone=phone, limit=5, time_zone=zone):
            found[one.id] = one
    if email:
        for one in finding.guests_with(email=email, limit=5, time_zone=zone):
            found[one.id] = one
    return list(found.values())


def status_choices() -> list[tuple[str, str]]:
    return [("", "–"), *reports_ledger.status_names().items()]


@page("clients/new", needs=RECORD, methods=("GET", "POST"), under="clients")
def guest_new(visit: Visit) -> HttpResponse:
    """Somebody who is not known yet, in a minute."""
    center = visit.center.ref if visit.center else ""
    initial = {"name": visit.request.GET.get("name", "")[:200], "home_center": center}
    form = NewGuestForm(visit, visit.request.POST or None, initial=initial)

    def act(_said: dict[str, Any]) -> HttpResponse:
        record = guest_acts.new_guest(form.record(), token=token_of(visit))
        send(visit, "guest", record["id"], **record)
        visit.say(_("%(name)s is known now.") % {"name": record["name"]})
        return visit.go("guest", ref=record["id"])

    return carried_out(visit, form, act) or show_act(
        visit,
        form,
        template="desk/guest_new.html",
        title=_("New guest"),
        label=_("Make the guest known"),
        back=reverse("clients"),
    )


@page(
    "guest-edit/<path:ref>",
    needs=RECORD,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="clients",
)
def guest_edit(visit: Visit, ref: str) -> HttpResponse:
    """The guest's own record."""
    head = find_head(ref)
    initial = {name: getattr(head, name) or "" for name in GUEST_FIELDS}
    form = GuestForm(visit, visit.request.POST or None, initial=initial, version=head.digest)

    def act(_said: dict[str, Any]) -> HttpResponse:
        check_fresh(visit, head.digest)
        return _save(visit, head, **form.record())

    return carried_out(visit, form, act) or show_act(
        visit, form, title=_title(head, _("Edit")), label=_("Save"), back=_back(head)
    )


class StatusForm(DeskForm):
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        help_text=gettext_lazy("Says whether loyalty rewards are processed for the guest."),
    )

    def __init__(self, visit: Visit, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        choices: Any = self.fields["status"]
        choices.choices = status_choices()


@page(
    "guest-status/<path:ref>",
    needs=RECORD,
    or_needs=Permission.PROCESS_REWARDS,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="clients",
)
def guest_status(visit: Visit, ref: str) -> HttpResponse:
    """The label marketing gives a guest (rule 10.2)."""
    head = find_head(ref)
    form = StatusForm(
        visit,
        visit.request.POST or None,
        initial={"status": head.status or ""},
        version=head.digest,
    )

    def act(said: dict[str, Any]) -> HttpResponse:
        check_fresh(visit, head.digest)
        return _save(visit, head, status=said["status"] or None)

    return carried_out(visit, form, act) or show_act(
        visit, form, title=_title(head, _("Status")), label=_("Save"), back=_back(head)
    )


def _save(visit: Visit, head: GuestHead, **changes: Any) -> HttpResponse:
    said = guest_acts.edited_guest(visit.company, head.id, changes)
    result = send(visit, "guest", head.id, **said)
    for warning in result.warnings:
        visit.warn(spoken(warning.message, visit))
    visit.say(_("%(name)s is saved.") % {"name": said["name"]})
    return visit.go("guest", ref=head.id)


def _title(head: GuestHead, what: str) -> str:
    return f"{what}: {head.name}"


def _back(head: GuestHead) -> str:
    return reverse("guest", kwargs={"ref": head.id})


# -- taking part, being told ------------------------------------------------------------------


@page("guest-opt-in/<path:ref>", needs=OPT_IN, methods=("POST",))
def guest_opt_in(visit: Visit, ref: str) -> HttpResponse:
    """The guest takes part again (rule 4.8)."""
    return _set_opt_in(visit, ref, is_in=True)


@page("guest-opt-out/<path:ref>", needs=OPT_IN, methods=("POST",))
def guest_opt_out(visit: Visit, ref: str) -> HttpResponse:
    """The guest takes part no more; whoever is enrolled cancels the enrollment instead."""
    return _set_opt_in(visit, ref, is_in=False)


def _set_opt_in(visit: Visit, ref: str, *, is_in: bool) -> HttpResponse:
    head = find_head(ref)
    send(visit, "set_opt_in", token_of(visit), guest=ref, loyalty_opt_in=is_in)
    told = _("%(name)s takes part again.") if is_in else _("%(name)s takes part no more.")
    visit.say(told % {"name": head.name})
    return visit.go("guest", ref=ref)


WISHES = [
    ("", gettext_lazy("not asked")),
    (consent.GIVEN, gettext_lazy("agreed")),
    (consent.WITHDRAWN, gettext_lazy("does not want it")),
]
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl")
"""Offered in the form; another one that a guest has already is kept in the list."""


class ConsentForm(DeskForm):
    """What the guest agreed to; what is not touched stays as it is."""

    email = forms.ChoiceField(
        label=gettext_lazy("E-mail"), choices=WISHES, required=False, widget=forms.RadioSelect
    )
    sms = forms.ChoiceField(
        label=gettext_lazy("Text message"),
        choices=WISHES,
        required=False,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Where and how the guest said so; it is kept."),
    )

    def __init__(self, visit: Visit, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        now = self.initial.get("language") or ""
        tags = [*LANGUAGES, *([now] if now and now not in LANGUAGES else [])]
        named = [(tag, language_name(tag, visit.language)) for tag in tags]
        field: Any = self.fields["language"]
        field.choices = [("", _("the company's own")), *sorted(named, key=lambda one: one[1])]


@page(
    "guest-consent/<path:ref>",
    needs=RECORD,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="clients",
)
def guest_consent(visit: Visit, ref: str) -> HttpResponse:
    """What the guest may be told by, and in which language; every change is kept."""
    head = find_head(ref)
    now = consent.preferences_of(ref)
    initial = {
        "email": now.email_consent or "",
        "sms": now.sms_consent or "",
        "language": now.language or "",
    }
    form = ConsentForm(visit, visit.request.POST or None, initial=initial)

    def act(said: dict[str, Any]) -> HttpResponse:
        changed = {name: said[name] for name in initial if said[name] != initial[name]}
        wishes = {name: wish or _none(name) for name, wish in changed.items()}
        consent.record_all(
            visit.company,
            ref,
            wishes,
            at=visit.now,
            by=visit.actor.name,
            how="desk",
            note=said["note"] or None,
        )
        visit.say(_("It is kept how %(name)s may be told.") % {"name": head.name})
        return visit.go("guest", ref=ref)

    return carried_out(visit, form, act) or show_act(
        visit,
        form,
        title=_title(head, _("May be told by")),
        label=_("Save"),
        back=_back(head),
    )


def _none(name: str) -> str | None:
    """What was said of a channel is not unsaid; a language can be left to the company."""
    return consent.NO_LANGUAGE if name == consent.LANGUAGE else None
