"""Create Loyalty Point Tier: its fields, then its accruals; the same to change them."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import program_words as words
from regulars.faces.office.program import spend_sentence
from regulars.faces.office.program_fields import TIER, exact_money
from regulars.faces.office.program_forms import (
    Document,
    PartForm,
    checked,
    day_of,
    draft_of,
)
from regulars.faces.office.program_frame import DEFINE, framed, in_force_today
from regulars.faces.shared.fields import MoneyField
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.rules.program import AMOUNT_ACTIONS, AWARDABLE_KINDS, ICONS, ITEM_KINDS, Tier
from regulars.rules.program_reader import LARGEST_COUNT
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import program_drafts as drafts
from regulars.services.messages import languages
from regulars.services.program_drafts import Draft, Part

NEW: Mapping[str, Any] = {
    "icon": "star",
    "validity_days": 365,
    "points_expire_after_days": 365,
    "award_points_for": [kind for kind in ITEM_KINDS if kind in AWARDABLE_KINDS],
    "allow_redemption": True,
    "allow_downgrade_to": True,
}
"""What the fields of a new tier begin with."""


def tier_in(document: Document, ref: str) -> dict[str, Any] | None:
    return next((one for one in document.get("tiers") or () if one.get("id") == ref), None)


def without_accruals(tier: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return (
        None
        if tier is None
        else {name: value for name, value in tier.items() if name != "accruals"}
    )


class TierForm(PartForm):
    """Step one: the fields of rule 3. A new tier has no `ref` yet."""

    settings = TIER

    def __init__(self, visit: Visit, draft: Draft, ref: str | None) -> None:
        self.ref, self.made = ref, ref or ""
        part = Part(
            f"tier/{ref or ''}",
            lambda document: without_accruals(tier_in(document, ref)) if ref else None,
        )
        super().__init__(visit, draft, part)

    def _initial(self, visit: Visit) -> dict[str, Any]:
        if self.ref is None:
            self.said = dict(NEW)
        return super()._initial(visit)

    def edit(self, document: Document) -> dict[str, Any]:
        changed = deepcopy(dict(document))
        tiers = changed.setdefault("tiers", [])
        ref = self.ref or drafts.new_tier_id(
            self.visit.company, document, self.cleaned_data["name"] or ""
        )
        self.made = ref
        tier = tier_in(changed, ref)
        if tier is None:
            tier = {"id": ref, "retire": None, "accruals": {}}
            tiers.append(tier)
        for one in self.settings:
            one.put(tier, self.value(one))
        return changed

    def field_at(self, path: str, document: Document) -> str | None:
        tier = tier_in(document, self.made)
        place = document["tiers"].index(tier) if tier else -1
        above, _dot, name = path.rpartition(".")
        return super().field_at(name, document) if above == f"tiers.{place}" else None

    def sentence(self, document: Document, problem: Refused) -> str:
        return spend_sentence(self.visit, document, problem)


class AccrualsForm(PartForm):
    """Step two: the twelve actions, each on or off, with points, and per how much money."""

    examples: Mapping[str, str] = {}

    def __init__(self, visit: Visit, draft: Draft, ref: str) -> None:
        self.ref = ref
        part = Part(
            f"tier/{ref}/accruals",
            lambda document: (tier_in(document, ref) or {}).get("accruals") or {},
        )
        super().__init__(visit, draft, part)
        for action in words.ACTIONS:
            for name, made in _accrual_fields(action).items():
                if isinstance(made, MoneyField):
                    made.language = visit.language
                made.initial = self._at_first(action, name)
                self.fields[f"{action}__{name}"] = made

    def _at_first(self, action: str, name: str) -> Any:
        terms = self.said.get(action)
        if name == "on":
            return terms is not None
        if terms is None:
            return "" if name == "points" else self._usual_per(action)
        value = terms.get(name)
        if name == "points" or value is None:
            return "" if value is None else value
        return languages.written_decimal(value, self.visit.language)

    def _usual_per(self, action: str) -> str:
        if action not in AMOUNT_ACTIONS:
            return ""
        exponent = self.visit.company.exponent
        return languages.plain_amount(
            100 * 10**exponent, self.visit.language, exponent=exponent
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for action in words.ACTIONS:
            if not said.get(f"{action}__on"):
                continue
            self._miss(said, f"{action}__points", _("How many points?"))
            if action in AMOUNT_ACTIONS:
                self._miss(said, f"{action}__per", _("For how much money?"))
        return said

    def _miss(self, said: Mapping[str, Any], name: str, sentence: str) -> None:
        if name not in self.errors and said.get(name) in (None, ""):
            self.add_error(name, forms.ValidationError(sentence, code="required"))

    def edit(self, document: Document) -> dict[str, Any]:
        changed = deepcopy(dict(document))
        tier = tier_in(changed, self.ref)
        if tier is not None:
            tier["accruals"] = {
                action: terms for action in words.ACTIONS if (terms := self.terms(action))
            }
        return changed

    def terms(self, action: str) -> dict[str, Any] | None:
        """What the form says of an action, None while it is off or unfinished."""
        said = self.cleaned_data
        points, per = said.get(f"{action}__points"), said.get(f"{action}__per")
        if not said.get(f"{action}__on") or points is None:
            return None
        if per:
            exponent = self.visit.company.exponent
            return {"points": points, "per": exact_money(per, exponent)}
        return {"points": points} if action not in AMOUNT_ACTIONS else None

    def field_at(self, path: str, document: Document) -> str | None:
        tier = tier_in(document, self.ref)
        place = document["tiers"].index(tier) if tier else -1
        above = f"tiers.{place}.accruals."
        name = path.removeprefix(above).replace(".", "__")
        return name if path.startswith(above) and name in self.fields else None

    def beside(self, draft: Draft) -> None:
        super().beside(draft)
        now = self.part.look(draft.document)
        for action in words.ACTIONS:
            if now.get(action) != self.terms(action):
                made: Any = self.fields[f"{action}__on"]
                made.newer = words.said(self.visit, action, now.get(action))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The actions in the order of rule 6."""
        return [
            {
                "action": action,
                "name": name,
                "meaning": words.MEANINGS[action],
                "on": self[f"{action}__on"],
                "points": self[f"{action}__points"],
                "per": self[f"{action}__per"] if f"{action}__per" in self.fields else None,
                "sentence": self.examples.get(action, ""),
            }
            for action, name in words.ACTIONS.items()
        ]


