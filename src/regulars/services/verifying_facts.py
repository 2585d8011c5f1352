"""Is what is kept of the facts what the facts say (rules 1.4, 4.1, 5.2, 6.8, 8.2, 10.4)?

Spend, sales and totals are computed again from the invoices; what was awarded is compared with
the ledger; documents with the journal's last word on them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from math import floor
from uuid import UUID

from regulars.records import load
from regulars.records.quarters import quarters_of_invoices
from regulars.records.queries import documents
from regulars.records.queries.documents import InvoiceColumns
from regulars.records.queries.ledgers import EntryRow, Ledger
from regulars.rules import accrual, reversal
from regulars.rules.facts import Invoice, PaymentAward
from regulars.rules.lots import POINTS
from regulars.rules.program import AMOUNT_ACTIONS
from regulars.rules.versions import Versions
from regulars.services import invoicing
from regulars.services.organizations import Company
from regulars.services.verifying_report import Difference, shown

Comparison = tuple[str, object, object]
"""What, as it should be, as it is."""


@dataclass(slots=True)
class Known:
    """A chunk of guests: their ledgers, and those of guests they were ever merged with."""

    company: Company
    ledgers: Mapping[UUID, Ledger]
    families: Mapping[UUID, Sequence[Ledger]]
    quarters: Sequence[int] = ()
    columns: Mapping[UUID, InvoiceColumns] = field(default_factory=dict)
    spend: Mapping[UUID, dict[tuple[UUID, date], int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        company: Company,
        ledgers: Mapping[UUID, Ledger],
        families: Mapping[UUID, Sequence[Ledger]],
    ) -> "Known":
        ids = list(ledgers)
        quarters = quarters_of_invoices()
        columns = documents.invoice_columns(ids, quarters=quarters)
        spend = documents.spend_rows(ids, quarters=quarters)
        return cls(company, ledgers, families, quarters, columns, spend)

    def entries_of(self, guest: UUID) -> Iterator[EntryRow]:
        """A merge moves facts and memories; the entries they made stay where they were made."""
        for ledger in self.families.get(guest) or (self.ledgers[guest],):
            yield from ledger.entries


def fact_differences(known: Known) -> Iterator[Difference]:
    """Everything of a chunk's facts and memories that differs."""
    condition = "i.opened_quarter IN %s AND i.guest_id IN %s"
    invoices = load.invoices_where(condition, [known.quarters, list(known.ledgers)])
    invoices.sort(key=lambda pair: (pair[0], pair[1].opened_at, pair[1].id))
    by_guest: dict[UUID, list[Invoice]] = {key: [] for key in known.ledgers}
    for owner, invoice in invoices:
        by_guest[owner].append(invoice)
    for guest, own in by_guest.items():
        entries = _by_source(known.entries_of(guest))
        for invoice in own:
            yield from _invoice(known, guest, invoice, entries.get(invoice.source, []))
        yield from _ownerless(known, guest, own, entries)


def _by_source(entries: Iterable[EntryRow]) -> dict[str, list[EntryRow]]:
    """What amounts earned and lost again, by what caused it."""
    found: dict[str, list[EntryRow]] = {}
    for entry in entries:
        is_amount = entry.unit == POINTS and entry.action in AMOUNT_ACTIONS
        if is_amount and entry.kind in ("accrual", "reversal"):
            found.setdefault(entry.source, []).append(entry)
    return found


def _invoice(
    known: Known, guest: UUID, invoice: Invoice, entries: list[EntryRow]
) -> Iterator[Difference]:
    ref = known.ledgers[guest].ref

    def differs(what: str, expected: object, found: object) -> Difference:
        entry = entries[0].number if entries else None
        place = invoice.source
        return Difference(ref, entry, place, what, shown(expected), shown(found))

    comparisons = [
        _computed(known, guest, invoice),
        _awarded(invoice, entries),
        _slices(known.company.versions, invoice, _lapsed(known, guest, invoice)),
    ]
    if not known.columns[invoice.key].waits and invoice.status != "void":
        comparisons.append(_payments(known.company, invoice))
    for what, expected, found in chain.from_iterable(comparisons):
        if expected != found:
            yield differs(what, expected, found)


# -- spend, sales, totals ---------------------------------------------------------------------


def _computed(known: Known, guest: UUID, invoice: Invoice) -> Iterator[Comparison]:
    """Rules 4.1, 4.3, 10.4: the columns of an invoice, computed again from its document."""
    columns = known.columns[invoice.key]
    again = invoicing.standing_of(known.company, replace(invoice))
    yield "the points paid", again.points_cents, columns.points_paid_cents
    yield "the rewards paid", again.rewards_cents, columns.rewards_paid_cents
    yield "the qualifying sales", again.qualifying_cents, columns.qualifying_cents
    yield "the day it was paid in full", again.paid_in_full_on, columns.paid_in_full_on
    yield "that it was paid in full", again.was_paid_in_full, columns.was_paid_in_full
    kept = known.spend.get(invoice.key, {})
    expected = {(guest, on): cents for on, cents in again.spend.items()}
    for place in sorted({*kept, *expected}):
        what = f"the spend of {place[1]}"
        if place[0] != guest:
            what += " of another guest"
        yield what, expected.get(place), kept.get(place)


