"""The door of the demo: being anybody of the invented staff, by one click.

It is there in a process that `regulars demo` has started, and only while the database holds the
demo company and no other; everywhere else its addresses do not exist.
"""

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from regulars.faces.shared.visits import CENTER, ORGANIZATION
from regulars.rules.permissions import Role
from regulars.services import upkeep
from regulars.services.samples import demo, demo_staff
from regulars.services.staff import Member

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ICONS = {
    Role.OWNER: "crown",
    Role.MANAGER: "clipboard-list",
    Role.FRONT_DESK: "concierge-bell",
    Role.MARKETING: "megaphone",
    Role.ACCOUNTANT: "calculator",
}


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """One of each role first, all the others below."""
    people = _people()
    first: dict[Role, Member] = {}
    for one in people:
        first.setdefault(one.role, one)
    shown = [{"member": first[role], "icon": ICONS[role]} for role in Role if role in first]
    others = [one for one in people if one not in first.values()]
    return render(request, "shared/demo.html", {"first": shown, "others": others})


def enter(request: HttpRequest) -> HttpResponse:
    """Be this staff member from now on."""
    if request.method != "POST":
        return HttpResponseRedirect("/demo")
    chosen = request.POST.get("member", "")
    member = next((one for one in _people() if one.ref == chosen), None)
    if member is None:
        raise Http404
    request.session.flush()
    login(request, User.objects.get(id=member.user), backend=_BACKEND)
    UserSession.objects.create_from_request(request)  # as a sign-in with a password does
    for name in (ORGANIZATION, CENTER):
        request.session.pop(name, None)
    return HttpResponseRedirect("/")


def _people() -> list[Member]:
    if not demo_staff.is_here():
        raise Http404
    with upkeep.at_work(demo.ORGANIZATION) as company:
        return demo_staff.people_to_be(company)


urlpatterns: list[URLPattern] = [
    path("demo", entrance, name="demo"),
    path("demo/enter", enter, name="demo_enter"),
]