def _accrual_fields(action: str) -> dict[str, forms.Field]:
    name = words.ACTIONS[action]
    on = forms.BooleanField(label=str(name), required=False)
    points = forms.IntegerField(
        label=gettext_lazy("Points"),
        min_value=0,
        max_value=LARGEST_COUNT,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    found: dict[str, forms.Field] = {"on": on, "points": points}
    if action in words.PER_ACTIONS:
        found["per"] = MoneyField(label=gettext_lazy("for each"), max_length=30, required=False)
        if action not in AMOUNT_ACTIONS:
            found["per"].help_text = gettext_lazy("Empty: the same for every visit.")
    for one in found.values():
        made: Any = one
        made.template_name = "office/program_field.html"
    return found


# -- the wizard -------------------------------------------------------------------------------


@page("program/tiers/new", needs=DEFINE, methods=("GET", "POST"), under="program")
def program_tier_new(visit: Visit) -> HttpResponse:
    """Create Loyalty Point Tier, step one."""
    draft = draft_of(visit)
    form = TierForm(visit, draft, None)
    if visit.request.method == "POST" and form.is_valid() and form.save():
        return visit.go("program_tier_accruals", tier=form.made)
    return _show(visit, draft, form, "office/program_tier.html", tier=None)


@page(
    "program/tiers/<path:tier>/edit",
    needs=DEFINE,
    methods=("GET", "POST"),
    example={"tier": "silver"},
    under="program",
)
def program_tier(visit: Visit, tier: str) -> HttpResponse:
    """A tier's fields, to be changed."""
    draft = draft_of(visit)
    known = known_tier(draft, tier)
    form = TierForm(visit, draft, tier)
    if visit.request.method == "POST" and form.is_valid() and form.save():
        visit.say(_("%(name)s is in the draft.") % {"name": form.cleaned_data["name"]})
        return visit.go("program")
    form.mark(draft.document, draft.problems)
    return _show(visit, draft, form, "office/program_tier.html", tier=known)


@page(
    "program/tiers/<path:tier>/accruals",
    needs=DEFINE,
    methods=("GET", "POST"),
    example={"tier": "silver"},
    under="program",
)
def program_tier_accruals(visit: Visit, tier: str) -> HttpResponse:
    """Step two: what each of the twelve actions earns, with an example of each."""
    draft = draft_of(visit)
    known = known_tier(draft, tier)
    form = AccrualsForm(visit, draft, tier)
    if visit.request.method == "POST" and form.is_valid() and form.save():
        visit.say(_("%(name)s is in the draft.") % {"name": known.name})
        return visit.go("program")
    form.examples = words.examples(visit, draft.program, known)
    return _show(
        visit,
        draft,
        form,
        "office/program_accruals.html",
        tier=known,
        is_new=not (in_force := in_force_today(visit)) or in_force.tier(tier) is None,
    )


@page("program/check/tier", needs=DEFINE, methods=("POST",))
def program_tier_check(visit: Visit) -> HttpResponse:
    """Live: what is in the way of the fields as they stand. `of` is the tier, if it is one."""
    draft = draft_of(visit)
    ref = visit.request.POST.get("of") or None
    form = TierForm(visit, draft, ref if ref and tier_in(draft.document, ref) else None)
    checked(form)
    return visit.show("office/program_live.html", {"form": form})


@page("program/check/accruals", needs=DEFINE, methods=("POST",))
def program_accruals_check(visit: Visit) -> HttpResponse:
    """Live: what the accruals as they stand would give, on examples."""
    draft = draft_of(visit)
    ref = visit.request.POST.get("of", "")
    known_tier(draft, ref)
    form = AccrualsForm(visit, draft, ref)
    checked(form)
    document = form.edit(draft.document)
    program, _problems = drafts.read_draft(visit.company, document, on=day_of(visit))
    tier = program.tier(ref)
    assert tier is not None
    form.examples = words.examples(visit, program, tier)
    return visit.show("office/program_live.html", {"form": form})


def known_tier(draft: Draft, ref: str) -> Tier:
    tier = draft.program.tier(ref)
    if tier is None:
        raise unknown_reference("tier", ref, field="tier")
    return tier


def _show(
    visit: Visit, draft: Draft, form: PartForm, template: str, **context: Any
) -> HttpResponse:
    status = 409 if form.overtaken else 422 if form.errors else 200
    shown = framed(visit, "program", form.overtaken or draft, form=form, icons=ICONS, **context)
    return visit.show(template, shown, status=status)
