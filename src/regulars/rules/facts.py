"""What rules are told: plain values, loaded for a chunk of guests at a time.

Money is in minor units, points are whole, days are the center's business dates (rules 1.2,
1.3).
Values are not frozen, only treated so: a frozen one costs three times as much to make, and an
import makes millions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(slots=True, unsafe_hash=True)
class Line:
    """One line of an invoice; `price_cents` and `tax_cents` are for the whole line.

    `staff` is who gave the service, or whose tip it is; it changes nothing the rules decide.
    """

    id: str
    kind: str
    price_cents: int
    discount_cents: int = 0
    tax_cents: int = 0
    appointment: str | None = None
    item: str | None = None
    quantity: int = 1
    staff: str | None = None

    @property
    def net_cents(self) -> int:
        return self.price_cents - self.discount_cents


@dataclass(slots=True, unsafe_hash=True)
class Payment:
    id: str
    tender: str
    amount_cents: int
    at: datetime
    on: date


@dataclass(slots=True, unsafe_hash=True)
class Refund:
    id: str
    payment: str
    amount_cents: int
    at: datetime
    on: date
    line: str | None = None


@dataclass(slots=True, unsafe_hash=True)
class Applied:
    """Points or a reward redeemed on an invoice and still standing there (rules 7.3, 10.8).

    `kinds` are the line kinds it may pay for; None is every line (a reward).
    """

    id: str
    is_points: bool
    cents: int
    at: datetime
    pre_tax: bool
    kinds: frozenset[str] | None = None
    on: date | None = None


@dataclass(slots=True, unsafe_hash=True)
class Slice:
    """A part of a payment and the rate it earned: `points` per `per_cents` on `num`/`den`
    cents.
    """

    tier: str
    action: str
    version: str
    points: int
    per_cents: int
    num: int
    den: int = 1


@dataclass(slots=True, unsafe_hash=True)
class PaymentAward:
    """What one payment was found to earn, kept as it was judged (rules 1.6, 5.5, 8.1).

    No slices: it earned nothing, and never will. `paid_cents` and `paid_on` tell a changed
    payment from the one that was awarded.
    """

    payment: str
    on: date
    paid_on: date
    paid_cents: int
    slices: tuple[Slice, ...]

    @property
    def tier(self) -> str | None:
        return self.slices[-1].tier if self.slices else None


@dataclass(frozen=True, slots=True)
class JudgedRefund:
    """A refund the ledger knows of: `netted` before the award, else `same` or `different`
    (8.2).
    """

    payment: str
    cents: int
    verdict: str


@dataclass(slots=True)
class AwardMemory:
    """What the ledger did for one invoice so far.

    `given` and `taken` are points by amount action, of the awards that still stay; `posted` and
    `reversed` are what the ledger really moved, since expired points are not reversed again
    (rule 8.3). `round` counts the settlings that
    posted something, so that entry keys stay unique. `basis` is what a closed invoice was
    awarded on (rule 5.7). `lapsed` are points by action of awards that do not stay, which
    could not be taken back any more: what is awarded later is less by them (5.2).
    """

    awards: list[PaymentAward] = field(default_factory=list)
    given: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    posted: int = 0
    reversed: int = 0
    refunds: dict[str, JudgedRefund] = field(default_factory=dict)
    round: int = 0
    basis: str | None = None
    lapsed: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Invoice:
    """An invoice as last sent, with what stands on it and what was made of it."""

    key: UUID
    id: str
    status: str
    opened_at: datetime
    opened_on: date
    closed_at: datetime | None
    closed_on: date | None
    known_on: date
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]
    paid_in_full_on: date | None = None
    was_paid_in_full: bool = False
    applied: tuple[Applied, ...] = ()
    money_news: bool = False
    memory: AwardMemory = field(default_factory=AwardMemory)
    redemptions: list["Redemption"] = field(default_factory=list)

    @property
    def source(self) -> str:
        return f"invoice/{self.id}"

    @property
    def refunded_cents(self) -> int:
        return sum(refund.amount_cents for refund in self.refunds)

    @property
    def paid_cents(self) -> int:
        return sum(payment.amount_cents for payment in self.payments)

    @property
    def is_refunded_whole(self) -> bool:
        return bool(self.refunds) and self.refunded_cents >= self.paid_cents

    @property
    def settled_on(self) -> date | None:
        """The day the invoice was closed and paid in full, None while it is not (rule 6.2)."""
        if self.status != "closed" or self.closed_on is None or self.paid_in_full_on is None:
            return None
        if self.is_refunded_whole:
            return None
        return max(self.closed_on, self.paid_in_full_on)


@dataclass(slots=True)
class Redemption:
    """Points spent on an invoice: which lots gave how much, and what has come back (rule
    7.6).
    """

    key: UUID
    id: str
    points: int
    cents: int
    at: datetime
    returned: int
    draws: list[tuple[int, int]]
    """(lot number, points still drawn)."""


@dataclass(slots=True, unsafe_hash=True)
class Appointment:
    key: UUID
    id: str
    booked_at: datetime
    booked_on: date
    channel: str
    starts_at: datetime
    starts_on: date
    status: str
    invoice: str | None

    @property
    def is_online(self) -> bool:
        return self.channel in ("webstore", "mobile_app")


@dataclass(slots=True, unsafe_hash=True)
class Visit:
    """A visit that may be rebooked from: its day, its appointment if any, its closed
    invoice.
    """

    on: date
    appointment: str | None
    invoice: str
    invoice_closed_at: datetime


@dataclass(slots=True, unsafe_hash=True)
class Feedback:
    key: UUID
    id: str
    appointment: str | None
    first_on: date
    share_permission: bool
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Referral:
    """A referred guest's invoice, told to the referring guest (actions 10 to 12)."""

    guest: str
    invoice: Invoice


@dataclass(slots=True)
class Occasion:
    """A once-per memory: the action paid, paid nothing, or was taken back (rules 6.8, 8.4)."""

    name: str
    action: str
    state: str
    """paid | nothing | taken_back"""
    times: int
    points: int
    tier: str | None
    source: str
    invoice: str | None
    on: date


@dataclass(slots=True)
class Standing:
    """Where a guest stands in the program today."""

    tier: str | None = None
    since: date | None = None
    enrolled_on: date | None = None
    is_direct: bool = False
    was_enrolled: bool = False
    entered: tuple[str, ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class Move:
    """A tier move as the history keeps it; `cause` is close, check, command, retire or
    merge.
    """

    on: date
    before: str | None
    after: str | None
    cause: str
    standing_before: Standing
    why: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True, unsafe_hash=True)
class SpendRow:
    on: date
    invoice: str
    cents: int


@dataclass(slots=True)
class GuestFacts:
    """Everything a settling of one guest may look at."""

    key: UUID
    id: str
    birthday: date | None
    anniversary: date | None
    opted_in: bool
    signed_up_on: date | None
    standing: Standing
    moves: list[Move]
    spend_cents: int = 0
    spends: list[SpendRow] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    appointment_invoices: Mapping[str, Invoice] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    occasions: dict[str, Occasion] = field(default_factory=dict)
    reopened: set[str] = field(default_factory=set)
    """Invoices of those occasions that are open again (rule 8.4)."""

    def remembered(self) -> list[Occasion]:
        """The occasions by name: however they were read, the ledger is the same (1.7)."""
        return sorted(self.occasions.values(), key=lambda one: one.name)
