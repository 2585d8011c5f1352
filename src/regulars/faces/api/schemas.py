"""What the OpenAPI document says of bodies and answers, from the forms that read them."""

from functools import cache
from typing import Any

from regulars.faces.api import shapes
from regulars.services.formats import schemas as forms

Schema = dict[str, Any]
_NUMBERS = {"type": "object", "additionalProperties": True}

RESULT: Schema = {
    "type": "object",
    "required": ["record", "status", "code", "message", "detail", "warnings"],
    "properties": {
        "record": {"type": "string", "description": "The record's name: type/id."},
        "status": {"enum": ["applied", "unchanged", "pending", "refused"]},
        "code": {"type": ["string", "null"]},
        "message": {"type": ["string", "null"]},
        "detail": _NUMBERS,
        "warnings": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "field", "message"],
                "properties": {
                    name: {"type": "string"} for name in ("code", "field", "message")
                },
            },
        },
    },
}
PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence fit to be shown to people."},
        "code": {"type": "string"},
        "field": {"type": ["string", "null"]},
        "value": {},
        "numbers": _NUMBERS,
        "result": {"$ref": "#/components/schemas/Result"},
    },
}

_SAID = {"code": {"type": "string"}, "message": {"type": "string"}}
_EARNED = {
    "action": {"type": "string"},
    "points": {"type": "integer"},
    "why": {"type": "string"},
}
QUOTE: Schema = {
    "type": "object",
    "required": [
        "earns",
        "redeemable",
        "rewards",
        "tier",
        "spend_to_next_tier",
        "refusals",
        "due",
    ],
    "properties": {
        "earns": {"type": "array", "items": {"type": "object", "properties": _EARNED}},
        "redeemable": {
            "type": "object",
            "properties": {
                "minimum": {"type": ["integer", "null"]},
                "maximum": {"type": "integer"},
                "increment": {"type": ["integer", "null"]},
                "value": {"type": "string"},
            },
        },
        "rewards": {"type": "array", "items": {"type": "object"}},
        "tier": {"type": ["string", "null"]},
        "spend_to_next_tier": {"type": ["string", "null"]},
        "refusals": {"type": "array", "items": {"type": "object", "properties": _SAID}},
        "due": {"type": "string"},
    },
}


@cache
def components() -> Schema:
    """Every schema of the document."""
    found = forms.record_schemas()
    bodies = {f"{kind}Body": forms.body_schema(found[kind]) for kind in _WRITTEN}
    bill = {**bodies["invoiceBody"], "required": ["guest", "center"]}
    bill["properties"] = {**bill["properties"], "id": {"type": "string"}}
    ours = {"Result": RESULT, "Problem": PROBLEM, "Quote": QUOTE, "QuoteBody": bill}
    states = {"GuestState": shapes.GUEST_STATE, "InvoiceState": shapes.INVOICE_STATE}
    return {**found, **bodies, **ours, **states}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def content(schema: Schema, media_type: str = "application/json") -> Schema:
    return {media_type: {"schema": schema}}


def answers(schema: Schema, *problems: int) -> dict[int, Schema]:
    found: dict[int, Schema] = {200: {"description": "Done", "content": content(schema)}}
    for status in (401, 403, 422, 429, 500, 503, *problems):
        found[status] = {
            "description": "A problem",
            "content": content(ref("Problem"), "application/problem+json"),
        }
    return found


def answering(schema: Schema, *problems: int) -> Schema:
    """Of a read: what it answers, and how else it may."""
    return {"responses": answers(schema, *problems)}


def tagged(schema: Schema, *problems: int) -> Schema:
    """Of a read of the set-up: with its tag, or 304 to who has it already."""
    found = answers(schema, *problems)
    found[200]["headers"] = {"ETag": {"schema": {"type": "string"}}}
    found[304] = {"description": "As you have it"}
    return {"responses": found, "parameters": [IF_NONE_MATCH]}


def publishing() -> Schema:
    document = {"type": "object", "additionalProperties": True}
    return {
        "requestBody": {"required": True, "content": content(document)},
        "responses": answers(ref("Result"), 400, 404, 409, 412, 413, 415, 422, 503),
        "parameters": [IDEMPOTENCY, STAFF, *CONDITIONS],
    }


