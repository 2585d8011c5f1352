"""Apply facts: guests, appointments, invoices and feedback, one or thousands at a time.

A fact is a snapshot: sent again it replaces the one before, sent unchanged it does nothing
(contract section 1). What follows from it is settled later, by the guest (rule 1.7).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from regulars.records import intake_reading, intake_writing, journal, locks
from regulars.records.bulk import in_one_statement
from regulars.records.intake_rows import Batch, References
from regulars.rules.refusals import Refused
from regulars.services import rewards, taking_in, taking_in_guests, transactions
from regulars.services.formats.facts import (
    AppointmentFact,
    FeedbackFact,
    GuestFact,
    InvoiceFact,
    Record,
)
from regulars.services.formats.results import Result, refused_result
from regulars.services.organizations import Company
from regulars.services.settling import Stamp
from regulars.services.taking_in import Taken

BULK_KINDS = frozenset({"guest", "appointment", "invoice", "feedback"})


def apply_facts(company: Company, records: Sequence[Record]) -> Taken:
    """Apply a batch in its order, in one transaction. A refused one leaves the others be."""
    return transactions.write(partial(apply_batch, company, records), may_refuse=False)


def apply_batch(company: Company, records: Sequence[Record]) -> Taken:
    """The same in the caller's transaction."""
    told = take(company, records)
    call_appointments(told)
    write(company, told)
    return told.taken


@dataclass(frozen=True, slots=True)
class Told:
    """A batch that was taken in, before it is written."""

    records: Sequence[Record]
    names: References
    batch: Batch
    taken: Taken


def take(company: Company, records: Sequence[Record]) -> Told:
    """Lock and read what the records name, and decide what they change; nothing is written."""
    taken = Taken()
    names = _references(records)
    locks.lock_named_guests(names.guests)
    batch = intake_reading.load_batch(names)
    for record in records:
        taken.results.append(_apply(company, batch, record, taken))
    return Told(records, names, batch, taken)


def take_more(company: Company, told: Told, record: Record) -> Result:
    """One more record that names nothing else, on top of what was taken in."""
    result = _apply(company, told.batch, record, told.taken)
    told.taken.results.append(result)
    return result


def write(company: Company, told: Told) -> None:
    """Write what was taken in, and what follows from it at once."""
    with in_one_statement():
        intake_writing.write_batch(told.batch)
    for invoice, ended_by in told.taken.ended_in_order():
        stamp = Stamp(ended_by.at, ended_by.by, ended_by.name)
        rewards.release_rewards(company, [invoice], stamp=stamp, on=ended_by.known_on)


def call_appointments(told: Told) -> None:
    """What an invoice says may complete an action of whoever's appointment is on it."""
    names = told.names
    if names.invoices:
        days = [record.known_on for record in told.records if record.kind == "invoice"]
        intake_writing.call_appointments(
            sorted(names.on_lines), sorted(names.invoices), on=max(days)
        )


def _apply(company: Company, batch: Batch, record: Record, taken: Taken) -> Result:
    try:
        status, warnings = _TAKERS[record.kind](company, batch, record, taken)
    except Refused as refused:
        return refused_result(record.name, refused)
    if status == "applied":
        batch.journal.append(journal.journal_row(record))
    return Result(record=record.name, status=status, warnings=warnings)


def _references(records: Sequence[Record]) -> References:
    """Every id the batch names, so that a fixed number of queries finds them."""
    names = References()
    for record in records:
        body = record.body
        if isinstance(body, InvoiceFact):
            names.invoices.add(body.id)
            names.guests.add(body.guest)
            for line in body.lines:
                if line.appointment is not None:
                    names.appointments.add(line.appointment)
                    names.on_lines.add(line.appointment)
        elif isinstance(body, AppointmentFact):
            names.appointments.add(body.id)
            names.guests.add(body.guest)
        elif isinstance(body, FeedbackFact):
            names.feedback.add(body.id)
            names.guests.add(body.guest)
        elif isinstance(body, GuestFact):
            names.guests.add(body.id)
            names.told_guests.add(body.id)
            if body.referred_by:
                names.guests.add(body.referred_by)
    return names


_TAKERS = {
    "guest": taking_in_guests.take_guest,
    "appointment": taking_in.take_appointment,
    "invoice": taking_in.take_invoice,
    "feedback": taking_in.take_feedback,
}
