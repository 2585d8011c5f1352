"""The appointment book: a day by provider, a week of one; what is done about an appointment."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.faces.desk import book_grid
from regulars.faces.desk.book_grid import Column, Grid, Labels, Offer
from regulars.faces.shared.pages import Entry, page
from regulars.faces.shared.refusals import check_fresh, told
from regulars.faces.shared.sending import new_token, send
from regulars.faces.shared.visits import Undo, Visit, redirect_to
from regulars.records.queries import badges, book_columns, catalog
from regulars.records.queries import book as book_rows
from regulars.records.queries.book import Booking
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import booking as acts
from regulars.services.messages import languages

WEEK = 7


@page("book", nav=Entry(pgettext_lazy("the appointment book", "Book"), "calendar-days", 20))
def book(visit: Visit) -> HttpResponse:
    """A day with a column for each provider, or the week of one of them."""
    if visit.center is None:
        return visit.show("desk/book.html", {"grid": None})
    on = day_of(visit.request.GET.get("day"), visit.today)
    is_week = visit.request.GET.get("view") == "week"
    names = {one.ref: one.name for one in book_columns.providers(visit.center.ref)}
    first = on - timedelta(days=on.weekday()) if is_week else on
    last = first + timedelta(days=WEEK - 1) if is_week else on
    found = book_rows.bookings(visit.center.id, first=first, last=last)
    chosen = _chosen(visit, names, found) if is_week else None
    if chosen is not None:
        found = [one for one in found if (one.staff or "") == chosen]
    moving = _moving(visit)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    grid = _grid(visit, found, names, days=days, week_of=chosen, is_moving=moving is not None)
    step = timedelta(days=WEEK if is_week else 1)
    context = {
        "grid": grid,
        "hours": grid.hours(visit.zone),
        "on": on,
        "first": first,
        "last": last,
        "is_week": is_week,
        "chosen": chosen,
        "names": names,
        "moving": moving,
        "keep": f"&{urlencode({'moving': moving.ref})}" if moving else "",
        "earlier": on - step,
        "later": on + step,
        "n_booked": sum(column.n_booked for column in grid.columns),
    }
    return visit.show("desk/book.html", context)


def day_of(text: str | None, otherwise: date) -> date:
    """A day as an address says it; one that is none is the other."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return day if 1900 < day.year < 2200 else otherwise


def labels_of(visit: Visit, found: Sequence[Booking], center: str) -> Labels:
    """What stands on these beside what they say. A fixed number of statements."""
    guests = sorted({one.guest_key for one in found})
    names = {one.ref: one.name for one in book_rows.services()} if guests else {}
    return Labels(badges.badges_of(guests, center, visit.today), names)


def _moving(visit: Visit) -> Booking | None:
    """The appointment that a new time is being chosen for; one of elsewhere is none."""
    ref = visit.request.GET.get("moving")
    found = book_rows.booking(ref) if ref and visit.may(Permission.RECORD_FACTS) else None
    if found is None or visit.center is None or found.center != visit.center.ref:
        return None
    return found if found.status in acts.MOVABLE else None


def _chosen(visit: Visit, names: Mapping[str, str], found: Sequence[Booking]) -> str:
    asked = visit.request.GET.get("staff")
    if asked is not None and (asked in names or not asked):
        return asked
    return next(iter(names), next((one.staff or "" for one in found), ""))


