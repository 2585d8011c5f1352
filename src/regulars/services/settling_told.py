"""Settle guests of whom a batch tells new invoices and nothing else, before it is written.

What such a batch tells is all that there is to settle: no row is read back, none is written
twice. This is the way of a paid invoice at the desk where points are awarded at once, and of
the history that an import closes day by day. Whoever has anything else to settle is settled
afterwards, from what is written.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import date
from uuid import UUID

from regulars.records import in_line, load, save
from regulars.records.intake_rows import Batch, GuestRow, InvoiceRow
from regulars.records.load import GuestWork
from regulars.rules import tiers
from regulars.rules.facts import GuestFacts, Standing
from regulars.services import intake, settling
from regulars.services.formats.facts import Record
from regulars.services.organizations import Company
from regulars.services.settling import Stamp
from regulars.services.taking_in import Taken

Told = dict[UUID, list[InvoiceRow]]


def apply_and_settle(
    company: Company,
    records: Sequence[Record],
    *,
    day: date,
    stamp: Stamp,
    is_final: bool = True,
) -> tuple[Taken, Set[UUID]]:
    """Apply the facts and settle whom they tell all of, in the caller's transaction.

    Comes out as if they had been applied first and settled by the close of `day`; `is_final` as
    in `settle_guests`. Answers who was settled, too.
    """
    told = intake.take(company, records)
    intake.call_appointments(told)
    work = _work(company, told.batch, day=day)
    changes = save.Changes(at=stamp.at, by=stamp.by, cause=stamp.cause)
    if work:
        settling.open_books(work.values())
        if not is_final:
            settling.lapse_yesterday(company, work.values(), on=day, stamp=stamp)
        settling.gather(changes, settling.close_each(company, work.values(), on=day))
        if is_final:
            _mark_settled(told.batch, work, day=day)
    intake.write(company, told)
    changes.write()
    settling.call_referrers(work.values(), on=day)
    return told.taken, work.keys()


def _work(company: Company, batch: Batch, *, day: date) -> dict[UUID, GuestWork]:
    """The guests that can be settled so, with all their facts."""
    program = company.versions.on(day)
    if program is not None and program.split_rate_on_tier_jump:
        return {}  # a split looks at each day's spend, as it is written (rule 4.10)
    told = _told(batch, day=day)
    if not told:
        return {}
    work: dict[UUID, GuestWork] = {}
    known: dict[UUID, GuestWork] = {}
    for guest, rows in told.items():
        row = batch.guests_by_key[guest]
        work[guest] = one = _guest(row, rows)
        if not row.is_new:
            known[guest] = one
    if known:
        load.add_moves(known)
    if program is not None:
        first = tiers.window_of(program, day)
        load.add_spend(known, first=first, last=day)
        for one, rows in zip(work.values(), told.values(), strict=True):
            one.facts.spend_cents += _spend(rows, first=first, last=day)
    names = set(settling.occasion_names(known.values(), on=day))
    if names:
        load.add_occasions(known, names, set())
    return work


def _told(batch: Batch, *, day: date) -> Told:
    """By guest what they were billed: new invoices that name no appointment, and no more."""
    told: Told = {}
    others: set[UUID] = set(_with_other_news(batch))
    for row in batch.invoices.values():
        if not row.is_changed:
            continue
        facts = row.facts
        is_plain = row.is_new and not any(line.appointment for line in facts.lines)
        if is_plain and facts.known_on <= day:
            told.setdefault(row.guest_id, []).append(row)
        else:
            others.add(row.guest_id)
    if told:
        others.update(_with_more(told, day=day))
    return {guest: rows for guest, rows in told.items() if guest not in others}


def _with_other_news(batch: Batch) -> Iterable[UUID]:
    """Guests of whom the batch tells more, or of whom something waits already."""
    for appointment in batch.appointments.values():
        if appointment.is_changed:
            yield appointment.guest_id
    for feedback in batch.feedback.values():
        if feedback.is_changed:
            yield feedback.guest_id
    for guest in batch.guests_by_key.values():
        if guest.merged_into is not None:
            yield guest.merged_into
        if guest.settle_on is not None:
            yield guest.id
    yield from batch.linked_late


def _with_more(told: Told, *, day: date) -> Iterable[UUID]:
    """Guests with more to settle, or appointments that these invoices may complete (6.3)."""
    days = {row.facts.opened_on for rows in told.values() for row in rows}
    refs = [row.facts.id for rows in told.values() for row in rows]
    return in_line.guests_with_more(list(told), on=day, days=sorted(days), invoices=refs)


def _guest(row: GuestRow, told: Iterable[InvoiceRow]) -> GuestWork:
    facts = GuestFacts(
        key=row.id,
        id=row.ref,
        birthday=row.birthday,
        anniversary=row.anniversary,
        opted_in=row.opted_in,
        signed_up_on=row.signed_up_on,
        standing=Standing(),
        moves=[],
        invoices=[one.facts for one in told],
    )
    return load.work_of(facts, row.account, merged_into=None, referrer=row.referrer_id)


def _spend(told: Iterable[InvoiceRow], *, first: date, last: date) -> int:
    """Spend in the window, both ends counted (rule 4.2)."""
    return sum(cents for row in told for on, cents in row.spend.items() if first <= on <= last)


def _mark_settled(batch: Batch, work: dict[UUID, GuestWork], *, day: date) -> None:
    for row in batch.invoices.values():
        if row.is_changed and row.guest_id in work:
            row.facts.money_news = False
            row.settle_on = settling.next_settling(row.facts, on=day)
