"""Settle guests: load facts, let the rules decide, save what the ledger lacks.

Every event and every batch ends here (architecture: one code path for one and for millions).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from regulars.records import load, save, visits
from regulars.records.load import GuestWork
from regulars.rules import settlement, tiers
from regulars.rules.facts import Appointment, Invoice
from regulars.rules.settling import Outcome, Settling
from regulars.rules.versions import Versions
from regulars.services.organizations import Company


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, by whom and by what record a change is made."""

    at: datetime
    by: str | None
    cause: str


def settle_guests(
    company: Company,
    ids: Sequence[UUID],
    *,
    on: date,
    stamp: Stamp,
    referrals: bool = False,
    is_final: bool = True,
) -> dict[UUID, GuestWork]:
    """Settle a chunk of guests as of the close of `on` (rules 4.4, 4.5), in one transaction.

    With `referrals` it is the referring guests' own turn, after everybody's tiers are decided.
    Before the day is over (`is_final` false: immediate timing, one center's close) all of it
    stays in line, to be settled anew by the close itself (rule 5.3).
    """
    work, settled = work_out(
        company, ids, on=on, stamp=stamp, referrals=referrals, is_final=is_final
    )
    changes = save.Changes(at=stamp.at, by=stamp.by, cause=stamp.cause)
    gather(changes, settled)
    changes.write()
    if not is_final:
        _keep_in_line(work.values(), on=on, referrals=referrals)
    elif referrals:
        save.referral_turns_taken(list(work), on=on)
    else:
        _write_settled(work.values(), on=on)
    return work


def work_out(
    company: Company,
    ids: Sequence[UUID],
    *,
    on: date,
    stamp: Stamp,
    referrals: bool = False,
    is_final: bool = True,
) -> tuple[dict[UUID, GuestWork], list[tuple[GuestWork, Outcome]]]:
    """What `settle_guests` would post, with nothing written."""
    work = load.guests(ids)
    _add_facts(company, work, on=on, referrals=referrals)
    open_books(work.values())
    if not is_final:
        lapse_yesterday(company, work.values(), on=on, stamp=stamp)
    return work, close_each(company, work.values(), on=on)


def settle_known(company: Company, work: dict[UUID, GuestWork], *, on: date) -> list[Settling]:
    """What takes value back, before a command looks at the guests (rule 8.3); books stay open.

    The caller saves the work; the invoices stay in line for the day's close.
    """
    load.add_unsettled(work, on=on)
    add_action_facts(work, on=on, only_known=True)
    load.open_points(work.values(), lots_of=set(work))
    settlings = []
    _add_closed_lots(work.values())
    for one in work.values():
        settlement.lapse(one.points, through=on - timedelta(days=1))
        settling = _settling(company, one, on=on)
        settlement.settle_known(settling)
        settlings.append(settling)
    return settlings


def close_each(
    company: Company, work: Iterable[GuestWork], *, on: date
) -> list[tuple[GuestWork, Outcome]]:
    """What the rules decide for each guest whose facts and books are at hand."""
    return [(one, settlement.close_day(_settling(company, one, on=on))) for one in work]


def _settling(company: Company, one: GuestWork, *, on: date) -> Settling:
    return Settling(one.facts, one.points, company.versions, on)


def _add_facts(
    company: Company, work: dict[UUID, GuestWork], *, on: date, referrals: bool
) -> None:
    if referrals:
        turns = load.referral_turns(list(work), on=on)
        load.add_referrals(work, turns)
    else:
        load.add_unsettled(work, on=on)
        load.add_feedback(work, on=on)
        program = company.versions.on(on)
        if program is not None:
            load.add_spend(work, first=tiers.window_of(program, on), last=on)
            if program.split_rate_on_tier_jump:
                add_split_facts(work, company.versions)
    add_action_facts(work, on=on, only_known=False)
    if referrals:
        _add_reopened(work)


def _add_reopened(work: dict[UUID, GuestWork]) -> None:
    """Which of the invoices that referrals were paid for are open again (rule 8.4)."""
    refs = {
        occasion.invoice
        for one in work.values()
        for occasion in one.facts.occasions.values()
        if occasion.invoice is not None
    }
    if refs:
        condition = "i.external_id IN %s AND i.status = 'open'"
        reopened = {one.id for _, one in load.invoices_where(condition, [sorted(refs)])}
        for one in work.values():
            one.facts.reopened = reopened


