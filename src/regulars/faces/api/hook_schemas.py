"""What the OpenAPI document says of events, of endpoints, and of what they are sent."""

from typing import Any

from regulars.faces.api.schemas import IDEMPOTENCY
from regulars.faces.api.shapes import NAME
from regulars.rules import events

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_DAY: Schema = {"type": "string", "format": "date"}
_INSTANT_OR_NULL: Schema = {"type": ["string", "null"], "format": "date-time"}
_MONEY: Schema = {"type": "string", "description": "A decimal, in the organization's currency."}

POINTS: Schema = {
    "type": "object",
    "description": "A ledger entry, as in the state of a guest.",
    "properties": {
        "date": _DAY,
        "kind": _TEXT,
        "action": _TEXT_OR_NULL,
        "points": {"type": "integer", "description": "Below zero where points went."},
        "tier": _TEXT_OR_NULL,
        "source": {"type": "string", "description": "The record that caused it: type/id."},
        "why": _TEXT,
    },
}
REWARD: Schema = {
    "type": "object",
    "description": "An entry of credit: `amount` in all, and the rewards it is about.",
    "properties": {
        "date": _DAY,
        "kind": _TEXT,
        "amount": _MONEY,
        "rewards": {
            "type": "array",
            "items": {"type": "object", "properties": {"id": _TEXT, "amount": _MONEY}},
        },
        "invoice": _TEXT_OR_NULL,
        "source": _TEXT,
        "why": _TEXT,
    },
}
_OWN: dict[str, Schema] = {
    events.TIER_CHANGED: {
        "date": _DAY,
        "before": _TEXT_OR_NULL,
        "after": _TEXT_OR_NULL,
        "cause": _TEXT,
        "source": _TEXT,
    },
    events.REWARD_EXPIRED: {"reward": _TEXT, "amount": _MONEY, "expires_on": _DAY},
    events.RUN_PROCESSED: {
        "run": _TEXT,
        "guests": {"type": "integer"},
        "rewards": {"type": "integer"},
        "amount": _MONEY,
    },
    events.RUN_UNDONE: {"run": _TEXT, "rewards": {"type": "integer"}},
    events.DAY_CLOSED: {"date": _DAY, "guests": {"type": "integer"}},
}


def _data_of(type_: str) -> Schema:
    if type_ in _OWN:
        return {"type": "object", "properties": _OWN[type_]}
    return _ref("PointsEntry" if type_.startswith("points.") else "CreditEntry")


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _event(type_: Schema, data: Schema) -> Schema:
    return {
        "type": "object",
        "required": "id type timestamp organization center guest sequence data".split(),
        "properties": {
            "id": {"type": "string", "description": "The same however often it is told."},
            "type": type_,
            "timestamp": {"type": "string", "format": "date-time"},
            "organization": _TEXT,
            "center": _TEXT_OR_NULL,
            "guest": _TEXT_OR_NULL,
            "sequence": {
                "type": "integer",
                "description": "Its place in the feed; of one guest's events it only rises.",
            },
            "data": data,
        },
    }


_ENDPOINT: Schema = {
    "type": "object",
    "properties": {
        "id": _TEXT,
        "url": _TEXT,
        "name": _TEXT,
        "types": {"type": "array", "items": {"enum": [*events.TYPES]}},
        "state": {"enum": ["on", "failing", "off"]},
        "problem": _TEXT_OR_NULL,
        "notice": _TEXT_OR_NULL,
        "failing_since": _INSTANT_OR_NULL,
        "next_try_at": _INSTANT_OR_NULL,
        "succeeded_at": _INSTANT_OR_NULL,
        "turned_off_at": _INSTANT_OR_NULL,
        "old_secret_until": _INSTANT_OR_NULL,
        "told_through": {"type": "integer", "description": "The last event put in line."},
        "waiting": {"type": "integer", "description": "Events in line that it has not got."},
        "made_at": {"type": "string", "format": "date-time"},
        "made_by": _TEXT_OR_NULL,
    },
}
_ATTEMPT: Schema = {
    "type": "object",
    "properties": {
        "id": _TEXT,
        "event": _TEXT,
        "type": _TEXT,
        "number": {"type": ["integer", "null"]},
        "attempt": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
        "milliseconds": {"type": "integer"},
        "outcome": {"enum": ["accepted", "failed", "given_up"]},
        "status": {"type": ["integer", "null"]},
        "answer": {"type": "string", "description": "How its answer began, or why none came."},
    },
}


