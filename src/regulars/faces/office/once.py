"""Secrets that are shown once: a form that is sent again makes no second one."""

from typing import Any

from django.http import HttpResponse

from regulars.faces.shared.sending import token_of
from regulars.faces.shared.visits import Visit

_KEPT, _MOST = "shown_once", 20


def was_made(visit: Visit) -> bool:
    """Whether the form that was sent has done its work already."""
    return token_of(visit) in visit.request.session.get(_KEPT, [])


def show_once(visit: Visit, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with the secret, which nothing on the way may keep; its form is done."""
    known = visit.request.session.get(_KEPT, [])
    visit.request.session[_KEPT] = [*known, token_of(visit)][-_MOST:]
    return visit.show(template, context)
