"""What the OpenAPI document says of acts and previews."""

from typing import Any

from regulars.faces.api.schemas import (
    IDEMPOTENCY,
    STAFF,
    Schema,
    answers,
    content,
    ref,
)
from regulars.services.formats import schemas as forms

_TEXT: Schema = {"type": ["string", "null"]}
_LIST: Schema = {"type": "array", "items": {"type": "object"}}

GUEST_NUMBERS: Schema = {
    "type": "object",
    "description": "Where the guest stands.",
    "required": ["id", "tier", "points", "redeemable_points", "debt", "rewards"],
    "properties": {
        "id": {"type": "string"},
        "tier": _TEXT,
        "tier_since": _TEXT,
        "spend": {"type": "string"},
        "next_tier": _TEXT,
        "spend_to_next_tier": _TEXT,
        "points": {"type": "integer"},
        "redeemable_points": {"type": "integer"},
        "points_value": _TEXT,
        "reward_credit": {"type": "string"},
        "debt": {"type": "integer", "description": "Points owed: taken back when used up."},
        "rewards": _LIST,
    },
}
INVOICE_NUMBERS: Schema = {
    "type": "object",
    "description": "The invoice's state, contract section 4.",
    "required": ["id", "status", "total", "points_paid", "rewards_paid", "tax", "due"],
    "properties": {
        "id": {"type": "string"},
        "status": {"enum": ["open", "closed", "void"]},
        **{
            name: {"type": "string"}
            for name in ("total", "points_paid", "rewards_paid", "tax", "due")
        },
        "redeemable_rewards": {"type": "array", "items": {"type": "string"}},
        "points_earned": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
}
_NONE: Schema = {"type": "null"}
_BOTH: Schema = {
    "guest": {
        "description": "Null where the act names no known guest.",
        "anyOf": [ref("GuestNumbers"), _NONE],
    },
    "invoice": {
        "description": "Null where the act has none.",
        "anyOf": [ref("InvoiceNumbers"), _NONE],
    },
}
_SIDE: Schema = {"type": "object", "required": ["guest", "invoice"], "properties": _BOTH}
DONE: Schema = {
    "type": "object",
    "required": ["id", "result", "guest", "invoice"],
    "properties": {"id": {"type": "string"}, "result": ref("Result"), **_BOTH},
}
_CHANGED_LOT: Schema = {
    "type": "object",
    "required": ["points", "held", "tier", "action", "earned_on", "expires_on"],
    "properties": {
        "points": {"type": "integer", "description": "So many more, or fewer if negative."},
        "held": {"type": "integer"},
        "tier": _TEXT,
        "action": _TEXT,
        "earned_on": {"type": "string", "format": "date"},
        "expires_on": _TEXT,
    },
}
PREVIEW: Schema = {
    "type": "object",
    "required": ["result", "before", "after", "lots", "entries", "sentences"],
    "properties": {
        "result": ref("Result"),
        "before": _SIDE,
        "after": _SIDE,
        "lots": {"type": "array", "items": _CHANGED_LOT},
        "entries": _LIST,
        "sentences": {"type": "array", "items": {"type": "string"}},
    },
}
REFUND_PREVIEW: Schema = {
    **PREVIEW,
    "required": [*PREVIEW["required"], "refunds"],
    "properties": {
        **PREVIEW["properties"],
        "refunds": {"type": "array", "items": ref("SentRefund")},
    },
}
_RETURNED: Schema = {
    "type": "object",
    "required": ["line"],
    "additionalProperties": False,
    "properties": {
        "line": {"type": "string"},
        "quantity": {"type": "integer", "minimum": 1, "description": "All of it if left out."},
    },
}
REFUND_WISH: Schema = {
    "type": "object",
    "description": "An amount or lines, one of the two.",
    "additionalProperties": False,
    "properties": {
        "amount": {"type": "string", "description": 'Money, as "20.00".'},
        "lines": {"type": "array", "minItems": 1, "maxItems": 1000, "items": _RETURNED},
        "payment": {"type": "string", "description": "The latest first if left out."},
    },
    "oneOf": [{"required": ["amount"]}, {"required": ["lines"]}],
}


def components() -> Schema:
    return {
        "GuestNumbers": GUEST_NUMBERS,
        "InvoiceNumbers": INVOICE_NUMBERS,
        "Done": DONE,
        "Preview": PREVIEW,
        "RefundPreview": REFUND_PREVIEW,
        "RefundWish": REFUND_WISH,
    }


def acting(kind: str, says: str | None) -> Schema:
    found = answers(ref("Done"), 400, 404, 409, 413, 415, 422, 503)
    found[202] = {
        "description": "It waits for a second person's yes",
        "content": content(ref("Done")),
    }
    return {
        "requestBody": {"required": True, "content": content(_body(kind, says))},
        "responses": found,
        "parameters": [IDEMPOTENCY, STAFF],
    }


def previewing(kind: str, says: str | None) -> Schema:
    return {
        "requestBody": {"required": True, "content": content(_body(kind, says))},
        "responses": answers(ref("Preview"), 400, 404, 409, 413, 415, 422, 503),
        "parameters": [STAFF],
    }


def refund_preview() -> Schema:
    return {
        "requestBody": {"required": True, "content": content(ref("RefundWish"))},
        "responses": answers(ref("RefundPreview"), 400, 404, 409, 413, 415, 422, 503),
        "parameters": [STAFF],
    }


def _body(kind: str, says: str | None) -> Any:
    """The command without what the address says; what is filled in may be left out."""
    schema = forms.record_schemas()[kind]
    gone = {"type", says}
    optional = {"id", "at", "guest", "invoice"}
    properties = {k: v for k, v in schema["properties"].items() if k not in gone}
    required = [name for name in schema.get("required", ()) if name not in gone | optional]
    return {**schema, "properties": properties, "required": required}