def components() -> dict[str, Schema]:
    """The schemas of events and endpoints."""
    return {
        "Event": _event({"enum": [*events.TYPES]}, {"type": "object"}),
        "PointsEntry": POINTS,
        "CreditEntry": REWARD,
        "Endpoint": _ENDPOINT,
        "Attempt": _ATTEMPT,
    }


def webhooks() -> dict[str, Schema]:
    """The document's `webhooks`: what endpoints are sent, by type."""
    return {
        type_: {
            "post": {
                "operationId": f"told_{type_.replace('.', '_')}",
                "summary": said[0].upper() + said[1:],
                "security": [],
                "parameters": _SIGNED,
                "requestBody": {
                    "required": True,
                    "content": _json(_event({"const": type_}, _data_of(type_))),
                },
                "responses": {
                    "2XX": {"description": "Accepted; the guest's next event follows."},
                    "410": {"description": "Never again: the endpoint is turned off."},
                },
            }
        }
        for type_, said in events.TYPES.items()
    }


_SIGNED = [
    {"name": name, "in": "header", "required": True, "schema": _TEXT, "description": said}
    for name, said in (
        ("webhook-id", "The event's id."),
        ("webhook-timestamp", "When it was sent, in seconds since 1970."),
        ("webhook-signature", "Signatures by the Standard Webhooks specification."),
    )
]


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _answers(schema: Schema, *problems: int) -> dict[int, Schema]:
    answers: dict[int, Schema] = {200: {"description": "Done", "content": _json(schema)}}
    for status in (401, 403, 422, 429, 500, 503, *problems):
        content = {"application/problem+json": {"schema": _ref("Problem")}}
        answers[status] = {"description": "A problem", "content": content}
    return answers


def _page(name: str, **more: Schema) -> Schema:
    return {NAME: f"{name}Page", **_object(items=_listed(name), **more)}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def _listed(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _writing(body: Schema | None, answer: Schema) -> Schema:
    found: Schema = {
        "responses": _answers(answer, 400, 404, 409, 413, 415),
        "parameters": [IDEMPOTENCY],
    }
    if body is not None:
        closed = {**body, "additionalProperties": False}
        found["requestBody"] = {"required": "required" in body, "content": _json(closed)}
    return found


_WISH = _object(
    url={"type": "string", "format": "uri", "maxLength": 2000},
    name={"type": "string", "maxLength": 200},
    types={
        "type": "array",
        "items": {"enum": [*events.TYPES]},
        "description": "The types it is told of; none for all.",
    },
)
_FRESH = {NAME: "EndpointWithSecret", "allOf": [_ref("Endpoint"), _object(secret=_TEXT)]}


def feed() -> Schema:
    numbers = {"type": "integer"}
    page = _page("Event", next=numbers, last=numbers)
    return {"responses": _answers(page, 409)}


def endpoint_list() -> Schema:
    return {"responses": _answers(_page("Endpoint"))}


def endpoint() -> Schema:
    return {"responses": _answers(_ref("Endpoint"), 404)}


def creating() -> Schema:
    return _writing({**_WISH, "required": ["url"]}, _FRESH)


def changing() -> Schema:
    return _writing({**_WISH, "required": []}, _ref("Endpoint"))


def removing() -> Schema:
    return _writing(None, {NAME: "EndpointRemoved", **_object(id=_TEXT)})


def acting() -> Schema:
    return _writing(None, _ref("Endpoint"))


def rotating() -> Schema:
    return _writing(_object(hours={"type": "integer", "minimum": 0, "maximum": 720}), _FRESH)


def replaying() -> Schema:
    after = {"type": "integer", "minimum": 0, "description": "A number of the feed."}
    return _writing({**_object(after=after), "required": ["after"]}, _ref("Endpoint"))


def testing() -> Schema:
    told = _object(
        is_accepted={"type": "boolean"},
        problem=_TEXT_OR_NULL,
        status={"type": ["integer", "null"]},
        answer=_TEXT,
        milliseconds={"type": "integer"},
    )
    return _writing(None, {NAME: "TriedDelivery", **told})


def deliveries() -> Schema:
    page = _page("Attempt", next=_TEXT_OR_NULL)
    return {"responses": _answers(page, 404)}
