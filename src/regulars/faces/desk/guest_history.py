"""Who did what to a guest, when, and why: the journal, and what was agreed to (rule 11)."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext

from regulars.faces.desk import guest_words as words
from regulars.faces.desk.guest_frame import find_head, guest_shown, staff_names
from regulars.faces.shared.feedback_words import CHANNELS
from regulars.faces.shared.journal import journal_line
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.records.queries.audit import Sought, audit_lines
from regulars.records.queries.paging import Page
from regulars.rules.refusals import Refused

LINES = 30


@page("guest-history/<path:ref>", example={"ref": "vivian-castellanos"}, under="clients")
def guest_history(visit: Visit, ref: str) -> HttpResponse:
    """The journal about the guest, the latest first."""
    find_head(ref)
    lines = audit_lines(Sought(guest=ref), after=_after(visit), limit=LINES + 1)
    more = lines[LINES - 1].row.id.hex if len(lines) > LINES else None
    guest = guest_shown(visit, ref)
    changes = guest.preferences.history if guest.preferences else ()
    names = staff_names(visit)
    context = {
        "guest": guest,
        "shown": Page(tuple(journal_line(visit, one, names) for one in lines[:LINES]), more),
        "consents": [
            {
                "change": one,
                "channel": words.TOLD_BY.get(one.channel, one.channel),
                "state": words.CONSENTS.get(one.state, one.state),
                "by": names.get(one.by or "", one.by),
                "how": CHANNELS.get(one.how, one.how),
            }
            for one in reversed(changes)
        ],
    }
    return visit.show("desk/guest_history.html", context)


def _after(visit: Visit) -> UUID | None:
    mark = visit.request.GET.get("after")
    if not mark:
        return None
    try:
        return UUID(mark)
    except ValueError:
        raise Refused(
            "invalid_record",
            gettext("This is no place in the list; begin it again."),
            field="after",
        ) from None
