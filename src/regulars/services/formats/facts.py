"""What facts say once they are read: money in minor units, instants in UTC with their day.

Contract section 1. Every `_on` is the business date of its instant (rule 1.2): in the zone of
the record's center where it has one, else in the organization's.
"""

import hashlib
from datetime import date, datetime
from typing import Any

import msgspec


class Fact(msgspec.Struct, frozen=True, gc=False):
    """A snapshot of something that happened outside; a later one replaces it."""


class OrganizationFact(Fact, frozen=True, gc=False):
    id: str
    name: str
    currency: str
    time_zone: str


class CenterFact(Fact, frozen=True, gc=False):
    """`time_zone` None is the organization's."""

    id: str
    name: str
    time_zone: str | None


class StatusFact(Fact, frozen=True, gc=False):
    id: str
    name: str
    include_in_loyalty_rewards: bool


class ItemFact(Fact, frozen=True, gc=False):
    id: str
    kind: str
    name: str
    price_cents: int | None


class GuestFact(Fact, frozen=True, gc=False):
    """`signup_channel`, `signup_at` and `signup_on` are set together or not at all."""

    id: str
    name: str
    email: str | None
    phone: str | None
    birthday: date | None
    anniversary: date | None
    status: str | None
    home_center: str | None
    referred_by: str | None
    signup_channel: str | None
    signup_at: datetime | None
    signup_on: date | None
    loyalty_opt_in: bool


class AppointmentFact(Fact, frozen=True, gc=False, omit_defaults=True):
    """`staff` is who gives the `services`, items of the catalog, and for how many `minutes`.

    What was not said of these is left out when it is kept: points do not depend on them.
    """

    id: str
    guest: str
    center: str
    booked_at: datetime
    booked_on: date
    channel: str
    starts_at: datetime
    starts_on: date
    status: str
    invoice: str | None
    staff: str | None = None
    services: tuple[str, ...] = ()
    minutes: int | None = None
    note: str | None = None


class LineFact(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """`price_cents` and `tax_cents` are for the whole line; `kind` may be its item's.

    `staff` is left out where nobody is named: lines from before it could be are the same still.
    """

    id: str
    kind: str
    item: str | None
    quantity: int
    price_cents: int
    discount_cents: int
    tax_cents: int
    appointment: str | None
    staff: str | None = None


class PaymentFact(msgspec.Struct, frozen=True, gc=False):
    id: str
    tender: str
    amount_cents: int
    at: datetime
    on: date


class RefundFact(msgspec.Struct, frozen=True, gc=False):
    id: str
    payment: str
    line: str | None
    amount_cents: int
    at: datetime
    on: date


class InvoiceFact(Fact, frozen=True, gc=False):
    """`closed_at` and `closed_on` are None on an open invoice, whatever was sent."""

    id: str
    guest: str
    center: str
    opened_at: datetime
    opened_on: date
    status: str
    closed_at: datetime | None
    closed_on: date | None
    lines: tuple[LineFact, ...]
    payments: tuple[PaymentFact, ...]
    refunds: tuple[RefundFact, ...]


def document_in(canonical: bytes) -> str:
    """An invoice's lines, payments and refunds as one JSON object, out of its canonical bytes,
    which they end. A quote within a text is escaped: the words looked for stand nowhere else.
    """
    return "{" + canonical[canonical.index(b'"lines":[') :].decode()


class Publication(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Where feedback was published; `link` is the address of it there, where it has one."""

    to: str
    at: datetime
    on: date
    link: str | None = None


class FeedbackFact(Fact, frozen=True, gc=False):
    """`at` is the moment of this snapshot's feedback; a re-sent one may name a later."""

    id: str
    guest: str
    appointment: str | None
    at: datetime
    on: date
    channel: str
    rating: int | None
    comment: str | None
    share_permission: bool
    published: tuple[Publication, ...]


class ProgramFact(msgspec.Struct, frozen=True):
    """`document` is the program as sent, without `type`, `at` and `by` (contract section 2)."""

    effective_from: date
    document: dict[str, Any]


class Record(msgspec.Struct, frozen=True):
    """One record of a stream, read and found sound.

    `name` is "<type>/<id>", a program's "program/<effective_from>"; `at` the moment it became
    known and `known_on` that moment's business date. `canonical` says what it says without
    `at` and, for a fact, without `by`: equal content has equal bytes.
    """

    kind: str
    id: str
    name: str
    at: datetime
    known_on: date
    by: str | None
    body: msgspec.Struct
    canonical: bytes
    digest: bytes = b""
    """32 bytes to tell unchanged from changed by; they follow from `canonical`."""

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "digest", hashlib.sha256(self.canonical).digest())
