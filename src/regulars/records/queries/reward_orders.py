"""Orders of runs as they are shown: how far they are, and whom a run being prepared is for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import looking_on
from regulars.records.bulk import select
from regulars.records.lookups import spellings
from regulars.records.scope import current_organization

SORTS = {
    "name": "name",
    "total": "total_cents",
    "rewards": "n_rewards",
    "carry": "carry_cents",
}
"""What the lines may be sorted by, and the column that has it."""


@dataclass(frozen=True, slots=True)
class OrderShown:
    """An order; `kind` and `state` as in the model. `n_done` is what was told last."""

    key: UUID
    kind: str
    state: str
    run: str
    threshold_cents: int
    amount_cents: int
    expires_on: date | None
    is_mailed: bool
    n_looked: int
    n_to_look: int
    n_lines: int
    n_guests: int
    n_rewards: int
    n_all: int
    n_done: int
    is_telling: bool
    problem: str
    made_by: str
    made_at: datetime

    @property
    def total_cents(self) -> int:
        return self.n_rewards * self.amount_cents

    @property
    def is_under_way(self) -> bool:
        return self.state in ("waiting", "running")


_COLUMNS = """id, kind, state, run_ref, threshold_cents, amount_cents, expires_on, is_mailed,
    n_looked, n_to_look, n_lines, n_guests, n_rewards, n_all, n_done, is_telling, problem,
    made_by, made_at"""
_TYPES = (
    "uuid text text text int int date bool int int int int int int int bool text text instant"
)


def find(key: UUID) -> OrderShown | None:
    """An order as it stands now. One query."""
    found = _orders("id = %s", [key])
    return found[0] if found else None


def of_run(run: str) -> list[OrderShown]:
    """What was ordered about a run, the last first. One query."""
    return _orders("run_ref = %s", [run])


def unfinished() -> list[OrderShown]:
    """What is prepared, under way or has failed, the last first. One query."""
    return _orders("state <> 'done'", [])


def _orders(which: str, parameters: list[Any]) -> list[OrderShown]:
    rows = select(
        f"""SELECT {_COLUMNS} FROM records_rewardorder
        WHERE organization_id = %s AND {which} ORDER BY made_at DESC, id DESC LIMIT 50""",
        [current_organization(), *parameters],
        types=_TYPES,
    )
    return [_with_what_is_told(OrderShown(*row)) for row in rows]


def _with_what_is_told(order: OrderShown) -> OrderShown:
    if order.state != "running" or order.is_telling:
        return order
    told = looking_on.told(order.key)
    if told is None:
        return order
    values = {name: getattr(order, name) for name in OrderShown.__slots__}
    return OrderShown(**{**values, "n_done": told})


# -- whom a run being prepared is for ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineShown:
    """What a guest would be given, as it was looked at."""

    guest: str
    name: str
    total_cents: int
    consumed_cents: int
    n_rewards: int
    carry_cents: int
    is_ticked: bool


def lines(
    key: UUID, *, search: str, order: str, is_descending: bool, offset: int, limit: int
) -> list[LineShown]:
    """A page of the lines, sorted by one of `SORTS`. One query."""
    where, parameters = found_by(key, search)
    way = "DESC" if is_descending else "ASC"
    rows = select(
        f"""SELECT guest_ref, name, total_cents, consumed_cents, n_rewards, carry_cents,
        is_ticked FROM records_rewardorderline WHERE {where}
        ORDER BY {SORTS[order]} {way}, guest_ref {way} LIMIT {limit} OFFSET {offset}""",
        parameters,
        types="text text int int int int bool",
    )
    return [LineShown(*row) for row in rows]


def count_lines(key: UUID, *, search: str) -> int:
    where, parameters = found_by(key, search)
    rows = select(f"SELECT COUNT(*) FROM records_rewardorderline WHERE {where}", parameters)
    return int(rows[0][0])


def found_by(key: UUID, search: str) -> tuple[str, list[Any]]:
    """The lines of an order that a search means, as a condition with its parameters."""
    parameters: list[Any] = [current_organization(), key]
    words = spellings(search)[0][:8]
    said = " AND found_by LIKE %s" * len(words)
    return f"organization_id = %s AND order_id = %s{said}", [
        *parameters,
        *(f"%{word}%" for word in words),
    ]
