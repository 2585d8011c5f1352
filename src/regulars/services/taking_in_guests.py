"""A guest's record into its row: who they are, who referred them (rule 6.7)."""

from datetime import date, datetime
from uuid import UUID

from regulars.records import intake_reading
from regulars.records.ids import uuid7
from regulars.records.intake_rows import Batch, GuestRow
from regulars.records.intake_writing import normalized
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services.formats.facts import GuestFact, Record
from regulars.services.formats.results import Warned
from regulars.services.organizations import Company
from regulars.services.taking_in import (
    ONLINE,
    UNCHANGED,
    Outcome,
    Taken,
    is_old_news,
    owner_of,
    sooner,
)


def take_guest(company: Company, batch: Batch, record: Record, taken: Taken) -> Outcome:
    fact = record.body
    assert isinstance(fact, GuestFact)
    digest = record.digest.hex()
    row = batch.guests.get(fact.id)
    if row is not None and is_old_news(record, row, digest):
        return UNCHANGED
    status_id = _status(company, fact)
    if fact.home_center is not None:
        company.center(fact.home_center, field="home_center")
    if row is None:
        row = _new_guest(fact, record)
        batch.add_guest(row)
    elif not fact.loyalty_opt_in and row.said_opt_in and row.is_enrolled:
        raise _still_enrolled(fact)
    told_before = row.signed_up_on
    _set_guest(row, fact, record, digest)
    row.status_id = status_id
    if row.is_new and row.ref in batch.waited_for:
        _link_waiting(batch, row)  # first: who named this guest earlier keeps the link
    warnings = _set_referrer(batch, row, fact, record)
    if row.merged_into is not None:
        taken.touched.add(_tell_survivor(batch, row, told_before).id)
    taken.touched.add(row.id)
    return "applied", warnings


def _status(company: Company, fact: GuestFact) -> UUID | None:
    if fact.status is None:
        return None
    try:
        return company.statuses[fact.status]
    except KeyError:
        raise unknown_reference("status", fact.status, field="status") from None


def _still_enrolled(fact: GuestFact) -> Refused:
    return Refused(
        "enrolled",
        said(
            "{name} is enrolled in the program; cancel the enrollment to opt out.",
            name=fact.name,
        ),
        field="loyalty_opt_in",
        value=False,
    )


def _new_guest(fact: GuestFact, record: Record) -> GuestRow:
    return GuestRow(
        id=uuid7(),
        ref=fact.id,
        name=fact.name,
        email=None,
        phone=None,
        birthday=None,
        anniversary=None,
        status_id=None,
        home_center=None,
        referred_by=None,
        referrer_id=None,
        signup_channel=None,
        signed_up_on=None,
        opted_in=fact.loyalty_opt_in,
        merged_into=None,
        known_at=record.at,
        known_on=record.known_on,
        digest="",
        settle_on=None,
        said_opt_in=fact.loyalty_opt_in,
        is_new=True,
    )


def _set_guest(row: GuestRow, fact: GuestFact, record: Record, digest: str) -> None:
    row.name, row.email, row.phone = fact.name, fact.email, fact.phone
    row.birthday, row.anniversary = fact.birthday, fact.anniversary
    row.home_center = fact.home_center
    if fact.loyalty_opt_in != row.said_opt_in:
        # Only a change of the record's word counts: a command's stands when it is re-sent.
        row.said_opt_in = row.opted_in = fact.loyalty_opt_in
    # A date beside no online channel came by a merge (rule 9.4); no record of her own ends it.
    inherited = None if row.signup_channel in ONLINE else row.signed_up_on
    row.signup_channel = fact.signup_channel
    signed_up_on = fact.signup_on if fact.signup_channel in ONLINE else inherited
    if signed_up_on != row.signed_up_on:
        row.signed_up_on = signed_up_on
        row.settle_on = sooner(row.settle_on, record.known_on)
    row.known_at, row.known_on, row.digest = record.at, record.known_on, digest
    row.is_changed = True


def _tell_survivor(batch: Batch, row: GuestRow, told_before: date | None) -> GuestRow:
    """What a merged guest's record tells of, or no longer tells of, counts for the survivor too
    (rule 9.4): a referrer, and a sign-up where she has none of her own.
    """
    survivor = owner_of(batch, row.ref)
    _lend_referrer(batch, row, survivor)
    if row.signed_up_on is not None and survivor.signed_up_on is None:
        survivor.signed_up_on, survivor.is_changed = row.signed_up_on, True
        survivor.settle_on = sooner(survivor.settle_on, row.known_on)
    is_withdrawn = told_before is not None and row.signed_up_on is None
    is_inherited = survivor.signup_channel not in ONLINE
    if is_withdrawn and is_inherited and survivor.signed_up_on == told_before:
        survivor.signed_up_on, survivor.is_changed = None, True
    return survivor


