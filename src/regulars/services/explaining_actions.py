"""Why actions 4, 7 and 10 to 12 paid for an invoice, or did not (rules 6.2 to 6.8, 8.4)."""

from collections.abc import Iterator
from datetime import date

from regulars.records import load
from regulars.records.load import GuestWork
from regulars.rules import actions, tiers
from regulars.rules.actions import Due
from regulars.rules.facts import Appointment, GuestFacts, Invoice, Occasion, Referral
from regulars.services.explaining_lines import Telling
from regulars.services.settling import add_action_facts

WORDS = {
    "rebook": "Rebooking",
    "online_booking": "Online booking",
    "referral_visit": "Referral visit",
    "referral_membership": "Referral membership",
    "referral_package": "Referral package",
}
REFERRALS = ("referral_visit", "referral_membership", "referral_package")


def explain_actions(telling: Telling, work: GuestWork, invoice: Invoice) -> Iterator[str]:
    """Every action this invoice might have completed, for the guest and for the referrer."""
    work.facts.invoices = [invoice]
    add_action_facts({work.key: work}, on=telling.on, only_known=False)
    facts = work.facts
    mine = [one for one in facts.appointments if _invoice_of(facts, one) == invoice.id]
    missing = _why_unsettled(invoice)
    if not mine:
        yield "No appointment is on it, so rebooking and online booking are not in question."
    for appointment in mine:
        for action in ("rebook", "online_booking"):
            yield _appointment(telling, facts, appointment, action, missing)
    if work.referrer is not None:
        yield from _referrals(telling, work, invoice, missing)


def _invoice_of(facts: GuestFacts, appointment: Appointment) -> str | None:
    invoice = facts.appointment_invoices.get(appointment.id)
    return invoice.id if invoice else None


def _why_unsettled(invoice: Invoice) -> str | None:
    """Rules 6.2, 8.4: what keeps the invoice from completing an action."""
    if invoice.settled_on is not None:
        return None
    if invoice.status == "void":
        return "the invoice is void"
    if invoice.is_refunded_whole:
        return "the invoice was refunded whole"
    if invoice.status != "closed":
        return "the invoice is not closed"
    return "the invoice is not paid in full"


# -- appointments -----------------------------------------------------------------------------


def _appointment(
    telling: Telling,
    facts: GuestFacts,
    appointment: Appointment,
    action: str,
    missing: str | None,
) -> str:
    head = f"{WORDS[action]}, appointment {appointment.id}"
    occasion = facts.occasions.get(f"{action}:appointment/{appointment.id}")
    if occasion is not None and (occasion.state != "taken_back" or missing):
        return f"{head}: {_remembered(telling, facts, occasion, missing)}"
    justified = {due.name: due for due in actions.ACTIONS[action](facts)}
    due = justified.get(f"{action}:appointment/{appointment.id}")
    if due is not None:
        return f"{head}: {_coming(telling, facts, due)}"
    return f"{head}: nothing, since {_why_none(appointment, action, missing)}."


def _why_none(appointment: Appointment, action: str, missing: str | None) -> str:
    if appointment.status != "completed":
        return f"the appointment is {appointment.status}, not completed (rule 6.2)"
    if missing is not None:
        return f"{missing} (rule 6.2)"
    if action == "online_booking":
        return f"it was booked at the {appointment.channel}, not online"
    return (
        f"no other visit of {appointment.booked_on}, the day it was booked, was attended with"
        " its invoice closed by the time this one was (rule 6.3)"
    )


# -- referrals --------------------------------------------------------------------------------


def _referrals(
    telling: Telling, work: GuestWork, invoice: Invoice, missing: str | None
) -> Iterator[str]:
    """What the guest's first visit, membership and package gave to who referred them."""
    assert work.referrer is not None
    referrer = load.guests([work.referrer])[work.referrer]
    facts = referrer.facts
    names = {f"{action}:guest/{work.facts.id}" for action in REFERRALS}
    load.add_occasions({referrer.key: referrer}, names, set())
    facts.referrals = [Referral(work.facts.id, invoice)]
    for action in REFERRALS:
        head = f"{WORDS[action]}, for {facts.id}"
        name = f"{action}:guest/{work.facts.id}"
        occasion = facts.occasions.get(name)
        due = next((one for one in actions.ACTIONS[action](facts) if one.name == name), None)
        if occasion is not None and occasion.invoice == invoice.id:
            yield f"{head}: {_remembered(telling, facts, occasion, missing)}"
        elif due is not None and occasion is not None and occasion.state != "taken_back":
            used = f"invoice {occasion.invoice} used it up on {occasion.on}"
            yield f"{head}: nothing; it pays once a referred guest, and {used} (rule 6.8)."
        elif due is not None:
            yield f"{head}: {_coming(telling, facts, due)}"
        elif action == "referral_visit" and missing is not None:
            yield f"{head}: nothing, since {missing} (rule 6.2)."


# -- occasions --------------------------------------------------------------------------------


def _remembered(
    telling: Telling, facts: GuestFacts, occasion: Occasion, missing: str | None
) -> str:
    if occasion.state == "paid":
        tier = telling.tier(occasion.tier)
        return f"{occasion.points} points on {occasion.on}, as {tier}."
    if occasion.state == "taken_back":
        because = f"{missing}" if missing else "what earned them no longer held"
        return f"{occasion.points} points were taken back, since {because} (rule 8.4)."
    why = _why_nothing(telling, facts, occasion.action, occasion.on)
    return f"nothing, and used up on {occasion.on}: {why} (rule 6.8)."


def _coming(telling: Telling, facts: GuestFacts, due: Due) -> str:
    """Justified by the facts and not in the ledger yet: the close decides."""
    program = telling.company.versions.on(due.on)
    tier_id = tiers.tier_after(facts.moves, due.on)
    tier = program.tier(tier_id) if program and tier_id else None
    terms = tier.accruals.get(due.action) if tier else None
    if program is None or tier is None or terms is None:
        why = _why_nothing(telling, facts, due.action, due.on)
        return f"the next close decides; as things stand nothing, since {why}."
    points = actions.points_of(due, terms, program, tier, telling.company.versions)
    return f"the next close awards {points} points, in the tier as it is now ({tier.name})."


def _why_nothing(telling: Telling, facts: GuestFacts, action: str, day: date) -> str:
    program = telling.company.versions.on(day)
    if program is None:
        return "points never arise before the first program version (rule 1.6)"
    tier_id = tiers.tier_after(facts.moves, day)
    tier = program.tier(tier_id) if tier_id else None
    if tier is None:
        return f"{facts.id} was in no tier on {day} (rule 5.4)"
    if action not in tier.accruals:
        return f"{tier.name} gives no points for it"
    return "what it was to be reckoned on came to nothing"
