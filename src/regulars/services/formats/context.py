"""What a reader must know of the organization to make sense of a record."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from regulars.rules.amounts import minor_units
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services.formats.facts import CenterFact, ItemFact, OrganizationFact, Record
from regulars.services.formats.instants import zone_named

FindZone = Callable[[str], ZoneInfo | None]


class Context(Protocol):
    """The questions a reader asks; each is answered or refused with `unknown_reference`."""

    previous_at: datetime | None
    now: datetime | None

    @property
    def exponent(self) -> int:
        """How many decimals the organization's money has."""

    @property
    def organization_zone(self) -> ZoneInfo: ...

    def zone_of_center(self, center: str) -> ZoneInfo: ...

    def item_kind(self, item: str) -> str: ...

    def zone_of_invoice(self, invoice: str) -> ZoneInfo | None:
        """The zone of its center, for commands; None while the invoice is unknown."""

    def zone_of_appointment(self, appointment: str) -> ZoneInfo | None:
        """The zone of its center, for commands; None while the appointment is unknown."""


def _nowhere(_: str) -> ZoneInfo | None:
    return None


class ReadingContext:
    """A context that the caller keeps up to date: tell it what is known, then `learn`.

    `now` is the live API's clock: with it, a record without `at` became known then. Without
    it, `at` follows from the record or from the one before (contract section 1). What
    `find_invoice_zone` and `find_appointment_zone` answer decides a command's local time.
    """

    def __init__(
        self,
        *,
        now: datetime | None = None,
        previous_at: datetime | None = None,
        find_invoice_zone: FindZone = _nowhere,
        find_appointment_zone: FindZone = _nowhere,
    ) -> None:
        self.now = now
        self.previous_at = previous_at
        self.zone_of_invoice = find_invoice_zone
        self.zone_of_appointment = find_appointment_zone
        self._exponent: int | None = None
        self._organization_zone: ZoneInfo | None = None
        self._center_zones: dict[str, ZoneInfo | None] = {}
        self._item_kinds: dict[str, str] = {}

    def set_organization(self, currency: str, time_zone: str) -> None:
        self._exponent = minor_units(currency)
        self._organization_zone = zone_named(time_zone)

    def set_center(self, center: str, time_zone: str | None) -> None:
        """None is the organization's zone, also should that change."""
        self._center_zones[center] = None if time_zone is None else zone_named(time_zone)

    def set_item(self, item: str, kind: str) -> None:
        self._item_kinds[item] = kind

    def set_items(self, kinds: Mapping[str, str]) -> None:
        self._item_kinds.update(kinds)

    def learn(self, record: Record) -> None:
        """Take in an organization, center or item that has been applied; others say nothing."""
        body = record.body
        if isinstance(body, OrganizationFact):
            self.set_organization(body.currency, body.time_zone)
        elif isinstance(body, CenterFact):
            self.set_center(body.id, body.time_zone)
        elif isinstance(body, ItemFact):
            self.set_item(body.id, body.kind)

    @property
    def exponent(self) -> int:
        if self._exponent is None:
            raise _no_organization()
        return self._exponent

    @property
    def organization_zone(self) -> ZoneInfo:
        if self._organization_zone is None:
            raise _no_organization()
        return self._organization_zone

    def zone_of_center(self, center: str) -> ZoneInfo:
        try:
            zone = self._center_zones[center]
        except KeyError:
            raise unknown_reference("center", center, field="center") from None
        return self.organization_zone if zone is None else zone

    def item_kind(self, item: str) -> str:
        try:
            return self._item_kinds[item]
        except KeyError:
            raise unknown_reference("item", item, field="item") from None


def _no_organization() -> Refused:
    return Refused(
        "unknown_reference",
        said("No organization is known yet: its record must come first."),
        field="organization",
    )


class Assuming:
    """The same context, were every center and item known.

    A record with an unknown reference is read once more under it, since `invalid_record` is
    given before `unknown_reference` when both apply (contract section 4).
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self.previous_at = context.previous_at
        self.now = context.now

    @property
    def exponent(self) -> int:
        try:
            return self._context.exponent
        except Refused:
            return 4

    @property
    def organization_zone(self) -> ZoneInfo:
        try:
            return self._context.organization_zone
        except Refused:
            return ZoneInfo("UTC")

    def zone_of_center(self, center: str) -> ZoneInfo:
        try:
            return self._context.zone_of_center(center)
        except Refused:
            return self.organization_zone

    def item_kind(self, item: str) -> str:
        try:
            return self._context.item_kind(item)
        except Refused:
            return "service"

    def zone_of_invoice(self, invoice: str) -> ZoneInfo | None:
        return self._context.zone_of_invoice(invoice)

    def zone_of_appointment(self, appointment: str) -> ZoneInfo | None:
        return self._context.zone_of_appointment(appointment)
