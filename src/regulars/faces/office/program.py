"""Manage Loyalty Points Tiers: the ladder with its guests, thresholds, the end of a draft."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import program_words as words
from regulars.faces.office.program_fields import TIER, Setting
from regulars.faces.office.program_forms import Document, PartForm, day_of, draft_of
from regulars.faces.office.program_frame import DEFINE, framed, in_force_today
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.refusals import Stale
from regulars.faces.shared.visits import Visit
from regulars.records.queries import totals
from regulars.rules.amounts import format_money
from regulars.rules.program import ACTIONS, Program, Tier
from regulars.rules.refusals import Refused
from regulars.services import program_drafts as drafts
from regulars.services.program_drafts import Draft, Part

THRESHOLDS = [one for one in TIER if one.path in ("minimum_spend", "minimum_spend_to_stay")]


DONE: words.Words = {
    "settings": gettext_lazy("changed the settings"),
    "rewards": gettext_lazy("changed the settings of money rewards"),
    "thresholds": gettext_lazy("changed the thresholds"),
    "whole": gettext_lazy("loaded a whole program"),
    "discarded": gettext_lazy("threw the draft away"),
    "published": gettext_lazy("published the draft"),
}
DONE_TO_A_TIER: words.Words = {
    "": gettext_lazy("wrote %(name)s"),
    "accruals": gettext_lazy("changed what %(name)s earns"),
    "retire": gettext_lazy("said whether %(name)s is retired"),
    "removed": gettext_lazy("took %(name)s out"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A card of the ladder. `state` is "", new, changed or retiring, as the draft has it."""

    tier: Tier
    n_guests: int
    to_stay: str
    actions: list[tuple[str, str]]
    state: str
    goes_to: str


@page(
    "program",
    nav=Entry(gettext_lazy("Program"), "award", 10, Area.MARKETING),
)
def program(visit: Visit) -> HttpResponse:
    """The tiers in the order of their spend: of the draft for who makes it, else in force."""
    now = in_force_today(visit)
    draft = draft_of(visit)
    shown = draft.program if visit.may(DEFINE) else now
    guests = totals.guests_by_tier()
    steps = [_step(visit, tier, shown, now, guests) for tier in shown.tiers] if shown else []
    here = {step.tier.id for step in steps}
    context = framed(
        visit,
        "program",
        draft,
        steps=[one for one in steps if one.state != "retiring"],
        retiring=[one for one in steps if one.state == "retiring"],
        n_outside=guests.get(None, 0),
        left_out=_left_out(now, guests, here) if visit.may(DEFINE) else [],
        in_force=now,
        months=shown.qualification_period_months if shown else 12,
        history=_history(draft) if visit.may(DEFINE) else [],
    )
    return visit.show("office/program.html", context)


def _step(
    visit: Visit,
    tier: Tier,
    shown: Program,
    now: Program | None,
    guests: Mapping[str | None, int],
) -> Step:
    return Step(
        tier=tier,
        n_guests=guests.get(tier.id, 0),
        to_stay=words.cents_said(visit, tier.spend_to_stay_cents),
        actions=[
            (str(words.ACTIONS[action]), _terms(visit, tier, action))
            for action in ACTIONS
            if action in tier.accruals
        ],
        state=_state(tier, now),
        goes_to=_name_of(shown, tier.retire),
    )


def _terms(visit: Visit, tier: Tier, action: str) -> str:
    terms = tier.accruals[action]
    per = terms.per_cents
    said = None if per is None else format_money(per, visit.company.exponent)
    return words.said(visit, action, {"points": terms.points, "per": said})


def _state(tier: Tier, now: Program | None) -> str:
    if tier.retire is not None:
        return "retiring"
    before = now.tier(tier.id) if now else None
    if before is None:
        return "new"
    same = _without_place(before) == _without_place(tier)
    return "" if same else "changed"


def _without_place(tier: Tier) -> list[Any]:
    names = (one for one in Tier.__dataclass_fields__ if one != "rank")
    return [getattr(tier, name) for name in names]


def _name_of(program: Program, ref: str | None) -> str:
    tier = program.tier(ref) if ref else None
    return tier.name if tier else ref or ""


def _left_out(
    now: Program | None, guests: Mapping[str | None, int], here: set[str]
) -> list[tuple[str, int]]:
    """Tiers with guests that the draft knows nothing of: it cannot be published so (3.11)."""
    known = {tier.id: tier.name for tier in now.tiers} if now else {}
    return [
        (known.get(ref, ref), n) for ref, n in guests.items() if ref and n and ref not in here
    ]


def _history(draft: Draft) -> list[dict[str, Any]]:
    """What was done with drafts lately, in words."""
    names = {tier.id: tier.name for tier in draft.program.tiers}
    return [
        {"at": one.at, "by": one.by, "what": done(what, names)}
        for what, one in drafts.history()[:10]
    ]


def done(what: str, names: Mapping[str, str]) -> str:
    """What was done with a draft, in words; `names` of its tiers."""
    kind, _slash, rest = what.partition("/")
    if kind != "tier":
        return str(DONE.get(kind, kind))
    ref, _slash, of = rest.rpartition("/")
    if of not in DONE_TO_A_TIER:
        ref, of = rest, ""
    return str(DONE_TO_A_TIER[of]) % {"name": names.get(ref, ref) or _("a new tier")}


