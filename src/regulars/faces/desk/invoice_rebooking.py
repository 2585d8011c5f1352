"""Book again, at checkout: the visit that brings points for rebooking (rule 6.3)."""

from datetime import UTC, date, datetime, time

from django.http import HttpResponse
from django.utils.translation import gettext as _

from regulars.faces.desk import invoice_shown
from regulars.faces.desk.invoice_shown import Told
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import STATUS, told
from regulars.faces.shared.sending import send_all, token_of
from regulars.faces.shared.visits import Visit
from regulars.faces.shared.writing import Writer
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services import booking
from regulars.services.booking import Wish
from regulars.services.desk import tills
from regulars.services.formats.results import or_refused
from regulars.services.messages import languages


@page("tills/again/<path:ref>", needs=Permission.RECORD_FACTS, methods=("POST",))
def invoice_again(visit: Visit, ref: str) -> HttpResponse:
    """The next appointment of the invoice's guest, made on the day of this one."""
    there = tills.look(ref)
    try:
        starts_at = _said_moment(visit, there.center)
        wish = Wish(
            guest=there.guest.ref,
            center=there.center,
            starts_at=starts_at,
            staff=visit.request.POST.get("staff") or None,
            services=tuple(visit.request.POST.getlist("service")),
        )
        record = booking.new_appointment(wish, ref=token_of(visit), now=visit.now)
        [result] = send_all(visit, [record])
        or_refused(result)
    except Refused as refused:
        sentence = Told(told(refused, visit), status=STATUS.get(refused.code, 422))
        return invoice_shown.show(visit, ref, told=sentence)
    zone = visit.company.center(there.center).zone
    local = starts_at.astimezone(zone)
    visit.say(
        _("%(name)s is booked for %(day)s, %(time)s.")
        % {
            "name": there.guest.name,
            "day": Writer(visit).day(local.date()),
            "time": languages.written_time(local, visit.language),
        }
    )
    return visit.go("invoice", ref=ref)


def _said_moment(visit: Visit, center: str) -> datetime:
    """Day and time at the center, as an instant."""
    posted = visit.request.POST
    try:
        day = date.fromisoformat(posted.get("day", ""))
        at = time.fromisoformat(posted.get("time", ""))
    except ValueError:
        raise Refused("invalid_record", _("Say a day and a time."), field="day") from None
    local = datetime.combine(day, at, tzinfo=visit.company.center(center).zone)
    if local <= visit.now:
        raise Refused("invalid_record", _("That time has passed."), field="day")
    return local.astimezone(UTC)
