"""Settle a guest: write what the facts justify and the ledger lacks, in the one right order.

Rules 4.5, 5.x, 6.x and 8.x. One guest at the desk and a million at month end come through here.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from regulars.rules import accrual, actions, tiers
from regulars.rules.facts import (
    Invoice,
    Move,
    PaymentAward,
    Slice,
    Standing,
)
from regulars.rules.lots import Book, Entry, credit_late, expire
from regulars.rules.occasions import award_actions, pay_occasion, take_back, take_back_actions
from regulars.rules.returns import return_redemptions
from regulars.rules.reversal import (
    closing_basis,
    exact_by_action,
    had_already,
    judge_refunds,
    net_refunds,
    reverse_known,
)
from regulars.rules.settling import Outcome, Settling


def settle_known(settling: Settling) -> Outcome:
    """What takes value back posts when it is known, before any award (rules 7.6, 8.3, 8.4)."""
    guest = settling.guest
    known = [one for one in guest.invoices if one.redemptions or one.memory.awards]
    if len(known) > 1:
        known.sort(key=lambda one: (one.opened_at, one.id))
    for invoice in known:
        return_redemptions(settling, invoice)
        reverse_known(settling.desk, invoice, on=settling.on)
    if guest.occasions:
        take_back_actions(settling)
    return settling.outcome


def close_day(settling: Settling) -> Outcome:
    """Rule 4.5: reversals, enroll or upgrade, amount points, welcome bonus, action points."""
    settle_known(settling)
    welcomes = _move_tier(settling) if _moves_tier(settling) else []
    invoices = settling.guest.invoices
    if len(invoices) > 1:
        invoices = sorted(invoices, key=accrual.closing_order)
    for invoice in invoices:
        _award_invoice(settling, invoice)
    for move in welcomes:
        welcome(settling, move, on=settling.on)
    award_actions(settling)
    return settling.outcome


# -- tier moves at the close ------------------------------------------------------------------


def _moves_tier(settling: Settling) -> bool:
    """Rule 4.4: only a guest with a money transaction is checked, and only before the check."""
    on = settling.on
    for move in settling.guest.moves:
        if move.on == on and move.cause == "check":
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
    for occasion in guest.remembered():
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
    pay_occasion(settling, due)


# -- amount points ----------------------------------------------------------------------------


def _award_invoice(settling: Settling, invoice: Invoice) -> None:
    """Award what was paid and not awarded: floor(exact so far) - already awarded (rule 5.2)."""
    if invoice.memory.awards:
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
    if invoice.status == "closed":
        for one in due:
            if accrual.waits_for_closing(one.paid_on, settling.versions):
                memory.basis = closing_basis(invoice)
                break
    if invoice.refunds:
        judge_refunds(settling.desk, invoice, on=settling.on)


def _by_day(due: list[PaymentAward]) -> list[list[PaymentAward]]:
    if len(due) == 1:
        return [due]
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
    so_far = exact_by_action(memory) if memory.awards else {}
    memory.awards.extend(group)
    lots: dict[tuple[int, str, str], list[Slice]] = {}
    for award in group:
        for one in award.slices:
            lots.setdefault((settling.rank_of(one.tier), one.tier, one.action), []).append(one)
    ordered = sorted(lots.items(), key=_rank_first) if len(lots) > 1 else lots.items()
    for (_, tier, action), slices in ordered:
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
    money = sum([one.num // one.den for one in slices])
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
    expires_on = accrual.expiry_of(tier, earned_on)
    credit_late(settling.book, entry, earned_on=earned_on, expires_on=expires_on, tier=tier_id)


def lapse(book: Book, *, through: date) -> None:
    """Every lot whose last day is over by the end of `through` lapses (rule 9.1)."""
    for lot in book.lapsing(through):
        assert lot.expires_on is not None
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
