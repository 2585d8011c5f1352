"""The REST API under `/api/v1`: put together, with one way to say no."""

import logging
from typing import Any, cast

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from regulars.faces.api import (
    act_schemas,
    acts,
    auditing,
    configuration,
    events,
    guests,
    hook_schemas,
    imports,
    ledger,
    previews,
    quotes,
    reading,
    records,
    reporting,
    resources,
    reward_lists,
    sandbox,
    schemas,
    states,
    webhooks,
)
from regulars.faces.api.access import KeyAuth
from regulars.faces.api.links import add_links
from regulars.faces.api.naming import stand_once
from regulars.faces.api.problems import Unanswerable, problem, refused, unanswerable
from regulars.rules.refusals import Refused

log = logging.getLogger("regulars.api")


class Api(NinjaAPI):
    """Its document has the records' own schemas beside those that Ninja makes."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        document["components"]["schemas"].update(
            schemas.components() | act_schemas.components() | hook_schemas.components()
        )
        document["webhooks"] = hook_schemas.webhooks()
        stand_once(document)
        add_links(document)
        return document

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """Each operation answers with a response of its own: the one that Ninja keeps ready
        would be made for nothing, a hundredth of a request. Whoever uses this one fails.
        """
        return cast(HttpResponse, _NO_RESPONSE)


_NO_RESPONSE = object()

api = Api(
    title="Regulars",
    version="1",
    description="Facts in, points and tiers out: the contract of records over HTTP.",
    auth=KeyAuth(),
    urls_namespace="api",
)
api.add_decorator(reading.known_parameters_only, mode="operation")
for face in (
    records,
    guests,
    resources,
    states,
    ledger,
    reward_lists,
    reporting,
    auditing,
    configuration,
    quotes,
    acts,
    previews,
    events,
    webhooks,
    sandbox,
    imports,
):
    api.add_router("", face.router)


@api.exception_handler(Refused)
def _refused(_: HttpRequest, refusal: Refused) -> HttpResponse:
    return refused(refusal)


@api.exception_handler(Unanswerable)
def _unanswerable(_: HttpRequest, raised: Unanswerable) -> HttpResponse:
    return unanswerable(raised)


@api.exception_handler(AuthenticationError)
def _nobody(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
    response = problem("unauthorized", "This needs a valid key: Authorization: Bearer KEY.")
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def _not_valid(_: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    field = str(first["loc"][-1])
    message = f"{field}: {first['msg']}."
    return problem("invalid_record", message, field=field)


@api.exception_handler(Http404)
def _not_there(_: HttpRequest, __: Http404) -> HttpResponse:
    return problem("not_found", "There is nothing at this address.")


@api.exception_handler(HttpError)
def _http_error(_: HttpRequest, error: HttpError) -> HttpResponse:
    code = "bad_request" if error.status_code == 400 else "invalid_record"
    return problem(code, str(error), status=error.status_code)


@api.exception_handler(UnreadablePostError)
def _broken_off(_: HttpRequest, __: UnreadablePostError) -> HttpResponse:
    return problem("bad_request", "The request broke off; nothing was done.")


@api.exception_handler(Exception)
def _our_mistake(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s %s failed.", request.method, request.path, exc_info=error)
    return problem("internal_error", "Something went wrong here; nothing was done.")


@api.exception_handler(OperationalError)
def _busy(_: HttpRequest, error: OperationalError) -> HttpResponse:
    log.error("The database did not answer: %s", error)
    response = problem("unavailable", "The database is busy or full; nothing was done.")
    response["Retry-After"] = "2"
    return response
