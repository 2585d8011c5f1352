"""Points for what a guest does: paid once, taken back with their invoice (6.2 to 6.8, 8.4)."""

from regulars.rules import accrual, actions
from regulars.rules.facts import GuestFacts, Occasion
from regulars.rules.lots import Entry, Lot, credit_late, reversal_order
from regulars.rules.settling import Settling


def award_actions(settling: Settling) -> None:
    guest = settling.guest
    if not (guest.appointments or guest.feedback or guest.referrals or guest.signed_up_on):
        return
    judged: set[str] = set()
    for due in actions.occasions_due(guest):
        if due.on > settling.on or due.name in judged:
            continue
        judged.add(due.name)
        known = guest.occasions.get(due.name)
        if known is not None and _is_closed_anew(known, due):
            take_back(settling, known, because="invoice")
        elif known is not None and known.state != "taken_back":
            if known.on != settling.on or _is_same(known, due, settling.tier_on(due.on)):
                continue
            if known.state == "paid":
                take_back(settling, known, because="undone")
        elif known is not None and _waits_for_another(guest, known, due):
            continue
        pay_occasion(settling, due)
    _take_back_signup(settling, judged)


def _take_back_signup(settling: Settling, judged: set[str]) -> None:
    """Rule 5.3: paid at once today, when a merge made her one of a tier, and then undone."""
    known = settling.guest.occasions.get("online_signup")
    if known is None or known.name in judged:
        return
    if known.state == "paid" and known.on == settling.on:
        take_back(settling, known, because="undone")


def _waits_for_another(guest: GuestFacts, known: Occasion, due: actions.Due) -> bool:
    """Rule 8.4: until its invoice is closed again, an occasion that passes does not pay."""
    return known.invoice in guest.reopened and due.source != f"invoice/{known.invoice}"


def _is_closed_anew(known: Occasion, due: actions.Due) -> bool:
    """Rule 8.4: reopened and closed again on a later day, it is paid of the new closing; also
    when nobody looked in between.
    """
    invoice = due.invoice
    if known.state != "paid" or invoice is None or invoice.id != known.invoice:
        return False
    return invoice.closed_on is not None and invoice.closed_on > known.on


def _is_same(known: Occasion, due: actions.Due, tier: str | None) -> bool:
    """What was judged earlier today still holds, or is to be judged anew (rule 5.3)."""
    return (known.source, known.on, known.tier) == (due.source, due.on, tier)


def pay_occasion(settling: Settling, due: actions.Due) -> None:
    """Pay an occasion, or remember that it paid nothing (rule 6.8)."""
    program = settling.versions.on(due.on)
    tier_id = settling.tier_on(due.on)
    tier = program.tier(tier_id) if program and tier_id else None
    terms = tier.accruals.get(due.action) if tier else None
    points = 0
    if program is not None and tier is not None and terms is not None:
        points = actions.points_of(due, terms, program, tier, settling.versions)
    known = settling.guest.occasions.get(due.name)
    occasion = Occasion(
        name=due.name,
        action=due.action,
        state="paid" if points else "nothing",
        times=known.times + 1 if known else 1,
        points=points,
        tier=tier_id,
        source=due.source,
        invoice=due.invoice.id if due.invoice else None,
        on=due.on,
    )
    settling.remember(occasion)
    if points and program is not None and tier is not None:
        why = {"because": due.action, "about": due.about, "tier": tier.name, "points": points}
        key = due.name if occasion.times == 1 else f"{due.name}#{occasion.times}"
        entry = Entry(
            "accrual",
            points,
            settling.on,
            due.source,
            key,
            why,
            action=due.action,
            version=program.version,
        )
        expires_on = accrual.expiry_of(tier, due.on)
        credit_late(settling.book, entry, earned_on=due.on, expires_on=expires_on, tier=tier.id)


def take_back_actions(settling: Settling) -> None:
    """Rule 8.4: actions 4, 7, 10 to 12 go back when their invoice is void, refunded or
    reopened.
    """
    guest = settling.guest
    invoices = {invoice.id: invoice for invoice in guest.invoices}
    invoices.update({one.id: one for one in guest.appointment_invoices.values()})
    invoices.update({one.invoice.id: one.invoice for one in guest.referrals})
    for occasion in guest.remembered():
        invoice = invoices.get(occasion.invoice or "")
        if invoice is None or invoice.settled_on is not None:
            continue
        # One that paid nothing is used up (6.8), but not before the day is over.
        is_open = occasion.state == "nothing" and occasion.on == settling.on
        if occasion.state == "paid" or is_open:
            take_back(settling, occasion, because="invoice")


def take_back(settling: Settling, occasion: Occasion, *, because: str) -> None:
    """Reverse what an occasion paid, its own lot first; it may then happen again."""
    settling.remember(
        Occasion(
            name=occasion.name,
            action=occasion.action,
            state="taken_back",
            times=occasion.times,
            points=occasion.points,
            tier=occasion.tier,
            source=occasion.source,
            invoice=occasion.invoice,
            on=occasion.on,
        )
    )
    expired = settling.book.lapsed_points(occasion.source, [occasion.action])
    points = occasion.points - expired
    if points <= 0:
        return
    entry = Entry(
        "reversal",
        -points,
        settling.on,
        occasion.source,
        f"reversal:{occasion.name}#{occasion.times}",
        {"because": f"taken_back_{because}", "about": occasion.source, "points": points},
        action=occasion.action,
        tier=occasion.tier,
    )

    def own(lot: Lot) -> bool:
        return lot.source == occasion.source and lot.action == occasion.action

    lots = reversal_order(settling.book, own, first_on={occasion.on}, rank_of=settling.rank_of)
    settling.book.debit(entry, lots, may_owe=True)
