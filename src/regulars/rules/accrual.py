"""What money earns: actions 1 to 3 (rules 5.1 to 5.7, 6.1, 4.10)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from regulars.rules.billing import (
    NO_SPEND_KINDS,
    Bill,
    bill_of,
    line_sides,
    spend_lost,
    spend_of_payment,
)
from regulars.rules.facts import GuestFacts, Invoice, Line, Payment, PaymentAward, Refund, Slice
from regulars.rules.periods import falls_on
from regulars.rules.program import AccrualTerms, Program, Tier
from regulars.rules.tiers import tier_before_close, window_of
from regulars.rules.versions import Versions

TierOn = Callable[[date], str | None]
_WHOLE = Fraction(1)  # to make one costs more than all else here


@dataclass(frozen=True, slots=True)
class Base:
    """Money awarded for, exact: `num` / `den` minor units."""

    num: int
    den: int = 1


def awards_due(
    guest: GuestFacts, invoice: Invoice, versions: Versions, tier_on: TierOn, *, on: date
) -> list[PaymentAward]:
    """Payments that may be awarded by the close of `on` and are not yet, oldest first."""
    if invoice.status == "void":
        return []
    known = [award.payment for award in invoice.memory.awards]
    due = []
    for payment in invoice.payments:
        if payment.id not in known:
            award = judge_payment(guest, invoice, payment, versions, tier_on, on=on)
            if award is not None:
                due.append(award)
    return sorted(due, key=award_order) if len(due) > 1 else due


def award_order(award: PaymentAward) -> tuple[date, str]:
    return (award.on, award.payment)


def judge_payment(
    guest: GuestFacts,
    invoice: Invoice,
    payment: Payment,
    versions: Versions,
    tier_on: TierOn,
    *,
    on: date,
) -> PaymentAward | None:
    """What a payment earns, or None while it is not its time or its tender earns nothing."""
    if payment.on > on or payment.tender not in versions.earning_tenders(payment.on):
        return None
    earned_on = award_day(invoice, payment, versions)
    if earned_on is None or earned_on > on:
        return None
    program = versions.on(earned_on)
    tier_id = tier_on(earned_on)
    tier = program.tier(tier_id) if program and tier_id else None
    slices: tuple[Slice, ...] = ()
    if program is not None and tier is not None:
        slices = _slices(guest, invoice, payment, program, tier, versions, tier_on)
    return PaymentAward(payment.id, earned_on, payment.on, payment.amount_cents, slices)


def award_day(invoice: Invoice, payment: Payment, versions: Versions) -> date | None:
    """Rules 5.5, 5.7: the payment's date, or the closing's where the program waits for it."""
    if not waits_for_closing(payment.on, versions):
        return payment.on
    if invoice.status != "closed" or invoice.closed_on is None:
        return None
    return max(invoice.closed_on, payment.on)


def waits_for_closing(paid_on: date, versions: Versions) -> bool:
    """By the version of the payment's day; one from before the first version, by the first."""
    program = versions.of_spend(paid_on)
    return program is not None and program.award_on == "closed_invoices"


def amount_action(
    guest: GuestFacts, tier: Tier, paid_on: date
) -> tuple[str, AccrualTerms] | None:
    """Rule 6.1: actions 2 and 3 replace 1; of both the one that yields more."""
    if guest.anniversary is not None or guest.birthday is not None:
        special = _special_actions(guest, tier, paid_on)
        if special:
            return max(
                special, key=lambda pair: Fraction(pair[1].points, pair[1].per_cents or 1)
            )
    plain = tier.accruals.get("amount_spent")
    return ("amount_spent", plain) if plain is not None else None


def _special_actions(
    guest: GuestFacts, tier: Tier, paid_on: date
) -> list[tuple[str, AccrualTerms]]:
    special = []
    for action, kept in (
        ("amount_spent_anniversary", guest.anniversary),
        ("amount_spent_birthday", guest.birthday),
    ):
        if kept is not None and falls_on(kept, paid_on):
            terms = tier.accruals.get(action)
            if terms is not None:
                special.append((action, terms))
    return special