def _lend_referrer(batch: Batch, row: GuestRow, survivor: GuestRow) -> None:
    """Where the survivor's own record names nobody, and rule 6.7 lets her be referred so."""
    referrer = _by_key(batch, row.referrer_id)
    if referrer is None or survivor.referrer_id is not None or survivor.referred_by is not None:
        return
    if _kinship(batch, survivor, referrer) is None:
        survivor.referrer_id, survivor.is_changed = referrer.id, True


def _set_referrer(
    batch: Batch, row: GuestRow, fact: GuestFact, record: Record
) -> tuple[Warned, ...]:
    """Rule 6.7: a referrer that may not be is left out with a warning."""
    if fact.referred_by == row.referred_by:
        return ()
    if fact.referred_by is None:
        row.referred_by = row.referrer_id = None
        return ()
    referrer = batch.guests.get(fact.referred_by)
    while referrer is not None and referrer.merged_into is not None:
        referrer = batch.guests_by_key[referrer.merged_into]
    problem = _problem_with(batch, row, fact, referrer, record)
    if problem is not None:
        return (Warned("referrer_ignored", "referred_by", problem),)
    row.referred_by = fact.referred_by
    row.referrer_id = referrer.id if referrer is not None else None
    if referrer is None:
        batch.waited_for.add(fact.referred_by)
    return ()


def _problem_with(
    batch: Batch, row: GuestRow, fact: GuestFact, referrer: GuestRow | None, record: Record
) -> str | None:
    if fact.referred_by == row.ref or (referrer is not None and referrer.id == row.id):
        return said("{guest} cannot refer themselves.", guest=fact.name)
    closed_at = _first_closing(batch, owner_of(batch, row.ref))
    if closed_at is not None and closed_at <= record.at:
        return said(
            "A referrer counts only before the first closed invoice; {guest}'s was closed"
            " at {at} UTC.",
            guest=fact.name,
            at=f"{closed_at:%Y-%m-%d %H:%M}",
        )
    return None if referrer is None else _kinship(batch, row, referrer)


def _first_closing(batch: Batch, row: GuestRow) -> datetime | None:
    """As the database knows it, or one of the same batch."""
    known = None if row.is_new else intake_reading.first_closing(batch, row.id)
    soonest = batch.first_closings.get(row.id)
    return min((at for at in (known, soonest) if at is not None), default=None)


def _kinship(batch: Batch, row: GuestRow, referrer: GuestRow) -> str | None:
    for kind in ("email", "phone"):
        mine, theirs = getattr(row, kind), getattr(referrer, kind)
        if mine and theirs and normalized(kind, mine) == normalized(kind, theirs):
            return said(
                "{guest} and {referrer} share one {kind}: no self-referral.",
                guest=row.name,
                referrer=referrer.name,
                kind=kind,
            )
    seen = {row.id}
    above: GuestRow | None = referrer
    while above is not None:
        if above.id in seen:
            return said(
                "{guest} and {referrer} would refer each other in a circle.",
                guest=row.name,
                referrer=referrer.name,
            )
        seen.add(above.id)
        above = _by_key(batch, above.referrer_id)
    return None


def _by_key(batch: Batch, key: UUID | None) -> GuestRow | None:
    if key is None:
        return None
    if key not in batch.guests_by_key:
        intake_reading.add_guests(batch, "g.id = %s", [key])
    return batch.guests_by_key[key]


def _link_waiting(batch: Batch, row: GuestRow) -> None:
    """Guests who named this one before it was known (contract section 1)."""
    for other in batch.guests_by_key.values():
        if other.referred_by == row.ref and other.referrer_id is None and other is not row:
            if _kinship(batch, other, row) is None:
                other.referrer_id = row.id
                batch.linked_late.add(other.id)
                _link_survivor(batch, other)
            else:
                other.referred_by = None
            other.is_changed = True


def _link_survivor(batch: Batch, row: GuestRow) -> None:
    survivor = row
    while (above := _by_key(batch, survivor.merged_into)) is not None:
        survivor = above
    if survivor is not row:
        _lend_referrer(batch, row, survivor)
        batch.linked_late.add(survivor.id)
