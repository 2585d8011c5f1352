"""Before and around the pages: which organization, which center, which language."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import CENTER, ORGANIZATION, Visit
from regulars.services import staff


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_organization(request: HttpRequest) -> HttpResponse:
    """For who works at several, or at none any more."""
    employers = staff.employers_of(request.user.pk)  # type: ignore[arg-type]
    if request.method == "POST":
        chosen = request.POST.get("organization", "")
        if any(chosen == str(one.id) for one in employers):
            request.session[ORGANIZATION] = str(UUID(chosen))
            request.session.pop(CENTER, None)
            return HttpResponseRedirect("/")
    context: dict[str, Any] = {"employers": employers}
    return render(request, "shared/organizations.html", context)


@page("center", methods=("POST",))
def switch_center(visit: Visit) -> HttpResponse:
    """The center somebody is at just now, for as long as they are signed in."""
    chosen = visit.request.POST.get("center", "")
    if any(center.ref == chosen for center in visit.centers):
        visit.request.session[CENTER] = chosen
    return HttpResponseRedirect(_next(visit.request))


@page("language", methods=("POST",))
def choose_language(visit: Visit) -> HttpResponse:
    """The language this staff member reads, from now on and everywhere."""
    chosen = visit.request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        staff.choose_language(visit.company, visit.member.ref, chosen)
        translation.activate(chosen)
    return HttpResponseRedirect(_next(visit.request))


def _next(request: HttpRequest) -> str:
    """Back to where one was; to nowhere outside."""
    address = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if is_ours else "/"
