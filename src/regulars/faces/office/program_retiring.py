"""A tier is retired, its guests have a place to go, or it is taken out (rule 3.11)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office.program_forms import (
    Document,
    day_of,
    draft_of,
    sent_by,
    with_version,
)
from regulars.faces.office.program_frame import DEFINE, framed, in_force_today
from regulars.faces.office.program_tiers import known_tier, tier_in
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import totals
from regulars.rules.program import Tier
from regulars.rules.refusals import Refused
from regulars.services import program_drafts as drafts
from regulars.services.program_drafts import Change, Draft, Part


class RetireForm(DeskForm):
    """Where the guests of a tier go (rule 3.11); nothing chosen: it stays."""

    goes_to = forms.ChoiceField(
        label=gettext_lazy("Its guests go to"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, visit: Visit, draft: Draft, tier: Tier, *, version: str) -> None:
        initial = {"goes_to": tier.retire or ""}
        super().__init__(visit, sent_by(visit), version=version, initial=initial)
        others = [one for one in draft.program.active_tiers if one.id != tier.id]
        stays = ("", _("Nowhere: the tier stays"))
        chosen: Any = self.fields["goes_to"]
        chosen.choices = [stays, *((one.id, one.name) for one in others)]


@page(
    "program/tiers/<path:tier>/retire",
    needs=DEFINE,
    methods=("GET", "POST"),
    example={"tier": "silver"},
    under="program",
)
def program_tier_retire(visit: Visit, tier: str) -> HttpResponse:
    """Retire a tier, say where its guests go; or let it stay after all."""
    draft = draft_of(visit)
    known = known_tier(draft, tier)
    part = Part(f"tier/{tier}/retire", lambda one: (tier_in(one, tier) or {}).get("retire"))
    form = RetireForm(visit, draft, known, version=part.version(draft.document))
    overtaken = None
    if visit.request.method == "POST" and form.is_valid():
        goes_to = form.cleaned_data["goes_to"] or None
        try:
            _change(visit, part, form, lambda one: _with(one, tier, retire=goes_to))
        except drafts.Overtaken as error:
            overtaken = error.draft
            form.data = with_version(form.data, part.version(overtaken.document))
        else:
            visit.say(_("%(name)s is in the draft.") % {"name": known.name})
            return visit.go("program")
    context = framed(
        visit,
        "program",
        overtaken or draft,
        form=form,
        tier=known,
        overtaken=overtaken,
        n_guests=_n_guests(tier),
        may_remove=_may_remove(visit, tier),
    )
    status = 409 if overtaken else 422 if form.errors else 200
    return visit.show("office/program_retire.html", context, status=status)


@page("program/tiers/<path:tier>/remove", needs=DEFINE, methods=("POST",))
def program_tier_remove(visit: Visit, tier: str) -> HttpResponse:
    """Take a tier out of the draft: one that was never in force, or that nobody is in."""
    draft = draft_of(visit)
    known = known_tier(draft, tier)
    if not _may_remove(visit, tier):
        raise Refused(
            "setting_conflict",
            _("%(name)s has guests: retire it, and say where they go.") % {"name": known.name},
            field="retire",
        )
    part = Part(f"tier/{tier}/removed", lambda one: tier_in(one, tier))
    version = part.version(draft.document)
    wanted = Change(
        part, lambda one: _without(one, tier), version, lambda _one, _problem: False
    )
    drafts.change(visit.company, wanted, on=day_of(visit), at=visit.now, by=visit.actor)
    visit.say(_("%(name)s is out of the draft.") % {"name": known.name})
    return visit.go("program")


def _change(visit: Visit, part: Part, form: RetireForm, edit: drafts.Edit) -> None:
    seen = form.cleaned_data["version"]
    wanted = Change(part, edit, seen, lambda _one, _problem: False)
    drafts.change(visit.company, wanted, on=day_of(visit), at=visit.now, by=visit.actor)


def _with(document: Document, ref: str, **said: Any) -> dict[str, Any]:
    tiers = [{**one, **said} if one.get("id") == ref else one for one in document["tiers"]]
    return {**document, "tiers": tiers}


def _without(document: Document, ref: str) -> dict[str, Any]:
    tiers = [one for one in document["tiers"] if one.get("id") != ref]
    return {**document, "tiers": tiers}


def _n_guests(ref: str) -> int:
    return totals.guests_by_tier().get(ref, 0)


def _may_remove(visit: Visit, ref: str) -> bool:
    """Never in force; or retired by the version in force, and empty by now."""
    versions = visit.company.versions.programs
    if all(one.tier(ref) is None for one in versions):
        return True
    now = in_force_today(visit)
    tier = now.tier(ref) if now else None
    return (tier is None or tier.retire is not None) and not _n_guests(ref)
