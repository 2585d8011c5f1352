"""Guest categories of a center: which labels stand with a name, and from when (rule 3.10)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.faces.desk.setting_up import version_of, with_tabs
from regulars.faces.shared.fields import DeskForm, MoneyField
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import check_fresh
from regulars.faces.shared.visits import Visit
from regulars.records.queries import badges
from regulars.records.queries import catalog as rows
from regulars.rules import categories as rules
from regulars.rules.amounts import parse_money
from regulars.rules.categories import CATEGORY_ICONS, KINDS, TERMS, Category
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import guest_categories as service

SET_UP = Permission.SET_UP

NAMES = {
    rules.TIER: pgettext_lazy("guest category", "Tier"),
    rules.NEW: pgettext_lazy("guest category", "New"),
    rules.REGULAR: pgettext_lazy("guest category", "Regular"),
    rules.HIGH_SPENDER: pgettext_lazy("guest category", "High spender"),
    rules.MEMBER: pgettext_lazy("guest category", "Member"),
    rules.LOW_FEEDBACK: pgettext_lazy("guest category", "Low feedback"),
}
MEANINGS = {
    rules.TIER: gettext_lazy("The icon and name of the tier that the guest is in."),
    rules.NEW: gettext_lazy("Not more than so many visits so far."),
    rules.REGULAR: gettext_lazy("At least so many visits in the last days."),
    rules.HIGH_SPENDER: gettext_lazy("At least so much spent in the last days."),
    rules.MEMBER: gettext_lazy("A membership bought and paid in the last days."),
    rules.LOW_FEEDBACK: gettext_lazy("The last rating in the last days was not above this."),
}
LIMITS = {
    rules.NEW: gettext_lazy("Visits at most"),
    rules.REGULAR: gettext_lazy("Visits at least"),
    rules.HIGH_SPENDER: gettext_lazy("Spent at least"),
    rules.LOW_FEEDBACK: gettext_lazy("Rating at most"),
}


class CategoryForm(DeskForm):
    """A category of one kind; only the fields that the kind asks for are there."""

    label = forms.CharField(label=gettext_lazy("Label"), max_length=40)
    icon = forms.ChoiceField(
        label=gettext_lazy("Icon"),
        choices=[(name, name) for name in CATEGORY_ICONS],
        widget=forms.RadioSelect,
    )
    limit = forms.IntegerField(label="", min_value=0)
    days = forms.IntegerField(
        label=gettext_lazy("Days back"), min_value=1, max_value=rules.MOST_DAYS
    )
    everywhere = forms.BooleanField(
        label=gettext_lazy("The same at every other center"), required=False
    )
    why = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=200)

    def __init__(self, visit: Visit, kind: str, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        self.kind = kind
        terms = TERMS[kind]
        if terms.unit == "money":
            self.fields["limit"] = MoneyField(max_length=30)
            self.fields["limit"].language = visit.language  # type: ignore[attr-defined]
        if terms.unit is None:
            del self.fields["limit"]
        else:
            self.fields["limit"].label = LIMITS[kind]
        if not terms.has_days:
            del self.fields["days"]
        if kind == rules.TIER:
            del self.fields["label"], self.fields["icon"]
        if len(visit.centers) < 2:
            del self.fields["everywhere"]

    @property
    def category(self) -> Category:
        """What the form says; refused where an amount has too many decimals."""
        said, terms = self.cleaned_data, TERMS[self.kind]
        limit = said.get("limit")
        if terms.unit == "money":
            limit = parse_money(limit, self.visit.company.exponent, field="limit")
        return Category(
            self.kind,
            said.get("label", terms.label),
            said.get("icon", terms.icon),
            limit,
            said.get("days"),
        )


@page("categories", under="catalog")
def categories(visit: Visit) -> HttpResponse:
    """The labels of the center where one is, those that are on and those that are not."""
    center = visit.center
    held = {one.kind: one for one in _held(visit)}
    told = [_told(visit, kind, held.get(kind)) for kind in KINDS]
    changes = [_change(one) for one in service.changes_of(center.ref)] if center else []
    context = with_tabs(visit, "categories", rows=told, changes=changes[:10])
    return visit.show("desk/categories.html", context)


@page(
    "categories/<str:kind>",
    needs=SET_UP,
    methods=("GET", "POST"),
    example={"kind": "high_spender"},
    under="catalog",
)
def category(visit: Visit, kind: str) -> HttpResponse:
    """One label of the center: its icon, its words, its limits, and who would carry it."""
    center = _center(visit, kind)
    held = next((one for one in _held(visit) if one.kind == kind), None)
    form = CategoryForm(
        visit,
        kind,
        visit.request.POST or None,
        version=version_of(held),
        initial=_initial(visit, kind, held),
    )
    if visit.request.method == "POST" and form.is_valid():
        check_fresh(visit, version_of(held))
        try:
            _keep(visit, center, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            visit.say(_("The label is saved. It shows from now on."))
            return visit.go("categories")
    context = {
        "form": form,
        "held": held,
        "kind": kind,
        "name": NAMES[kind],
        "meaning": MEANINGS[kind],
        "icons": CATEGORY_ICONS,
        "tiers": rows.tiers(visit.today) if kind == rules.TIER else [],
    }
    return visit.show("desk/category.html", context, status=422 if form.errors else 200)


@page(
    "categories/<str:kind>/count",
    needs=SET_UP,
    methods=("GET",),
    example={"kind": "high_spender"},
    under="catalog",
)
def category_count(visit: Visit, kind: str) -> HttpResponse:
    """How many guests would carry the label as it is being chosen."""
    _center(visit, kind)
    form = CategoryForm(visit, kind, visit.request.GET)
    del form.fields["token"]
    context: dict[str, Any] = {"counted": None, "wanted": None}
    if form.is_valid():
        try:
            wanted = form.category
            rules.check_category(wanted)
        except Refused as refused:
            form.refuse(refused)
        else:
            counted = badges.count_carrying(wanted, on=visit.today)
            context = {"counted": counted, "wanted": wanted}
    return visit.show("desk/category_count.html", context)


@page("categories/<str:kind>/remove", needs=SET_UP, methods=("POST",))
def category_remove(visit: Visit, kind: str) -> HttpResponse:
    """The label stands with nobody's name at this center any more."""
    center = _center(visit, kind)
    service.remove_category(visit.company, center, kind, at=visit.now, by=visit.actor)
    visit.say(_("The label is gone from this center."))
    return visit.go("categories")


