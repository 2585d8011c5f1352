"""Who is signed in where, and signing somebody out."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.faces.shared.browsers import browser_of
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.rules.permissions import Permission
from regulars.services import sign_ins, staff
from regulars.services.sign_ins import OpenSession
from regulars.services.staff import Member

MANAGE = Permission.MANAGE_STAFF


@page("system/sign-ins", needs=MANAGE, under="system")
def sign_in_list(visit: Visit) -> HttpResponse:
    """Everybody who is signed in at this moment, on which browser, since when."""
    members = {one.user: one for one in staff.members_of(visit.company) if one.is_active}
    person = visit.request.GET.get("person", "")
    chosen = next((one for one in members.values() if one.ref == person), None)
    users = [chosen.user] if chosen else list(members)
    found = sign_ins.sessions_of(users, now=datetime.now(UTC))
    mine = visit.request.session.session_key
    context = {
        "rows": [_row(one, members[one.user], mine=mine) for one in found],
        "chosen": chosen,
    }
    return visit.show("office/sign_in_list.html", context)


def _row(one: OpenSession, member: Member, *, mine: str | None) -> dict[str, Any]:
    return {
        "one": one,
        "member": member,
        "browser": browser_of(one.browser),
        "is_mine": one.key == mine,
    }


@page("system/sign-ins/<str:ref>/end", needs=MANAGE, methods=("POST",), under="system")
def sign_in_end(visit: Visit, ref: str) -> HttpResponse:
    """Sign somebody out: of one browser, or wherever they are signed in."""
    said = visit.request.POST.get("session", "")
    only = int(said) if said.isascii() and said.isdigit() and len(said) < 18 else None
    member = staff.member(visit.company, ref)
    n_ended = staff.sign_out(visit.company, ref, by=visit.actor, at=visit.now, session=only)
    if n_ended:
        sentence = ngettext(
            "%(name)s is signed out of %(n)s browser.",
            "%(name)s is signed out of %(n)s browsers.",
            n_ended,
        )
        visit.say(sentence % {"name": member.name, "n": n_ended})
    else:
        visit.warn(_("%(name)s was not signed in there any more.") % {"name": member.name})
    return visit.go("sign_in_list")