def writing(kind: str) -> Schema:
    return {
        "requestBody": {"required": True, "content": content(ref(f"{kind}Body"))},
        "responses": answers(ref("Result"), 400, 404, 409, 412, 413, 415, 422, 503),
        "parameters": [IDEMPOTENCY, STAFF, *(CONDITIONS if kind in SET_UP else [])],
    }


def state_of(kind: str) -> Schema:
    return {"responses": answers(ref(f"{kind}State"), 404, 422)}


def fields_of(kind: str) -> list[str]:
    """The fields of what was said, as it is read."""
    return list(shapes.READ[kind])


def kept(kind: str, fields: dict[str, Schema]) -> Schema:
    """A record as it is read back; as it is sent, it goes by its kind alone."""
    return shapes.some(f"Kept{kind.capitalize()}", fields)


def reading(kind: str) -> Schema:
    return {"responses": answers(kept(kind, shapes.READ[kind]), 404, 422)}


def page_of(kind: str, fields: dict[str, Schema]) -> Schema:
    return {"responses": answers(shapes.page_of(kept(kind, fields)), 422)}


def guests() -> Schema:
    how: dict[str, Schema] = {
        "found_by": {"enum": ["id", "phone", "email", "name"]},
        "merged_from": shapes.MAYBE_TEXT,
    }
    found = shapes.some("FoundGuest", shapes.READ["guest"], **how)
    return {"responses": answers(shapes.page_of(found), 422)}


def records() -> Schema:
    record = {"anyOf": [ref(name) for name in forms.record_schemas() if name.islower()]}
    results = {"type": "array", "items": ref("Result")}
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"type": "array", "items": record}},
                "application/x-ndjson": {"schema": {"type": "string"}},
            },
        },
        "responses": answers(results, 400, 400, 409, 413, 415, 422, 503),
        "parameters": [IDEMPOTENCY, STAFF],
    }


def quote() -> Schema:
    return {
        "requestBody": {"required": True, "content": content(ref("QuoteBody"))},
        "responses": answers(ref("Quote"), 400, 404, 409, 413, 415, 422, 503),
        "parameters": [STAFF],
    }


def clock() -> Schema:
    to = {"to": {"type": "string", "description": "An instant, ISO 8601."}}
    body: Schema = {"type": "object", "required": ["to"], "properties": to}
    body["additionalProperties"] = False
    shown = {"now": {"type": "string"}, "closed_through": {"type": ["string", "null"]}}
    told = {shapes.NAME: "SandboxClock", "type": "object", "properties": shown}
    return {
        "requestBody": {"required": True, "content": content(body)},
        "responses": answers(told, 400, 409, 413, 415, 422, 503),
        "parameters": [IDEMPOTENCY, STAFF],
    }


def reset() -> Schema:
    text: Schema = {"type": "string", "minLength": 1}
    fields = dict.fromkeys(("name", "currency", "time_zone"), text)
    body: Schema = {"type": "object", "properties": fields, "additionalProperties": False}
    shown: Schema = {shapes.NAME: "SandboxReset", "type": "object"}
    shown["properties"] = {"organization": text, **fields}
    return {
        "requestBody": {"required": True, "content": content(body)},
        "responses": answers(shown, 400, 409, 413, 415, 422, 503),
        "parameters": [IDEMPOTENCY, STAFF],
    }


SET_UP = ("center", "status", "item")
IDEMPOTENCY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "The same key and request are answered alike, and done once.",
}
IF_MATCH: Schema = {
    "name": "If-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "Only while this ETag is still the one held.",
}
IF_NONE_MATCH: Schema = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "A read: an ETag you have. A write: `*`, only if nothing is there.",
}
CONDITIONS = [IF_MATCH, IF_NONE_MATCH]
STAFF: Schema = {
    "name": "X-Staff",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 100},
    "description": "The id of the staff member at the till; letters not ASCII as %C3%B6.",
}
_WRITTEN = ("guest", "appointment", "invoice", "feedback", "center", "status", "item")
