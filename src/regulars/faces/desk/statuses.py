"""Client statuses: marketing's labels, and who is in loyalty rewards (rule 10.2)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.setting_up import version_of, with_tabs
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import check_fresh
from regulars.faces.shared.sending import send, token_of
from regulars.faces.shared.visits import Visit
from regulars.records.queries import catalog as rows
from regulars.records.queries.catalog import StatusRow
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import catalog as service

SET_UP = Permission.SET_UP


class StatusForm(DeskForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    is_included = forms.BooleanField(
        label=gettext_lazy("Include in loyalty rewards"),
        required=False,
        help_text=gettext_lazy(
            "Process Loyalty Rewards looks at guests of such a status only. Rewards given by"
            " hand go to anybody."
        ),
    )
    refused_at = {"include_in_loyalty_rewards": "is_included"}


@page("statuses", under="catalog")
def statuses(visit: Visit) -> HttpResponse:
    """All statuses, and how many guests have each."""
    context = with_tabs(visit, "statuses", rows=rows.statuses())
    return visit.show("desk/statuses.html", context)


@page("statuses/new", needs=SET_UP, methods=("GET", "POST"), under="catalog")
def status_new(visit: Visit) -> HttpResponse:
    """A new label."""
    form = StatusForm(visit, visit.request.POST or None, initial={"is_included": True})
    return _form_page(visit, form, None)


@page(
    "statuses/<path:ref>/edit",
    needs=SET_UP,
    methods=("GET", "POST"),
    example={"ref": "regular"},
    under="catalog",
)
def status_edit(visit: Visit, ref: str) -> HttpResponse:
    """A label, to be changed."""
    status = next((one for one in rows.statuses() if one.ref == ref), None)
    if status is None:
        raise unknown_reference("status", ref, field="id")
    form = StatusForm(
        visit,
        visit.request.POST or None,
        version=_version(status),
        initial={"name": status.name, "is_included": status.is_included},
    )
    return _form_page(visit, form, status)


def _form_page(visit: Visit, form: StatusForm, status: StatusRow | None) -> HttpResponse:
    if visit.request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if status is not None:
            check_fresh(visit, _version(status))
        ref = status.ref if status else _new_ref(visit, said["name"])
        included = {"include_in_loyalty_rewards": said["is_included"]}
        try:
            send(visit, "status", ref, name=said["name"], **included)
        except Refused as refused:
            form.refuse(refused)
        else:
            visit.say(_("%(name)s is saved.") % {"name": said["name"]})
            return visit.go("statuses")
    context = {"form": form, "status": status}
    return visit.show("desk/status.html", context, status=422 if form.errors else 200)


def _new_ref(visit: Visit, name: str) -> str:
    return service.ref_for("status", name, token_of(visit))


def _version(status: StatusRow) -> str:
    return version_of((status.ref, status.name, status.is_included))
