"""What each thing that is read looks like: its fields with their schemas, as answered."""

from typing import Any

Schema = dict[str, Any]

NAME = "x-name"
"""The key of a schema that stands under this name among the document's components."""

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer"}
MAYBE_NUMBER: Schema = {"type": ["integer", "null"]}
YES: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
MONEY: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
MAYBE_MONEY: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
ANYTHING: Schema = {"type": "object", "additionalProperties": True}

LOT: dict[str, Schema] = {
    "number": NUMBER,
    "entry": NUMBER,
    "unit": {"enum": ["points", "credit"]},
    "size": MAYBE_NUMBER,
    "remaining": MAYBE_NUMBER,
    "held": MAYBE_NUMBER,
    "expired": MAYBE_NUMBER,
    "amount": MAYBE_MONEY,
    "amount_remaining": MAYBE_MONEY,
    "amount_held": MAYBE_MONEY,
    "amount_expired": MAYBE_MONEY,
    "tier": MAYBE_TEXT,
    "action": MAYBE_TEXT,
    "source": TEXT,
    "earned_on": DAY,
    "expires_on": MAYBE_DAY,
}
DRAW: dict[str, Schema] = {
    "lot": NUMBER,
    "kind": TEXT,
    "points": MAYBE_NUMBER,
    "amount": MAYBE_MONEY,
}
ENTRY: dict[str, Schema] = {
    "id": TEXT,
    "guest": TEXT,
    "number": NUMBER,
    "unit": {"enum": ["points", "credit"]},
    "date": DAY,
    "kind": TEXT,
    "action": MAYBE_TEXT,
    "points": MAYBE_NUMBER,
    "amount": MAYBE_MONEY,
    "tier": MAYBE_TEXT,
    "source": TEXT,
    "program": MAYBE_TEXT,
    "why": TEXT,
    "posted_at": INSTANT,
    "by": MAYBE_TEXT,
}
REWARD: dict[str, Schema] = {
    "id": TEXT,
    "guest": TEXT,
    "amount": MONEY,
    "applied": MONEY,
    "status": {"enum": ["issued", "held", "redeemed", "void", "expired"]},
    "issued_on": DAY,
    "expires_on": MAYBE_DAY,
    "source": TEXT,
    "run": MAYBE_TEXT,
    "invoice": MAYBE_TEXT,
    "rest_of": MAYBE_TEXT,
    "note": MAYBE_TEXT,
    "void_reason": MAYBE_TEXT,
    "by": MAYBE_TEXT,
}
RUN: dict[str, Schema] = {
    "id": TEXT,
    "threshold": MONEY,
    "amount": MONEY,
    "expires_on": MAYBE_DAY,
    "date": DAY,
    "at": INSTANT,
    "by": MAYBE_TEXT,
    "is_undone": YES,
    "guests": NUMBER,
    "rewards": NUMBER,
}
TALLY: dict[str, Schema] = {"status": TEXT, "rewards": NUMBER, "amount": MONEY}
VERSION: dict[str, Schema] = {
    "effective_from": DAY,
    "published_at": INSTANT,
    "by": MAYBE_TEXT,
    "program": ANYTHING,
}
CHANGE: dict[str, Schema] = {"path": TEXT, "before": {}, "after": {}, "sentence": TEXT}
AUDIT: dict[str, Schema] = {
    "record": TEXT,
    "kind": TEXT,
    "at": INSTANT,
    "by": MAYBE_TEXT,
    "status": {"enum": ["applied", "pending"]},
    "is_command": YES,
    "why": MAYBE_TEXT,
    "says": ANYTHING,
}
CENTER: dict[str, Schema] = {"id": TEXT, "name": TEXT, "time_zone": TEXT}
STATUS: dict[str, Schema] = {"id": TEXT, "name": TEXT, "include_in_loyalty_rewards": YES}
ITEM: dict[str, Schema] = {"id": TEXT, "kind": TEXT, "name": TEXT, "price": MAYBE_MONEY}
_WHEN = {"channel": TEXT, "on": MAYBE_DAY}
GUEST: dict[str, Schema] = {
    "id": TEXT,
    "name": TEXT,
    "email": MAYBE_TEXT,
    "phone": MAYBE_TEXT,
    "birthday": MAYBE_DAY,
    "anniversary": MAYBE_DAY,
    "status": MAYBE_TEXT,
    "home_center": MAYBE_TEXT,
    "referred_by": MAYBE_TEXT,
    "signup": {"type": ["object", "null"], "properties": _WHEN},
    "loyalty_opt_in": YES,
}
APPOINTMENT: dict[str, Schema] = {
    "id": TEXT,
    "guest": TEXT,
    "center": TEXT,
    "booked_at": INSTANT,
    "channel": TEXT,
    "starts_at": INSTANT,
    "status": TEXT,
    "invoice": MAYBE_TEXT,
    "staff": MAYBE_TEXT,
    "services": {"type": "array", "items": TEXT},
    "minutes": MAYBE_NUMBER,
    "note": MAYBE_TEXT,
}
INVOICE: dict[str, Schema] = {
    "id": TEXT,
    "guest": TEXT,
    "center": TEXT,
    "opened_at": INSTANT,
    "status": TEXT,
    "closed_at": {"type": ["string", "null"], "format": "date-time"},
    "lines": {"type": "array", "items": ANYTHING},
    "payments": {"type": "array", "items": ANYTHING},
    "refunds": {"type": "array", "items": ANYTHING},
}
FEEDBACK: dict[str, Schema] = {
    "id": TEXT,
    "guest": TEXT,
    "appointment": MAYBE_TEXT,
    "at": TEXT,
    "channel": TEXT,
    "rating": MAYBE_NUMBER,
    "comment": MAYBE_TEXT,
    "share_permission": YES,
    "published": {"type": "array", "items": ANYTHING},
}
_OF_LOT = {"points": NUMBER, "tier": MAYBE_TEXT, "action": MAYBE_TEXT, "earned_on": DAY}
_OF_ENTRY = {
    "date": DAY,
    "kind": TEXT,
    "action": MAYBE_TEXT,
    "points": NUMBER,
    "tier": MAYBE_TEXT,
    "source": TEXT,
    "why": TEXT,
}
_OF_REWARD = {
    **{name: REWARD[name] for name in ("id", "amount", "applied", "status")},
    **{name: REWARD[name] for name in ("issued_on", "expires_on", "source", "invoice")},
}
_SALES = dict.fromkeys(("total", "consumed", "carry"), MONEY)


