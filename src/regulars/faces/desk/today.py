"""The first page of the day: where one is, and who comes."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from regulars.faces.shared.pages import Entry, page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import day_sheet


@page("", nav=Entry(_("Today"), "sun", 10))
def today(visit: Visit) -> HttpResponse:
    """Today's appointments at the center, in their order."""
    booked = []
    if visit.center is not None:
        booked = day_sheet.appointments_on(visit.today, center=visit.center.id)
    waiting = [one for one in booked if one.status in ("booked", "confirmed")]
    return visit.show("desk/today.html", {"booked": booked, "waiting": waiting})
