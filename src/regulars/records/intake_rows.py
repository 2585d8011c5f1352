"""The rows that a batch of facts meets and leaves, by the callers' ids."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records.load import NEW_ACCOUNT
from regulars.rules.facts import Invoice


@dataclass(slots=True)
class References:
    """The callers' ids that a batch names.

    `told_guests` are those it brings records of, `on_lines` appointments that invoices name.
    """

    guests: set[str] = field(default_factory=set)
    told_guests: set[str] = field(default_factory=set)
    invoices: set[str] = field(default_factory=set)
    appointments: set[str] = field(default_factory=set)
    on_lines: set[str] = field(default_factory=set)
    feedback: set[str] = field(default_factory=set)


@dataclass(slots=True)
class GuestRow:
    id: UUID
    ref: str
    name: str
    email: str | None
    phone: str | None
    birthday: date | None
    anniversary: date | None
    status_id: UUID | None
    home_center: str | None
    referred_by: str | None
    referrer_id: UUID | None
    signup_channel: str | None
    signed_up_on: date | None
    opted_in: bool
    merged_into: UUID | None
    known_at: datetime
    known_on: date
    digest: str
    settle_on: date | None
    said_opt_in: bool
    account: tuple[Any, ...] = NEW_ACCOUNT
    """The columns `load.ACCOUNT_COLUMNS` names."""
    is_new: bool = False
    is_changed: bool = False
    is_said_again: bool = False

    @property
    def is_enrolled(self) -> bool:
        return self.account[7] is not None


@dataclass(slots=True)
class AppointmentRow:
    id: UUID
    guest_id: UUID
    named_guest: str
    ref: str
    center_id: UUID
    booked_at: datetime
    booked_on: date
    channel: str
    starts_at: datetime
    starts_on: date
    status: str
    invoice_ref: str | None
    known_at: datetime
    known_on: date
    digest: str
    settle_on: date | None
    staff_ref: str | None
    service_refs: str
    minutes: int | None
    note: str | None
    is_new: bool = False
    is_changed: bool = False
    is_said_again: bool = False


@dataclass(slots=True)
class FeedbackRow:
    id: UUID
    guest_id: UUID
    named_guest: str
    ref: str
    appointment_ref: str | None
    first_on: date
    share_permission: bool
    published_on: date | None
    rating: int | None
    webstore_on: date | None
    document: str
    known_at: datetime
    known_on: date
    digest: str
    settle_on: date | None
    is_new: bool = False
    is_changed: bool = False
    is_said_again: bool = False


@dataclass(slots=True)
class InvoiceRow:
    """An invoice's row around its facts; `memory` and `applied` are in the facts.

    `document` is what a new or changed row is written with.
    """

    id: UUID
    guest_id: UUID
    named_guest: str
    center_id: UUID
    known_at: datetime
    digest: str
    points_cents: int
    rewards_cents: int
    qualifying_cents: int
    settle_on: date | None
    facts: Invoice
    document: str = ""
    spend: dict[date, int] = field(default_factory=dict)
    is_new: bool = False
    is_changed: bool = False
    is_said_again: bool = False


@dataclass(slots=True)
class Batch:
    """Rows by the callers' ids, changed in memory record by record, written at the end."""

    guests: dict[str, GuestRow] = field(default_factory=dict)
    guests_by_key: dict[UUID, GuestRow] = field(default_factory=dict)
    appointments: dict[str, AppointmentRow] = field(default_factory=dict)
    invoices: dict[str, InvoiceRow] = field(default_factory=dict)
    feedback: dict[str, FeedbackRow] = field(default_factory=dict)
    journal: list[tuple[Any, ...]] = field(default_factory=list)
    waited_for: set[str] = field(default_factory=set)
    """Guests not known yet whom others name as their referrer."""
    linked_late: set[UUID] = field(default_factory=set)
    """Guests whose referrer has become known after them."""
    first_closings: dict[UUID, datetime] = field(default_factory=dict)
    """By guest, the first closing of an invoice that the batch has told (rule 6.7)."""
    quarters: list[int] | None = None
    """Those of the invoices there were before it, once somebody has asked."""

    def add_guest(self, row: GuestRow) -> None:
        self.guests[row.ref] = row
        self.guests_by_key[row.id] = row
