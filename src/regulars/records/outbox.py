"""The outbox as the worker reads it: rows in their order, what they name, and marking them.

A row is taken by its status and never by "later than the last one seen": transactions commit
in another order than they take their ids.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from regulars.records import codec
from regulars.records.bulk import execute, select, write_once
from regulars.records.ids import uuid7
from regulars.records.quarters import quarters_of_entries
from regulars.records.scope import current_organization

WAITING, TOLD = "waiting", "told"
GROWN = "ledger.grown"
REWARDS_EXPIRED = "rewards.expired"


# -- writing ----------------------------------------------------------------------------------


def put_grown(grown: Sequence[dict[str, Any]], *, at: datetime) -> None:
    """Tell that guests' ledgers grew: each by its entries and moves, one event each."""
    n_events = sum(
        one["entries"][1] - one["entries"][0] + 1 + len(one["moves"]) for one in grown
    )
    _put(GROWN, grown, n_events, at=at, status=WAITING)


def put(topic: str, data: dict[str, Any], *, at: datetime) -> None:
    """Tell one event of no guest's ledger: its type and what it says."""
    _put(topic, data, 1, at=at, status=TOLD)


def put_expired_rewards(*, after: date | None, through: date, at: datetime) -> None:
    """Tell of rewards whose last day was in these days; each is an event."""
    since = "" if after is None else " AND r.expires_on > %s"
    rows = select(
        f"""SELECT g.external_id, r.external_id, r.amount_cents, r.expires_on
        FROM records_reward r JOIN records_guest g
        ON g.organization_id = r.organization_id AND g.id = r.guest_id
        WHERE r.organization_id = %s AND r.expires_on IS NOT NULL AND r.expires_on <= %s{since}
        AND r.state = 'issued' ORDER BY r.expires_on, r.external_id""",
        [current_organization(), through, *([] if after is None else [after])],
        types="text text int date",
    )
    if rows:
        _put(REWARDS_EXPIRED, rows, len(rows), at=at, status=TOLD)


def _put(topic: str, body: Any, n_events: int, *, at: datetime, status: str) -> None:
    """One row. `drawn` rises in the order of writing, over all processes of the database: on
    SQLite there is one writer, on PostgreSQL a sequence.
    """
    organization = current_organization()
    drawn, values = "nextval('records_outbox_drawn')", []
    if connection.vendor == "sqlite":
        # What was looked at when the table was short makes SQLite read all that waits for the
        # greatest; a range of the index's last column has it walk the index from its end.
        drawn = (
            "(SELECT COALESCE(MAX(drawn), 0) + 1 FROM records_outbox WHERE organization_id = %s"
            " AND drawn > 0 AND number IS NULL AND n_events > 0)"
        )
        values = [organization]
    write_once(
        "records_outbox",
        "INSERT INTO records_outbox"
        " (id, organization_id, topic, body, at, status, n_events, drawn)"
        f" VALUES (%s, %s, %s, %s, %s, %s, %s, {drawn})",
        [uuid7(), organization, topic, codec.text_of(body), at, status, n_events, *values],
    )


# -- reading ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Growth:
    """What one transaction added to one guest: her entries `first` to `last`, her moves."""

    guest: str
    first: int
    last: int
    n_moves: int


@dataclass(frozen=True, slots=True)
class Row:
    """One transaction's row."""

    id: UUID
    at: datetime
    grown: Sequence[Growth]


@dataclass(frozen=True, slots=True)
class Entry:
    """A ledger entry, as far as a guest is told of it."""

    number: int
    unit: str
    kind: str
    action: str | None
    points: int
    source: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Move:
    number: int
    on: date
    before: str | None
    after: str | None
    cause: str


@dataclass(frozen=True, slots=True)
class LotOfEntry:
    """A lot, as the entry opened it."""

    number: int
    entry: int
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class RewardRow:
    """A reward as it is now. `origin` is the record name of what issued it, None for a rest."""

    origin: str | None
    code: str
    cents: int
    state: str
    expires_on: date | None


def is_waiting() -> bool:
    """Whether a row waits. One short statement."""
    rows = select(
        f"SELECT 1 FROM records_outbox WHERE organization_id = %s AND status = '{WAITING}'"
        " LIMIT 1",
        [current_organization()],
    )
    return bool(rows)


def take(*, limit: int) -> list[Row]:
    """The oldest rows that wait, held until the transaction ends.

    Another that asks meanwhile waits, and then finds them marked.
    """
    # On SQLite the transaction is the only writer of the file.
    held = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    rows = select(
        "SELECT id, at, body FROM records_outbox"
        f" WHERE organization_id = %s AND status = '{WAITING}' ORDER BY id LIMIT %s{held}",
        [current_organization(), limit],
        types="uuid instant text",
    )
    return [Row(key, at, _grown(body)) for key, at, body in rows]


