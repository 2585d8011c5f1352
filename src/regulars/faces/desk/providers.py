"""The columns of the appointment book: who gives services at this center."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.setting_up import with_tabs
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import book_columns as rows
from regulars.records.queries.book_columns import ProviderRow
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import book_columns as service

SET_UP = Permission.SET_UP


class ProviderForm(DeskForm):
    """Somebody new in the book; the id is what a till calls them."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    ref = forms.CharField(
        label=gettext_lazy("Id"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The one of your till, if it has one. Empty: made here."),
    )


@page("providers", under="catalog")
def providers(visit: Visit) -> HttpResponse:
    """Who has a column at this center, and who had one; a form for somebody new."""
    return _shown(visit, ProviderForm(visit))


@page("providers/new", needs=SET_UP, methods=("POST",))
def provider_new(visit: Visit) -> HttpResponse:
    """Somebody new gets a column at this center."""
    form = ProviderForm(visit, visit.request.POST)
    if not form.is_valid():
        return _shown(visit, form)
    try:
        _add(visit, form)
    except Refused as refused:
        form.refuse(refused)
        return _shown(visit, form)
    visit.say(_("%(name)s is in the book.") % {"name": form.cleaned_data["name"]})
    return visit.go("providers")


def _shown(visit: Visit, form: ProviderForm) -> HttpResponse:
    found = rows.providers(_center(visit), with_retired=True)
    context = with_tabs(
        visit,
        "providers",
        form=form,
        there=[one for one in found if one.retired_at is None],
        gone=[one for one in found if one.retired_at is not None],
    )
    return visit.show("desk/providers.html", context, status=422 if form.errors else 200)


def _center(visit: Visit) -> str:
    if visit.center is None:
        raise Refused("conflict", _("There is no center yet: the book begins with one."))
    return visit.center.ref


def _add(visit: Visit, form: ProviderForm) -> None:
    """Once: an id that is there already names the same person, and stays as it is."""
    ref = form.cleaned_data["ref"] or None
    if ref is not None and any(one.ref == ref for one in rows.providers(with_retired=True)):
        sentence = _("Somebody in the book has this id already.")
        raise Refused("conflict", sentence, field="ref", value=ref)
    service.add_provider(
        visit.company,
        _center(visit),
        form.cleaned_data["name"],
        at=visit.now,
        by=visit.actor,
        ref=ref,
    )


@page("providers/change", needs=SET_UP, methods=("POST",))
def provider_change(visit: Visit) -> HttpResponse:
    """Another name, one place earlier, out of the book, or back in it."""
    said = visit.request.POST
    found = _found(said.get("ref", ""))
    act, name = said.get("act", ""), said.get("name", "").strip()
    if act == "earlier":
        _one_earlier(visit, found)
    elif act == "rename":
        if not name:
            raise Refused("invalid_record", _("Write a name."), field="name")
        service.change_provider(
            visit.company, found.ref, at=visit.now, by=visit.actor, name=name
        )
    else:
        is_retired = {"retire": True, "return": False}.get(act)
        service.change_provider(
            visit.company, found.ref, at=visit.now, by=visit.actor, is_retired=is_retired
        )
    visit.say(_("%(name)s is saved.") % {"name": name or found.name})
    return visit.go("providers")


def _found(ref: str) -> ProviderRow:
    found = next((one for one in rows.providers(with_retired=True) if one.ref == ref), None)
    if found is None:
        raise unknown_reference("provider", ref, field="ref")
    return found


def _one_earlier(visit: Visit, moved: ProviderRow) -> None:
    """The two change places; all get the number of their place, in case some shared one."""
    order = rows.providers(moved.center)
    place = next(n for n, one in enumerate(order) if one.ref == moved.ref)
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
    for n, one in enumerate(order):
        if one.place != n:
            service.change_provider(
                visit.company, one.ref, at=visit.now, by=visit.actor, place=n
            )
