"""Guests, appointments, invoices and feedback as last said, in the contract's words."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.scope import current_organization
from regulars.rules.amounts import format_money

Said = dict[str, Any]
Money = Callable[[int], str]

_GUESTS = """SELECT g.id, g.external_id, g.name, g.email, g.phone, g.birthday, g.anniversary,
    s.external_id, g.home_center_ref, g.referred_by_ref, g.signup_channel, g.signed_up_on,
    g.opted_in FROM records_guest g LEFT JOIN records_gueststatus s
    ON s.organization_id = g.organization_id AND s.id = g.status_id
    WHERE g.organization_id = %s AND {which} ORDER BY g.external_id LIMIT {limit}"""
_APPOINTMENTS = """SELECT a.id, a.external_id, a.named_guest_ref, c.external_id, a.booked_at,
    a.channel, a.starts_at, a.status, a.invoice_ref, a.staff_ref, a.service_refs, a.minutes,
    a.note FROM records_appointment a
    JOIN records_center c ON c.organization_id = a.organization_id AND c.id = a.center_id
    WHERE a.organization_id = %s AND {which} ORDER BY a.external_id LIMIT {limit}"""
_INVOICES = """SELECT i.id, i.external_id, i.named_guest_ref, c.external_id, i.opened_at,
    i.status, i.closed_at, i.document FROM records_invoice i
    JOIN records_center c ON c.organization_id = i.organization_id AND c.id = i.center_id
    WHERE i.organization_id = %s AND {which} ORDER BY i.external_id LIMIT {limit}"""
_FEEDBACK = """SELECT f.id, f.external_id, f.document FROM records_feedback f
    WHERE f.organization_id = %s AND {which} ORDER BY f.external_id LIMIT {limit}"""
_CENTERS = """SELECT c.id, c.external_id, c.name, c.time_zone FROM records_center c
    WHERE c.organization_id = %s AND {which} ORDER BY c.external_id LIMIT {limit}"""
_STATUSES = """SELECT s.id, s.external_id, s.name, s.include_in_loyalty_rewards
    FROM records_gueststatus s
    WHERE s.organization_id = %s AND {which} ORDER BY s.external_id LIMIT {limit}"""
_ITEMS = """SELECT t.id, t.external_id, t.kind, t.name, t.price_cents FROM records_item t
    WHERE t.organization_id = %s AND {which} ORDER BY t.external_id LIMIT {limit}"""


def one(kind: str, ref: str, *, exponent: int) -> Said | None:
    """One of them by the caller's id; None when it is unknown. One query."""
    found = _read(kind, "external_id = %s", [ref], limit=1, exponent=exponent)
    return found[0] if found else None


def organization() -> Said:
    """The organization in scope, as it is set up. One query."""
    [row] = select(
        "SELECT external_id, name, currency, time_zone, is_sandbox FROM records_organization"
        " WHERE id = %s",
        [current_organization()],
        types="text text text text bool",
    )
    return dict(zip(("id", "name", "currency", "time_zone", "is_sandbox"), row, strict=True))


def those(kind: str, refs: Sequence[str], *, exponent: int) -> dict[str, Said]:
    """Some of them by the callers' ids; unknown ones are left out. One query."""
    found = _read(kind, "external_id IN %s", [refs], limit=len(refs), exponent=exponent)
    return {one["id"]: one for one in found}


def page(kind: str, *, after: str, limit: int, exponent: int) -> list[Said]:
    """The next by their ids after this one. One query."""
    return _read(kind, "external_id > %s", [after], limit=limit, exponent=exponent)


def these(kind: str, refs: Sequence[str], *, exponent: int) -> list[Said]:
    """Those of them that are known, by their ids. One query."""
    return _read(kind, "external_id IN %s", [list(refs)], limit=len(refs), exponent=exponent)


def _read(
    kind: str, which: str, parameters: Sequence[Any], *, limit: int, exponent: int
) -> list[Said]:
    sql, alias, types, build = _KINDS[kind]

    def money(cents: int) -> str:
        return format_money(cents, exponent)

    text = sql.format(which=f"{alias}.{which}", limit=limit)
    rows = select(text, [current_organization(), *parameters], types=types)
    return [build(row, money) for row in rows]


def _guest(row: tuple[Any, ...], _: Money) -> Said:
    channel, signed_up_on = row[10], row[11]
    signup = None if channel is None else {"channel": channel, "on": _day(signed_up_on)}
    return {
        "id": row[1],
        "name": row[2],
        "email": row[3],
        "phone": row[4],
        "birthday": _day(row[5]),
        "anniversary": _day(row[6]),
        "status": row[7],
        "home_center": row[8],
        "referred_by": row[9],
        "signup": signup,
        "loyalty_opt_in": row[12],
    }


def _appointment(row: tuple[Any, ...], _: Money) -> Said:
    return {
        "id": row[1],
        "guest": row[2],
        "center": row[3],
        "booked_at": _instant(row[4]),
        "channel": row[5],
        "starts_at": _instant(row[6]),
        "status": row[7],
        "invoice": row[8],
        "staff": row[9],
        "services": codec.value_of(row[10]) if row[10] else [],
        "minutes": row[11],
        "note": row[12],
    }


def _invoice(row: tuple[Any, ...], money: Money) -> Said:
    document = codec.value_of(row[7])
    return {
        "id": row[1],
        "guest": row[2],
        "center": row[3],
        "opened_at": _instant(row[4]),
        "status": row[5],
        "closed_at": _instant(row[6]),
        **{name: [_part(one, money) for one in document[name]] for name in _PARTS},
    }


def _part(part: Said, money: Money) -> Said:
    """A line, payment or refund as the contract writes it; its business date is not said."""
    return {
        name.removesuffix("_cents"): money(value) if name.endswith("_cents") else value
        for name, value in part.items()
        if name != "on"
    }


def _feedback(row: tuple[Any, ...], _: Money) -> Said:
    said: Said = codec.value_of(row[2])
    return {name: value for name, value in said.items() if name != "on"}


def _center(row: tuple[Any, ...], _: Money) -> Said:
    return {"id": row[1], "name": row[2], "time_zone": row[3]}


def _status(row: tuple[Any, ...], _: Money) -> Said:
    return {"id": row[1], "name": row[2], "include_in_loyalty_rewards": row[3]}


def _item(row: tuple[Any, ...], money: Money) -> Said:
    price = None if row[4] is None else money(row[4])
    return {"id": row[1], "kind": row[2], "name": row[3], "price": price}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


_PARTS = ("lines", "payments", "refunds")
_KINDS: dict[str, tuple[str, str, str, Callable[[tuple[Any, ...], Money], Said]]] = {
    "guest": (
        _GUESTS,
        "g",
        "uuid text text text text date date text text text text date bool",
        _guest,
    ),
    "appointment": (
        _APPOINTMENTS,
        "a",
        "uuid text text text instant text instant text text text text int text",
        _appointment,
    ),
    "invoice": (_INVOICES, "i", "uuid text text text instant text instant text", _invoice),
    "feedback": (_FEEDBACK, "f", "uuid text text", _feedback),
    "center": (_CENTERS, "c", "uuid text text text", _center),
    "status": (_STATUSES, "s", "uuid text text bool", _status),
    "item": (_ITEMS, "t", "uuid text text text int", _item),
}