def base_of(
    invoice: Invoice, payment: Payment, program: Program, tier: Tier, tenders: frozenset[str]
) -> Base:
    """Money awarded for: spend, or for closed invoices the eligible lines' share (rule 5.7)."""
    netted = _netted(invoice, payment)
    if program.award_on == "payments":
        spend = spend_of_payment(invoice, payment, tenders)
        if not netted:
            return Base(spend)
        return Base(spend - sum(spend_lost(refund, payment, spend) for refund in netted))
    if not payment.amount_cents:
        return Base(0)
    share = _eligible_share(invoice, program, tier)
    kept = payment.amount_cents - sum(refund.amount_cents for refund in netted)
    exact = share * kept
    return Base(exact.numerator, exact.denominator)


def _netted(invoice: Invoice, payment: Payment) -> list[Refund]:
    """Refunds of a payment that lowered its award itself (rule 8.3)."""
    if not invoice.refunds:
        return []
    judged = invoice.memory.refunds
    return [
        refund
        for refund in invoice.refunds
        if refund.payment == payment.id
        and refund.id in judged
        and judged[refund.id].verdict == "netted"
    ]


def why_line_earns_nothing(line: Line, program: Program, tier: Tier) -> str | None:
    """Rules 4.1, 3.6, 5.7: no_spend, other_kind or discounted; None for a line that earns."""
    if line.kind in NO_SPEND_KINDS:
        return "no_spend"
    if line.kind not in tier.award_points_for:
        return "other_kind"
    return "discounted" if line.discount_cents and not program.award_discounted_items else None


def _eligible_share(invoice: Invoice, program: Program, tier: Tier) -> Fraction:
    """The part of each payment that falls on lines which earn in this tier."""
    sides = line_sides(invoice.lines, invoice.applied)
    due = sum((net + tax for net, tax in sides), Fraction(0))
    eligible = Fraction(0)
    for line, (net, tax) in zip(invoice.lines, sides, strict=True):
        if why_line_earns_nothing(line, program, tier) is not None:
            continue
        eligible += net if program.tax_basis == "pre_tax" else net + tax
    # Tax is rounded where a redemption lowered it: paid in full is paid for all of it.
    bill = bill_of(invoice.lines, invoice.payments, invoice.applied)
    whole = due if bill.due_cents else Fraction(invoice.paid_cents - _paid_back(invoice, bill))
    return eligible / whole if whole else Fraction(0)


def _paid_back(invoice: Invoice, bill: Bill) -> int:
    """What refunds gave back of more than the invoice came to: it had paid for no line."""
    asked = bill.net_cents + bill.tax_cents - bill.points_cents - bill.rewards_cents
    return min(invoice.refunded_cents, max(0, invoice.paid_cents - asked))


def _slices(
    guest: GuestFacts,
    invoice: Invoice,
    payment: Payment,
    program: Program,
    tier: Tier,
    versions: Versions,
    tier_on: TierOn,
) -> tuple[Slice, ...]:
    tenders = versions.earning_tenders(payment.on)
    parts: Sequence[tuple[Tier, Fraction]] = ((tier, _WHOLE),)
    if program.split_rate_on_tier_jump:
        parts = _split(guest, invoice, payment, program, tier, versions, tier_on) or parts
    slices = []
    for part_tier, share in parts:
        chosen = amount_action(guest, part_tier, payment.on)
        if chosen is None:
            continue
        action, terms = chosen
        base = base_of(invoice, payment, program, part_tier, tenders)
        num, den = base.num, base.den
        if share is not _WHOLE:
            exact = Fraction(num, den) * share
            num, den = exact.numerator, exact.denominator
        assert terms.per_cents is not None
        slices.append(
            Slice(
                part_tier.id, action, program.version, terms.points, terms.per_cents, num, den
            )
        )
    return tuple(slices)


