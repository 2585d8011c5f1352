"""Points added, removed and given more time by hand (rule 9.2); above a limit they wait."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.faces.desk.guest_frame import find_head
from regulars.faces.shared.acts import carried_out, show_act
from regulars.faces.shared.fields import DayField, DeskForm
from regulars.faces.shared.ledger_words import REASONS
from regulars.faces.shared.pages import page
from regulars.faces.shared.sending import send, token_of
from regulars.faces.shared.visits import Visit
from regulars.records.queries.guest_heads import GuestHead
from regulars.rules.permissions import Permission
from regulars.services import guest_points
from regulars.services.formats.commands import MOST_POINTS
from regulars.services.formats.results import Result
from regulars.services.guest_points import Balance
from regulars.services.messages.languages import written_day

EXAMPLE = {"ref": "vivian-castellanos"}
USUAL, ON_A_DAY, NEVER, ANY = "usual", "day", "never", "any"


class PointsForm(DeskForm):
    """How many, and why."""

    points = forms.IntegerField(
        label=gettext_lazy("Points"), min_value=1, max_value=MOST_POINTS
    )
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=list(REASONS.items()))
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def why(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"reason": said["reason"], "comment": said["comment"] or None}


class AddForm(PointsForm):
    """Points with the tier's days, a day of their own, or without an end."""

    expiry = forms.ChoiceField(label=gettext_lazy("Good through"), widget=forms.RadioSelect)
    expires_on = DayField(label=gettext_lazy("That day"), required=False)
    field_order = ("points", "expiry", "expires_on", "reason", "comment")

    def __init__(self, visit: Visit, usual: date | None, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        shown = written_day(usual, visit.language, "medium") if usual else _("no end")
        field: Any = self.fields["expiry"]
        field.choices = [
            (USUAL, _("as usual: %(day)s") % {"day": shown}),
            (ON_A_DAY, _("a day of their own")),
            (NEVER, _("no end")),
        ]
        self.initial.setdefault("expiry", USUAL)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("expiry") == ON_A_DAY and not said.get("expires_on"):
            self.add_error("expires_on", _("Say which day."))
        return said

    def last_day(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said["expiry"] == USUAL:
            return {}
        on = said["expires_on"] if said["expiry"] == ON_A_DAY else None
        return {"expires_on": on.isoformat() if on else None}


class RemoveForm(PointsForm):
    """From all lots in the order they would be used, or from those of one last day."""

    lots = forms.ChoiceField(label=gettext_lazy("From"))
    field_order = ("points", "lots", "reason", "comment")
    refused_at = {"expires_on": "lots"}

    def __init__(self, visit: Visit, balance: Balance, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        field: Any = self.fields["lots"]
        field.choices = [
            (ANY, _("those that end first")),
            *ending_choices(visit, balance, with_never=True),
        ]

    def last_day(self) -> dict[str, Any]:
        lots = self.cleaned_data["lots"]
        return {} if lots == ANY else {"expires_on": None if lots == NEVER else lots}


class ExtendForm(DeskForm):
    """All points of one last day get a later one."""

    from_expires_on = forms.ChoiceField(label=gettext_lazy("Points that end"))
    to_expires_on = DayField(label=gettext_lazy("Good through from now on"))

    def __init__(self, visit: Visit, balance: Balance, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        field: Any = self.fields["from_expires_on"]
        field.choices = ending_choices(visit, balance, with_never=False)


def ending_choices(
    visit: Visit, balance: Balance, *, with_never: bool
) -> list[tuple[str, str]]:
    """Last days as choices, with how many points end then."""
    choices = []
    for one in balance.endings:
        n = ngettext("%(n)s point", "%(n)s points", one.points) % {"n": one.points}
        if one.expires_on is not None:
            shown = written_day(one.expires_on, visit.language, "medium")
            choices.append((one.expires_on.isoformat(), f"{shown} ({n})"))
        elif with_never:
            choices.append((NEVER, _("without an end (%(n)s)") % {"n": n}))
    return choices


# -- pages ------------------------------------------------------------------------------------


@page(
    "points-add/<path:ref>",
    needs=Permission.ADD_POINTS,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="clients",
)
def points_add(visit: Visit, ref: str) -> HttpResponse:
    """Points as a gesture, or to put something right."""
    head = find_head(ref)
    usual = guest_points.usual_last_day(visit.company, head, on=visit.today)
    form = AddForm(visit, usual, visit.request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        fields = {"guest": ref, "points": said["points"], **form.last_day(), **form.why()}
        result = send(visit, "add_points", token_of(visit), **fields)
        return _done(visit, head, result, _("%(n)s points added.") % {"n": said["points"]})

    return carried_out(visit, form, act) or show_act(
        visit, form, title=_titled(_("Add points"), head), label=_("Add"), back=_back(head)
    )


@page(
    "points-remove/<path:ref>",
    needs=Permission.REMOVE_POINTS,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="clients",
)
def points_remove(visit: Visit, ref: str) -> HttpResponse:
    """Points that should not be there."""
    head = find_head(ref)
    balance = guest_points.points_view(visit.company, head, now=visit.now).balance
    form = RemoveForm(visit, balance, visit.request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        fields = {"guest": ref, "points": said["points"], **form.last_day(), **form.why()}
        result = send(visit, "remove_points", token_of(visit), **fields)
        return _done(visit, head, result, _("%(n)s points removed.") % {"n": said["points"]})

    return carried_out(visit, form, act) or show_act(
        visit,
        form,
        title=_titled(_("Remove points"), head),
        label=_("Remove"),
        kind="danger",
        back=_back(head),
    )


@page(
    "points-extend/<path:ref>",
    needs=Permission.EXTEND_EXPIRY,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="clients",
)
def points_extend(visit: Visit, ref: str) -> HttpResponse:
    """More time for points that are about to end."""
    head = find_head(ref)
    balance = guest_points.points_view(visit.company, head, now=visit.now).balance
    form = ExtendForm(visit, balance, visit.request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        result = send(
            visit,
            "extend_expiry",
            token_of(visit),
            guest=ref,
            from_expires_on=said["from_expires_on"],
            to_expires_on=said["to_expires_on"].isoformat(),
        )
        day = written_day(said["to_expires_on"], visit.language, "medium")
        return _done(visit, head, result, _("Good through %(day)s now.") % {"day": day})

    return carried_out(visit, form, act) or show_act(
        visit,
        form,
        title=_titled(_("More time"), head),
        label=_("Give more time"),
        back=_back(head),
    )


def _done(visit: Visit, head: GuestHead, result: Result, sentence: str) -> HttpResponse:
    """What came of it; an act above the limit has not happened yet, and that is said."""
    if result.status == "pending":
        visit.warn(
            _("%(points)s points are above the limit of %(limit)s: they wait for approval.")
            % {"points": result.detail["points"], "limit": result.detail["limit"]}
        )
    else:
        visit.say(sentence)
    return visit.go("guest_points", ref=head.id)


def _titled(what: str, head: GuestHead) -> str:
    return f"{what}: {head.name}"


def _back(head: GuestHead) -> str:
    return reverse("guest_points", kwargs={"ref": head.id})