def _grid(
    visit: Visit,
    found: Sequence[Booking],
    names: Mapping[str, str],
    *,
    days: Sequence[date],
    week_of: str | None,
    is_moving: bool,
) -> Grid:
    open_at = _hours(visit)
    begins, ends = book_grid.span_of(
        found, [open_at.get(day.weekday()) for day in days], visit.zone
    )

    assert visit.center is not None
    labels = labels_of(visit, found, visit.center.ref)
    free = {
        day: book_grid.offers(day, first=begins, last=ends, zone=visit.zone, now=visit.now)
        for day in days
    }

    def column(staff: str, title: str, on: date, own: Sequence[Booking]) -> Column:
        hours = open_at.get(on.weekday()) if open_at else (begins, ends)
        shown = [labels.put_on(one) for one in book_grid.placed(own, visit.zone, begins)]
        times = _times(free[on] if hours else (), on, staff, who=title, is_moving=is_moving)
        return Column(staff, title, on, shown, times)

    if week_of is None:
        groups = book_grid.by_staff(found, names)
        columns = [
            column(staff, names.get(staff, staff) or _("Nobody named"), days[0], own)
            for staff, own in groups.items()
        ] or [column("", _("Nobody named"), days[0], [])]
    else:
        columns = [
            column(week_of, title, day, [one for one in found if one.starts_on == day])
            for day in days
            for title in [languages.written_weekday(day, visit.language)]
        ]
    local = visit.now.astimezone(visit.zone)
    now_row = book_grid.now_row(local, days, first=begins, last=ends)
    return Grid(begins, ends, columns, now_row)


def _times(
    free: Sequence[Offer], on: date, staff: str, *, who: str, is_moving: bool
) -> SafeString:
    """Where somebody can be booked, or where the appointment in hand can be put."""
    if is_moving:
        label = _("Move to %(who)s") % {"who": who}
        return book_grid.move_buttons(free, on=on, staff=staff, label=label)
    asked = QueryDict(mutable=True)
    asked.update({"day": on.isoformat(), "staff": staff})
    address = f"{reverse('book_new')}?{asked.urlencode()}"
    label = _("Book %(who)s") % {"who": who}
    return book_grid.offer_links(free, address=address, label=label)


def _hours(visit: Visit) -> Mapping[int, tuple[int, int]]:
    assert visit.center is not None
    return next((one.hours for one in catalog.centers() if one.ref == visit.center.ref), {})


# -- one appointment --------------------------------------------------------------------------


@page("book/appointment/<path:ref>", example={"ref": "a00001"}, under="book")
def appointment(visit: Visit, ref: str) -> HttpResponse:
    """Everything about one appointment, and what can be done about it."""
    found = _found(ref)
    center = visit.company.centers[found.center]
    starts = found.starts_at.astimezone(center.zone)
    [own] = book_grid.placed([found], center.zone, 0)
    names = {one.ref: one.name for one in book_columns.providers(found.center)}
    context: dict[str, Any] = {
        "one": found,
        "shown": labels_of(visit, [found], found.center).put_on(own),
        "staff_name": names.get(found.staff or "", found.staff),
        "names": names,
        "steps": acts.NEXT_STEPS[found.status],
        "may_move": found.status in acts.MOVABLE,
        "is_here": visit.center is not None and visit.center.ref == found.center,
        "center": center,
        "starts": f"{starts:%H:%M}",
        "begins": languages.written_time(starts, visit.language),
        "minutes": found.minutes or acts.USUAL_MINUTES,
        "token": new_token(),
    }
    return visit.show("desk/appointment.html", context)


def _found(ref: str) -> Booking:
    found = book_rows.booking(ref)
    if found is None:
        raise unknown_reference("appointment", ref, field="id")
    return found


@page("book/step", needs=Permission.RECORD_FACTS, methods=("POST",))
def take_step(visit: Visit) -> HttpResponse:
    """Check in, complete, cancel, or the way back."""
    said = visit.request.POST
    found = _found(said.get("ref", ""))
    status = said.get("status", "")
    if found.status == status:
        return _back_to(visit, found)
    check_fresh(visit, found.version)
    _send(visit, acts.next_step(found, status, exponent=visit.company.exponent))
    visit.say(_SAID[status] % {"name": found.guest_name}, undo=_undo(visit, found))
    return _back_to(visit, found)


def _undo(visit: Visit, before: Booking) -> Undo:
    """An appointment as it was, as long as nobody changes it otherwise."""
    fields = {
        "ref": before.ref,
        "version": _found(before.ref).version,
        "status": before.status,
        "starts_at": before.starts_at.isoformat(),
        "staff": before.staff or "",
        "from": visit.request.POST.get("from", ""),
    }
    return Undo(reverse("book_undo"), fields)


