"""Records at the beginning of a file that do not say when they became known.

Contract section 1: `at` defaults to the instants of the record itself, else to the previous
record's. Where nothing comes before, what an organization is set up with became known when the
day of the first record that tells began.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, tzinfo
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from regulars.rules.refusals import Refused
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.instants import Moment, read_instant, zone_named
from regulars.services.formats.parsing import mapping_of

MOST_WAITING = 10_000
"""So many records may come before one that tells; memory does not grow with a file."""

_INSTANTS = ("opened_at", "closed_at", "booked_at", "at")
_PARTS = ("payments", "refunds", "published", "signup")

Entry = tuple[int | None, object]


def from_the_beginning(source: Iterable[Entry], context: ReadingContext) -> Iterator[Entry]:
    """The same entries; the context knows from when on, before the first of them is read."""
    entries = iter(source)
    if context.previous_at is not None or context.now is not None:
        yield from entries
        return
    waiting: list[Entry] = []
    zone = _zone_of(context)
    for entry in entries:
        waiting.append(entry)
        document = _document(entry[1])
        zone = zone or _zone_in(document)
        moment = _latest_in(document, zone or UTC)
        if moment is not None and len(waiting) > 1:
            start = datetime.combine(moment[1], time(), tzinfo=zone or UTC)
            context.previous_at = start.astimezone(UTC)
        if moment is not None or len(waiting) == MOST_WAITING:
            break
    yield from chain(waiting, entries)


def _zone_of(context: ReadingContext) -> ZoneInfo | None:
    try:
        return context.organization_zone
    except Refused:
        return None


def _document(raw: object) -> Mapping[str, Any]:
    """The record as it was sent; an empty one if it cannot be read, which is said later."""
    try:
        document = mapping_of(raw) if isinstance(raw, bytes) else raw
    except Refused:
        return {}
    return document if isinstance(document, Mapping) else {}


def _zone_in(document: Mapping[str, Any]) -> ZoneInfo | None:
    name = document.get("time_zone")
    if document.get("type") != "organization" or not isinstance(name, str):
        return None
    try:
        return zone_named(name)
    except Refused:
        return None


def _latest_in(document: Mapping[str, Any], zone: tzinfo) -> Moment | None:
    """When the record became known by its own words: `at`, else the latest of its instants."""
    said = [document.get("at")]
    if said == [None]:
        said = [document.get(name) for name in _INSTANTS]
        for name in _PARTS:
            parts = document.get(name)
            for part in parts if isinstance(parts, list) else [parts]:
                said.append(part.get("at") if isinstance(part, Mapping) else None)
    moments = [moment for one in said if (moment := _moment(one, zone)) is not None]
    return max(moments, default=None)


def _moment(text: object, zone: tzinfo) -> Moment | None:
    if not isinstance(text, str):
        return None
    try:
        return read_instant(text, zone, field="at")
    except Refused:
        return None
