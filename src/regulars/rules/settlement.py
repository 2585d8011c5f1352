"""Settle a guest: write what the facts justify and the ledger lacks, in the one right order.

Rules 4.5, 5.x, 6.x and 8.x. One guest at the desk and a million at month end come through here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from regulars.rules import accrual, actions, tiers
from regulars.rules.facts import (
    GuestFacts,
    Invoice,
    Move,
    Occasion,
    PaymentAward,
    Redemption,
    Slice,
    Standing,
)
from regulars.rules.lots import Book, Entry, Lot, credit_late, expire, reversal_order
from regulars.rules.program import Program
from regulars.rules.reversal import (
    Desk,
    closing_basis,
    exact_by_action,
    had_already,
    judge_refunds,
    net_refunds,
    reverse_known,
)
from regulars.rules.versions import Versions


@dataclass(slots=True)
class Outcome:
    """What a settling decided for one guest; entries are in the book."""

    moves: list[Move] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)
    redemptions: list[Redemption] = field(default_factory=list)


@dataclass(slots=True)
class Settling:
    """One guest being settled on one business date."""

    guest: GuestFacts
    book: Book
    versions: Versions
    on: date
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def program(self) -> Program | None:
        return self.versions.on(self.on)

    @property
    def desk(self) -> Desk:
        return Desk(self.guest, self.book, self.versions, self.rank_of)

    def rank_of(self, tier: str | None) -> int:
        found = self.program.tier(tier) if self.program and tier else None
        return found.rank if found else -1

    def tier_on(self, day: date) -> str | None:
        """Rules 5.4, 5.6: the tier after that day's close; today's is the one just decided."""
        return tiers.tier_after(self.guest.moves, day)

    def remember(self, occasion: Occasion) -> None:
        self.guest.occasions[occasion.name] = occasion
        self.outcome.occasions.append(occasion)


def settle_known(settling: Settling) -> Outcome:
    """What takes value back posts when it is known, before any award (rules 7.6, 8.3, 8.4)."""
    guest = settling.guest
    known = [one for one in guest.invoices if one.redemptions or one.memory.awards]
    for invoice in sorted(known, key=lambda one: (one.opened_at, one.id)):
        return_redemptions(settling, invoice)
        reverse_known(settling.desk, invoice, on=settling.on)
    if guest.occasions:
        _take_back_actions(settling)
    return settling.outcome


def close_day(settling: Settling) -> Outcome:
    """Rule 4.5: reversals, enroll or upgrade, amount points, welcome bonus, action points."""
    settle_known(settling)
    welcomes = _move_tier(settling) if _moves_tier(settling) else []
    for invoice in sorted(settling.guest.invoices, key=accrual.closing_order):
        _award_invoice(settling, invoice)
    for move in welcomes:
        welcome(settling, move, on=settling.on)
    _award_actions(settling)
    return settling.outcome


# -- tier moves at the close ------------------------------------------------------------------


def _moves_tier(settling: Settling) -> bool:
    """Rule 4.4: only a guest with a money transaction is checked, and only before the check."""
    on = settling.on
    if any(move.on == on and move.cause == "check" for move in settling.guest.moves):
        return False
    return any(has_money_on(invoice, on) for invoice in settling.guest.invoices)


def has_money_on(invoice: Invoice, on: date) -> bool:
    """A payment, refund, void or closing of that date, or one first known at that close."""
    if invoice.money_news:
        return True
    events = [payment.on for payment in invoice.payments]
    events += [refund.on for refund in invoice.refunds]
    return on in events or invoice.closed_on == on


def _move_tier(settling: Settling) -> list[Move]:
    """Enroll, upgrade, or undo what a payment voided the same day had done (4.6 to 4.9,
    4.16).
    """
    guest, program = settling.guest, settling.program
    if program is None:
        return []
    start = tiers.opening(guest.moves, guest.standing, settling.on)
    reached = tiers.tier_reached(
        program, start=start.tier, spend_cents=guest.spend_cents, opted_in=guest.opted_in
    )
    if reached == guest.standing.tier:
        return []
    if start != guest.standing:
        _undo_moves_of_today(settling, start)
    if reached == start.tier:
        return []
    why = {"spend_cents": guest.spend_cents, "version": program.version}
    return [move_to(settling, reached, on=settling.on, cause="close", why=why)]


def move_to(
    settling: Settling,
    tier: str | None,
    *,
    on: date,
    cause: str,
    is_direct: bool = False,
    why: Mapping[str, object] | None = None,
) -> Move:
    """Record a tier move, with what it was decided on, and change the standing with it."""
    guest = settling.guest
    before = guest.standing
    move = Move(on, before.tier, tier, cause, before, why or {})
    guest.standing = tiers.enter(before, tier, on=on, is_direct=is_direct)
    guest.moves.append(move)
    settling.outcome.moves.append(move)
    return move


def _undo_moves_of_today(settling: Settling, start: Standing) -> None:
    guest = settling.guest
    undone = Move(settling.on, guest.standing.tier, start.tier, "close", guest.standing)
    guest.moves.append(undone)
    settling.outcome.moves.append(undone)
    guest.standing = start
    for occasion in list(guest.occasions.values()):
        paid_today = occasion.on == settling.on and occasion.state == "paid"
        if paid_today and occasion.action in ("welcome_bonus", "online_signup"):
            take_back(settling, occasion, because="undone")


def welcome(settling: Settling, move: Move, *, on: date) -> None:
    """Rule 6.6: the welcome bonus falls out of the move."""
    program = settling.versions.on(on)
    assert program is not None
    tier = program.tier(move.after) if move.after else None
    if tier is None or not tiers.earns_welcome(
        move.standing_before, tier.id, is_downgrade=move.cause in ("check", "retire")
    ):
        return
    due = actions.Due(
        f"welcome_bonus:{tier.id}", "welcome_bonus", on, f"tier/{tier.id}", about=tier.id
    )
    _award(settling, due)


# -- amount points ----------------------------------------------------------------------------


def _award_invoice(settling: Settling, invoice: Invoice) -> None:
    """Award what was paid and not awarded: floor(exact so far) - already awarded (rule 5.2)."""
    _drop_stale_awards(settling, invoice)
    net_refunds(invoice, settling.versions, on=settling.on)
    due = accrual.awards_due(
        settling.guest, invoice, settling.versions, settling.tier_on, on=settling.on
    )
    if not due:
        return
    memory = invoice.memory
    memory.round += 1
    for group in _by_day(due):
        _award_day(settling, invoice, group)
    waits = any(accrual.waits_for_closing(one.paid_on, settling.versions) for one in due)
    if invoice.status == "closed" and waits:
        memory.basis = closing_basis(invoice)
    if invoice.refunds:
        judge_refunds(settling.desk, invoice, on=settling.on)


def _by_day(due: list[PaymentAward]) -> list[list[PaymentAward]]:
    days: dict[date, list[PaymentAward]] = {}
    for award in due:
        days.setdefault(award.on, []).append(award)
    return [days[day] for day in sorted(days)]


def _drop_stale_awards(settling: Settling, invoice: Invoice) -> None:
    """Rule 5.3: what was posted earlier today on less than the whole day is settled anew."""
    today = [award for award in invoice.memory.awards if award.on == settling.on]
    if not today or _judged_now(settling, invoice) == sorted(today, key=accrual.award_order):
        return
    standing = invoice.payments
    invoice.payments = tuple(p for p in standing if p.id not in {a.payment for a in today})
    reverse_known(settling.desk, invoice, on=settling.on)
    invoice.payments = standing


def _judged_now(settling: Settling, invoice: Invoice) -> list[PaymentAward]:
    """Today's awards as they would be, had nothing of this invoice been awarded today."""
    memory = invoice.memory
    awards, refunds = memory.awards, memory.refunds
    memory.awards = [award for award in awards if award.on != settling.on]
    before = {award.payment for award in memory.awards}
    memory.refunds = {ref: one for ref, one in refunds.items() if one.payment in before}
    net_refunds(invoice, settling.versions, on=settling.on)
    due = accrual.awards_due(
        settling.guest, invoice, settling.versions, settling.tier_on, on=settling.on
    )
    memory.awards, memory.refunds = awards, refunds
    return [award for award in due if award.on == settling.on]


