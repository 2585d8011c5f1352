"""What many guests want, from a list: another program's consents, or forms on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from regulars.records import bulk, locks, models
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services.messages.consent import CHANNELS, LANGUAGE, change_of
from regulars.services.organizations import Company
from regulars.services.transactions import write

COLUMNS = ("guest", *CHANNELS, LANGUAGE, "note")
CHUNK = 1000

_PREFERENCES = ("email_consent", "sms_consent", "language", "email_bounced", "sms_bounced")
_CONSENT = ("guest_id", "channel", "state", "at", "by", "how", "note")

Line = tuple[int, Mapping[str, str]]
"""The number of a line, and its cells by COLUMNS; an empty cell says nothing."""


@dataclass(slots=True)
class Taken:
    """What a list came to; `refused` are (line number, why)."""

    n_changes: int = 0
    n_unchanged: int = 0
    refused: list[tuple[int, Refused]] = field(default_factory=list)


def record_list(
    company: Company, lines: Sequence[Line], *, at: datetime, by: str | None, how: str
) -> Taken:
    """Take in a list, a chunk in one transaction. A line that is wrong is refused, the others
    go on; what holds already is left as it is, so the same list again changes nothing.
    """
    taken = Taken()
    for start in range(0, len(lines), CHUNK):
        chunk = lines[start : start + CHUNK]
        part = write(partial(_take, chunk, at, by, how))
        taken.n_changes += part.n_changes
        taken.n_unchanged += part.n_unchanged
        taken.refused += part.refused
    return taken


def _take(lines: Sequence[Line], at: datetime, by: str | None, how: str) -> Taken:
    """Four statements to read, three to write."""
    taken = Taken()
    rows = models.Guest.objects.filter(external_id__in=[cells["guest"] for _, cells in lines])
    guests = {guest.external_id: guest for guest in rows}
    locks.lock_guests([guest.id for guest in guests.values()])
    mine = models.ContactPreference.objects.filter(
        guest__in=[one.id for one in guests.values()]
    )
    before = {row.guest_id: {name: getattr(row, name) for name in _PREFERENCES} for row in mine}
    after = {guest: dict(row) for guest, row in before.items()}
    history: list[tuple[Any, ...]] = []
    for number, cells in lines:
        try:
            guest = _guest(guests, cells["guest"])
            changes = list(_changes(cells))
        except Refused as refused:
            taken.refused.append((number, refused))
            continue
        now = after.setdefault(guest, dict.fromkeys(_PREFERENCES))
        for channel, state, columns in changes:
            if all(now[name] == value for name, value in columns.items()):
                taken.n_unchanged += 1
                continue
            now.update(columns)
            history.append((guest, channel, state, at, by, how, cells.get("note") or None))
    taken.n_changes = len(history)
    _keep(before, after, history)
    return taken


def _guest(guests: Mapping[str, models.Guest], ref: str) -> UUID:
    row = guests.get(ref)
    if row is None:
        raise unknown_reference("guest", ref, field="guest")
    if row.merged_into_id is not None:
        raise Refused(
            "guest_merged",
            said("Guest {ref} was merged away.", ref=ref),
            field="guest",
            value=ref,
        )
    found: UUID = row.id
    return found


def _changes(cells: Mapping[str, str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for channel in (*CHANNELS, LANGUAGE):
        wish = cells.get(channel, "").strip()
        if wish:
            yield change_of(channel, wish)


def _keep(
    before: Mapping[UUID, Mapping[str, Any]],
    after: Mapping[UUID, Mapping[str, Any]],
    history: Sequence[tuple[Any, ...]],
) -> None:
    def row(guest: UUID) -> tuple[Any, ...]:
        return (guest, *(after[guest][name] for name in _PREFERENCES))

    touched = dict.fromkeys(change[0] for change in history)
    new = [row(guest) for guest in touched if guest not in before]
    changed = [row(guest) for guest in touched if guest in before]
    bulk.insert(models.ContactPreference, ["guest_id", *_PREFERENCES], new)
    bulk.update(models.ContactPreference, ["guest_id"], _PREFERENCES, changed)
    bulk.insert(models.Consent, _CONSENT, history)