def add_split_facts(work: dict[UUID, GuestWork], versions: Versions) -> None:
    days = [
        payment.on
        for one in work.values()
        for invoice in one.facts.invoices
        for payment in invoice.payments
    ]
    if days and versions.programs:
        longest = max(versions.programs, key=lambda one: one.qualification_period_months)
        load.add_spend_rows(work, first=tiers.window_of(longest, min(days)), last=max(days))


# -- appointments, visits, once-per memories --------------------------------------------------


def add_action_facts(work: dict[UUID, GuestWork], *, on: date, only_known: bool) -> None:
    names: set[str] = set()
    if not only_known:
        _add_appointments(work, on=on)
        names = set(occasion_names(work.values(), on=on))
    invoices = {
        invoice.id
        for one in work.values()
        for invoice in [*one.facts.invoices, *one.facts.appointment_invoices.values()]
    }
    invoices |= {turn.invoice.id for one in work.values() for turn in one.facts.referrals}
    if names or invoices:
        load.add_occasions(work, names, invoices)


def occasion_names(work: Iterable[GuestWork], *, on: date) -> Iterable[str]:
    for one in work:
        facts = one.facts
        for tier in tiers.entered_or_undone(facts.moves, on):
            yield f"welcome_bonus:{tier}"
        if facts.signed_up_on is not None:
            yield "online_signup"
        for appointment in facts.appointments:
            yield f"rebook:appointment/{appointment.id}"
            yield f"online_booking:appointment/{appointment.id}"
        for feedback in facts.feedback:
            yield f"shared_feedback:feedback/{feedback.id}"
            about = feedback.appointment
            yield (
                f"feedback:appointment/{about}" if about else f"feedback:feedback/{feedback.id}"
            )
        for turn in facts.referrals:
            for action in ("visit", "membership", "package"):
                yield f"referral_{action}:guest/{turn.guest}"


def _add_appointments(work: dict[UUID, GuestWork], *, on: date) -> None:
    """Appointments that may complete an action, their invoices, and the visits they follow."""
    add_appointments(work, dict(_appointments_at_hand(work, on=on)))


def add_appointments(
    work: dict[UUID, GuestWork], found: dict[str, tuple[UUID, Appointment]]
) -> None:
    """These appointments by their ids, their invoices and visits, into their guests' facts."""
    if not found:
        return
    owners = {appointment.id: guest for guest, appointment in found.values()}
    links = visits.invoice_links(appointments=[one.id for _, one in found.values()])
    invoice_of = dict(links)
    invoice_of.update({one.id: one.invoice for _, one in found.values() if one.invoice})
    refs = sorted(set(invoice_of.values()))
    known = {one.id: one for _, one in load.invoices_where("i.external_id IN %s", [refs])}
    for guest, appointment in found.values():
        facts = work[guest].facts
        facts.appointments.append(appointment)
        invoice = known.get(invoice_of.get(appointment.id, ""))
        if invoice is not None:
            facts.appointment_invoices = {
                **facts.appointment_invoices,
                appointment.id: invoice,
            }
            visit = visits.visit_of(appointment, invoice)
            if visit is not None:
                facts.visits.append(visit)
    days = sorted({appointment.booked_on for _, appointment in found.values()})
    for guest, invoice in visits.walk_ins(sorted(set(owners.values())), days):
        visit = visits.walk_in_of(invoice)
        if visit is not None:
            work[guest].facts.visits.append(visit)


def _appointments_at_hand(
    work: dict[UUID, GuestWork], *, on: date
) -> Iterable[tuple[str, tuple[UUID, Appointment]]]:
    """Unsettled ones, those of unsettled invoices, those booked on the day of such a visit, and
    the visits of the days on which any of these were booked.
    """
    ids = list(work)
    invoices: list[Invoice] = [one for item in work.values() for one in item.facts.invoices]
    found = visits.unsettled_appointments(ids, on=on)
    visited = {invoice.opened_on for invoice in invoices}
    visited |= {appointment.starts_on for _, appointment in found}
    if visited:
        refs = [invoice.id for invoice in invoices]
        named = [line.appointment for one in invoices for line in one.lines if line.appointment]
        found += visits.appointments_where(
            "guest_id IN %s AND (booked_on IN %s OR starts_on IN %s OR invoice_ref IN %s"
            " OR external_id IN %s)",
            [ids, sorted(visited), sorted(visited), refs, named],
        )
    booked = {appointment.booked_on for _, appointment in found}
    if booked - visited:
        found += visits.appointments_where(
            "guest_id IN %s AND starts_on IN %s", [ids, sorted(booked)]
        )
    for guest, appointment in found:
        yield appointment.id, (guest, appointment)


