"""Whole ledgers of a chunk of guests as the tables have them: what a proof is made from."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from regulars.records import codec, models
from regulars.records.bulk import execute, select
from regulars.records.quarters import (
    Quarter,
    quarters_of_entries,
    quarters_of_invoices,
)
from regulars.records.scope import current_organization
from regulars.rules.facts import Occasion, Standing

Ids = Sequence[UUID]


@dataclass(slots=True)
class EntryRow:
    number: int
    unit: str
    kind: str
    action: str | None
    points: int
    tier: str | None
    source: str
    on: date
    key: str
    version: str | None
    why: str
    posted_at: datetime
    posted_by: str | None
    hash: str


@dataclass(slots=True)
class LotRow:
    number: int
    entry: int
    unit: str
    size: int
    remaining: int
    held: int
    expired: int
    tier: str | None
    action: str | None
    source: str
    earned_on: date
    expires_on: date | None


@dataclass(slots=True)
class DrawRow:
    entry: int
    lot: int
    points: int
    kind: str


@dataclass(slots=True)
class MoveRow:
    number: int
    on: date
    before: str | None
    after: str | None
    cause: str
    source: str
    standing_before: Standing
    why: dict[str, Any]


@dataclass(slots=True)
class RewardRow:
    id: str
    lot: int
    cents: int
    applied_cents: int
    state: str
    expires_on: date | None
    source: str
    consumed_cents: int


@dataclass(slots=True)
class RedemptionRow:
    id: str
    unit: str
    points: int
    returned: int
    draws: list[tuple[int, int]]
    state: str
    invoice: str


@dataclass(slots=True)
class Ledger:
    """One guest's account, and every row that it sums up."""

    key: UUID
    ref: str
    merged_into: UUID | None
    points: int
    debt: int
    credit_cents: int
    entry_count: int
    lot_count: int
    head: str
    consumed_cents: int
    standing: Standing
    entries: list[EntryRow] = field(default_factory=list)
    lots: list[LotRow] = field(default_factory=list)
    draws: list[DrawRow] = field(default_factory=list)
    moves: list[MoveRow] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)
    held: dict[int, int] = field(default_factory=dict)
    """What open holds say is set aside, by lot."""
    rewards: list[RewardRow] = field(default_factory=list)
    redemptions: list[RedemptionRow] = field(default_factory=list)


@contextmanager
def one_moment() -> Iterator[None]:
    """All reading inside sees the tables as they are at one moment, and nobody waits for it."""
    if connection.in_atomic_block:  # the caller's transaction decides what is seen
        yield
        return
    if connection.vendor == "sqlite":
        with _deferred(), transaction.atomic():
            yield
        return
    with transaction.atomic():
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    """An IMMEDIATE transaction would keep writers waiting; one that only reads need not."""
    mode = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]


def guests_after(cursor: UUID | None, *, limit: int) -> list[UUID]:
    """Guests by row id, after `cursor`."""
    after = "" if cursor is None else " AND id > %s"
    rows = select(
        f"SELECT id FROM records_guest WHERE organization_id = %s{after}"
        f" ORDER BY id LIMIT {limit}",
        [current_organization(), *([] if cursor is None else [cursor])],
        types="uuid",
    )
    return [row[0] for row in rows]


def count_guests() -> int:
    sql = "SELECT COUNT(*) FROM records_guest WHERE organization_id = %s"
    return int(select(sql, [current_organization()])[0][0])


def guests_named(refs: Iterable[str]) -> list[UUID]:
    rows = select(
        "SELECT id FROM records_guest WHERE organization_id = %s AND external_id IN %s"
        " ORDER BY id",
        [current_organization(), list(refs)],
        types="uuid",
    )
    return [row[0] for row in rows]


def guests_without_account(ids: Ids) -> list[str]:
    rows = select(
        """SELECT g.external_id FROM records_guest g LEFT JOIN records_account a
        ON a.organization_id = g.organization_id AND a.guest_id = g.id
        WHERE g.organization_id = %s AND g.id IN %s AND a.id IS NULL ORDER BY g.id""",
        [current_organization(), ids],
    )
    return [row[0] for row in rows]


