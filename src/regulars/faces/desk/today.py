"""The first page of the day: where one is, and who comes."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from regulars.faces.shared.pages import Entry, page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import badges, book
from regulars.records.queries.book import Booking
from regulars.rules.categories import Badge


@dataclass(frozen=True, slots=True)
class Coming:
    """One appointment of the day, with what is shown beside the guest's name."""

    booking: Booking
    badges: tuple[Badge, ...]


@page("", nav=Entry(_("Today"), "sun", 10))
def today(visit: Visit) -> HttpResponse:
    """Today's appointments at the center, in their order."""
    coming = _coming(visit)
    waiting = [one for one in coming if one.booking.status in ("booked", "confirmed")]
    return visit.show("desk/today.html", {"coming": coming, "waiting": waiting})


def _coming(visit: Visit) -> list[Coming]:
    if visit.center is None:
        return []
    booked = book.bookings(visit.center.id, first=visit.today, last=visit.today)
    guests = [one.guest_key for one in booked]
    shown = badges.badges_of(guests, visit.center.ref, visit.today)
    return [Coming(one, shown.get(one.guest_key, ())) for one in booked]
