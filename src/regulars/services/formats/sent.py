"""Facts as they are sent, field by field (contract section 1); msgspec refuses what differs.

The lists of words are the contract's; what the words mean for points is the rules' business.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

LONGEST_ID = 200

Id = Annotated[str, Meta(min_length=1, max_length=LONGEST_ID)]
Name = Annotated[str, Meta(min_length=1, max_length=500)]
Text = Annotated[str, Meta(max_length=10_000)]
# The patterns are for the JSON Schema alone: what is wrong with one is told in a sentence.
MONEY_PATTERN = r"^[0-9]+(\.[0-9]+)?$"
INSTANT_PATTERN = (
    "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    "([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?"
    "(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$"
)
Money = Annotated[str, Meta(max_length=60, extra_json_schema={"pattern": MONEY_PATTERN})]
Instant = Annotated[str, Meta(max_length=60, extra_json_schema={"pattern": INSTANT_PATTERN})]

LineKind = Literal[
    "service",
    "product",
    "day_package",
    "series_package",
    "custom_package",
    "membership",
    "gift_card",
    "prepaid_card",
    "tip",
]
Tender = Literal[
    "cash",
    "card",
    "check",
    "custom",
    "gift_card",
    "prepaid_card",
    "package_credit",
    "membership_credit",
]
"""`points` and `reward` are the system's own: nobody sends them."""

BookingChannel = Literal["desk", "webstore", "mobile_app"]
AppointmentStatus = Literal[
    "booked", "confirmed", "checked_in", "completed", "cancelled", "no_show"
]
FeedbackChannel = Literal["guest", "desk", "employee_app", "guest_app"]
Place = Literal["webstore", "facebook", "x", "other"]


class _Part(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A group of fields inside a record."""


class SentFact(
    msgspec.Struct,
    frozen=True,
    gc=False,
    forbid_unknown_fields=True,
    kw_only=True,
    tag_field="type",
):
    """What every fact may carry besides its own fields."""

    at: Instant | None = None
    by: Id | None = None


class SentOrganization(SentFact, frozen=True, gc=False, tag="organization"):
    id: Id
    name: Name
    currency: str
    time_zone: str


class SentCenter(SentFact, frozen=True, gc=False, tag="center"):
    id: Id
    name: Name
    time_zone: str | None = None


class SentStatus(SentFact, frozen=True, gc=False, tag="status"):
    id: Id
    name: Name
    include_in_loyalty_rewards: bool


class SentItem(SentFact, frozen=True, gc=False, tag="item"):
    id: Id
    kind: LineKind
    name: Name
    price: Money | None = None


class SentSignup(_Part, frozen=True, gc=False):
    channel: BookingChannel
    at: Instant


class SentGuest(SentFact, frozen=True, gc=False, tag="guest"):
    id: Id
    name: Name
    email: Annotated[str, Meta(max_length=254)] | None = None
    phone: Annotated[str, Meta(max_length=50)] | None = None
    birthday: date | None = None
    anniversary: date | None = None
    status: Id | None = None
    home_center: Id | None = None
    referred_by: Id | None = None
    signup: SentSignup | None = None
    loyalty_opt_in: bool = True


class SentAppointment(SentFact, frozen=True, gc=False, tag="appointment"):
    id: Id
    guest: Id
    center: Id
    booked_at: Instant
    channel: BookingChannel
    starts_at: Instant
    status: AppointmentStatus
    invoice: Id | None = None
    staff: Id | None = None
    services: Annotated[tuple[Id, ...], Meta(max_length=50)] = ()
    minutes: Annotated[int, Meta(ge=1, le=7 * 24 * 60)] | None = None
    note: Annotated[str, Meta(max_length=2000)] | None = None


class SentLine(_Part, frozen=True, gc=False):
    id: Id
    price: Money
    kind: LineKind | None = None
    item: Id | None = None
    quantity: Annotated[int, Meta(ge=1, le=1_000_000_000)] = 1
    discount: Money = "0"
    tax: Money = "0"
    appointment: Id | None = None
    staff: Id | None = None


class SentPayment(_Part, frozen=True, gc=False):
    id: Id
    tender: Tender
    amount: Money
    at: Instant


class SentRefund(_Part, frozen=True, gc=False):
    id: Id
    payment: Id
    amount: Money
    at: Instant
    line: Id | None = None


class SentInvoice(SentFact, frozen=True, gc=False, tag="invoice"):
    id: Id
    guest: Id
    center: Id
    opened_at: Instant
    status: Literal["open", "closed", "void"]
    closed_at: Instant | None = None
    lines: tuple[SentLine, ...] = ()
    payments: tuple[SentPayment, ...] = ()
    refunds: tuple[SentRefund, ...] = ()


class SentPublication(_Part, frozen=True, gc=False):
    to: Place
    at: Instant
    link: Annotated[str, Meta(min_length=1, max_length=500)] | None = None


class SentFeedback(SentFact, frozen=True, gc=False, tag="feedback"):
    id: Id
    guest: Id
    channel: FeedbackChannel
    appointment: Id | None = None
    rating: Annotated[int, Meta(ge=0, le=10)] | None = None
    comment: Text | None = None
    share_permission: bool = False
    published: tuple[SentPublication, ...] = ()


class SentProgram(
    msgspec.Struct, frozen=True, gc=False, kw_only=True, tag_field="type", tag="program"
):
    """The head of a program; its settings are the rules' to read, so they pass unlooked at."""

    effective_from: date
    at: Instant | None = None
    by: Id | None = None


AnySentFact = (
    SentInvoice
    | SentAppointment
    | SentGuest
    | SentFeedback
    | SentItem
    | SentCenter
    | SentStatus
    | SentOrganization
)
