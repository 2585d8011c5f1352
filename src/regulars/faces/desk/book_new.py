"""A new appointment in three moves: when, who, for what."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.book import day_of, why_not
from regulars.faces.shared.fields import DayField, DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.sending import send
from regulars.faces.shared.visits import Visit, redirect_to
from regulars.records.queries import book as book_rows
from regulars.records.queries import book_columns, finding, said
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services import booking as acts
from regulars.services.booking import Wish

FOUND_AT_ONCE = 6


class BookingForm(DeskForm):
    """Somebody who is known (`guest`), or the name and number of somebody new."""

    guest = forms.CharField(required=False, max_length=200)
    new_name = forms.CharField(
        label=gettext_lazy("Name"), required=False, max_length=500, strip=True
    )
    new_phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=50)
    new_email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    services = forms.MultipleChoiceField(required=False)
    day = DayField(label=gettext_lazy("Day"))
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )
    staff = forms.ChoiceField(label=gettext_lazy("With"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        required=False,
        min_value=5,
        max_value=24 * 60,
        help_text=gettext_lazy("Empty: as long as the services take."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    overlapping = forms.BooleanField(
        label=gettext_lazy("Even if somebody else is there then"), required=False
    )

    def __init__(self, visit: Visit, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        assert visit.center is not None
        self.offered = [one for one in book_rows.services() if one.is_offered]
        providers = book_columns.providers(visit.center.ref)
        services: Any = self.fields["services"]
        services.choices = [(one.ref, one.name) for one in self.offered]
        staff: Any = self.fields["staff"]
        staff.choices = [
            ("", _("Nobody named")),
            *((one.ref, one.name) for one in providers),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("guest") and not cleaned.get("new_name"):
            self.add_error(None, _("Choose a guest, or write the name of a new one."))
        return cleaned


@page("book/new", needs=Permission.RECORD_FACTS, methods=("GET", "POST"), under="book")
def book_new(visit: Visit) -> HttpResponse:
    """Book somebody: found by name, phone or e-mail, or new."""
    if visit.center is None:
        raise Refused("conflict", _("There is no center yet: the book begins with one."))
    form = BookingForm(visit, visit.request.POST or None, initial=_initial(visit))
    if visit.request.method == "POST" and form.is_valid():
        try:
            return _book(visit, form)
        except Refused as refused:
            form.add_error(None, why_not(visit, refused, form.cleaned_data["staff"]))
    asked = form["guest"].value() or ""
    chosen = said.one("guest", asked, exponent=visit.company.exponent) if asked else None
    context = {"form": form, "chosen": chosen, "picked": set(form["services"].value() or ())}
    status = 422 if form.errors else 200
    return visit.show("desk/book_new.html", context, status=status)


def _initial(visit: Visit) -> dict[str, Any]:
    """What the address says already: the slot that was chosen, the guest it began with."""
    asked = visit.request.GET
    try:
        at: time | None = time.fromisoformat(asked.get("time", ""))
    except ValueError:
        at = None
    return {
        "day": day_of(asked.get("day"), visit.today),
        "time": at,
        "staff": asked.get("staff", ""),
        "guest": asked.get("guest", ""),
        "services": asked.getlist("service"),
    }


def _book(visit: Visit, form: BookingForm) -> HttpResponse:
    entered = form.cleaned_data
    ref = entered["token"]
    if book_rows.booking(ref) is None:  # else the form was sent twice
        guest = entered["guest"] or _new_guest(visit, form)
        wish = _wish(visit, form, guest)
        document = acts.new_appointment(
            wish, ref=ref, now=visit.now, overlapping=entered["overlapping"]
        )
        fields = {name: one for name, one in document.items() if name not in ("type", "id")}
        send(visit, "appointment", ref, **fields)
    found = book_rows.booking(ref)
    assert found is not None
    visit.say(_("%(name)s is booked.") % {"name": found.guest_name})
    return redirect_to(visit.request, f"{reverse('book')}?day={found.starts_on}#{ref}")


def _new_guest(visit: Visit, form: BookingForm) -> str:
    """Make the new guest known, under an id that a second sending finds again."""
    ref = f"g-{form.cleaned_data['token']}"
    assert visit.center is not None
    send(
        visit,
        "guest",
        ref,
        name=form.cleaned_data["new_name"],
        phone=form.cleaned_data["new_phone"] or None,
        email=form.cleaned_data["new_email"] or None,
        home_center=visit.center.ref,
        signup={"channel": "desk", "at": visit.now.isoformat()},
    )
    return ref


def _wish(visit: Visit, form: BookingForm, guest: str) -> Wish:
    entered = form.cleaned_data
    assert visit.center is not None
    lengths = {one.ref: one.minutes for one in form.offered}
    takes = sum(lengths.get(one) or 0 for one in entered["services"])
    return Wish(
        guest=guest,
        center=visit.center.ref,
        starts_at=_starts(visit, entered["day"], entered["time"]),
        staff=entered["staff"] or None,
        services=tuple(entered["services"]),
        minutes=entered["minutes"] or takes or None,
        note=entered["note"] or None,
    )


def _starts(visit: Visit, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=visit.zone)


@page("book/guests", needs=Permission.RECORD_FACTS, under="book")
def book_guests(visit: Visit) -> HttpResponse:
    """Who may be meant, to be chosen for the appointment."""
    asked = visit.request.GET.get("q", "")[:100].replace("\x00", "")
    found = finding.find_guests(asked, limit=FOUND_AT_ONCE, time_zone=str(visit.zone))
    context = {"said": asked.strip(), "found": found}
    return visit.show("desk/book_guests.html", context)
