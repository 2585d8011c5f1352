"""The demo's records: a clock, the facts as contract section 1 writes them, and their order.

Everything is planned in the organization's local time and written in the center's own; where a
record names no center itself (feedback, commands on an invoice) and the center lies in another
zone, the offset is written out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from heapq import heappop, heappush
from typing import Any
from zoneinfo import ZoneInfo

from regulars.services.samples.common import Record, money
from regulars.services.samples.demo_catalog import Center, Item

TIME_ZONE = "America/New_York"
_ZONE = ZoneInfo(TIME_ZONE)


@dataclass(slots=True)
class Timeline:
    """Records waiting for their moment; of the same moment, the first put in comes first."""

    waiting: list[tuple[datetime, int, Record]]
    n_put: int = 0

    def put(self, at: datetime, record: Record, *, center: Center | None = None) -> None:
        self.n_put += 1
        fact_at = local(at, center) if "center" in record else exact(at, center)
        heappush(self.waiting, (at, self.n_put, record | {"at": fact_at}))

    def take_until(self, moment: datetime) -> Iterator[Record]:
        while self.waiting and self.waiting[0][0] < moment:
            yield heappop(self.waiting)[2]


def local(at: datetime, center: Center | None) -> str:
    """The center's wall clock; the organization's without one."""
    if center and center.time_zone:
        at = at.replace(tzinfo=_ZONE).astimezone(_zone(center.time_zone)).replace(tzinfo=None)
    return at.isoformat(timespec="minutes")


def exact(at: datetime, center: Center | None) -> str:
    """As `local`, with the offset where the center's clock is not the organization's."""
    if center and center.time_zone:
        there = at.replace(tzinfo=_ZONE).astimezone(_zone(center.time_zone))
        return there.isoformat(timespec="minutes")
    return local(at, None)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    item: str | None
    price_cents: int
    discount_cents: int = 0
    tax_cents: int = 0
    quantity: int = 1
    appointment: str | None = None

    @property
    def due_cents(self) -> int:
        return self.price_cents - self.discount_cents + self.tax_cents


@dataclass(frozen=True, slots=True)
class Payment:
    id: str
    tender: str
    cents: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Refund:
    id: str
    payment: str
    cents: int
    at: datetime
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Invoice:
    id: str
    guest: str
    center: Center
    opened_at: datetime
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    status: str = "open"
    closed_at: datetime | None = None

    @property
    def total_cents(self) -> int:
        return sum(line.due_cents for line in self.lines)

    def closed(self, at: datetime, *payments: Payment) -> "Invoice":
        return replace(
            self, status="closed", closed_at=at, payments=(*self.payments, *payments)
        )

    def record(self) -> Record:
        here = self.center
        record: Record = {
            "type": "invoice",
            "id": self.id,
            "guest": self.guest,
            "center": here.id,
            "opened_at": local(self.opened_at, here),
            "status": self.status,
            "lines": [_line(n, line) for n, line in enumerate(self.lines, 1)],
            "payments": [
                {"id": p.id, "tender": p.tender, "amount": money(p.cents)}
                | {"at": local(p.at, here)}
                for p in self.payments
            ],
        }
        if self.closed_at:
            record["closed_at"] = local(self.closed_at, here)
        if self.refunds:
            record["refunds"] = [_refund(refund, here) for refund in self.refunds]
        return record


def _line(n: int, line: Line) -> Record:
    record: Record = {"id": f"l{n}", "kind": line.kind}
    if line.item:
        record["item"] = line.item
    record |= {
        "quantity": line.quantity,
        "price": money(line.price_cents),
        "discount": money(line.discount_cents),
        "tax": money(line.tax_cents),
    }
    return record | ({"appointment": line.appointment} if line.appointment else {})


def _refund(refund: Refund, center: Center) -> Record:
    record = {"id": refund.id, "payment": refund.payment, "amount": money(refund.cents)}
    record |= {"line": refund.line} if refund.line else {}
    return record | {"at": local(refund.at, center)}


def sold(
    item: Item,
    center: Center,
    *,
    quantity: int = 1,
    percent_off: int = 0,
    appointment: str | None = None,
) -> Line:
    """A line at the catalog's price, taxed as that center taxes it."""
    price = item.cents * quantity
    discount = price * percent_off // 100
    return Line(
        kind=item.kind,
        item=item.id,
        price_cents=price,
        discount_cents=discount,
        tax_cents=_tax(item.kind, center, price - discount),
        quantity=quantity,
        appointment=appointment,
    )


def _tax(kind: str, center: Center, cents: int) -> int:
    rates = {"product": center.product_tax, "gift_card": 0, "tip": 0}
    # Half up, as tills do.
    return (cents * rates.get(kind, center.service_tax) + 50_000) // 100_000


def tip(cents: int) -> Line:
    return Line(kind="tip", item=None, price_cents=cents)


def item_record(item: Item) -> Record:
    return {
        "type": "item",
        "id": item.id,
        "kind": item.kind,
        "name": item.name,
        "price": money(item.cents),
    }


@dataclass(frozen=True, slots=True)
class Appointment:
    id: str
    guest: str
    center: Center
    booked_at: datetime
    starts_at: datetime
    channel: str = "desk"
    status: str = "booked"
    invoice: str | None = None
    staff: str | None = None
    services: tuple[str, ...] = ()
    minutes: int | None = None

    def record(self) -> Record:
        record = {
            "type": "appointment",
            "id": self.id,
            "guest": self.guest,
            "center": self.center.id,
            "booked_at": local(self.booked_at, self.center),
            "channel": self.channel,
            "starts_at": local(self.starts_at, self.center),
            "status": self.status,
            "invoice": self.invoice,
        }
        booked = {"staff": self.staff, "services": list(self.services), "minutes": self.minutes}
        return record | (booked if self.staff else {})


def command(kind: str, command_id: str, by: str, **fields: Any) -> Record:
    return {"type": kind, "id": command_id, "by": by} | fields


def minutes(n: int) -> timedelta:
    return timedelta(minutes=n)
