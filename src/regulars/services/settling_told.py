"""Settle guests of whom a batch tells new invoices and nothing else, before it is written.

What such a batch tells is all that there is to settle: no row is read back, none is written
twice. This is the way of a paid invoice at the desk where points are awarded at once, and of
the history that an import closes day by day. Whoever has anything else to settle is settled
afterwards, from what is written.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from regulars.records import load, save
from regulars.records.beside import Beside, beside
from regulars.records.bulk import in_one_statement
from regulars.records.intake_rows import Batch, GuestRow, InvoiceRow
from regulars.records.load import GuestWork
from regulars.rules import tiers
from regulars.rules.facts import GuestFacts
from regulars.rules.program import Program
from regulars.rules.settling import Outcome
from regulars.services import intake, settling
from regulars.services.formats.facts import Record
from regulars.services.organizations import Company
from regulars.services.settling import Stamp
from regulars.services.taking_in import Taken

Told = dict[UUID, list[InvoiceRow]]


@dataclass(slots=True)
class WorkedOut:
    """The guests settled by a batch that was taken in, before anything is written.

    `calls` says that appointments of its invoices have to be put in line for the close. `spend`
    is what was spent in the window before the batch. `turns` are the settled guests who refer
    others, or are referred, and may have a turn.
    """

    calls: bool
    settled: list[tuple[GuestWork, Outcome]] = field(default_factory=list)
    spend: dict[UUID, int] = field(default_factory=dict)
    turns: set[UUID] = field(default_factory=set)

    @property
    def guests(self) -> set[UUID]:
        return {one.key for one, _ in self.settled}


def apply_and_settle(
    company: Company,
    records: Sequence[Record],
    *,
    day: date,
    stamp: Stamp,
    is_final: bool = True,
) -> tuple[Taken, WorkedOut]:
    """Apply the facts and settle whom they tell all of, in the caller's transaction.

    Comes out as if they had been applied first and settled by the close of `day`; `is_final` as
    in `settle_guests`.
    """
    told = intake.take(company, records)
    worked = work_out(company, told, day=day, stamp=stamp, is_final=is_final)
    if worked.calls:
        intake.call_appointments(told)
    changes = save.Changes(at=stamp.at, by=stamp.by, cause=stamp.cause)
    settling.gather(changes, worked.settled)
    if is_final:
        _mark_settled(told.batch, worked.guests, day=day)
    with in_one_statement():
        intake.write(company, told)
        changes.write()
        settling.call_referrers([one for one, _ in worked.settled], on=day)
    return told.taken, worked


def work_out(
    company: Company, told: intake.Told, *, day: date, stamp: Stamp, is_final: bool
) -> WorkedOut:
    """Settle whom a batch tells all of, once it is taken in; nothing is written."""
    bills = _bills(told.batch, day=day)
    program = company.versions.on(day)
    if not bills or (program is not None and program.split_rate_on_tier_jump):
        # A split looks at each day's spend, as it is written (rule 4.10).
        return WorkedOut(calls=True)
    known = _beside(told, bills, program, day=day)
    worked = WorkedOut(calls=bool(known.called or told.names.on_lines), spend=known.spend)
    work = _work(bills, known, told.batch, program, day=day)
    if work:
        settling.open_books(work.values())
        if not is_final:
            settling.lapse_yesterday(company, work.values(), on=day, stamp=stamp)
        worked.settled = settling.close_each(company, work.values(), on=day)
        worked.turns = known.in_turn & work.keys()
        worked.turns |= {key for key, one in work.items() if one.referrer is not None}
    return worked


def _beside(told: intake.Told, bills: Told, program: Program | None, *, day: date) -> Beside:
    return beside(
        list(bills),
        on=day,
        since=tiers.window_of(program, day) if program is not None else None,
        days=sorted({row.facts.opened_on for rows in bills.values() for row in rows}),
        invoices=sorted(told.names.invoices),
    )


def _work(
    bills: Told, known: Beside, batch: Batch, program: Program | None, *, day: date
) -> dict[UUID, GuestWork]:
    """The guests that can be settled so, with all their facts."""
    others = known.busy | known.called
    work = {}
    for guest, rows in bills.items():
        if guest in others:
            continue
        work[guest] = one = guest_of(batch.guests_by_key[guest], rows)
        one.facts.moves = known.moves.get(guest, [])
        one.n_moves = len(one.facts.moves)
        if program is not None:
            first = tiers.window_of(program, day)
            new = spend_of(rows, first=first, last=day)
            one.facts.spend_cents = known.spend.get(guest, 0) + new
    names = set(settling.occasion_names(work.values(), on=day))
    if names:
        load.add_occasions(work, names, set())
    return work


def _bills(batch: Batch, *, day: date) -> Told:
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


def guest_of(row: GuestRow, told: Iterable[InvoiceRow]) -> GuestWork:
    """The guest as it was read, with these invoices to settle; no books are open."""
    facts = GuestFacts(
        key=row.id,
        id=row.ref,
        birthday=row.birthday,
        anniversary=row.anniversary,
        opted_in=row.opted_in,
        signed_up_on=row.signed_up_on,
        standing=load.NO_STANDING,
        moves=[],
        invoices=[one.facts for one in told],
    )
    return load.work_of(facts, row.account, merged_into=None, referrer=row.referrer_id)


def spend_of(told: Iterable[InvoiceRow], *, first: date, last: date) -> int:
    """Spend in the window, both ends counted (rule 4.2)."""
    return sum(cents for row in told for on, cents in row.spend.items() if first <= on <= last)


def _mark_settled(batch: Batch, guests: Set[UUID], *, day: date) -> None:
    for row in batch.invoices.values():
        if row.is_changed and row.guest_id in guests:
            row.facts.money_news = False
            row.settle_on = settling.next_settling(row.facts, on=day)
