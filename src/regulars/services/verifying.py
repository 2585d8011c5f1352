"""Prove the books: every balance, lot, tier and memory again, from facts and ledger (rule 1.4).

Nothing is written. Guests are read in chunks, each as of one moment, so memory does not grow
with their number and a system at work is not kept waiting.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from uuid import UUID

from regulars.records import codec, models
from regulars.records.queries import documents, ledgers
from regulars.records.queries.ledgers import Ledger
from regulars.services.organizations import Company
from regulars.services.verifying_facts import Known, fact_differences
from regulars.services.verifying_ledger import ledger_differences
from regulars.services.verifying_memories import (
    journal_difference,
    leftovers,
    memory_differences,
)
from regulars.services.verifying_replay import replay_differences
from regulars.services.verifying_report import Difference, Report

CHUNK = 500
JOURNAL_CHUNK = 5000
FEW = 100
"""Draws without an entry that are named."""

Progress = Callable[[str, int, int], None]
"""What is being looked at, how much of it is done, of how much."""


def verify(company: Company, *, deep: bool = False, progress: Progress | None = None) -> Report:
    """Look at everything, in the company's scope; `deep` replays the export as well."""
    report = Report()
    tell = progress or _nobody
    _verify_guests(company, report, tell)
    for unit, points in ledgers.transfers_in_all().items():
        if points:
            what = f"the sum of all transfers of {unit}"
            report.add(Difference(None, None, "ledger", what, "0", str(points)))
    for ref, number in ledgers.draws_without_entry(limit=FEW):
        report.add(Difference(ref, number, "", "the entry of a draw", "there", "nothing"))
    _verify_journal(report, tell)
    if deep:
        for difference in replay_differences(company, report, progress=tell):
            report.add(difference)
    return report


def _nobody(what: str, n_done: int, n_all: int) -> None:
    """Nobody is watching."""


# -- guests -----------------------------------------------------------------------------------


def _verify_guests(company: Company, report: Report, tell: Progress) -> None:
    n_all = ledgers.count_guests()
    relatives = _relatives()
    cursor: UUID | None = None
    while True:
        with ledgers.one_moment():
            ids = ledgers.guests_after(cursor, limit=CHUNK)
            if not ids:
                return
            for difference in chunk_differences(company, ids, report, relatives):
                report.add(difference)
        cursor = ids[-1]
        report.n_guests += len(ids)
        tell("guests", report.n_guests, n_all)


def chunk_differences(
    company: Company,
    ids: Sequence[UUID],
    report: Report,
    relatives: Mapping[UUID, frozenset[UUID]],
) -> list[Difference]:
    """What differs with these guests; of each guest's ledger the first thing only."""
    found = ledgers.ledgers(ids)
    known = Known.of(company, found, _families(found, relatives))
    differences = [
        Difference(ref, None, "account", "its account", "there", "nothing")
        for ref in ledgers.guests_without_account(ids)
    ]
    for ledger in found.values():
        differences += _first(ledger_differences(ledger))
        report.n_entries += len(ledger.entries)
        report.n_lots += len(ledger.lots)
        report.totals.add(ledger, closed_through=company.closed_through)
    spoiled = {one.guest for one in differences}
    # What follows from a ledger that is not whole would be named again and again.
    for checks in (fact_differences(known), memory_differences(known)):
        differences += [one for one in checks if one.guest not in spoiled]
    report.n_invoices += len(known.columns)
    merged = {key: one.ref for key, one in found.items() if one.merged_into is not None}
    if merged:
        differences += leftovers(ledgers.left_with(list(merged)), merged)
    return differences


def _first(differences: Iterator[Difference]) -> list[Difference]:
    return [one for one in [next(differences, None)] if one is not None]


# -- guests that were merged ------------------------------------------------------------------


def _relatives() -> dict[UUID, frozenset[UUID]]:
    """All guests that merges ever joined, directly or through others, by guest."""
    groups: dict[UUID, set[UUID]] = {}
    for guest, survivor in ledgers.merged_pairs():
        joined = groups.get(guest, {guest}) | groups.get(survivor, {survivor})
        for member in joined:
            groups[member] = joined
    for referrer in _referrers_of_merged():
        groups.setdefault(referrer, {referrer})
    return {guest: frozenset(group) for guest, group in groups.items()}


def _referrers_of_merged() -> Iterator[UUID]:
    """Their memories of a referred guest who was merged go by the survivor's name (9.4)."""
    for moved in models.Merge.objects.values_list("moved", flat=True):
        referrer = codec.value_of(moved).get("referrer")
        if referrer is not None:
            yield UUID(referrer)


def _families(
    found: Mapping[UUID, Ledger], relatives: Mapping[UUID, frozenset[UUID]]
) -> dict[UUID, list[Ledger]]:
    mine = [relatives[key] for key in found if key in relatives]
    if not mine:
        return {}
    others = sorted(frozenset().union(*mine) - set(found))
    everyone = {**found, **(ledgers.ledgers(others) if others else {})}
    return {
        key: [everyone[one] for one in sorted(relatives[key]) if one in everyone]
        for key in found
        if key in relatives
    }


# -- the journal ------------------------------------------------------------------------------


def _verify_journal(report: Report, tell: Progress) -> None:
    n_all = documents.count_records()
    cursor: UUID | None = None
    while chunk := documents.journal_after(cursor, limit=JOURNAL_CHUNK):
        cursor = chunk[-1].id
        for row in chunk:
            difference = journal_difference(row)
            if difference is not None:
                report.add(difference)
        report.n_records += len(chunk)
        tell("records", report.n_records, n_all)
