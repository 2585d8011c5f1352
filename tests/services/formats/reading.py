"""A salon to read records for: Lumen Spa in New York, with a center in Los Angeles too."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import msgspec
import pytest

from regulars.rules.refusals import Refused
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import Record
from regulars.services.formats.parsing import Reader

GUEST = {"type": "guest", "id": "ann", "name": "Ann Lee", "at": "2026-01-05T10:00"}
APPOINTMENT = {
    "type": "appointment",
    "id": "ap1",
    "guest": "ann",
    "center": "soho",
    "booked_at": "2026-03-02T11:00",
    "channel": "desk",
    "starts_at": "2026-04-06T10:00",
    "status": "booked",
    "invoice": None,
}
INVOICE = {
    "type": "invoice",
    "id": "inv1",
    "guest": "ann",
    "center": "soho",
    "opened_at": "2026-03-02T12:00",
    "status": "closed",
    "closed_at": "2026-03-02T12:30",
    "lines": [
        {
            "id": "l1",
            "kind": "service",
            "item": "facial",
            "quantity": 1,
            "price": "120.00",
            "discount": "0.00",
            "tax": "6.00",
            "appointment": "ap1",
        }
    ],
    "payments": [{"id": "p1", "tender": "card", "amount": "126.00", "at": "2026-03-02T12:30"}],
    "refunds": [
        {
            "id": "r1",
            "payment": "p1",
            "line": "l1",
            "amount": "20.00",
            "at": "2026-03-09T09:00",
        }
    ],
}
FEEDBACK = {
    "type": "feedback",
    "id": "f1",
    "guest": "ann",
    "appointment": "ap1",
    "at": "2026-03-03",
    "channel": "guest_app",
    "rating": 5,
    "comment": "Lovely",
    "share_permission": True,
    "published": [{"to": "webstore", "at": "2026-03-05"}],
}
COMMAND = {"at": "2026-03-03T10:00", "by": "owner"}


def lumen() -> Reader:
    """A reader that knows the organization, its two centers and one item."""
    context = ReadingContext()
    context.set_organization("USD", "America/New_York")
    context.set_center("soho", None)
    context.set_center("venice", "America/Los_Angeles")
    context.set_item("facial", "service")
    return Reader(context)


def changed(record: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The record with another value at the path ("lines.0.price")."""
    copy: Any = deepcopy(dict(record))
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    part = copy
    for step in steps:
        part = part[step]
    part[last] = value
    return dict(copy)


def without(record: Mapping[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != field}


def read(record: Mapping[str, Any], reader: Reader | None = None) -> Record:
    """Read as JSON and as a mapping, which must come to the same."""
    reader = reader or lumen()
    previous_at = reader.context.previous_at
    from_json = reader.parse_bytes(msgspec.json.encode(record))
    reader.context.previous_at = previous_at
    from_mapping = reader.parse_document(record)
    assert from_json == from_mapping
    return from_json


def refusal(record: Mapping[str, Any], reader: Reader | None = None) -> Refused:
    """Refused as JSON and as a mapping, in the same words."""
    reader = reader or lumen()
    with pytest.raises(Refused) as from_json:
        reader.parse_bytes(msgspec.json.encode(record))
    with pytest.raises(Refused) as from_mapping:
        reader.parse_document(record)
    assert vars(from_json.value) == vars(from_mapping.value)
    return from_json.value