def ledgers(ids: Ids) -> dict[UUID, Ledger]:
    """The ledgers of a chunk of guests, in the order of their ids. One query a table, and one
    for the quarters of entries.
    """
    found = {key: _ledger(row) for key, row in _accounts(ids)}
    quarters = quarters_of_entries()
    for key, row in _rows(
        _ENTRIES,
        [quarters, ids],
        "uuid int text text text int text text date text text text instant text text",
    ):
        found[key].entries.append(EntryRow(*row))
    for key, row in _rows(
        _LOTS, [ids], "uuid int int text int int int int text text text date date"
    ):
        found[key].lots.append(LotRow(*row))
    for key, row in _rows(_DRAWS, [quarters, ids], "uuid int int int text"):
        found[key].draws.append(DrawRow(*row))
    _add_moves(found, ids)
    for key, row in _rows(_OCCASIONS, [ids], "uuid text text text int int text text text date"):
        found[key].occasions.append(Occasion(*row))
    _add_value(found, ids)
    return found


def moves_of(ids: Ids) -> dict[UUID, Ledger]:
    """Of their ledgers the accounts and the moves between tiers. Two queries."""
    found = {key: _ledger(row) for key, row in _accounts(ids)}
    _add_moves(found, ids)
    return found


def _add_moves(found: dict[UUID, Ledger], ids: Ids) -> None:
    for key, row in _rows(_MOVES, [ids], "uuid int date text text text text text text"):
        *plain, standing, why = row
        decoded = [*plain, codec.standing_of(standing), codec.value_of(why)]
        found[key].moves.append(MoveRow(*decoded))


def _add_value(found: dict[UUID, Ledger], ids: Ids) -> None:
    for key, (lots,) in _rows(_HOLDS, [ids], "uuid text"):
        held = found[key].held
        for number, points in codec.value_of(lots):
            held[number] = held.get(number, 0) + points
    for key, row in _rows(_REWARDS, [ids], "uuid text int int int text date text int"):
        found[key].rewards.append(RewardRow(*row))
    for key, row in _rows(_REDEMPTIONS, [ids], "uuid text text int int text text text"):
        ref, unit, points, returned, draws, state, invoice = row
        left = [(number, part) for number, part in codec.value_of(draws)]
        redemption = RedemptionRow(ref, unit, points, returned, left, state, invoice)
        found[key].redemptions.append(redemption)


def _accounts(ids: Ids) -> Iterator[tuple[UUID, tuple[Any, ...]]]:
    rows = select(
        """SELECT g.id, g.external_id, g.merged_into_id, a.points, a.debt_points,
        a.credit_cents, a.entry_count, a.lot_count, a.head, a.consumed_cents, a.tier,
        a.tier_since, a.enrolled_on, a.is_direct, a.was_enrolled, a.entered_tiers
        FROM records_guest g JOIN records_account a
        ON a.organization_id = g.organization_id AND a.guest_id = g.id
        WHERE g.organization_id = %s AND g.id IN %s ORDER BY g.id""",
        [current_organization(), ids],
        types="uuid text uuid int int int int int text int text date date bool bool text",
    )
    return ((row[0], row) for row in rows)


def _ledger(row: tuple[Any, ...]) -> Ledger:
    tier, since, enrolled_on, is_direct, was_enrolled, entered = row[10:]
    standing = Standing(
        tier, since, enrolled_on, is_direct, was_enrolled, tuple(codec.value_of(entered))
    )
    return Ledger(*[*row[:10], standing])


def _rows(
    sql: str, values: Sequence[Any], types: str
) -> Iterator[tuple[UUID, tuple[Any, ...]]]:
    for row in select(sql, [current_organization(), *values], types=types):
        yield row[0], row[1:]


_OF_THESE = "WHERE organization_id = %s AND guest_id IN %s"
_ENTRIES = """SELECT guest_id, number, unit, kind, action, points, tier, source, entered_on,
    key, version, why, posted_at, posted_by, hash FROM records_ledgerentry
    WHERE organization_id = %s AND entered_quarter IN %s AND guest_id IN %s
    ORDER BY guest_id, number"""
_LOTS = f"""SELECT guest_id, number, entry_number, unit, size_points, remaining_points,
    held_points, expired_points, tier, action, source, earned_on, expires_on
    FROM records_lot {_OF_THESE} ORDER BY guest_id, number"""
