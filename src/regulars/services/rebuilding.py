"""A guest or an invoice as it stood at the end of a day gone by: the history told again.

The ledger keeps what was posted when, but not what every fact said on every day; the journal
does. So the part of it that has to do with the guest is told to a database of its own, up to
that day, by the very services that told it first (rule 1.4).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records import models
from regulars.records.queries.documents import JournalRow, journal_after
from regulars.services.exporting import record_of
from regulars.services.organizations import Company
from regulars.services.replaying import replay
from regulars.services.throwaway import throwaway_database

Said = dict[str, Any]
_MERGES = ("merge_guests", "undo_merge")
CHUNK = 2000

_SET_UP = frozenset({"organization", "center", "status", "item", "program"})
_OF_NO_GUEST = frozenset(
    {
        "release_hold",
        "capture_hold",
        "undo_redeem_points",
        "redeem_reward",
        "edit_reward",
        "void_reward",
        "undo_redeem_reward",
        "undo_process_rewards",
        "approve",
        "reject",
    }
)
"""Commands that name what they act on, not whose it is; told of another's, they are refused."""


def states_at(company: Company, guest: UUID, day: date) -> dict[str, Any]:
    """The states, by kind and id, of a guest and all who have to do with her, as of `day`."""
    family = _family(guest)
    told = [record_of(row, company.exponent) for row in _journal(company, day)]
    history = [(None, record) for record in _about(told, family)]
    with throwaway_database():
        return replay(history, [day]).as_of.get(day.isoformat(), {"guests": {}, "invoices": {}})


def _journal(company: Company, day: date) -> Iterator[JournalRow]:
    """What was known by the end of `day`."""
    ends_at = company.day_ends_at(day)
    cursor: UUID | None = None
    while chunk := journal_after(cursor, limit=CHUNK):
        cursor = chunk[-1].id
        yield from (row for row in chunk if row.at < ends_at)


def _family(guest: UUID) -> set[str]:
    """The guest, whoever was merged with her, whom she referred, and who referred them."""
    rows = models.Guest.objects
    known = {guest}
    fresh = {guest}
    while fresh:
        merges = models.Merge.objects
        pairs = [
            *merges.filter(guest__in=fresh).values_list("guest_id", "survivor_id"),
            *merges.filter(survivor__in=fresh).values_list("guest_id", "survivor_id"),
        ]
        fresh = {one for pair in pairs for one in pair} - known
        known |= fresh
    refs = set(rows.filter(id__in=known).values_list("external_id", flat=True))
    refs |= set(rows.filter(referred_by_ref__in=refs).values_list("external_id", flat=True))
    above = refs
    while above:
        named = rows.filter(external_id__in=above, referred_by_ref__isnull=False)
        above = set(named.values_list("referred_by_ref", flat=True)) - refs
        refs |= above
    return refs


def _about(records: Iterable[Said], family: set[str]) -> Iterator[Said]:
    for record in records:
        kind = record["type"]
        if kind in _SET_UP or kind in _OF_NO_GUEST:
            yield record
        elif kind == "guest":
            if record["id"] in family:
                yield record
        elif kind == "process_rewards":
            yield _run_for(record, family)
        elif kind in _MERGES or record.get("guest") in family:
            yield record


def _run_for(run: Said, family: set[str]) -> Said:
    """The run as it was for these guests; whoever was ticked and is not here is left out."""
    ticked = run.get("guests")
    if ticked is None:
        return run
    return run | {"guests": [guest for guest in ticked if guest in family]}
