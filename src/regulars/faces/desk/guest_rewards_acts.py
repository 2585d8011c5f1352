"""A reward given by hand, changed, made void (rules 10.6, 10.10)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.guest_frame import find_head
from regulars.faces.shared.acts import carried_out, show_act
from regulars.faces.shared.fields import DayField, DeskForm, MoneyField
from regulars.faces.shared.pages import page
from regulars.faces.shared.sending import send, token_of
from regulars.faces.shared.visits import Visit, redirect_to
from regulars.records.queries.reward_lists import RewardLine
from regulars.rules.permissions import Permission
from regulars.services import reward_office, rewards
from regulars.services.messages.languages import locale_of

CREATE = Permission.CREATE_REWARD
EXAMPLE = {"ref": "R1"}


class RewardForm(DeskForm):
    amount = MoneyField(label=gettext_lazy("Amount"))
    expires_on = DayField(
        label=gettext_lazy("Good through"),
        required=False,
        help_text=gettext_lazy("Left empty, it does not end."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def fields_said(self) -> dict[str, Any]:
        said = self.cleaned_data
        on = said["expires_on"]
        return {
            "amount": said["amount"],
            "expires_on": on.isoformat() if on else None,
            "note": said["note"] or None,
        }


@page(
    "reward-new/<path:ref>",
    needs=CREATE,
    methods=("GET", "POST"),
    example={"ref": "vivian-castellanos"},
    under="clients",
)
def reward_new(visit: Visit, ref: str) -> HttpResponse:
    """The plus sign: studio credit for a guest of any status."""
    head = find_head(ref)
    form = RewardForm(visit, visit.request.POST or None)

    def act(_said: dict[str, Any]) -> HttpResponse:
        code = rewards.spoken_code_of(token_of(visit))
        result = send(visit, "issue_reward", code, guest=ref, **form.fields_said())
        visit.say(
            _("Reward %(code)s for %(name)s is there.") % {"code": code, "name": head.name}
        )
        if not result.detail.get("include_in_loyalty_rewards", True):
            visit.warn(
                _("%(name)s's status is not in loyalty rewards; set another, if that is right.")
                % {"name": head.name}
            )
        return _back_to(visit, ref)

    return carried_out(visit, form, act) or show_act(
        visit,
        form,
        title=_("A reward for %(name)s") % {"name": head.name},
        label=_("Give it"),
        back=_back(visit, ref),
    )


@page(
    "reward-edit/<path:ref>",
    needs=CREATE,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="clients",
)
def reward_edit(visit: Visit, ref: str) -> HttpResponse:
    """Amount, last day and note, until it is redeemed."""
    line = reward_office.find_reward(ref, on=visit.today)
    initial = {
        "amount": _written(visit, line.amount_cents),
        "expires_on": line.expires_on,
        "note": line.note or "",
    }
    form = RewardForm(visit, visit.request.POST or None, initial=initial)

    def act(_said: dict[str, Any]) -> HttpResponse:
        said = form.fields_said()
        send(visit, "edit_reward", token_of(visit), reward=ref, **said)
        visit.say(_("Reward %(code)s is saved.") % {"code": ref})
        return _back_to(visit, line.guest)

    return carried_out(visit, form, act) or show_act(
        visit, form, title=_title(line), label=_("Save"), back=_back(visit, line.guest)
    )


def _written(visit: Visit, cents: int) -> str:
    """An amount as `MoneyField` takes it in the language of the desk."""
    point = locale_of(visit.language).number_symbols["latn"]["decimal"]
    return visit.company.money(cents).replace(".", point)


class VoidForm(DeskForm):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@page(
    "reward-void/<path:ref>",
    needs=Permission.VOID_REWARD,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="clients",
)
def reward_void(visit: Visit, ref: str) -> HttpResponse:
    """A reward that is not to be used; it stays in the list, with why."""
    line = reward_office.find_reward(ref, on=visit.today)
    form = VoidForm(visit, visit.request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        send(visit, "void_reward", token_of(visit), reward=ref, reason=said["reason"])
        visit.say(_("Reward %(code)s is void.") % {"code": ref})
        return _back_to(visit, line.guest)

    return carried_out(visit, form, act) or show_act(
        visit,
        form,
        title=_("Make reward %(code)s void") % {"code": ref},
        label=_("Make it void"),
        kind="danger",
        back=_back(visit, line.guest),
    )


def _title(line: RewardLine) -> str:
    return _("Reward %(code)s of %(name)s") % {"code": line.id, "name": line.name}


def _back(visit: Visit, guest: str) -> str:
    """Where the form was opened: the list of all rewards, or else the guest's own."""
    asked = visit.request.GET.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("guest_rewards", kwargs={"ref": guest})


def _back_to(visit: Visit, guest: str) -> HttpResponse:
    return redirect_to(visit.request, _back(visit, guest))
