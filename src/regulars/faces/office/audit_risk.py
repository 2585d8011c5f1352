"""Acts worth a second look, by person: counted, explained, with the records behind them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulars.faces.office.audit import SEE, day_of, tabs
from regulars.faces.shared import journal
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import risk
from regulars.records.queries.risk import LATE_DAYS
from regulars.services import staff
from regulars.services.staff_risk import NEAR_TENTHS, Act, PersonRisk, Sign, staff_risk

USUAL_DAYS = 30
MOST_ROWS = 200
SIGNS: Mapping[Sign, tuple[str, str | Promise, str | Promise]] = {
    Sign.BY_HAND: (
        "hand-coins",
        _("Points by hand"),
        _("Points added, removed or given more time by hand, with what they come to."),
    ),
    Sign.NEAR_LIMIT: (
        "ruler",
        _("Just under the limit"),
        _("Awards by hand of at least %(n)s%% of the limit for a second person."),
    ),
    Sign.OWN: (
        "user-round-check",
        _("On their own account"),
        _("Redemptions and corrections on a guest account with the staff member's own e-mail."),
    ),
    Sign.VOID: ("ban", _("Voids"), _("Invoices and rewards that were made void.")),
    Sign.LATE: (
        "clock-alert",
        _("Late edits"),
        _("Invoices written or changed more than %(n)s days after they were closed."),
    ),
}
"""Icon, name, what is counted."""
_NUMBERS = {Sign.NEAR_LIMIT: 10 * NEAR_TENTHS, Sign.LATE: LATE_DAYS}


@page("audit/second-look", needs=SEE, under="audit")
def audit_risk(visit: Visit) -> HttpResponse:
    """Everybody with such acts in a period; the rows of one person, of one kind."""
    said = visit.request.GET
    last = day_of(said.get("to")) or visit.today
    first = min(day_of(said.get("from")) or last - timedelta(days=USUAL_DAYS - 1), last)
    members = staff.members_of(visit.company)
    found = staff_risk(visit.company, members, first, last, actor=visit.actor)
    names = {one.ref: one.name for one in members}
    period = {"from": first.isoformat(), "to": last.isoformat()}
    context = {
        "tabs": tabs("audit_risk"),
        "first": first,
        "last": last,
        "signs": [_told(sign) for sign in Sign],
        "people": [_person(one, names, period) for one in found],
        **_rows(visit, found, names),
    }
    return visit.show("office/audit_risk.html", context)


def _told(sign: Sign) -> dict[str, Any]:
    icon, name, what = SIGNS[sign]
    number = _NUMBERS.get(sign)
    sentence = str(what) if number is None else str(what) % {"n": number}
    return {"sign": sign, "icon": icon, "name": name, "sentence": sentence}


def _person(
    one: PersonRisk, names: Mapping[str, str], period: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "by": one.by,
        "name": names.get(one.by, one.by),
        "points": one.points,
        "all": "?" + urlencode({**period, "by": one.by}),
        "counts": [
            {
                "sign": sign,
                "name": SIGNS[sign][1],
                "n": one.count(sign),
                "link": "?" + urlencode({**period, "by": one.by, "sign": sign}),
            }
            for sign in Sign
        ],
    }


def _rows(
    visit: Visit, found: Sequence[PersonRisk], names: Mapping[str, str]
) -> dict[str, Any]:
    """The acts of the person that is asked for, of one sign if it is."""
    said = visit.request.GET
    by, sign = said.get("by", ""), said.get("sign", "")
    person = next((one for one in found if one.by == by), None)
    if person is None:
        return {"person": None}
    acts = person.of(Sign(sign)) if sign in list(Sign) else list(person.acts)
    shown = acts[:MOST_ROWS]
    guests = risk.names_of_guests({act.guest for act in shown if act.guest})
    return {
        "person": names.get(by, by),
        "rows": [_row(act, guests) for act in shown],
        "n_more": len(acts) - len(shown),
    }


def _row(act: Act, guests: Mapping[str, str]) -> dict[str, Any]:
    icon, what = journal.KINDS.get(act.kind, ("file-text", act.kind.replace("_", " ")))
    return {
        "act": act,
        "sign": SIGNS[act.sign][1],
        "icon": icon,
        "what": what,
        "guest_name": guests.get(act.guest or "", act.guest),
    }
