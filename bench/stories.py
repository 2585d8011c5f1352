"""The histories that are measured: the same every time, of no particular company."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

Fact = dict[str, Any]

START = date(2023, 1, 1)
_KINDS = ("service", "service", "product", "package", "membership")
encode = msgspec.json.Encoder().encode


def tier(ref: str, minimum: str, rate: int, **fields: Any) -> Fact:
    accruals = {
        "amount_spent": {"points": rate, "per": "100.00"},
        "welcome_bonus": {"points": 50},
        "feedback": {"points": 10},
    }
    return {
        "id": ref,
        "name": ref.title(),
        "minimum_spend": minimum,
        "validity_days": 180,
        "points_expire_after_days": 365,
        "accruals": accruals,
        **fields,
    }


def beginning(*, timing: str = "day_close", lapse_days: int = 365) -> Iterator[Fact]:
    """A company with three centers and a ladder of three tiers."""
    at = str(START)
    yield {
        "type": "organization",
        "id": "lumen",
        "name": "Lumen",
        "currency": "USD",
        "time_zone": "America/New_York",
        "at": at,
    }
    for ref in ("soho", "harlem", "astoria"):
        yield {"type": "center", "id": ref, "name": ref.title(), "at": at}
    yield {
        "type": "status",
        "id": "regular",
        "name": "Regular",
        "include_in_loyalty_rewards": True,
        "at": at,
    }
    yield {
        "type": "program",
        "effective_from": at,
        "at": at,
        "point_value": "0.10",
        "award_timing": timing,
        "tiers": [
            tier("silver", "100.00", 10, points_expire_after_days=lapse_days),
            tier("gold", "1500.00", 15, points_expire_after_days=lapse_days),
            tier("platinum", "5000.00", 20, points_expire_after_days=lapse_days),
        ],
    }


def guests(refs: Iterable[str]) -> Iterator[Fact]:
    at = _instant(START, 10 * 3600)
    for ref in refs:
        yield {
            "type": "guest",
            "id": ref,
            "name": f"Guest {ref}",
            "email": f"{ref}@example.com",
            "status": "regular",
            "at": at,
        }


def guest_refs(count: int) -> list[str]:
    return [f"g{number}" for number in range(count)]


def invoice(number: int, guest: str, on: date, second: int) -> Fact:
    """Two lines with tax, paid by card and closed at once."""
    at = _instant(on, 14 * 3600 + second)
    price = 4000 + number * 37 % 9000
    extra = 1500 + number * 53 % 2500
    lines = [
        _line("l1", _KINDS[number % 2], price),
        _line("l2", "product", extra),
    ]
    total = sum(_cents(line["price"]) + _cents(line["tax"]) for line in lines)
    return {
        "type": "invoice",
        "id": f"i{number}",
        "guest": guest,
        "center": ("soho", "harlem", "astoria")[number % 3],
        "status": "closed",
        "opened_at": at,
        "closed_at": at,
        "lines": lines,
        "payments": [{"id": "p1", "tender": "card", "amount": _money(total), "at": at}],
        "at": at,
    }


def invoices(
    count: int, refs: list[str], *, a_day: int, since: date = START + timedelta(days=1)
) -> Iterator[Fact]:
    """So many a day, guest after guest in an order that keeps coming back."""
    for number in range(count):
        day, place = divmod(number, a_day)
        second = place * (8 * 3600) // a_day
        guest = refs[number * 7919 % len(refs)]
        yield invoice(number, guest, since + timedelta(days=day), second)


def _line(ref: str, kind: str, cents: int) -> Fact:
    return {"id": ref, "kind": kind, "price": _money(cents), "tax": _money(cents * 8 // 100)}


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _cents(money: str) -> int:
    return int(money.replace(".", ""))


def _instant(on: date, second: int) -> str:
    at = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(seconds=second)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
