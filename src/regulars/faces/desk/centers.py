"""Centers: their names, calendars and hours; the currency that all of them share."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.setting_up import WEEKDAYS, version_of, with_tabs
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import check_fresh
from regulars.faces.shared.sending import send, token_of
from regulars.faces.shared.visits import Visit
from regulars.records.queries import catalog as rows
from regulars.records.queries.catalog import CenterRow
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import catalog as service
from regulars.services import companies
from regulars.services.messages.languages import written_time

SET_UP = Permission.SET_UP
Hours = dict[int, tuple[int, int]]


class CenterForm(DeskForm):
    """A center; its hours are two times for each weekday, both empty where it is closed."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "The center's own calendar: a business date ends at its midnight. What is in the"
            " books keeps its date; only what comes in from now on goes by a new zone."
        ),
    )
    refused_at = {f"hours.{day}": f"opens_{day}" for day in range(7)}

    def __init__(self, visit: Visit, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        for day, name in enumerate(WEEKDAYS):
            for part, label in (
                ("opens", _("%(day)s, opens")),
                ("closes", _("%(day)s, closes")),
            ):
                self.fields[f"{part}_{day}"] = forms.TimeField(
                    label=label % {"day": name},
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                )

    @property
    def days(self) -> Iterator[dict[str, Any]]:
        """The weekdays with their two fields, for the template."""
        for day, name in enumerate(WEEKDAYS):
            yield {"name": name, "opens": self[f"opens_{day}"], "closes": self[f"closes_{day}"]}

    @property
    def hours(self) -> Hours:
        said = self.cleaned_data
        return {
            day: (_minute(said[f"opens_{day}"]), _minute(said[f"closes_{day}"], at_end=True))
            for day in range(7)
            if said[f"opens_{day}"] is not None
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for day in range(7):
            opens, closes = said.get(f"opens_{day}"), said.get(f"closes_{day}")
            if (opens is None) != (closes is None):
                missing = "closes" if opens is not None else "opens"
                name = f"{missing}_{day}"
                if name not in self.errors:
                    self.add_error(name, _("Say both times, or none where it is closed."))
        return said


@page("centers", under="catalog")
def centers(visit: Visit) -> HttpResponse:
    """All centers, with the time it is there, and what they share."""
    context = with_tabs(
        visit,
        "centers",
        rows=[_told(visit, center) for center in rows.centers()],
        company=rows.organization(),
    )
    return visit.show("desk/centers.html", context)


@page("centers/new", needs=SET_UP, methods=("GET", "POST"), under="catalog")
def center_new(visit: Visit) -> HttpResponse:
    """A new center."""
    initial = {"time_zone": visit.company.zone.key}
    return _form_page(visit, CenterForm(visit, visit.request.POST or None, initial=initial))


@page(
    "centers/<path:ref>/edit",
    needs=SET_UP,
    methods=("GET", "POST"),
    example={"ref": "hudson"},
    under="catalog",
)
def center_edit(visit: Visit, ref: str) -> HttpResponse:
    """A center, to be changed by whoever works at it, or at all of them."""
    visit.require(SET_UP, center=ref)
    center = next((one for one in rows.centers() if one.ref == ref), None)
    if center is None:
        raise unknown_reference("center", ref, field="id")
    initial: dict[str, Any] = {"name": center.name, "time_zone": center.time_zone}
    for day, (opens, closes) in center.hours.items():
        initial |= {f"opens_{day}": _clock(opens), f"closes_{day}": _clock(closes)}
    form = CenterForm(
        visit, visit.request.POST or None, version=version_of(center), initial=initial
    )
    return _form_page(visit, form, center)


def _form_page(visit: Visit, form: CenterForm, center: CenterRow | None = None) -> HttpResponse:
    if visit.request.method == "POST" and form.is_valid():
        if center is not None:
            check_fresh(visit, version_of(center))
        try:
            _keep(visit, form, center)
        except Refused as refused:
            form.refuse(refused)
        else:
            visit.say(_("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return visit.go("centers")
    context = {
        "form": form,
        "center": center,
        "zones": sorted(zone for zone in available_timezones() if "/" in zone),
    }
    return visit.show("desk/center.html", context, status=422 if form.errors else 200)


def _keep(visit: Visit, form: CenterForm, center: CenterRow | None) -> None:
    """The record first: hours are of a center that is known."""
    said = form.cleaned_data
    ref = center.ref if center else service.ref_for("center", said["name"], token_of(visit))
    for opens, closes in form.hours.values():
        if opens >= closes:
            break
    else:
        send(visit, "center", ref, name=said["name"], time_zone=said["time_zone"])
    with companies.at_work(visit.company.id) as company:
        service.set_hours(company, ref, form.hours, at=visit.now, by=visit.actor)


# -- parts ------------------------------------------------------------------------------------


def _told(visit: Visit, center: CenterRow) -> dict[str, Any]:
    local = visit.now.astimezone(ZoneInfo(center.time_zone))
    return {
        "center": center,
        "now": written_time(local, visit.language),
        "hours": [
            {
                "day": WEEKDAYS[day],
                "opens": _written(visit, opens),
                "closes": _written(visit, closes),
            }
            for day, (opens, closes) in sorted(center.hours.items())
        ],
    }


def _written(visit: Visit, minute: int) -> str:
    return written_time(datetime.combine(visit.today, _clock(minute)), visit.language)


def _minute(at: time, *, at_end: bool = False) -> int:
    """Midnight at the end of a day is its last minute."""
    minute = at.hour * 60 + at.minute
    return service.LONGEST_MINUTES if at_end and minute == 0 else minute


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
