"""Who works here: the list, inviting somebody, changing what they are, letting them go."""

import json
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.refusals import told
from regulars.faces.shared.visits import Visit
from regulars.rules.permissions import Permission, Role
from regulars.rules.refusals import Refused
from regulars.services import desk_changes, sign_ins, staff

ROLE_NAMES = {
    Role.OWNER: pgettext_lazy("role", "Owner"),
    Role.MANAGER: pgettext_lazy("role", "Manager"),
    Role.FRONT_DESK: pgettext_lazy("role", "Front desk"),
    Role.MARKETING: pgettext_lazy("role", "Marketing"),
    Role.ACCOUNTANT: pgettext_lazy("role", "Accountant"),
}
ACT_NAMES = {
    "added": gettext_lazy("invited"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
    "let back in": gettext_lazy("let back in"),
    "signed out": gettext_lazy("signed out by somebody else"),
}
MANAGE = Permission.MANAGE_STAFF
MOST_CHANGES = 10


class PersonForm(DeskForm):
    """What a staff member is; the address only when they are invited."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=list(ROLE_NAMES.items()))
    center = forms.ChoiceField(label=gettext_lazy("Center"), required=False)

    def __init__(self, visit: Visit, *args: Any, is_new: bool = True, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        centers = [(center.ref, center.name) for center in visit.centers]
        center: Any = self.fields["center"]
        center.choices = [("", _("All centers")), *centers]
        if not is_new:
            del self.fields["email"]


@page("staff", needs=MANAGE, nav=Entry(gettext_lazy("Staff"), "users-round", 90, Area.OFFICE))
def staff_list(visit: Visit) -> HttpResponse:
    """Everybody who works here, with their roles, and what was last done about them."""
    members = staff.members_of(visit.company)
    arrived = sign_ins.have_come([one.user for one in members])
    names = {center.ref: center.name for center in visit.company.centers.values()}
    rows = [
        {
            "member": one,
            "role": ROLE_NAMES[one.role],
            "center": names.get(one.center or "", _("All centers")),
            "is_invited": one.user not in arrived,
        }
        for one in members
    ]
    changes = _changes({one.ref: one.name for one in members})
    return visit.show("desk/staff_list.html", {"rows": rows, "changes": changes})


def _changes(people: dict[str, str]) -> list[dict[str, Any]]:
    """What was last done, with the names of those it is about."""
    shown = []
    for change in desk_changes.changes(staff.CHANGES)[:MOST_CHANGES]:
        ref = change.about.removeprefix(staff.CHANGES)
        act = json.loads(change.body)["act"]
        shown.append(
            {
                "at": change.at,
                "by": people.get(change.by or "", change.by),
                "member": people.get(ref, ref),
                "act": ACT_NAMES[act],
            }
        )
    return shown


@page("staff/new", needs=MANAGE, methods=("GET", "POST"), under="staff_list")
def staff_new(visit: Visit) -> HttpResponse:
    """Invite somebody: they get a mail with a link to choose a password."""
    form = PersonForm(visit, visit.request.POST or None, initial={"role": Role.FRONT_DESK})
    if visit.request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            person = staff.Person(
                said["name"], said["email"], said["role"], said["center"] or None
            )
            member = staff.add_member(visit.company, person, by=visit.actor, at=visit.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            _invite(visit, member)
            return visit.go("staff_list")
    return visit.show("desk/staff_form.html", {"form": form}, status=_status(form))


@page(
    "staff/<str:ref>",
    needs=MANAGE,
    methods=("GET", "POST"),
    example={"ref": "nadia.rahman"},
    under="staff_list",
)
def staff_member(visit: Visit, ref: str) -> HttpResponse:
    """What a staff member is, to be changed."""
    member = staff.member(visit.company, ref)
    initial = {"name": member.name, "role": member.role, "center": member.center or ""}
    form = PersonForm(visit, visit.request.POST or None, is_new=False, initial=initial)
    if visit.request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            staff.change_member(
                visit.company,
                ref,
                name=said["name"],
                role=said["role"],
                center=said["center"] or None,
                by=visit.actor,
                at=visit.now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            visit.say(_("%(name)s is saved.") % {"name": said["name"]})
            return visit.go("staff_list")
    context = {
        "form": form,
        "member": member,
        "is_invited": not sign_ins.have_come([member.user]),
        "n_sessions": len(sign_ins.sessions_of([member.user], now=datetime.now(UTC))),
    }
    return visit.show("desk/staff_form.html", context, status=_status(form))


@page("staff/<str:ref>/leave", needs=MANAGE, methods=("POST",))
def staff_leave(visit: Visit, ref: str) -> HttpResponse:
    """Somebody works here no more: from their next click on."""
    return _set_active(visit, ref, is_active=False)


@page("staff/<str:ref>/return", needs=MANAGE, methods=("POST",))
def staff_return(visit: Visit, ref: str) -> HttpResponse:
    """Somebody is back."""
    return _set_active(visit, ref, is_active=True)


@page("staff/<str:ref>/invite", needs=MANAGE, methods=("POST",))
def staff_invite(visit: Visit, ref: str) -> HttpResponse:
    """The invitation once more, for who did not get it or came too late."""
    _invite(visit, staff.member(visit.company, ref))
    return visit.go("staff_list")


def _set_active(visit: Visit, ref: str, *, is_active: bool) -> HttpResponse:
    try:
        member = staff.change_member(
            visit.company, ref, is_active=is_active, by=visit.actor, at=visit.now
        )
    except Refused as refused:
        if refused.code == "unknown_reference":
            raise
        visit.warn(told(refused, visit))
    else:
        sentence = _("%(name)s is back.") if is_active else _("%(name)s works here no more.")
        visit.say(sentence % {"name": member.name})
    return visit.go("staff_list")


def _invite(visit: Visit, member: staff.Member) -> None:
    """By mail; where that fails the way out is said, and the member is there all the same."""
    if member.user in sign_ins.has_password([member.user]):
        visit.say(
            _("%(name)s can sign in with the password they have.") % {"name": member.name}
        )
        return
    address = visit.address(sign_ins.invitation_path(member.user))
    context = {"visit": visit, "member": member, "address": address}
    subject = _("%(company)s invites you") % {"company": visit.company.name}
    text = render_to_string("desk/staff_invitation.txt", context)
    try:
        EmailMessage(subject, text, to=[member.email]).send()
    except OSError:
        visit.warn(
            _("The mail to %(email)s did not go out; try again later.")
            % {"email": member.email}
        )
        return
    visit.say(_("%(name)s gets a mail with a link.") % {"name": member.name})


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200