def _grown(body: str) -> Sequence[Growth]:
    return [
        Growth(one["guest"], one["entries"][0], one["entries"][1], len(one["moves"]))
        for one in codec.value_of(body)
    ]


def mark_told(rows: Iterable[Row]) -> None:
    execute(
        f"UPDATE records_outbox SET status = '{TOLD}' WHERE organization_id = %s AND id IN %s",
        [current_organization(), [row.id for row in rows]],
    )


def mark_past_told(*, before: datetime | None) -> int:
    """Mark every row of before then, or every row, without a look at it; how many."""
    until, values = ("", []) if before is None else (" AND at < %s", [before])
    return execute(
        f"UPDATE records_outbox SET status = '{TOLD}'"
        f" WHERE organization_id = %s AND status = '{WAITING}'{until}",
        [current_organization(), *values],
    )


# -- what the rows name -----------------------------------------------------------------------


def guests_named(refs: Iterable[str]) -> dict[str, UUID]:
    """Row ids by the callers' ids; without those who were merged into another since."""
    rows = select(
        "SELECT external_id, id FROM records_guest WHERE organization_id = %s"
        " AND external_id IN %s AND merged_into_id IS NULL",
        [current_organization(), sorted(set(refs))],
        types="text uuid",
    )
    return dict(rows)


def entries_of(guests: Sequence[UUID], *, first: int, last: int) -> dict[UUID, list[Entry]]:
    """Entries with numbers between these two, of each guest, in order."""
    return _by_guest(
        """SELECT guest_id, number, unit, kind, action, points, source, entered_on, why
        FROM records_ledgerentry WHERE organization_id = %s AND entered_quarter IN %s
        AND guest_id IN %s AND number >= %s AND number <= %s ORDER BY guest_id, number""",
        [quarters_of_entries(), guests, first, last],
        "uuid int text text text int text date text",
        Entry,
    )


def moves_of(guests: Sequence[UUID], *, at: Iterable[datetime]) -> dict[Any, list[Move]]:
    """Moves made by the transactions of these instants, by guest and instant, in order."""
    instants = set(at)
    rows = select(
        """SELECT guest_id, posted_at, number, moved_on, tier_before, tier_after, cause
        FROM records_tiermove WHERE organization_id = %s AND guest_id IN %s
        AND posted_at >= %s AND posted_at <= %s ORDER BY guest_id, number""",
        [current_organization(), list(guests), min(instants), max(instants)],
        types="uuid instant int date text text text",
    )
    found: dict[Any, list[Move]] = {}
    for guest, posted_at, *values in rows:
        if posted_at in instants:
            found.setdefault((guest, posted_at), []).append(Move(*values))
    return found


def lots_of(guests: Sequence[UUID], *, first: int, last: int) -> dict[UUID, list[LotOfEntry]]:
    """Lots that entries with numbers between these two have opened."""
    return _by_guest(
        """SELECT guest_id, number, entry_number, expires_on FROM records_lot
        WHERE organization_id = %s AND guest_id IN %s
        AND entry_number >= %s AND entry_number <= %s ORDER BY guest_id, number""",
        [guests, first, last],
        "uuid int int date",
        LotOfEntry,
    )


def rewards_of(guests: Sequence[UUID]) -> dict[UUID, list[RewardRow]]:
    return _by_guest(
        """SELECT r.guest_id, CASE WHEN r.rest_of IS NOT NULL THEN NULL
            WHEN u.external_id IS NULL THEN 'issue_reward/' || r.external_id
            ELSE 'process_rewards/' || u.external_id END,
        r.external_id, r.amount_cents, r.state, r.expires_on
        FROM records_reward r LEFT JOIN records_rewardrun u
        ON u.organization_id = r.organization_id AND u.id = r.run_id
        WHERE r.organization_id = %s AND r.guest_id IN %s ORDER BY r.guest_id, r.external_id""",
        [guests],
        "uuid text text int text date",
        RewardRow,
    )


def _by_guest(sql: str, values: list[Any], types: str, row: Any) -> dict[UUID, list[Any]]:
    guests, *others = values
    rows = select(sql, [current_organization(), list(guests), *others], types=types)
    found: dict[UUID, list[Any]] = {}
    for guest, *columns in rows:
        found.setdefault(guest, []).append(row(*columns))
    return found