@page("book/undo", needs=Permission.RECORD_FACTS, methods=("POST",))
def book_undo(visit: Visit) -> HttpResponse:
    """An appointment as it was before the last step or move."""
    said = visit.request.POST
    found = _found(said.get("ref", ""))
    check_fresh(visit, found.version)
    document = acts.changed_appointment(
        found.ref,
        exponent=visit.company.exponent,
        overlapping=True,
        status=said.get("status", ""),
        starts_at=said.get("starts_at", ""),
        staff=said.get("staff") or None,
    )
    _send(visit, document)
    visit.say(_("The appointment of %(name)s is as it was.") % {"name": found.guest_name})
    return _back_to(visit, _found(found.ref))


@page("book/move", needs=Permission.RECORD_FACTS, methods=("POST",))
def move(visit: Visit) -> HttpResponse:
    """Another time, another provider: by drag, by keyboard, by choosing one, or by the form."""
    said = visit.request.POST
    found = _found(said.get("ref", ""))
    check_fresh(visit, found.version)
    day, time, staff = _wished(said)
    try:
        starts_at = _moment(visit, found, day, time)
        document = acts.changed_appointment(
            found.ref,
            exponent=visit.company.exponent,
            overlapping=said.get("overlapping") == "yes",
            starts_at=starts_at.isoformat(),
            staff=staff,
        )
        _send(visit, document)
    except Refused as refused:
        visit.warn(why_not(visit, refused, staff))
        if "to" in said:  # the next choice is as near as this one was
            again = QueryDict(mutable=True)
            again.update({"day": day, "moving": found.ref})
            return redirect_to(visit.request, f"{reverse('book')}?{again.urlencode()}")
        return _back_to(visit, found)
    sentence = _("%(name)s is moved.") % {"name": found.guest_name}
    visit.say(sentence, undo=_undo(visit, found))
    return _back_to(visit, _found(found.ref))


def _wished(said: QueryDict) -> tuple[str, str, str | None]:
    """Day, time and provider: of a form, or of one of the times in the book."""
    if "to" not in said:
        return said.get("day", ""), said.get("time", ""), said.get("staff") or None
    moment, _space, staff = said.get("to", "").partition(" ")
    day, _t, time = moment.partition("T")
    return day, time, staff or None


def _moment(visit: Visit, found: Booking, day: str, time: str) -> datetime:
    """A moment as it is written at the appointment's center."""
    zone = visit.company.centers[found.center].zone
    try:
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=zone)
    except ValueError:
        sentence = _("Choose a day and a time.")
        raise Refused("invalid_record", sentence, field="time", value=time) from None


def why_not(visit: Visit, refused: Refused, staff: str | None) -> str:
    """The sentence of a refusal; of a collision with the names that people know."""
    if "appointment" not in refused.detail:
        return told(refused, visit)
    names = {one.ref: one.name for one in book_columns.providers(with_retired=True)}
    return _("%(who)s has %(guest)s then, for %(minutes)s minutes.") % {
        "who": names.get(staff or "", staff),
        **refused.detail,
    }


def _send(visit: Visit, document: Mapping[str, Any]) -> None:
    fields = {name: value for name, value in document.items() if name not in ("type", "id")}
    send(visit, "appointment", document["id"], **fields)


def _back_to(visit: Visit, found: Booking) -> HttpResponse:
    """To the page the act was asked for on: the book's day, or the appointment."""
    if visit.request.POST.get("from") == "appointment":
        return visit.go("appointment", ref=found.ref)
    address = f"{reverse('book')}?day={found.starts_on}#{found.ref}"
    return redirect_to(visit.request, address)


_SAID = {
    "booked": gettext_lazy("%(name)s is booked again."),
    "confirmed": gettext_lazy("%(name)s is confirmed."),
    "checked_in": gettext_lazy("%(name)s is here."),
    "completed": gettext_lazy("%(name)s is done."),
    "cancelled": gettext_lazy("The appointment of %(name)s is cancelled."),
    "no_show": gettext_lazy("%(name)s did not come."),
}
