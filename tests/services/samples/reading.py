"""Reads a sample as the product does, and keeps what the tests ask for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from regulars.services.formats.context import ReadingContext
from regulars.services.formats.parsing import Reader

_OWNERS = {
    "guest": ("status", "home_center"),
    "appointment": ("guest", "center"),
    "invoice": ("guest", "center"),
    "feedback": ("guest", "appointment"),
}
_COMMAND_REFERENCES = {
    "guest": "guest",
    "from": "guest",
    "into": "guest",
    "invoice": "invoice",
    "appointment": "appointment",
    "hold": "hold",
    "redemption": "redeem_points",
    "run": "process_rewards",
}
_KINDS = {"status": "status", "home_center": "center", "center": "center"}
FACTS = frozenset(
    ["organization", "center", "status", "item", "guest", "appointment", "invoice", "feedback"]
)


@dataclass
class Told:
    """A sample read to its end."""

    counts: Counter[str] = field(default_factory=Counter)
    latest: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    versions: Counter[tuple[str, str]] = field(default_factory=Counter)
    out_of_order: list[dict[str, Any]] = field(default_factory=list)
    dangling: list[tuple[str, str, str]] = field(default_factory=list)

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [record for (of, _), record in self.latest.items() if of == kind]


def read(records: Iterable[dict[str, Any]]) -> Told:
    """Every record through the product's own reader, which refuses what the contract does."""
    told = Told()
    zones: dict[str, ZoneInfo] = {}
    context = ReadingContext(find_invoice_zone=zones.get, find_appointment_zone=lambda _: None)
    reader = Reader(context)
    previous: datetime | None = None
    for document in records:
        record = reader.parse_document(document)
        context.learn(record)
        if record.kind == "invoice":
            zones[record.id] = context.zone_of_center(document["center"])
        if previous and record.at < previous:
            told.out_of_order.append(document)
        previous = record.at
        told.dangling += _dangling(document, told)
        told.counts[record.kind] += 1
        told.latest[record.kind, record.id] = document
        told.versions[record.kind, record.id] += 1
    return told


def _dangling(document: dict[str, Any], told: Told) -> list[tuple[str, str, str]]:
    """What this record names and nobody has told of yet."""
    kind = document["type"]
    if kind in FACTS or kind == "program":
        names = [(field, _KINDS.get(field, field)) for field in _OWNERS.get(kind, ())]
    else:
        names = list(_COMMAND_REFERENCES.items())
    return [
        (kind, field, document[field])
        for field, of in names
        if document.get(field) and (of, document[field]) not in told.latest
    ]
