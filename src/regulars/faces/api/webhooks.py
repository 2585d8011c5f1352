"""`/webhooks`: the endpoints that are told of events."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from regulars.faces.api import hook_schemas as schemas
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.reading import json, require_every_center
from regulars.faces.api.writing import answer_once
from regulars.records.queries import webhooks as queries
from regulars.records.queries.webhooks import Endpoint
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services.formats.parsing import mapping_of
from regulars.services.webhooks import endpoints
from regulars.services.webhooks.endpoints import Wish

router = Router(tags=["Webhooks"])
MOST = 200
Act = Callable[[Call, Mapping[str, Any]], Any]


def _write(request: HttpRequest, act: Act, *, fields: Mapping[str, type]) -> HttpResponse:
    """One change: the body's fields checked, the answer as JSON."""

    def once(call: Call, body: bytes) -> HttpResponse:
        _require(call)
        said = mapping_of(body) if body.strip() else {}
        _check(said, fields)
        return json(act(call, said))

    return answer_once(request, once)


def _require(call: Call) -> None:
    """Endpoints are told of guests of all centers."""
    call.require(Permission.MANAGE_WEBHOOKS)
    require_every_center(call, "an endpoint")


def _check(said: Mapping[str, Any], fields: Mapping[str, type]) -> None:
    for name, value in said.items():
        if name not in fields:
            raise Refused("invalid_record", "There is no such field.", field=name)
        right = isinstance(value, fields[name]) and not isinstance(value, bool)
        if right and fields[name] is list:
            right = all(isinstance(one, str) for one in value)
        if not right:
            raise Refused(
                "invalid_record", "This is not what is needed here.", field=name, value=value
            )


def _now(request: HttpRequest) -> datetime:
    """The real time, in a sandbox too: receivers compare it with their own clocks."""
    moment: datetime = request.read_at  # type: ignore[attr-defined]
    return moment


_WISH = {"url": str, "name": str, "types": list}


@router.get(
    "/webhooks",
    operation_id="list_webhooks",
    summary="All endpoints",
    openapi_extra=schemas.endpoint_list(),
)
def list_webhooks(request: HttpRequest) -> HttpResponse:
    """Each with how it does and how many events wait for it; never its secret."""
    with call_of(request) as call:
        _require(call)
        return json({"items": [asdict(one) for one in queries.endpoints()]})


@router.post(
    "/webhooks",
    operation_id="create_webhook",
    summary="Make an endpoint",
    openapi_extra=schemas.creating(),
)
def create_webhook(request: HttpRequest) -> HttpResponse:
    """It is told what happens from now on. The answer has its secret, this once."""

    def act(call: Call, said: Mapping[str, Any]) -> dict[str, Any]:
        wish, actor = Wish(**said), call.sender.actor
        return _with_secret(
            *endpoints.create(call.company, wish, at=_now(request), actor=actor)
        )

    return _write(request, act, fields=_WISH)


@router.get(
    "/webhooks/{id}",
    operation_id="get_webhook",
    summary="One endpoint",
    openapi_extra=schemas.endpoint(),
)
def get_webhook(request: HttpRequest, id: str) -> HttpResponse:
    """With how it does; never its secret."""
    with call_of(request) as call:
        _require(call)
        return json(asdict(endpoints.find(id)))


@router.patch(
    "/webhooks/{id}",
    operation_id="change_webhook",
    summary="Change an endpoint",
    openapi_extra=schemas.changing(),
)
def change_webhook(request: HttpRequest, id: str) -> HttpResponse:
    """Its address, its name, its types; what is left out stays."""

    def act(call: Call, said: Mapping[str, Any]) -> dict[str, Any]:
        return asdict(
            endpoints.change(id, Wish(**said), at=_now(request), actor=call.sender.actor)
        )

    return _write(request, act, fields=_WISH)


@router.delete(
    "/webhooks/{id}",
    operation_id="remove_webhook",
    summary="Remove an endpoint",
    openapi_extra=schemas.removing(),
)
def remove_webhook(request: HttpRequest, id: str) -> HttpResponse:
    """What was in line for it goes, and its log."""

    def act(call: Call, _: Mapping[str, Any]) -> dict[str, Any]:
        endpoints.remove(id, at=_now(request), actor=call.sender.actor)
        return {"id": id}

    return _write(request, act, fields={})


