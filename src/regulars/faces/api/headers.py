"""One header of a request."""

from functools import lru_cache

from django.http import HttpRequest
from django.http.request import HttpHeaders


def header(request: HttpRequest, name: str) -> str | None:
    """As it was said; None where it was not.

    `request.headers` writes all of a request's headers anew before it gives one of them.
    """
    said: str | None = request.META.get(_in_the_environment(name))
    return said


@lru_cache(maxsize=64)
def _in_the_environment(name: str) -> str:
    return HttpHeaders.to_wsgi_name(name)
