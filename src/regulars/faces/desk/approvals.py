"""Acts above the approval limit: the list of those that wait, yes and no (rule 9.2)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.guest import after, waiting_row
from regulars.faces.desk.guest_frame import staff_names
from regulars.faces.shared.pages import Entry, page
from regulars.faces.shared.sending import new_token, send, token_of
from regulars.faces.shared.visits import Visit
from regulars.records.queries import waiting
from regulars.rules.permissions import Permission

APPROVE = Permission.APPROVE_ABOVE_LIMIT


@page("approvals", needs=APPROVE, nav=Entry(gettext_lazy("Approvals"), "badge-check", 60))
def approvals(visit: Visit) -> HttpResponse:
    """Everything that waits for a second person, the oldest first."""
    found = waiting.waiting_acts(after=after(visit))
    names = staff_names(visit)
    shown = found.map(lambda one: waiting_row(one, visit, names))
    context = {"shown": shown, "token": new_token()}
    return visit.show("desk/approvals.html", context)


@page("approvals/yes", needs=APPROVE, methods=("POST",))
def approval_yes(visit: Visit) -> HttpResponse:
    """Carried out now, and dated now; not by who asked for it."""
    _decide(visit, "approve")
    visit.say(_("Approved: it is done."))
    return visit.go("approvals")


@page("approvals/no", needs=APPROVE, methods=("POST",))
def approval_no(visit: Visit) -> HttpResponse:
    """Nothing moves."""
    _decide(visit, "reject")
    visit.say(_("Rejected: nothing was moved."))
    return visit.go("approvals")


def _decide(visit: Visit, kind: str) -> None:
    asked = visit.request.POST.get("request", "")[:300]
    send(visit, kind, token_of(visit), request=asked)