def _award_day(settling: Settling, invoice: Invoice, group: list[PaymentAward]) -> None:
    """One lot per invoice, action, tier and business date; floors from the lowest slice up."""
    memory = invoice.memory
    so_far = exact_by_action(memory)
    memory.awards.extend(group)
    lots: dict[tuple[int, str, str], list[Slice]] = {}
    for award in group:
        for one in award.slices:
            lots.setdefault((settling.rank_of(one.tier), one.tier, one.action), []).append(one)
    for (_, tier, action), slices in sorted(lots.items(), key=_rank_first):
        exact = so_far.get(action)
        points = accrual.points_added(exact, slices)
        if len(lots) > 1:
            so_far[action] = (exact or Fraction(0)) + accrual.exact_points(slices)
        memory.given[action] = memory.given.get(action, 0) + points
        memory.taken.setdefault(action, 0)
        points -= had_already(memory, action, points)
        if points:
            _credit_amount(
                settling, invoice, action, tier, slices, points=points, earned_on=group[0].on
            )


def _rank_first(item: tuple[tuple[int, str, str], list[Slice]]) -> tuple[int, str, str]:
    return item[0]


def _credit_amount(
    settling: Settling,
    invoice: Invoice,
    action: str,
    tier_id: str,
    slices: list[Slice],
    *,
    points: int,
    earned_on: date,
) -> None:
    first = slices[0]
    program = settling.versions.by_version(first.version)
    tier = program.tier(tier_id) if program else None
    assert tier is not None
    invoice.memory.posted += points
    money = sum(one.num // one.den for one in slices)
    why = {
        "because": action,
        "invoice": invoice.id,
        "tier": tier.name,
        "rate": first.points,
        "per_cents": first.per_cents,
        "base_cents": money,
        "points": points,
    }
    entry = Entry(
        "accrual",
        points,
        settling.on,
        invoice.source,
        f"{action}:{invoice.source}:{tier_id}:{earned_on}#{invoice.memory.round}",
        why,
        action=action,
        version=first.version,
    )
    _post_lot(settling, entry, tier_id, earned_on, accrual.expiry_of(tier, earned_on))


def _post_lot(
    settling: Settling, entry: Entry, tier: str | None, earned_on: date, expires_on: date | None
) -> None:
    credit_late(settling.book, entry, earned_on=earned_on, expires_on=expires_on, tier=tier)


def lapse(book: Book, *, through: date) -> None:
    """Every lot whose last day is over by the end of `through` lapses (rule 9.1)."""
    for lot in book.open_lots():
        if lot.expires_on is not None and lot.expires_on <= through:
            expire(book, lot, on=lot.expires_on + timedelta(days=1))


def forfeit(book: Book, *, on: date, key: str, source: str) -> None:
    """Rules 4.8, 4.13: all points end with the enrollment, what was set aside as well.

    They have expired: a later refund does not take them back once more (rule 8.3).
    """
    lots = book.open_lots()
    points = sum(lot.remaining for lot in lots)
    if not points:
        return
    for lot in lots:
        lot.expired += lot.remaining
        if lot.held:
            book.hold(lot, -lot.held)
    why = {"because": "forfeited", "points": points}
    book.debit(Entry("forfeiture", -points, on, source, key, why), lots)


# -- the other actions ------------------------------------------------------------------------


def _award_actions(settling: Settling) -> None:
    guest = settling.guest
    if not (guest.appointments or guest.feedback or guest.referrals or guest.signed_up_on):
        return
    judged: set[str] = set()
    for due in actions.occasions_due(guest):
        if due.on > settling.on or due.name in judged:
            continue
        judged.add(due.name)
        known = guest.occasions.get(due.name)
        if known is not None and known.state != "taken_back":
            if known.on != settling.on or _is_same(known, due, settling.tier_on(due.on)):
                continue
            if known.state == "paid":
                take_back(settling, known, because="undone")
        elif known is not None and _waits_for_another(guest, known, due):
            continue
        _award(settling, due)


def _waits_for_another(guest: GuestFacts, known: Occasion, due: actions.Due) -> bool:
    """Rule 8.4: until its invoice is closed again, an occasion that passes does not pay."""
    return known.invoice in guest.reopened and due.source != f"invoice/{known.invoice}"


def _is_same(known: Occasion, due: actions.Due, tier: str | None) -> bool:
    """What was judged earlier today still holds, or is to be judged anew (rule 5.3)."""
    return (known.source, known.on, known.tier) == (due.source, due.on, tier)


def _award(settling: Settling, due: actions.Due) -> None:
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
        _post_lot(settling, entry, tier.id, due.on, accrual.expiry_of(tier, due.on))


def _take_back_actions(settling: Settling) -> None:
    """Rule 8.4: actions 4, 7, 10 to 12 go back when their invoice is void, refunded or
    reopened.
    """
    guest = settling.guest
    invoices = {invoice.id: invoice for invoice in guest.invoices}
    invoices.update({one.id: one for one in guest.appointment_invoices.values()})
    invoices.update({one.invoice.id: one.invoice for one in guest.referrals})
    for occasion in list(guest.occasions.values()):
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

    lots = reversal_order(settling.book, own, first_on=occasion.on, rank_of=settling.rank_of)
    settling.book.debit(entry, lots, may_owe=True)


# -- points spent on an invoice ---------------------------------------------------------------


def return_redemptions(settling: Settling, invoice: Invoice) -> None:
    """Rule 7.6: a void returns all points spent on the invoice, a refund its part of them."""
    spent = sum(one.points for one in invoice.redemptions)
    returned = sum(one.returned for one in invoice.redemptions)
    paid, refunded = invoice.paid_cents, invoice.refunded_cents
    if invoice.status == "void" or (paid and refunded >= paid):
        target = spent
    elif paid:
        target = spent * refunded // paid
    else:
        return
    points = target - returned
    if points <= 0:
        return
    back = _latest_expiry_first(settling, invoice, points)
    entry = Entry(
        "redemption_return",
        points,
        settling.on,
        invoice.source,
        f"return:{invoice.source}#{target}",
        {"because": "returned", "invoice": invoice.id, "spent": spent, "points": points},
    )
    settling.book.give_back(entry, back, on=settling.on)


def _latest_expiry_first(
    settling: Settling, invoice: Invoice, points: int
) -> list[tuple[Lot, int]]:
    drawn = [
        (settling.book.lots[number], redemption, place)
        for redemption in invoice.redemptions
        for place, (number, left) in enumerate(redemption.draws)
        if left
    ]
    drawn.sort(key=lambda one: (one[0].expires_on or date.max, one[0].number), reverse=True)
    back = []
    for lot, redemption, place in drawn:
        number, left = redemption.draws[place]
        part = min(left, points)
        if part:
            redemption.draws[place] = (number, left - part)
            redemption.returned += part
            points -= part
            back.append((lot, part))
            if redemption not in settling.outcome.redemptions:
                settling.outcome.redemptions.append(redemption)
    assert not points
    return back
