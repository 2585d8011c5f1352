"""Instants and their business dates (rule 1.2, contract: "Instants are ISO 8601")."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from regulars.rules import sentences
from regulars.rules.amounts import shown
from regulars.rules.refusals import Refused

Moment: TypeAlias = tuple[datetime, date]
"""An instant in UTC and its business date."""

_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
"""Business is closed day by day up to the latest instant: a typing error must not mean a
thousand years of it."""


# An invoice names the same moment several times, and its neighbours the same day.
@lru_cache(maxsize=16_384)
def _moment(text: str, zone: tzinfo) -> Moment | None:
    """The moment; None where no such instant exists."""
    match = _INSTANT.fullmatch(text)
    if match is None:
        return None
    said_day, said_time, said_offset = match.groups()
    try:
        if said_offset is None:
            return _local_moment(said_day, said_time or "12:00", zone)
        at = datetime.fromisoformat(text).astimezone(UTC)
        return _within_reach(at, at.astimezone(zone).date())
    except (ValueError, OverflowError):
        return None


def _local_moment(said_day: str, said_time: str, zone: tzinfo) -> Moment | None:
    """An hour that the zone skips moves on by the gap; of one that comes twice, the first."""
    said = datetime.fromisoformat(f"{said_day}T{said_time}+00:00")
    offset = _offset_all_day(said_day, zone)
    if offset is not None:
        return _within_reach(said - offset, said.date())
    at = said.replace(tzinfo=zone).astimezone(UTC)
    return _within_reach(at, at.astimezone(zone).date())


@lru_cache(maxsize=4_096)
def _offset_all_day(day: str, zone: tzinfo) -> timedelta | None:
    """The zone's distance from UTC, if one holds the whole day; asking for it is slow."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=zone)
    offsets = {(midnight + timedelta(hours=hours)).utcoffset() for hours in (-1, 0, 12, 24, 25)}
    return offsets.pop() if len(offsets) == 1 else None


def _within_reach(at: datetime, on: date) -> Moment | None:
    return (at, on) if EARLIEST_YEAR <= on.year <= LATEST_YEAR else None


def read_instant(text: str, zone: tzinfo, *, field: str) -> Moment:
    """An ISO 8601 instant: with an offset, or local to the zone, or a bare date's noon."""
    moment = _moment(text, zone)
    if moment is None:
        raise Refused(
            "invalid_record",
            sentences.said("{field} {why}", field=field, why=_why_no_instant(text)),
            field=field,
            value=text,
        )
    return moment


def _why_no_instant(text: str) -> str:
    if _INSTANT.fullmatch(text) is None:
        return sentences.said(
            'must be an instant like "2026-03-02T11:00",'
            ' "2026-03-02T16:00Z" or "2026-03-02"; {text} is not.',
            text=shown(text),
        )
    if not EARLIEST_YEAR <= int(text[:4]) <= LATEST_YEAR:
        return sentences.said(
            "must lie from {first} to {last}; it is {text}.",
            first=str(EARLIEST_YEAR),
            last=str(LATEST_YEAR),
            text=text,
        )
    return sentences.said("names a day or a time that does not exist: {text}.", text=text)


def business_date(at: datetime, zone: tzinfo) -> date:
    """The date that the calendar in this zone shows at the instant (rule 1.2)."""
    return at.astimezone(zone).date()


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    # Some systems list these two, which name no place.
    return frozenset(available_timezones() - {"localtime", "Factory"})


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    return ZoneInfo(name) if name in _zone_names() else None


def zone_named(name: str, *, field: str = "time_zone") -> ZoneInfo:
    """The time zone of an IANA name."""
    zone = _zone(name)
    if zone is None:
        raise Refused(
            "invalid_record",
            sentences.said(
                "{field} must be an IANA time zone like America/New_York; {name} is none.",
                field=field,
                name=shown(name),
            ),
            field=field,
            value=name,
        )
    return zone
