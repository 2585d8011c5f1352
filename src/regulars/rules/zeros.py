"""Why a visit earns nothing for an action that a guest may ask about (rule 1.5).

A zero without a reason is the first complaint there is. Asked of an invoice as it would be once
it is paid and closed; what it earns is known, and told elsewhere.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from regulars.rules import accrual
from regulars.rules.facts import Appointment, GuestFacts, Invoice, Line
from regulars.rules.program import AMOUNT_ACTIONS, Program, Tier
from regulars.rules.sentences import said
from regulars.rules.versions import Versions

Money = Callable[[int], str]

_KINDS = {
    "service": said("services"),
    "product": said("products"),
    "day_package": said("day packages"),
    "series_package": said("series packages"),
    "custom_package": said("custom packages"),
    "membership": said("memberships"),
    "gift_card": said("gift cards"),
    "prepaid_card": said("prepaid cards"),
    "tip": said("tips"),
}
_NOT_COMPLETED = {
    "booked": said("The appointment is booked, not completed."),
    "checked_in": said("The appointment is checked in, not completed."),
    "cancelled": said("The appointment is cancelled, not completed."),
    "no_show": said("The guest did not come to the appointment."),
}


@dataclass(frozen=True, slots=True)
class Zero:
    """An action that earns nothing, and one sentence why."""

    action: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`appointments` are those on the invoice; `earned` the actions it earns something for.

    `tier` is the one that counts for today, `missing_cents` what is missing of the next.
    """

    guest: GuestFacts
    invoice: Invoice
    versions: Versions
    tier: Tier | None
    on: date
    earned: frozenset[str]
    appointments: Sequence[Appointment]
    missing_cents: int
    money: Money

    @property
    def program(self) -> Program | None:
        return self.versions.on(self.on)


def zeros(asked: Asked) -> list[Zero]:
    """In the order of the actions; nothing of actions that the tier does not have."""
    found = []
    if not asked.earned & set(AMOUNT_ACTIONS):
        found.append(Zero(*_amount(asked)))
    tier = asked.tier
    found += [
        Zero(action, _why_no_booking(asked, action))
        for action in ("rebook", "online_booking")
        if tier is not None and action in tier.accruals and action not in asked.earned
    ]
    return found


# -- money ------------------------------------------------------------------------------------


def _amount(asked: Asked) -> tuple[str, str]:
    program, tier = asked.program, asked.tier
    if program is None:
        return AMOUNT_ACTIONS[0], _no_program(asked.versions)
    if tier is None:
        return AMOUNT_ACTIONS[0], _no_tier(asked, program)
    chosen = accrual.amount_action(asked.guest, tier, asked.on)
    if chosen is None:
        return AMOUNT_ACTIONS[0], said(
            "{tier} gives no points for amounts spent.", tier=tier.name
        )
    action, terms = chosen
    why = _why_no_base(asked, program, tier)
    if why is None:
        why = said(
            "What is paid comes to less than one point, at {points} per {amount}.",
            points=terms.points,
            amount=asked.money(terms.per_cents or 0),
        )
    return action, why


def _no_program(versions: Versions) -> str:
    if not versions.programs:
        return said("There is no program yet.")
    return said("The program begins on {day}.", day=versions.programs[0].version)


def _no_tier(asked: Asked, program: Program) -> str:
    """Rules 4.6 to 4.8: only guests in a tier earn (5.4)."""
    if not asked.guest.opted_in:
        return said("The guest opted out of the program.")
    lowest = program.next_above(None)
    if lowest is None:
        return said("The program has no tiers, so there are no points.")
    if program.enrollment == "manual":
        return said("The guest is in no tier; enroll the guest first.")
    return said(
        "The guest is in no tier yet: {missing} more makes it {tier}.",
        missing=asked.money(asked.missing_cents),
        tier=lowest.name,
    )


def _why_no_base(asked: Asked, program: Program, tier: Tier) -> str | None:
    """Rules 4.1, 5.7, 7.5: no money that earns, or no line that does."""
    invoice = asked.invoice
    if invoice.status == "void":
        return said("The invoice is void.")
    tenders = asked.versions.earning_tenders(asked.on)
    if not any(one.tender in tenders for one in invoice.payments):
        if invoice.payments or invoice.applied:
            return said("It is paid with points, rewards or credit, which earn nothing.")
        return said("Nothing is to be paid.")
    if program.award_on == "closed_invoices":
        reasons = [_why_no_line(line, program, tier) for line in invoice.lines]
        if all(reasons):
            return reasons[0]
    elif all(line.kind in ("tip", "prepaid_card") for line in invoice.lines):
        return said("Tips and prepaid cards earn nothing.")
    return None


def _why_no_line(line: Line, program: Program, tier: Tier) -> str | None:
    reason = accrual.why_line_earns_nothing(line, program, tier)
    if reason is None:
        return None
    return {
        "no_spend": said("Tips and prepaid cards earn nothing."),
        "other_kind": said(
            "{tier} gives no points for {kind}.", tier=tier.name, kind=_KINDS[line.kind]
        ),
        "discounted": said("Discounted lines earn nothing in this program."),
    }[reason]


# -- bookings ---------------------------------------------------------------------------------


def _why_no_booking(asked: Asked, action: str) -> str:
    """Rules 6.2, 6.3: what the appointments on the invoice lack."""
    if not asked.appointments:
        return said("No appointment is on this invoice.")
    return next(_lacks(asked.appointments, action))


def _lacks(appointments: Sequence[Appointment], action: str) -> Iterator[str]:
    for one in appointments:
        if one.status != "completed":
            yield _NOT_COMPLETED[one.status]
    if action == "online_booking" and not any(one.is_online for one in appointments):
        yield said("It was booked at the desk, not online.")
    if action == "rebook":
        yield said("It was not booked on the day of an earlier visit.")
    yield said("Points were given for this appointment before.")