@router.post(
    "/webhooks/{id}/rotate",
    operation_id="rotate_webhook_secret",
    summary="Give it a new secret",
    openapi_extra=schemas.rotating(),
)
def rotate_webhook_secret(request: HttpRequest, id: str) -> HttpResponse:
    """For `hours`, 24 unless said, what it is sent is signed with both."""

    def act(call: Call, said: Mapping[str, Any]) -> dict[str, Any]:
        hours = said.get("hours", 24)
        if not 0 <= hours <= 720:
            raise Refused(
                "invalid_record", "Between 0 and 720 hours.", field="hours", value=hours
            )
        return _with_secret(
            *endpoints.rotate_secret(
                id, at=_now(request), actor=call.sender.actor, overlap=timedelta(hours=hours)
            )
        )

    return _write(request, act, fields={"hours": int})


@router.post(
    "/webhooks/{id}/enable",
    operation_id="enable_webhook",
    summary="Turn it on",
    openapi_extra=schemas.acting(),
)
def enable_webhook(request: HttpRequest, id: str) -> HttpResponse:
    """It goes on where it was, as far as events are kept."""

    def act(call: Call, _: Mapping[str, Any]) -> dict[str, Any]:
        return asdict(endpoints.turn_on(id, at=_now(request), actor=call.sender.actor))

    return _write(request, act, fields={})


@router.post(
    "/webhooks/{id}/disable",
    operation_id="disable_webhook",
    summary="Turn it off",
    openapi_extra=schemas.acting(),
)
def disable_webhook(request: HttpRequest, id: str) -> HttpResponse:
    """It is told nothing until it is turned on."""

    def act(call: Call, _: Mapping[str, Any]) -> dict[str, Any]:
        return asdict(endpoints.turn_off(id, at=_now(request), actor=call.sender.actor))

    return _write(request, act, fields={})


@router.post(
    "/webhooks/{id}/replay",
    operation_id="replay_webhook",
    summary="Tell it again",
    openapi_extra=schemas.replaying(),
)
def replay_webhook(request: HttpRequest, id: str) -> HttpResponse:
    """Everything after this number of the feed, under the ids it had."""

    def act(call: Call, said: Mapping[str, Any]) -> dict[str, Any]:
        if "after" not in said:
            raise Refused("invalid_record", "A number of the feed is needed.", field="after")
        return asdict(
            endpoints.replay(id, after=said["after"], at=_now(request), actor=call.sender.actor)
        )

    return _write(request, act, fields={"after": int})


@router.post(
    "/webhooks/{id}/test",
    operation_id="test_webhook",
    summary="Send it a test",
    openapi_extra=schemas.testing(),
)
def test_webhook(request: HttpRequest, id: str) -> HttpResponse:
    """One signed `endpoint.test`, now; the answer is the endpoint's."""

    def act(call: Call, _: Mapping[str, Any]) -> dict[str, Any]:
        found = endpoints.test(call.company, id, at=_now(request), actor=call.sender.actor)
        return {
            "is_accepted": found.is_good,
            "problem": None if found.is_good else found.problem,
            "status": found.status,
            "answer": found.text,
            "milliseconds": found.milliseconds,
        }

    return _write(request, act, fields={})


@router.get(
    "/webhooks/{id}/deliveries",
    operation_id="list_deliveries",
    summary="What it was sent",
    openapi_extra=schemas.deliveries(),
)
def list_deliveries(
    request: HttpRequest,
    id: str,
    before: UUID | None = None,
    limit: int = 50,
    failed: bool = False,
) -> HttpResponse:
    """Each try with its answer, the latest first; `next` is the `before` of the next page."""
    limit = max(1, min(limit, MOST))
    with call_of(request) as call:
        _require(call)
        endpoints.find(id)
        rows = queries.attempts(id, limit=limit + 1, before=before, only_failed=failed)
    items = [asdict(one) for one in rows[:limit]]
    return json({"items": items, "next": items[-1]["id"] if len(rows) > limit else None})


def _with_secret(endpoint: Endpoint, secret: str) -> dict[str, Any]:
    return {**asdict(endpoint), "secret": secret}
