"""Why an invoice earned these points, or none, payment by payment (rule 1.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from regulars.records import visits
from regulars.records.load import GuestWork
from regulars.records.queries.ledgers import Ledger
from regulars.rules import accrual, billing, reversal, tiers
from regulars.rules.facts import Invoice, Payment, PaymentAward, Refund, Slice
from regulars.rules.program import AMOUNT_ACTIONS, Program, Tier
from regulars.services.explaining_actions import explain_actions
from regulars.services.explaining_lines import Section, Telling, shown_points
from regulars.services.settling import add_split_facts

ACTION_WORDS = {
    "amount_spent": "amount spent",
    "amount_spent_anniversary": "amount spent on the anniversary",
    "amount_spent_birthday": "amount spent on the birthday",
}
WHY_NO_LINE = {
    "no_spend": "tips and prepaid cards are no spend and earn nothing (rule 4.1)",
    "other_kind": "{tier} does not award points for its kind, {kind} (rule 3.6)",
    "discounted": "discounted lines earn nothing in this program (rule 5.7)",
}


@dataclass(frozen=True, slots=True)
class About:
    """One invoice of one guest being explained."""

    telling: Telling
    work: GuestWork
    invoice: Invoice
    ledger: Ledger

    def tier_on(self, day: date) -> str | None:
        return tiers.tier_after(self.work.facts.moves, day)

    def program_and_tier(self, day: date) -> tuple[Program | None, Tier | None]:
        program = self.telling.company.versions.on(day)
        tier_id = self.tier_on(day)
        return program, program.tier(tier_id) if program and tier_id else None


def explain_invoice(
    telling: Telling, work: GuestWork, invoice: Invoice, ledger: Ledger
) -> list[Section]:
    """What it came to, each payment, each action in question, and the entries it caused."""
    work.facts.invoices = [invoice]
    add_split_facts({work.key: work}, telling.company.versions)
    about = About(telling, work, invoice, ledger)
    payments = [line for payment in invoice.payments for line in _payment(about, payment)]
    return [
        Section(f"Invoice {invoice.id}", tuple(_totals(about))),
        Section("What its payments earn", (*payments, *_lines(about), *_awarded(about))),
        Section("Its refunds", tuple(_refunds(about))),
        Section("What its actions earn", tuple(explain_actions(telling, work, invoice))),
        Section("What it moved", tuple(_entries(telling, invoice, ledger))),
    ]


# -- the invoice ------------------------------------------------------------------------------


def _totals(about: About) -> Iterator[str]:
    invoice, money = about.invoice, about.telling.money
    is_void = invoice.status == "void"
    bill = billing.bill_of(invoice.lines, invoice.payments, invoice.applied, is_void=is_void)
    closed = f", closed on {invoice.closed_on}" if invoice.closed_on else ""
    yield (
        f"{invoice.status.capitalize()}, opened on {invoice.opened_on}{closed}: total"
        f" {money(bill.total_cents)}, {money(invoice.paid_cents)} paid,"
        f" {money(bill.due_cents)} due."
    )
    if is_void:
        yield "It is void, so it earns nothing, and what it had earned was taken back (8.1)."
    if bill.points_cents:
        cents = money(bill.points_cents)
        yield f"{cents} is paid with points: that earns nothing and is no spend (rule 7.5)."
    if bill.rewards_cents:
        cents = money(bill.rewards_cents)
        yield f"{cents} is paid with rewards: that earns nothing and is no spend (rule 10.12)."
    if not invoice.payments:
        yield "It has no payment, so there is no amount to earn points on."


def _lines(about: About) -> Iterator[str]:
    """Rule 5.7: where closed invoices are awarded, which lines earn nothing and why."""
    invoice = about.invoice
    judged = _judged_in(about)
    if judged is None:
        return
    program, tier = judged
    for line in invoice.lines:
        reason = accrual.why_line_earns_nothing(line, program, tier)
        if reason is None or (program.award_on == "payments" and reason != "no_spend"):
            continue
        why = WHY_NO_LINE[reason].format(tier=tier.name, kind=line.kind)
        yield f"Line {line.id} ({about.telling.money(line.net_cents)}) is left out: {why}."
    if program.award_on == "closed_invoices" and program.tax_basis == "pre_tax":
        yield "Tax is left out: the program awards on amounts before tax (tax_basis)."


def _judged_in(about: About) -> tuple[Program, Tier] | None:
    """The program and tier by which its latest award is, or would be, judged."""
    days = [award.on for award in about.invoice.memory.awards]
    versions = about.telling.company.versions
    for payment in about.invoice.payments:
        day = accrual.award_day(about.invoice, payment, versions)
        days += [day] if day is not None else []
    program, tier = about.program_and_tier(max(days)) if days else (None, None)
    return None if program is None or tier is None else (program, tier)


# -- payments ---------------------------------------------------------------------------------


def _payment(about: About, payment: Payment) -> Iterator[str]:
    money = about.telling.money
    head = f"Payment {payment.id}, {money(payment.amount_cents)} by {payment.tender}"
    head += f" on {payment.on}"
    award = next(
        (one for one in about.invoice.memory.awards if one.payment == payment.id), None
    )
    if award is not None and award.slices:
        for one in award.slices:
            yield f"{head}: {_slice(about, award, one)}"
        yield from _left_out(about, payment)
        yield from _late(about, award)
    elif award is not None:
        yield f"{head}: nothing, since {_why_no_slices(about, payment, award)}."
    else:
        yield f"{head}: {_not_awarded(about, payment)}"


def _slice(about: About, award: PaymentAward, one: Slice) -> str:
    telling = about.telling
    base = telling.exact_money(Fraction(one.num, one.den))
    exact = shown_points(accrual.exact_points([one]))
    rate = f"{one.points} per {telling.money(one.per_cents)}"
    return (
        f"{ACTION_WORDS[one.action]} as {telling.tier(one.tier)} on {award.on}:"
        f" {base} x {rate} = {exact} points, by the program of {one.version}."
    )


def _left_out(about: About, payment: Payment) -> Iterator[str]:
    """Rule 4.1: the part of a payment that is no spend."""
    tenders = about.telling.company.versions.earning_tenders(payment.on)
    spend = billing.spend_of_payment(about.invoice, payment, tenders)
    if spend != payment.amount_cents:
        money = about.telling.money
        lost = money(payment.amount_cents - spend)
        yield f"Of payment {payment.id}, {lost} falls on tips and prepaid cards (rule 4.1)."


def _late(about: About, award: PaymentAward) -> Iterator[str]:
    """Rule 5.6: entered by the close that knew of it, earned on its own day."""
    for entry in about.ledger.entries:
        mine = entry.source == about.invoice.source and entry.kind == "accrual"
        if mine and entry.on > award.on and f":{award.on}#" in entry.key:
            yield (
                f"Payment {award.payment} became known after the close of {award.on}: its"
                f" points were entered on {entry.on} and belong to {award.on} (rule 5.6)."
            )
            return


def _why_no_slices(about: About, payment: Payment, award: PaymentAward) -> str:
    """Judged, and found to earn nothing: no program, no tier, or no action then."""
    program, tier = about.program_and_tier(award.on)
    return _why_nothing(about, payment, award.on, program=program, tier=tier)


def _why_nothing(
    about: About, payment: Payment, day: date, *, program: Program | None, tier: Tier | None
) -> str:
    telling = about.telling
    if program is None:
        first = telling.company.versions.programs
        begins = f" on {first[0].version}" if first else ""
        return f"points never arise before the first program version{begins} (rule 1.6)"
    if tier is None:
        why = f"{telling.name} was in no tier on {day}, and only guests in a tier earn"
        return f"{why} (rule 5.4)"
    if accrual.amount_action(about.work.facts, tier, payment.on) is None:
        return f"{tier.name} awards no points for amounts spent (its action is off)"
    return f"it was judged on {day} and is not judged again"


def _not_awarded(about: About, payment: Payment) -> str:
    telling, invoice = about.telling, about.invoice
    versions = telling.company.versions
    tenders = versions.earning_tenders(payment.on)
    if invoice.status == "void":
        return "nothing, since the invoice is void."
    if payment.tender not in tenders:
        earning = ", ".join(sorted(tenders))
        return f"nothing: this tender is no spend; {earning} are (rule 4.1)."
    day = accrual.award_day(invoice, payment, versions)
    if day is None:
        return "nothing yet: points arise when the invoice is closed (rule 5.7)."
    if day > telling.on or payment.on > telling.on:
        return f"nothing yet: it belongs to {max(day, payment.on)}."
    return _tonight(about, payment, day)


def _tonight(about: About, payment: Payment, day: date) -> str:
    """What the next close would find, were the tier to stay."""
    versions = about.telling.company.versions
    award = accrual.judge_payment(
        about.work.facts, about.invoice, payment, versions, about.tier_on, on=about.telling.on
    )
    if award is None or not award.slices:
        program, tier = about.program_and_tier(day)
        why = _why_nothing(about, payment, day, program=program, tier=tier)
        return f"not judged yet; as things stand nothing, since {why}."
    told = " ".join(_slice(about, award, one) for one in award.slices)
    return f"the next close awards it; in today's tier {told}"


def _awarded(about: About) -> Iterator[str]:
    """Rule 5.2: the floor of what is exact so far, whatever the payments."""
    memory = about.invoice.memory
    exact = reversal.exact_by_action(memory, same_refunds=False)
    for action in AMOUNT_ACTIONS:
        given, taken = memory.given.get(action, 0), memory.taken.get(action, 0)
        if not exact.get(action) and not given:
            continue
        line = f"In all {shown_points(exact.get(action, Fraction(0)))} points for"
        line += f" {ACTION_WORDS[action]}, whole points only: {given} (rule 5.2)"
        yield line + (f", {taken} of them taken back." if taken else ".")


# -- refunds ----------------------------------------------------------------------------------


def _refunds(about: About) -> Iterator[str]:
    for refund in about.invoice.refunds:
        money = about.telling.money(refund.amount_cents)
        head = f"Refund {refund.id}, {money} of payment {refund.payment} on {refund.on}"
        yield f"{head}: {_verdict(about, refund)}"


def _verdict(about: About, refund: Refund) -> str:
    judged = about.invoice.memory.refunds.get(refund.id)
    tier = tiers.tier_before_close(about.work.facts.moves, refund.on)
    now = about.telling.tier(tier)
    if judged is None:
        return "it changes no points: its payment has earned none, or it is not judged yet."
    if judged.verdict == "netted":
        return "known before its payment was awarded, so the award itself is lower (rule 8.3)."
    award = next(
        (one for one in about.invoice.memory.awards if one.payment == refund.payment), None
    )
    then = about.telling.tier(award.tier if award else None)
    if judged.verdict == "same":
        return f"{now} that day as when it was earned: what the refund gave is taken (8.2)."
    return (
        f"{now} that day, {then} when it was earned: its share of the invoice's points is"
        " taken, rounded down (rule 8.2)."
    )


# -- entries ----------------------------------------------------------------------------------


def _entries(telling: Telling, invoice: Invoice, ledger: Ledger) -> Iterator[str]:
    """Everything in the guest's ledger that names the invoice or an appointment on it."""
    sources = {invoice.source}
    sources |= {f"appointment/{line.appointment}" for line in invoice.lines if line.appointment}
    sources |= {f"appointment/{ref}" for ref, _ in visits.invoice_links(invoices=[invoice.key])}
    tenders = {f"redeem_points/{one.id}" for one in invoice.redemptions}
    tenders |= {f"capture_hold/{one.id}" for one in invoice.redemptions}
    for entry in ledger.entries:
        if entry.source in sources | tenders:
            points = f"{entry.points:+} {entry.unit}"
            yield f"Entry {entry.number}, {entry.on}, {points}: {telling.entry(entry)}"