# Ids of one process only grow, and an entry's draws were made by one.
_DRAWS = """SELECT d.guest_id, d.entry_number, d.lot_number, d.points, d.kind
    FROM records_ledgerentry e JOIN records_draw d ON d.organization_id = e.organization_id
    AND d.entered_on = e.entered_on AND d.guest_id = e.guest_id AND d.entry_number = e.number
    WHERE e.organization_id = %s AND e.entered_quarter IN %s AND e.guest_id IN %s
    ORDER BY d.guest_id, d.entry_number, d.id"""
_MOVES = f"""SELECT guest_id, number, moved_on, tier_before, tier_after, cause, source,
    standing_before, why FROM records_tiermove {_OF_THESE} ORDER BY guest_id, number"""
_OCCASIONS = f"""SELECT guest_id, name, action, state, times, points, tier, source, invoice_ref,
    happened_on FROM records_occasion {_OF_THESE} ORDER BY guest_id, id"""
_HOLDS = f"SELECT guest_id, lots FROM records_hold {_OF_THESE} AND state = 'open'"
_REWARDS = """SELECT r.guest_id, r.external_id, r.lot_number, r.amount_cents, r.applied_cents,
    r.state, r.expires_on, r.source, CASE WHEN u.is_undone THEN 0 ELSE r.consumed_cents END
    FROM records_reward r LEFT JOIN records_rewardrun u
    ON u.organization_id = r.organization_id AND u.id = r.run_id
    WHERE r.organization_id = %s AND r.guest_id IN %s ORDER BY r.guest_id, r.external_id"""
_REDEMPTIONS = """SELECT r.guest_id, r.external_id, r.unit, r.points, r.returned_points,
    r.draws, r.state, i.external_id FROM records_redemption r JOIN records_invoice i
    ON i.organization_id = r.organization_id AND i.id = r.invoice_id
    WHERE r.organization_id = %s AND r.guest_id IN %s ORDER BY r.guest_id, r.external_id"""


# -- over all guests --------------------------------------------------------------------------


def transfers_in_all() -> dict[str, int]:
    """What moved between guests, by unit: 0 each, since nothing arises on the way."""
    rows = select(
        """SELECT unit, SUM(points) FROM records_ledgerentry
        WHERE organization_id = %s AND kind = 'transfer' GROUP BY unit ORDER BY unit""",
        [current_organization()],
        types="text int",
    )
    return {unit: int(points) for unit, points in rows}


def draws_without_entry(*, limit: int) -> list[tuple[str, int]]:
    """(guest's id, number) of entries that draws name and that are not there, on their day."""
    entry = models.LedgerEntry.objects.filter(
        entered_quarter=Quarter(OuterRef("entered_on")),
        guest=OuterRef("guest"),
        number=OuterRef("entry_number"),
        entered_on=OuterRef("entered_on"),
    )
    rows = models.Draw.objects.filter(~Exists(entry)).order_by(
        "guest__external_id", "entry_number"
    )
    return list(rows.values_list("guest__external_id", "entry_number")[:limit])


def merged_pairs() -> list[tuple[UUID, UUID]]:
    """(guest, survivor) of every merge there ever was, undone or not."""
    rows = select(
        "SELECT guest_id, survivor_id FROM records_merge WHERE organization_id = %s",
        [current_organization()],
        types="uuid uuid",
    )
    return [(row[0], row[1]) for row in rows]


_OWNED = ("appointment feedback invoiceappointment reward redemption referralturn").split()
"""Beside invoices. Not spend: it is read, and compared, with the invoices."""


def left_with(ids: Ids) -> list[tuple[UUID, str]]:
    """(guest, table) of rows that guests who were merged away still own (rule 9.4)."""
    org = current_organization()
    parts = [
        """SELECT DISTINCT guest_id, 'invoice' FROM records_invoice
        WHERE organization_id = %s AND opened_quarter IN %s AND guest_id IN %s"""
    ]
    parts += [
        f"SELECT DISTINCT guest_id, '{table}' FROM records_{table}"
        " WHERE organization_id = %s AND guest_id IN %s"
        for table in _OWNED
    ]
    params = [org, quarters_of_invoices(), ids, *[org, ids] * len(_OWNED)]
    rows = select(" UNION ALL ".join(parts), params, types="uuid text")
    return [(row[0], row[1]) for row in rows]
