"""The outermost layer of the API: whatever goes wrong under it leaves as a problem document.

Django and its middleware answer pages for people where a request does not even reach an
address: an unknown path, another method, a host name that is not ours.

What other middleware does, sessions and languages and who may put a page in a frame, is for
people's browsers; programs with a key go straight to their address, which takes half as long.
"""

from collections.abc import Callable
from typing import cast

from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import resolve

from regulars.faces.api.problems import MEDIA_TYPE, problem

ROOT = "/api/v1/"
FOR_PEOPLE = "/api/v1/docs"
Answer = Callable[[HttpRequest], HttpResponseBase]
_SAID = {
    400: ("bad_request", "This request is not understood."),
    403: ("not_permitted", "This is not permitted."),
    404: ("not_found", "There is nothing at this address."),
    405: ("not_allowed", "This address does not take {method}; it takes {allowed}."),
    413: ("too_large", "This is too large."),
    500: ("internal_error", "Something went wrong here; nothing was done."),
}


class ProblemsOnly:
    """Middleware: HEAD is asked as GET, errors are problem documents, limits are told."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.directly = cast(Answer, convert_exception_to_response(_at_its_address))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith(ROOT):
            return self.get_response(request)
        answer = self.get_response if path.startswith(FOR_PEOPLE) else self.directly
        response = self._answer(request, answer)
        if response.status_code >= 400 and not _is_ours(response):
            response = _as_problem(request.method or "", response)
        allowance = getattr(request, "allowance", None)
        if allowance is not None:
            for name, value in allowance.headers().items():
                response[name] = value
        response["X-Content-Type-Options"] = "nosniff"
        if isinstance(response, HttpResponse):
            response.setdefault("Content-Length", str(len(response.content)))
        return response

    def _answer(self, request: HttpRequest, answer: Answer) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            message = "This server does not answer to that host name."
            return problem("bad_request", message, field="Host")
        if request.method != "HEAD":
            return answer(request)
        request.method = "GET"
        try:
            return answer(request)
        finally:
            request.method = "HEAD"  # whoever writes the answer leaves the body out


def _at_its_address(request: HttpRequest) -> HttpResponseBase:
    """What the handler does inside of all middleware. Raises Http404 where nothing is."""
    match = request.resolver_match = resolve(request.path_info)
    if match.url_name == "openapi-json" and request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    found: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return found


def _is_ours(response: HttpResponseBase) -> bool:
    return str(response.get("Content-Type", "")).startswith(MEDIA_TYPE)


def _as_problem(method: str, response: HttpResponseBase) -> HttpResponse:
    known = response.status_code if response.status_code in _SAID else 500
    if 400 <= response.status_code < 500 and response.status_code not in _SAID:
        known = 400
    code, message = _SAID[known]
    allowed = response.get("Allow", "")
    said = message.format(method=method, allowed=allowed or "nothing")
    found = problem(code, said, status=response.status_code)
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response:
            found[name] = response[name]
    return found