# -- books and saving -------------------------------------------------------------------------


def open_books(work: Iterable[GuestWork]) -> None:
    """Lots are read only for guests something may be taken from: the others' only grow."""
    guests = list(work)
    needy = {one.key for one in guests if _may_lose(one)}
    load.open_points(guests, lots_of=needy)
    _add_closed_lots(one for one in guests if one.key in needy)


def lapse_yesterday(
    company: Company, work: Iterable[GuestWork], *, on: date, stamp: Stamp
) -> None:
    """Rule 8.3: what lapsed this morning is not reversed, whether or not the job has run."""
    yesterday = on - timedelta(days=1)
    if company.day_ends_at(yesterday) > stamp.at:
        return
    for one in work:
        if one.points.knows_lots:
            settlement.lapse(one.points, through=yesterday)


def _may_lose(one: GuestWork) -> bool:
    for occasion in one.facts.occasions.values():
        if occasion.state == "paid":
            return True
    for invoice in one.facts.invoices:
        if invoice.memory.awards or invoice.redemptions or invoice.refunds:
            return True
    return False


def _add_closed_lots(work: Iterable[GuestWork]) -> None:
    load.add_closed_lots((one, _drawn_lots(one), _known_sources(one)) for one in work)


def _drawn_lots(one: GuestWork) -> Iterator[int]:
    for invoice in one.facts.invoices:
        for redemption in invoice.redemptions:
            yield from (number for number, _ in redemption.draws)


def _known_sources(one: GuestWork) -> Iterator[str]:
    for invoice in one.facts.invoices:
        if invoice.memory.posted:
            yield invoice.source
    for occasion in one.facts.occasions.values():
        yield occasion.source


def gather(changes: save.Changes, settled: Iterable[tuple[GuestWork, Outcome]]) -> None:
    """What became of the guests, ready to be written; what came back to them is."""
    returned, ended = [], []
    for one, outcome in settled:
        if outcome.occasions:
            changes.add_occasions(one, outcome.occasions)
        if outcome.redemptions:
            returned += outcome.redemptions
            ended += voided(one)
        if one.points.entries or outcome.moves:
            changes.add(one)
    if returned:
        save.redemptions(returned, voided=ended)


def voided(one: GuestWork) -> list[UUID]:
    """Void invoices whose points have come back."""
    return [
        invoice.key
        for invoice in one.facts.invoices
        if invoice.status == "void" and invoice.redemptions
    ]


def _write_settled(work: Iterable[GuestWork], *, on: date) -> None:
    guests = list(work)
    invoices = [invoice for one in guests for invoice in one.facts.invoices]
    save.settled_invoices((one, next_settling(one, on=on)) for one in invoices)
    save.settled_documents([one.key for one in guests], on=on)
    call_referrers(guests, on=on)


def _keep_in_line(work: Iterable[GuestWork], *, on: date, referrals: bool) -> None:
    guests = list(work)
    save.known_invoices(invoice for one in guests for invoice in one.facts.invoices)
    if not referrals:
        call_referrers(guests, on=on)


def call_referrers(guests: Iterable[GuestWork], *, on: date) -> None:
    save.referral_turns(
        (one.referrer, one.facts.id, invoice.id, on)
        for one in guests
        if one.referrer is not None
        for invoice in one.facts.invoices
    )


def next_settling(invoice: Invoice, *, on: date) -> date | None:
    """Events dated later than this close are looked at again on their own day (rule 4.4)."""
    days = [payment.on for payment in invoice.payments if payment.on > on]
    days += [refund.on for refund in invoice.refunds if refund.on > on]
    if invoice.closed_on is not None and invoice.closed_on > on:
        days.append(invoice.closed_on)
    return min(days) if days else None
