"""Actions 4 to 12: what a guest did besides paying (rules 6.2 to 6.8, 8.4).

Each action is one function from facts to the occasions they justify, in whatever order the
facts came; what the ledger remembers already is left out by the settling.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from regulars.rules.accrual import base_of
from regulars.rules.facts import Appointment, GuestFacts, Invoice, Move
from regulars.rules.program import AccrualTerms, Program, Tier
from regulars.rules.versions import Versions


@dataclass(frozen=True, slots=True)
class Due:
    """An occasion that may pay: `name` is its once-per memory, `invoice` what may undo it."""

    name: str
    action: str
    on: date
    source: str
    invoice: Invoice | None = None
    about: str = ""


def rebook(guest: GuestFacts) -> Iterator[Due]:
    """Rule 6, action 4: attended, that invoice closed, booked again the same business date, and
    the booking attended, paid in full, closed.
    """
    for appointment, invoice, day in _settled_appointments(guest):
        for visit in guest.visits:
            if (
                visit.on == appointment.booked_on
                and visit.on < appointment.starts_on
                and visit.appointment != appointment.id
                and visit.invoice != invoice.id
                and invoice.closed_at is not None
                and visit.invoice_closed_at <= invoice.closed_at
            ):
                source = f"appointment/{appointment.id}"
                yield Due(f"rebook:{source}", "rebook", day, source, invoice, appointment.id)
                break


def online_booking(guest: GuestFacts) -> Iterator[Due]:
    """Rule 6, action 7: booked online, attended, paid in full, closed."""
    for appointment, invoice, day in _settled_appointments(guest):
        if appointment.is_online:
            source = f"appointment/{appointment.id}"
            yield Due(
                f"online_booking:{source}",
                "online_booking",
                day,
                source,
                invoice,
                appointment.id,
            )


def _settled_appointments(guest: GuestFacts) -> Iterator[tuple[Appointment, Invoice, date]]:
    for appointment in guest.appointments:
        invoice = guest.appointment_invoices.get(appointment.id)
        if appointment.status == "completed" and invoice is not None:
            day = invoice.settled_on
            if day is not None:
                yield appointment, invoice, day


def feedback(guest: GuestFacts) -> Iterator[Due]:
    """Rule 6, action 5: recorded by anyone, whatever the rating, once per appointment (6.4).

    A rule cannot see the rating: it is no part of the facts.
    """
    for one in guest.feedback:
        about = f"appointment/{one.appointment}" if one.appointment else f"feedback/{one.id}"
        source = f"feedback/{one.id}"
        yield Due(f"feedback:{about}", "feedback", one.first_on, source, about=one.id)


def shared_feedback(guest: GuestFacts) -> Iterator[Due]:
    """Rule 6, action 8: published with permission, once however many places (6.4)."""
    for one in guest.feedback:
        if one.share_permission and one.published_on is not None:
            source = f"feedback/{one.id}"
            yield Due(
                f"shared_feedback:{source}",
                "shared_feedback",
                one.published_on,
                source,
                about=one.id,
            )


def online_signup(guest: GuestFacts) -> Iterator[Due]:
    """Rule 6, action 6: once per guest; in no tier it waits for the first enrollment (6.5)."""
    since = guest.signed_up_on
    if since is None:
        return
    day: date | None = None
    for move in guest.moves:
        if move.on <= since:
            day = since if move.after else None
        elif move.after is None and _was_none(move, day):
            day = None
        elif day is None and move.after:
            day = move.on
    if day is not None:
        yield Due("online_signup", "online_signup", day, f"guest/{guest.id}", about=guest.id)


def _was_none(move: Move, day: date | None) -> bool:
    """An enrollment undone the same day, by a void (4.16) or a merge taken apart (9.4)."""
    return move.cause == "close" or (move.cause == "merge" and move.on == day)


def referral_visit(guest: GuestFacts) -> Iterator[Due]:
    """Rule 6, action 10: a referred guest visits or buys, pays in full, closed."""
    yield from _referrals(guest, "referral_visit", None)


def referral_membership(guest: GuestFacts) -> Iterator[Due]:
    """Rule 6, action 11: the referred guest's first membership, paid in full, closed."""
    yield from _referrals(guest, "referral_membership", frozenset({"membership"}))


def referral_package(guest: GuestFacts) -> Iterator[Due]:
    """Rule 6, action 12: the referred guest's first series or custom package, not a day
    package.
    """
    yield from _referrals(
        guest, "referral_package", frozenset({"series_package", "custom_package"})
    )


def _referrals(guest: GuestFacts, action: str, kinds: frozenset[str] | None) -> Iterator[Due]:
    for referral in guest.referrals:
        invoice = referral.invoice
        day = invoice.settled_on
        bought = any(kinds is None or line.kind in kinds for line in invoice.lines)
        if day is not None and bought:
            name = f"{action}:guest/{referral.guest}"
            yield Due(name, action, day, invoice.source, invoice, referral.guest)


def _settling_order(invoice: Invoice) -> tuple[date, object, str]:
    return (invoice.settled_on or date.max, invoice.closed_at or invoice.opened_at, invoice.id)


ACTIONS: dict[str, Callable[[GuestFacts], Iterator[Due]]] = {
    "rebook": rebook,
    "feedback": feedback,
    "online_signup": online_signup,
    "online_booking": online_booking,
    "shared_feedback": shared_feedback,
    "referral_visit": referral_visit,
    "referral_membership": referral_membership,
    "referral_package": referral_package,
}
"""In the order in which lots of one close are posted (rule 7.1); welcome falls out of the
move.
"""


def occasions_due(guest: GuestFacts) -> Iterator[Due]:
    """Every occasion the facts justify, in posting order."""
    for rule in ACTIONS.values():
        yield from sorted(rule(guest), key=_posting_order)


def _posting_order(due: Due) -> tuple[date, tuple[object, ...], str]:
    """By day, as invoices were closed, then by source: however the facts were read (1.7)."""
    settling = _settling_order(due.invoice) if due.invoice is not None else ()
    return (due.on, settling, due.source)


def points_of(
    due: Due, terms: AccrualTerms, program: Program, tier: Tier, versions: Versions
) -> int:
    """Flat points, or for a rebooking an amount rule on the rebooked invoice (rule 6.2)."""
    if terms.per_cents is None:
        return terms.points
    assert due.invoice is not None
    money = Fraction(0)
    for payment in due.invoice.payments:
        tenders = versions.earning_tenders(payment.on)
        if payment.tender in tenders:
            base = base_of(due.invoice, payment, program, tier, tenders)
            money += Fraction(base.num, base.den)
    return floor(terms.points * money / terms.per_cents)
