"""The outermost layer of the API: whatever goes wrong under it leaves as a problem document.

Django and its middleware answer pages for people where a request does not even reach an
address: an unknown path, another method, a host name that is not ours.
"""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from regulars.faces.api.problems import MEDIA_TYPE, problem

ROOT = "/api/v1/"
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

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        response = self._answer(request)
        if response.status_code >= 400 and not _is_ours(response):
            response = _as_problem(request.method or "", response)
        allowance = getattr(request, "allowance", None)
        if allowance is not None:
            for name, value in allowance.headers().items():
                response[name] = value
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            message = "This server does not answer to that host name."
            return problem("bad_request", message, field="Host")
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"  # whoever writes the answer leaves the body out


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