# -- what amounts earned ----------------------------------------------------------------------


def _awarded(invoice: Invoice, entries: list[EntryRow]) -> Iterator[Comparison]:
    """The award memory and the ledger tell the same (rules 5.2, 8.1 to 8.3)."""
    memory = invoice.memory
    posted = sum(entry.points for entry in entries if entry.kind == "accrual")
    taken = -sum(entry.points for entry in entries if entry.kind == "reversal")
    yield "the points it was awarded", posted, memory.posted
    yield "the points taken back of it", taken, memory.reversed


def _slices(versions: Versions, invoice: Invoice, lapsed: int) -> Iterator[Comparison]:
    """Given is the floor of the exact shares; what it holds differs by what lapsed at most."""
    memory = invoice.memory
    same = any(judged.verdict == "same" for judged in memory.refunds.values())
    if not same:
        exact = reversal.exact_by_action(memory, same_refunds=False)
        expected = {action: floor(points) for action, points in exact.items()}
        for action in AMOUNT_ACTIONS:
            found = memory.given.get(action, 0)
            yield f"the points given for {action}", expected.get(action, 0), found
    stays = sum(memory.given.values()) - sum(memory.taken.values())
    gap = memory.posted - memory.reversed - stays
    if not 0 <= gap <= lapsed:
        yield "the points it should still hold", stays, memory.posted - memory.reversed
    for award in memory.awards:
        yield from _rates(versions, award)


def _rates(versions: Versions, award: PaymentAward) -> Iterator[Comparison]:
    for one in award.slices:
        program = versions.by_version(one.version)
        tier = program.tier(one.tier) if program else None
        terms = tier.accruals.get(one.action) if tier else None
        expected = (terms.points, terms.per_cents) if terms else None
        yield f"the rate of payment {award.payment}", expected, (one.points, one.per_cents)


def _lapsed(known: Known, guest: UUID, invoice: Invoice) -> int:
    ledgers = known.families.get(guest) or (known.ledgers[guest],)
    return sum(
        lot.expired for ledger in ledgers for lot in ledger.lots if lot.source == invoice.source
    )


def _payments(company: Company, invoice: Invoice) -> Iterator[Comparison]:
    """Once an invoice is settled, every payment that may earn is judged, as it stands."""
    closed = company.closed_through or date.min
    awards = {award.payment: award for award in invoice.memory.awards}
    due = [one for one in invoice.payments if _is_due(company, invoice, one.id, closed)]
    expected = {one.id: (one.amount_cents, one.on) for one in due}
    for ref in sorted({*expected, *awards}):
        award = awards.get(ref)
        if award is not None and ref not in expected and not award.slices:
            continue  # judged before there was a version; its closing judges it anew
        found = (award.paid_cents, award.paid_on) if award else None
        yield f"what was awarded of payment {ref}", expected.get(ref), found
    if invoice.redemptions or invoice.applied:
        return
    for one in due:
        award = awards.get(one.id)
        if award is not None and len(award.slices) == 1:
            yield from _base(company.versions, invoice, award)


def _is_due(company: Company, invoice: Invoice, payment_id: str, closed: date) -> bool:
    payment = next(one for one in invoice.payments if one.id == payment_id)
    if payment.tender not in company.versions.earning_tenders(payment.on):
        return False
    day = accrual.award_day(invoice, payment, company.versions)
    return day is not None and max(day, payment.on) <= closed


def _base(versions: Versions, invoice: Invoice, award: PaymentAward) -> Iterator[Comparison]:
    """Rules 4.1, 5.7: the money awarded for, by the version and tier that earned it."""
    [only] = award.slices
    program = versions.by_version(only.version)
    tier = program.tier(only.tier) if program else None
    if program is None or tier is None or program.split_rate_on_tier_jump:
        return
    payment = next(one for one in invoice.payments if one.id == award.payment)
    tenders = versions.earning_tenders(payment.on)
    base = accrual.base_of(invoice, payment, program, tier, tenders)
    what = f"the money awarded for of payment {award.payment}"
    yield what, f"{base.num}/{base.den}", f"{only.num}/{only.den}"


def _ownerless(
    known: Known, guest: UUID, invoices: list[Invoice], entries: dict[str, list[EntryRow]]
) -> Iterator[Difference]:
    """Points for amounts of an invoice that is not there."""
    if guest in known.families:
        return
    there = {invoice.source for invoice in invoices}
    for source in sorted(set(entries) - there):
        first = entries[source][0]
        ref = known.ledgers[guest].ref
        yield Difference(ref, first.number, source, "its invoice", "there", "nothing")