# -- parts ------------------------------------------------------------------------------------


def _held(visit: Visit) -> list[Category]:
    return badges.categories_of(visit.center.ref) if visit.center else []


def _center(visit: Visit, kind: str) -> str:
    if kind not in TERMS:
        raise unknown_reference("category", kind, field="kind")
    if visit.center is None:
        raise Refused("unknown_reference", _("There is no center yet."), field="center")
    visit.require(SET_UP, center=visit.center.ref)
    return visit.center.ref


def _keep(visit: Visit, center: str, form: CategoryForm) -> None:
    said = form.cleaned_data
    others = [one.ref for one in visit.centers] if said.get("everywhere") else []
    for ref in dict.fromkeys([center, *others]):
        service.define_category(
            visit.company, ref, form.category, at=visit.now, by=visit.actor, why=said["why"]
        )


def _initial(visit: Visit, kind: str, held: Category | None) -> Mapping[str, Any]:
    terms = TERMS[kind]
    if held is None:
        label, icon, limit, days = str(NAMES[kind]), terms.icon, terms.limit, terms.days
    else:
        label, icon, limit, days = held.label, held.icon, held.limit, held.days
    shown: Any = limit
    if terms.unit == "money" and limit is not None:
        shown = visit.company.money(limit)
    return {"label": label, "icon": icon, "limit": shown, "days": days}


def _told(visit: Visit, kind: str, held: Category | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": NAMES[kind],
        "meaning": MEANINGS[kind],
        "icon": held.icon if held else TERMS[kind].icon,
        "held": held,
        "limit_name": LIMITS.get(kind),
        "is_money": TERMS[kind].unit == "money",
    }


def _change(change: Any) -> dict[str, Any]:
    kind = change.about.rpartition("/")[2]
    return {"name": NAMES.get(kind, kind), "is_removed": not change.body, "change": change}
