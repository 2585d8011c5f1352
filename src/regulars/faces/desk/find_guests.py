"""The search for a guest, in the header of every page and on a page of its own."""

from django.http import HttpResponse

from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import finding

AT_ONCE, ON_THE_PAGE = 8, 50


@page("find", example={})
def find_guests(visit: Visit) -> HttpResponse:
    """Who may be meant: a few of them while somebody types, more on the page."""
    said = visit.request.GET.get("q", "")[:100].replace("\x00", "")
    most = AT_ONCE if visit.is_partial else ON_THE_PAGE
    found = finding.find_guests(said, limit=most, time_zone=str(visit.zone))
    part = "#found" if visit.is_partial else ""
    return visit.show(f"desk/find_guests.html{part}", {"said": said.strip(), "found": found})
