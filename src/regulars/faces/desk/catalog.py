"""The catalog: what is sold, found, added, edited, and offered no more."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.setting_up import KIND_NAMES, version_of, with_tabs
from regulars.faces.shared.fields import DeskForm, MoneyField
from regulars.faces.shared.listing import PER_PAGE, Column, listing_of
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.refusals import check_fresh
from regulars.faces.shared.sending import send, token_of
from regulars.faces.shared.visits import Visit
from regulars.records.queries import catalog as rows
from regulars.records.queries.catalog import ItemRow
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import catalog as service

SET_UP = Permission.SET_UP
COLUMNS = (
    Column("name", gettext_lazy("Name")),
    Column("kind", gettext_lazy("Kind")),
    Column("price", gettext_lazy("Price"), "number"),
    Column("minutes", gettext_lazy("Minutes"), "number"),
)


class ItemForm(DeskForm):
    """Something that is sold; its id only while it is new."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=list(KIND_NAMES.items()),
        help_text=gettext_lazy("Points, tiers and redemption go by the kind."),
    )
    price = MoneyField(
        label=gettext_lazy("Price"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Before tax. Empty: said on each bill."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        required=False,
        min_value=1,
        max_value=service.LONGEST_MINUTES,
        help_text=gettext_lazy("What the appointment book sets aside for it."),
    )
    tax = forms.DecimalField(
        label=gettext_lazy("Tax in percent"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=3,
        localize=True,
        help_text=gettext_lazy("Empty: taxed as on the last invoice with it."),
    )
    ref = forms.CharField(
        label=gettext_lazy("Id"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The one of your till, if it has one. Empty: made here."),
    )
    refused_at = {"id": "ref", "tax_rate": "tax"}

    def __init__(self, visit: Visit, *args: Any, is_new: bool, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        if not is_new:
            del self.fields["ref"]


@page("catalog", nav=Entry(gettext_lazy("Set-up"), "store", 80, Area.OFFICE))
def catalog(visit: Visit) -> HttpResponse:
    """What is sold, with search and paging."""
    asked = visit.request.GET
    listing = listing_of(visit.request, COLUMNS)
    kind = asked.get("kind", "")
    found = rows.items(
        search=asked.get("q", "")[:100],
        kind=kind if kind in KIND_NAMES else None,
        with_retired=bool(asked.get("retired")),
        order=listing.order,
        is_descending=listing.is_descending,
        offset=listing.offset,
        limit=PER_PAGE,
    )
    shown = listing.of([_told(one) for one in found.rows], found.n_found)
    context = with_tabs(visit, "catalog", shown=shown, found=found, kinds=KIND_NAMES)
    template = "desk/catalog.html#rows" if visit.is_partial else "desk/catalog.html"
    return visit.show(template, context)


@page("catalog/new", needs=SET_UP, methods=("GET", "POST"), under="catalog")
def catalog_new(visit: Visit) -> HttpResponse:
    """Something new is sold."""
    form = ItemForm(visit, visit.request.POST or None, is_new=True)
    if visit.request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        ref = said["ref"] or service.ref_for("item", said["name"], token_of(visit))
        try:
            if said["ref"]:
                _check_free(ref)
            _keep(visit, ref, said, is_retired=False)
        except Refused as refused:
            form.refuse(refused)
        else:
            visit.say(_("%(name)s is in the catalog.") % {"name": said["name"]})
            return visit.go("catalog")
    context = {"form": form, "item": None}
    return visit.show("desk/catalog_item.html", context, status=_status(form))


@page(
    "catalog/<path:ref>/edit",
    needs=SET_UP,
    methods=("GET", "POST"),
    example={"ref": "cut"},
    under="catalog",
)
def catalog_item(visit: Visit, ref: str) -> HttpResponse:
    """Something that is sold, to be changed."""
    item = _item(ref)
    form = ItemForm(
        visit,
        visit.request.POST or None,
        is_new=False,
        version=version_of(item),
        initial={
            "name": item.name,
            "kind": item.kind,
            "price": "" if item.price_cents is None else visit.company.money(item.price_cents),
            "minutes": item.minutes,
            "tax": None if item.tax_rate is None else Decimal(item.tax_rate) / 1000,
        },
    )
    if visit.request.method == "POST" and form.is_valid():
        check_fresh(visit, version_of(item))
        said = form.cleaned_data
        try:
            _keep(visit, ref, said, is_retired=item.retired_at is not None)
        except Refused as refused:
            form.refuse(refused)
        else:
            visit.say(_("%(name)s is saved.") % {"name": said["name"]})
            return visit.go("catalog")
    context = {"form": form, "item": item}
    return visit.show("desk/catalog_item.html", context, status=_status(form))


@page("catalog/<path:ref>/retire", needs=SET_UP, methods=("POST",))
def catalog_retire(visit: Visit, ref: str) -> HttpResponse:
    """It is offered no more; old bills keep it."""
    return _offer(visit, _item(ref), is_retired=True)


@page("catalog/<path:ref>/offer", needs=SET_UP, methods=("POST",))
def catalog_offer(visit: Visit, ref: str) -> HttpResponse:
    """It is offered again."""
    return _offer(visit, _item(ref), is_retired=False)


# -- parts ------------------------------------------------------------------------------------


def _told(item: ItemRow) -> dict[str, Any]:
    return {"item": item, "kind": KIND_NAMES[item.kind]}


def _item(ref: str) -> ItemRow:
    item = rows.item(ref)
    if item is None:
        raise unknown_reference("item", ref, field="id")
    return item


def _check_free(ref: str) -> None:
    known = rows.item(ref)
    if known is not None:
        raise Refused(
            "conflict",
            _("%(name)s has this id already.") % {"name": known.name},
            field="id",
            value=ref,
        )


def _keep(visit: Visit, ref: str, said: dict[str, Any], *, is_retired: bool) -> None:
    fields = {"name": said["name"], "kind": said["kind"], "price": said["price"] or None}
    send(visit, "item", ref, **fields)
    service.offer_item(
        visit.company,
        ref,
        minutes=said["minutes"],
        tax_rate=None if said["tax"] is None else int(said["tax"] * 1000),
        is_retired=is_retired,
        at=visit.now,
        by=visit.actor,
    )


def _offer(visit: Visit, item: ItemRow, *, is_retired: bool) -> HttpResponse:
    service.offer_item(
        visit.company,
        item.ref,
        minutes=item.minutes,
        tax_rate=item.tax_rate,
        is_retired=is_retired,
        at=visit.now,
        by=visit.actor,
    )
    sentence = (
        _("%(name)s is offered no more.") if is_retired else _("%(name)s is offered again.")
    )
    visit.say(sentence % {"name": item.name})
    return visit.go("catalog")


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200
