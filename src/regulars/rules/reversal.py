"""What a removed payment, a refund, a reopening or a void takes back (rules 8.1 to 8.4,
5.7).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from hashlib import sha256
from math import floor

from regulars.rules.accrual import (
    award_day,
    base_of,
    exact_points,
    expiry_of,
    waits_for_closing,
)
from regulars.rules.facts import (
    AwardMemory,
    GuestFacts,
    Invoice,
    JudgedRefund,
    PaymentAward,
)
from regulars.rules.lots import Book, Entry, Lot, credit_late, reversal_order
from regulars.rules.program import AMOUNT_ACTIONS
from regulars.rules.tiers import tier_before_close
from regulars.rules.versions import Versions

RankOf = Callable[[str | None], int]


@dataclass(frozen=True, slots=True)
class Desk:
    """What every reversal of one guest needs at hand."""

    guest: GuestFacts
    book: Book
    versions: Versions
    rank_of: RankOf


def closing_basis(invoice: Invoice) -> str:
    """What a closed invoice was awarded on: any edit of it is reopening and closing (rule
    5.7).
    """
    lines = [(line.id, line.kind, line.net_cents, line.tax_cents) for line in invoice.lines]
    applied = sorted((one.id, one.cents) for one in invoice.applied)
    text = f"{invoice.status}{invoice.closed_at}{lines}{applied}"
    return sha256(text.encode()).hexdigest()[:16]


def reverse_known(desk: Desk, invoice: Invoice, *, on: date) -> None:
    """Post what the invoice no longer justifies, as soon as it is known (rule 8.3)."""
    rebased = _drop_and_rebase(desk, invoice, on=on) if invoice.memory.awards else None
    judge_refunds(desk, invoice, on=on, rebased=rebased)


def judge_refunds(
    desk: Desk, invoice: Invoice, *, on: date, rebased: dict[str, int] | None = None
) -> None:
    """Rule 8.2: each refund of an awarded payment reverses what it adds.

    What the invoice comes to on `rebased` payments is settled with the first of them: a refund
    that leaves every line paid takes nothing and gives nothing.
    """
    memory = invoice.memory
    awards = {award.payment: award for award in memory.awards}
    for refund in sorted(invoice.refunds, key=lambda one: (one.at, one.id)):
        award = awards.get(refund.payment)
        if award is None or refund.id in memory.refunds or refund.on > on:
            continue
        tier = tier_before_close(desk.guest.moves, refund.on)
        verdict = "same" if tier is not None and tier == award.tier else "different"
        memory.refunds[refund.id] = JudgedRefund(refund.payment, refund.amount_cents, verdict)
        given = memory.given if rebased is None else rebased
        _settle_difference(desk, invoice, given, [award], on=on, because="refund")
        rebased = None
    if rebased is not None:
        _settle_difference(
            desk, invoice, rebased, memory.awards[:1], on=on, because=_why_dropped(invoice)
        )


def net_refunds(invoice: Invoice, versions: Versions, *, on: date) -> None:
    """A refund known before its payment is awarded lowers the award itself (rule 8.3)."""
    memory = invoice.memory
    if not invoice.refunds:
        return
    awarded = {award.payment for award in memory.awards}
    payments = {payment.id: payment for payment in invoice.payments}
    for refund in invoice.refunds:
        if refund.payment in awarded or refund.id in memory.refunds or refund.on > on:
            continue
        day = award_day(invoice, payments[refund.payment], versions)
        if day is not None and day <= on and refund.on <= day:
            memory.refunds[refund.id] = JudgedRefund(
                refund.payment, refund.amount_cents, "netted"
            )


def _drop_and_rebase(desk: Desk, invoice: Invoice, *, on: date) -> dict[str, int] | None:
    """Reverse at once for what is gone; what only weighs otherwise is handed back by action."""
    memory = invoice.memory
    stays, dropped = _split_awards(invoice, desk.versions)
    refunds_changed = _forget_lost_refunds(invoice, stays)
    stays = [_rebased(invoice, award, desk.versions) for award in stays]
    if not dropped and not refunds_changed and stays == memory.awards:
        return None
    memory.awards = stays
    given = {
        action: floor(points)
        for action, points in exact_by_action(memory, same_refunds=False).items()
    }
    if not dropped and not refunds_changed:
        return given
    named = dropped or stays[:1]
    _settle_difference(desk, invoice, given, named, on=on, because=_why_dropped(invoice))
    return None


def _why_dropped(invoice: Invoice) -> str:
    if invoice.status == "void":
        return "void"
    return "payment_removed" if invoice.status == "closed" else "reopened"


def _split_awards(
    invoice: Invoice, versions: Versions
) -> tuple[list[PaymentAward], list[PaymentAward]]:
    """Awards whose payment still stands as it was, and the others (rule 8.1)."""
    payments = {payment.id: payment for payment in invoice.payments}
    edited = invoice.memory.basis is not None and invoice.memory.basis != closing_basis(invoice)
    stays: list[PaymentAward] = []
    dropped: list[PaymentAward] = []
    for award in invoice.memory.awards:
        payment = payments.get(award.payment)
        same = (
            invoice.status != "void"
            and payment is not None
            and payment.amount_cents == award.paid_cents
            and payment.on == award.paid_on
            and payment.tender in versions.earning_tenders(payment.on)
        )
        waits = payment is not None and waits_for_closing(payment.on, versions)
        anew = waits and (edited or _is_too_early(invoice, award, versions))
        (stays if same and not anew else dropped).append(award)
    return stays, dropped


def _is_too_early(invoice: Invoice, award: PaymentAward, versions: Versions) -> bool:
    """Judged to earn nothing before there was a version to tell that it waits (rule 5.7)."""
    if award.slices:
        return False
    payment = next(one for one in invoice.payments if one.id == award.payment)
    return award_day(invoice, payment, versions) != award.on


def _forget_lost_refunds(invoice: Invoice, stays: Iterable[PaymentAward]) -> bool:
    """Judgements of refunds that are gone, changed, or whose payment is gone."""
    memory = invoice.memory
    standing = {award.payment for award in stays}
    present = {(refund.id, refund.payment, refund.amount_cents) for refund in invoice.refunds}
    lost = [
        refund_id
        for refund_id, judged in memory.refunds.items()
        if (refund_id, judged.payment, judged.cents) not in present
        or judged.payment not in standing
    ]
    for refund_id in lost:
        del memory.refunds[refund_id]
    return bool(lost)


def _rebased(invoice: Invoice, award: PaymentAward, versions: Versions) -> PaymentAward:
    """A payment's base follows the invoice's lines and what else paid for them; its rate stays
    the original (rules 5.7, 8.1).
    """
    if len(award.slices) != 1:
        return award
    only = award.slices[0]
    program = versions.by_version(only.version)
    tier = program.tier(only.tier) if program else None
    if program is None or tier is None or program.split_rate_on_tier_jump:
        return award  # its one slice may be a part of the payment only (rule 4.10)
    payment = next(one for one in invoice.payments if one.id == award.payment)
    base = base_of(invoice, payment, program, tier, versions.earning_tenders(payment.on))
    if (base.num, base.den) == (only.num, only.den):
        return award
    return replace(award, slices=(replace(only, num=base.num, den=base.den),))


# -- how much ---------------------------------------------------------------------------------


def exact_by_action(memory: AwardMemory, *, same_refunds: bool = True) -> dict[str, Fraction]:
    """Exact entitlement by action, whole or without the money of *same* refunds (5.2, 8.2)."""
    exact: dict[str, Fraction] = {}
    for award in memory.awards:
        kept = Fraction(1)
        if same_refunds and memory.refunds:
            kept -= refunded_share(award, memory, "same")
        for one in award.slices:
            exact[one.action] = exact.get(one.action, Fraction(0)) + kept * exact_points([one])
    return exact


def refunded_share(award: PaymentAward, memory: AwardMemory, verdict: str) -> Fraction:
    """The part of a payment, as it was awarded, that refunds of this verdict gave back."""
    refunded = _refunded_cents(award, memory, verdict)
    whole = _awarded_cents(award, memory) if refunded else 0
    return Fraction(refunded, whole) if whole else Fraction(0)


def _refunded_cents(award: PaymentAward, memory: AwardMemory, verdict: str) -> int:
    judged = memory.refunds.values()
    return sum(
        one.cents for one in judged if one.payment == award.payment and one.verdict == verdict
    )


def _awarded_cents(award: PaymentAward, memory: AwardMemory) -> int:
    """What was left of a payment when it was awarded."""
    return award.paid_cents - _refunded_cents(award, memory, "netted")


def _base(award: PaymentAward) -> Fraction:
    return sum((Fraction(one.num, one.den) for one in award.slices), Fraction(0))


def taken_in_all(memory: AwardMemory, given: dict[str, int]) -> dict[str, int]:
    """Rule 8.2: [awarded - floor(exact without same refunds)] + floor(D x awarded / money)."""
    kept = exact_by_action(memory)
    taken = {
        action: points - floor(kept.get(action, Fraction(0)))
        for action, points in given.items()
    }
    money = sum((_base(award) for award in memory.awards), Fraction(0))
    lost, before = Fraction(0), 0
    for award, share in _different(memory):
        lost += share * _base(award)
        in_all = floor(lost * sum(given.values()) / money) if money else 0
        _take_more(taken, given, in_all - before, first=award.slices[-1].action)
        before = in_all
    return taken


def _different(memory: AwardMemory) -> Iterable[tuple[PaymentAward, Fraction]]:
    """Refunds judged *different*, as they were judged, with the part of the payment each gave
    back.
    """
    awards = {award.payment: award for award in memory.awards}
    for judged in memory.refunds.values():
        award = awards.get(judged.payment)
        if judged.verdict == "different" and award is not None and award.slices:
            whole = _awarded_cents(award, memory)
            yield award, Fraction(judged.cents, whole) if whole else Fraction(0)


def _take_more(
    taken: dict[str, int], given: dict[str, int], points: int, *, first: str
) -> None:
    """From the action of the refunded payment while it has any, then from the others."""
    for action in sorted(given, key=lambda one: one != first):
        part = min(points, given[action] - taken[action])
        taken[action] += part
        points -= part


# -- posting ----------------------------------------------------------------------------------


def _settle_difference(
    desk: Desk,
    invoice: Invoice,
    given: dict[str, int],
    named: Sequence[PaymentAward],
    *,
    on: date,
    because: str,
) -> None:
    """Post, by action, the difference between what the invoice holds and what it should;
    `named` are the payments it comes of.
    """
    memory = invoice.memory
    taken = taken_in_all(memory, given)
    before = {
        action: memory.given.get(action, 0) - memory.taken.get(action, 0)
        for action in AMOUNT_ACTIONS
    }
    memory.given, memory.taken = dict(given), taken
    memory.round += 1
    for action in AMOUNT_ACTIONS:
        surplus = before[action] - given.get(action, 0) + taken.get(action, 0)
        if surplus > 0:
            takes = _reverse(desk, invoice, action, surplus, named, on=on, because=because)
            if takes < surplus and because != "refund":
                memory.lapsed[action] = memory.lapsed.get(action, 0) + surplus - takes
        elif surplus < 0:
            less = had_already(memory, action, -surplus)
            _grant_back(desk, invoice, action, -surplus - less, named[0], on=on)


def had_already(memory: AwardMemory, action: str, points: int) -> int:
    """Points of a new award that the guest had before and let lapse (rules 5.2, 8.3)."""
    part = min(points, memory.lapsed.get(action, 0))
    if part:
        memory.lapsed[action] -= part
    return part


def _reverse(
    desk: Desk,
    invoice: Invoice,
    action: str,
    points: int,
    named: Sequence[PaymentAward],
    *,
    on: date,
    because: str,
) -> int:
    memory, first = invoice.memory, named[0]
    expired = desk.book.lapsed_points(invoice.source, AMOUNT_ACTIONS)
    takes = min(points, max(0, memory.posted - expired - memory.reversed))
    if not takes:
        return 0
    memory.reversed += takes
    why = {
        "because": f"reversal_{because}",
        "invoice": invoice.id,
        "points": points,
        "taken": takes,
        "expired": expired,
        "payment": first.payment,
        "refunded_cents": invoice.refunded_cents,
    }
    entry = Entry(
        "reversal",
        -takes,
        on,
        invoice.source,
        f"reversal:{action}:{invoice.source}#{memory.round}",
        why,
        action=action,
        tier=first.tier,
        version=first.slices[-1].version if first.slices else None,
    )
    days = {award.on for award in named}
    lots = reversal_order(
        desk.book, _is_amount_lot_of(invoice), first_on=days, rank_of=desk.rank_of
    )
    desk.book.debit(entry, lots, may_owe=True)
    return takes


def _is_amount_lot_of(invoice: Invoice) -> Callable[[Lot], bool]:
    source = invoice.source
    return lambda lot: lot.source == source and lot.action in AMOUNT_ACTIONS


def _grant_back(
    desk: Desk, invoice: Invoice, action: str, points: int, named: PaymentAward, *, on: date
) -> None:
    """A correction that leaves more money awarded gives the difference at the original rate."""
    if not named.slices or not points:
        return
    only = named.slices[-1]
    program = desk.versions.by_version(only.version)
    tier = program.tier(only.tier) if program else None
    assert tier is not None
    memory = invoice.memory
    memory.posted += points
    entry = Entry(
        "accrual",
        points,
        on,
        invoice.source,
        f"{action}:{invoice.source}:{only.tier}:{named.on}#{memory.round}",
        {"because": "corrected", "invoice": invoice.id, "points": points},
        action=action,
        version=only.version,
    )
    expires_on = expiry_of(tier, named.on)
    credit_late(desk.book, entry, earned_on=named.on, expires_on=expires_on, tier=only.tier)
