"""Program Settings (rule 2) and the settings of money rewards (rule 10), in the draft."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from regulars.faces.office.program_fields import REWARDS, SETTINGS, Group
from regulars.faces.office.program_forms import PartForm, checked, draft_of
from regulars.faces.office.program_frame import DEFINE, framed
from regulars.faces.office.program_words import CLOSED_ONLY
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.services.program_drafts import Draft, Part

_ABOVE_TIERS = Part(
    "settings",
    lambda document: {
        name: value for name, value in document.items() if name not in ("tiers", "rewards")
    },
)
_MONEY_REWARDS = Part("rewards", lambda document: {"rewards": document.get("rewards")})


class SettingsForm(PartForm):
    """All settings of some groups."""

    def __init__(self, visit: Visit, draft: Draft, part: Part, groups: Sequence[Group]) -> None:
        self.groups = groups
        rows = [one for group in groups for one in group.settings]
        super().__init__(visit, draft, part, settings=rows)

    @property
    def parts(self) -> list[dict[str, object]]:
        """The groups with their fields, for the page."""
        return [
            {"group": group, "fields": [self[one.name] for one in group.settings]}
            for group in self.groups
        ]


def settings_form(visit: Visit, draft: Draft) -> SettingsForm:
    return SettingsForm(visit, draft, _ABOVE_TIERS, SETTINGS)


def rewards_form(visit: Visit, draft: Draft) -> SettingsForm:
    return SettingsForm(visit, draft, _MONEY_REWARDS, REWARDS)


@page("program/settings", needs=DEFINE, methods=("GET", "POST"), under="program")
def program_settings(visit: Visit) -> HttpResponse:
    """Every setting of the program above its tiers."""
    draft = draft_of(visit)
    return _edited(visit, draft, settings_form(visit, draft), here="program_settings")


@page("program/rewards", needs=DEFINE, methods=("GET", "POST"), under="program")
def program_rewards(visit: Visit) -> HttpResponse:
    """How money rewards work."""
    draft = draft_of(visit)
    return _edited(visit, draft, rewards_form(visit, draft), here="program_rewards")


@page("program/check/settings", needs=DEFINE, methods=("POST",))
def program_settings_check(visit: Visit) -> HttpResponse:
    """Live: which settings exclude each other as they stand."""
    form = settings_form(visit, draft_of(visit))
    checked(form)
    was, award_on = (visit.request.POST.get(name) for name in ("award_on_was", "award_on"))
    # Only then: what is put in anew loses the focus.
    anew = [one for one in form.settings if one.path in CLOSED_ONLY] if was != award_on else []
    context = {"form": form, "anew": [form[one.name] for one in anew], "award_on": award_on}
    return visit.show("office/program_live.html", context)


@page("program/check/rewards", needs=DEFINE, methods=("POST",))
def program_rewards_check(visit: Visit) -> HttpResponse:
    """Live: the same for money rewards."""
    form = rewards_form(visit, draft_of(visit))
    checked(form)
    return visit.show("office/program_live.html", {"form": form})


def _edited(visit: Visit, draft: Draft, form: SettingsForm, *, here: str) -> HttpResponse:
    if visit.request.method == "POST" and form.is_valid() and form.save():
        visit.say(_("The settings are in the draft."))
        return visit.go(here)
    form.mark(draft.document, draft.problems)
    status = 409 if form.overtaken else 422 if form.errors else 200
    context = framed(visit, here, form.overtaken or draft, form=form, check=f"{here}_check")
    return visit.show("office/program_settings.html", context, status=status)