# -- all thresholds at once -------------------------------------------------------------------


def key_of(tier: str) -> str:
    """A tier's id as part of a field's name: ids may hold anything."""
    return hashlib.sha256(tier.encode()).hexdigest()[:12]


class ThresholdsForm(PartForm):
    """The minimum spends of all tiers that stay: changed together, the order follows."""

    def __init__(self, visit: Visit, draft: Draft) -> None:
        self.tiers = draft.program.active_tiers
        rows = [
            Setting(f"{key_of(tier.id)}.{one.path}", one.kind)
            for tier in self.tiers
            for one in THRESHOLDS
        ]
        part = Part("thresholds", self._look)
        super().__init__(visit, draft, part, settings=rows)

    def _look(self, document: Document) -> dict[str, Any]:
        by_id = {tier.get("id"): tier for tier in document.get("tiers") or ()}
        return {
            key_of(tier.id): {
                one.path: by_id.get(tier.id, {}).get(one.path) for one in THRESHOLDS
            }
            for tier in self.tiers
        }

    def edit(self, document: Document) -> dict[str, Any]:
        said = {
            tier.id: {
                one.path: self.value(Setting(f"{key_of(tier.id)}.{one.path}", one.kind))
                for one in THRESHOLDS
            }
            for tier in self.tiers
        }
        tiers = [{**tier, **said.get(tier.get("id"), {})} for tier in document["tiers"]]
        return {**document, "tiers": tiers}

    def field_at(self, path: str, document: Document) -> str | None:
        _tiers, _dot, rest = path.partition(".")
        place, _dot, name = rest.partition(".")
        tiers = document.get("tiers") or []
        if not place.isdigit() or int(place) >= len(tiers):
            return None
        field = f"{key_of(str(tiers[int(place)].get('id')))}__{name}"
        return field if field in self.fields else None

    def sentence(self, document: Document, problem: Refused) -> str:
        return spend_sentence(self.visit, document, problem)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "tier": tier,
                "minimum": self[f"{key_of(tier.id)}__minimum_spend"],
                "to_stay": self[f"{key_of(tier.id)}__minimum_spend_to_stay"],
            }
            for tier in self.tiers
        ]


@page("program/thresholds", needs=DEFINE, methods=("GET", "POST"), under="program")
def program_thresholds(visit: Visit) -> HttpResponse:
    """Every tier's minimum spend in one table; the ladder puts itself in order."""
    draft = draft_of(visit)
    form = ThresholdsForm(visit, draft)
    for row in form.rows:
        for bound in (row["minimum"], row["to_stay"]):
            bound.field.label = f"{row['tier'].name}: {words.LABELS[_own(bound.name)]}"
    if visit.request.method == "POST" and form.is_valid() and form.save():
        visit.say(_("The thresholds are in the draft."))
        return visit.go("program")
    status = 409 if form.overtaken else 422 if form.errors else 200
    context = framed(visit, "program", form.overtaken or draft, form=form)
    return visit.show("office/program_thresholds.html", context, status=status)


def _own(name: str) -> str:
    return name.partition("__")[2]


def spend_sentence(visit: Visit, document: Document, problem: Refused) -> str:
    """Who has this minimum spend, this name already; else the rules' own sentence."""
    path = problem.field or ""
    name = path.rpartition(".")[2]
    place = path.split(".")[1] if path.startswith("tiers.") else ""
    own = document["tiers"][int(place)] if place.isdigit() else {}
    others = [tier for tier in document.get("tiers") or () if tier is not own]
    if name == "minimum_spend":
        for other in others:
            if other.get(name) == own.get(name) and not other.get("retire"):
                told = {"amount": words.money(visit, own[name]), "tier": other.get("name")}
                return _("%(amount)s is taken by %(tier)s.") % told
    if name == "minimum_spend_to_stay" and " at most " in problem.message:
        most = words.money(visit, own["minimum_spend"])
        return _("That is more than it takes to come in: at most %(amount)s.") % {
            "amount": most
        }
    if name == "name" and own.get("name"):
        same = own["name"].strip().casefold()
        if any(str(one.get("name", "")).strip().casefold() == same for one in others):
            return _("Another tier is called %(name)s already.") % {"name": own["name"]}
    return words.problem_said(visit, document, problem).rpartition(": ")[2]


# -- thrown away ------------------------------------------------------------------------------


@page("program/discard", needs=DEFINE, methods=("POST",))
def program_discard(visit: Visit) -> HttpResponse:
    """The draft is gone; the program in force stays as it is."""
    seen = visit.request.POST.get("version", "")
    try:
        drafts.discard(
            visit.company,
            seen=int(seen) if seen.isdigit() else -1,
            on=day_of(visit),
            at=visit.now,
            by=visit.actor,
        )
    except drafts.Overtaken:
        raise Stale from None
    visit.say(_("The draft is thrown away. The program stays as it is in force."))
    return visit.go("program")