def _split(
    guest: GuestFacts,
    invoice: Invoice,
    payment: Payment,
    program: Program,
    tier: Tier,
    versions: Versions,
    tier_on: TierOn,
) -> list[tuple[Tier, Fraction]] | None:
    """Rule 4.10: the shares of a payment by the tier they lie in, None when nothing is
    split.
    """
    spent = _spend_line(invoice, versions)
    if not spent:
        return None
    first = spent[0][0]
    before_id = tier_before_close(guest.moves, first.on)
    before = program.tier(before_id) if before_id else None
    start, same_day = _spend_before(guest, invoice, first.on, program)
    # An invoice closed earlier the same day may have lifted the guest already.
    lifted = program.highest_reached(start) if same_day else None
    if lifted is not None and (before is None or lifted.rank > before.rank):
        before = lifted
    end = start + sum(cents for _, cents in spent)
    reached = program.highest_reached(end)
    if reached is None:
        return None  # whatever lifted the guest, it was not this invoice
    top = min(reached, tier, key=lambda one: one.rank)
    ladder = [one for one in program.active_tiers if one.rank <= top.rank]
    floor_rank = before.rank if before else -1
    if sum(1 for one in ladder if one.rank > floor_rank) < 2:
        return None
    steps = [one for one in ladder if one.rank >= max(floor_rank, ladder[0].rank)]
    own_start = start + _cents_before(spent, payment)
    own = next((cents for paid, cents in spent if paid.id == payment.id), 0)
    return _shares(steps, own_start, own) if own else None


def _shares(steps: Sequence[Tier], start: int, length: int) -> list[tuple[Tier, Fraction]]:
    """Cut [start, start + length] where each next tier's minimum spend begins."""
    shares = []
    for place, step in enumerate(steps):
        low = start if place == 0 else max(start, step.minimum_spend_cents)
        last = place + 1 == len(steps)
        high = (
            start + length
            if last
            else min(start + length, steps[place + 1].minimum_spend_cents)
        )
        if high > low:
            shares.append((step, Fraction(high - low, length)))
    return shares


def _spend_line(invoice: Invoice, versions: Versions) -> list[tuple[Payment, int]]:
    """What each payment spends, oldest first, less what was refunded before the award."""
    spent = []
    for payment in sorted(invoice.payments, key=lambda one: (one.at, one.id)):
        whole = spend_of_payment(invoice, payment, versions.earning_tenders(payment.on))
        lost = sum(spend_lost(one, payment, whole) for one in _netted(invoice, payment))
        if whole > lost:
            spent.append((payment, whole - lost))
    return spent


def _cents_before(spent: Iterable[tuple[Payment, int]], payment: Payment) -> int:
    total = 0
    for paid, cents in spent:
        if paid.id == payment.id:
            break
        total += cents
    return total


def _spend_before(
    guest: GuestFacts, invoice: Invoice, day: date, program: Program
) -> tuple[int, int]:
    """Spend in the window that lies before this invoice, and how much of it is of the same
    day; same-day invoices by order of closing.
    """
    first = window_of(program, day)
    later = {
        other.id
        for other in guest.invoices
        if other.id != invoice.id and closing_order(other) > closing_order(invoice)
    }
    rows = [
        row
        for row in guest.spends
        if row.invoice != invoice.id
        and first <= row.on <= day
        and not (row.on == day and row.invoice in later)
    ]
    return sum(row.cents for row in rows), sum(row.cents for row in rows if row.on == day)


def closing_order(invoice: Invoice) -> tuple[bool, object, str]:
    """Rule 7.1: amount awards by invoice closing, then invoice id; open ones last, by id."""
    return (invoice.closed_at is None, invoice.closed_at, invoice.id)


def exact_points(slices: Iterable[Slice]) -> Fraction:
    return sum(
        (Fraction(one.points * one.num, one.per_cents * one.den) for one in slices), Fraction(0)
    )


def points_added(exact: Fraction | None, slices: Sequence[Slice]) -> int:
    """floor(exact so far) less what was awarded before; whole numbers where they suffice
    (5.2).
    """
    if exact is None and len(slices) == 1:
        [one] = slices
        return one.points * one.num // (one.per_cents * one.den)
    before = exact or Fraction(0)
    return floor(before + exact_points(slices)) - floor(before)


def expiry_of(tier: Tier, earned_on: date) -> date | None:
    """Rule 5.5: the business date plus the tier's days; usable through that date."""
    days = tier.points_expire_after_days
    return earned_on + timedelta(days=days) if days else None