def _all_of(fields: dict[str, Schema]) -> Schema:
    return {"type": "object", "required": list(fields), "properties": fields}


GUEST_STATE = _all_of(
    {
        "tier": MAYBE_TEXT,
        "tier_since": MAYBE_DAY,
        "enrolled_on": MAYBE_DAY,
        "valid_until": MAYBE_DAY,
        "spend": MONEY,
        "spend_to_stay": MAYBE_MONEY,
        "next_check_on": MAYBE_DAY,
        "next_tier": MAYBE_TEXT,
        "spend_to_next_tier": MAYBE_MONEY,
        "points": NUMBER,
        "redeemable_points": NUMBER,
        "points_value": MAYBE_MONEY,
        "lots": {"type": "array", "items": _all_of({**_OF_LOT, "expires_on": MAYBE_DAY})},
        "entries": {"type": "array", "items": _all_of(_OF_ENTRY)},
        "rewards": {"type": "array", "items": _all_of(_OF_REWARD)},
        "reward_credit": MONEY,
        "qualifying_sales": _all_of(_SALES),
    }
)
_POINTS_BY_ACTION: Schema = {"type": "object", "additionalProperties": NUMBER}
INVOICE_STATE = _all_of(
    {
        "status": {"enum": ["open", "closed", "void"]},
        **dict.fromkeys(("total", "points_paid", "rewards_paid", "tax", "due"), MONEY),
        "redeemable_rewards": {"type": "array", "items": TEXT},
        "points_earned": _POINTS_BY_ACTION,
        "points_pending": _POINTS_BY_ACTION,
    }
)
"""Where a guest and an invoice stand, contract section 4."""
READ = {
    "guest": GUEST,
    "appointment": APPOINTMENT,
    "invoice": INVOICE,
    "feedback": FEEDBACK,
}
"""Facts as last said, by their kinds."""
REPORT_NAME: dict[str, Schema] = {"name": TEXT, "about": TEXT, "parameters": ANYTHING}
_COLUMN = {"name": TEXT, "title": TEXT, "kind": TEXT}
REPORT: dict[str, Schema] = {
    "report": TEXT,
    "title": TEXT,
    "organization": TEXT,
    "currency": TEXT,
    "parameters": ANYTHING,
    "columns": {"type": "array", "items": {"type": "object", "properties": _COLUMN}},
    "rows": {"type": "array", "items": ANYTHING},
    "n_rows": NUMBER,
    "totals": ANYTHING,
    "figures": ANYTHING,
    "tables": {"type": "array", "items": ANYTHING},
    "notes": {"type": "array", "items": TEXT},
}


def whole(name: str, fields: dict[str, Schema], **expanded: Schema) -> Schema:
    """The thing with all its fields, and what may be put inside."""
    return {
        NAME: name,
        "type": "object",
        "required": list(fields),
        "properties": {**fields, **expanded},
        "additionalProperties": False,
    }


def some(name: str, fields: dict[str, Schema], **expanded: Schema) -> Schema:
    """The thing with those of its fields that were asked for."""
    return {
        NAME: name,
        "type": "object",
        "properties": {**fields, **expanded},
        "additionalProperties": False,
    }


def list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def page_of(schema: Schema) -> Schema:
    return {
        NAME: f"{schema[NAME]}Page",
        "type": "object",
        "required": ["items", "next"],
        "properties": {"items": list_of(schema), "next": MAYBE_TEXT},
        "additionalProperties": False,
    }
