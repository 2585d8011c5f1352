"""What waits for a close of business, and what one came to, as rows (rule 4.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.queries.work import WorkLine
from regulars.records.scope import current_organization

# -- what waits -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """At one center: invoices still open, and guests whom its close has something for."""

    n_open_invoices: int = 0
    n_guests: int = 0


def waiting_by_center(day: date) -> dict[UUID, Waiting]:
    """By the centers' row ids, as of the close of a day. Two queries."""
    org = current_organization()
    opened = select(
        """SELECT center_id, COUNT(*) FROM records_invoice
        WHERE organization_id = %s AND status = 'open' AND opened_on <= %s
        GROUP BY center_id""",
        [org, day],
        types="uuid int",
    )
    guests = select(
        """SELECT center_id, COUNT(*) FROM (
        SELECT center_id, guest_id FROM records_invoice
        WHERE organization_id = %s AND settle_on <= %s
        UNION SELECT center_id, guest_id FROM records_appointment
        WHERE organization_id = %s AND settle_on <= %s) waiting GROUP BY center_id""",
        [org, day, org, day],
        types="uuid int",
    )
    n_open, n_guests = dict(opened), dict(guests)
    return {
        center: Waiting(n_open.get(center, 0), n_guests.get(center, 0))
        for center in n_open.keys() | n_guests.keys()
    }


@dataclass(frozen=True, slots=True)
class Lapsing:
    n_guests: int
    points: int


def lapsing_through(day: date) -> Lapsing:
    """Points whose last day it is, or was (rule 9.1). One query."""
    [row] = select(
        """SELECT COUNT(DISTINCT guest_id), COALESCE(SUM(remaining_points), 0)
        FROM records_lot WHERE organization_id = %s AND remaining_points > 0
        AND expires_on IS NOT NULL AND expires_on <= %s AND unit = 'points'""",
        [current_organization(), day],
        types="int int",
    )
    return Lapsing(*row)


# -- what came of it --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntrySum:
    """Entries of one kind and action together; `points` below zero were taken away."""

    kind: str
    action: str | None
    n_entries: int
    n_guests: int
    points: int


def entry_sums(days: Sequence[date], *, by: str | None = None) -> list[EntrySum]:
    """Points that were entered on these days, by kind and action; of one actor or of all."""
    only = "" if by is None else " AND posted_by = %s"
    rows = select(
        f"""SELECT kind, action, COUNT(*), COUNT(DISTINCT guest_id), SUM(points)
        FROM records_ledgerentry WHERE organization_id = %s AND entered_on IN %s
        AND unit = 'points'{only} GROUP BY kind, action""",
        [current_organization(), list(days), *([] if by is None else [by])],
        types="text text int int int",
    )
    rows.sort(key=lambda row: (row[0], -row[4], row[1] or ""))
    return [EntrySum(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class MoveSum:
    """Guests who went the same way between two tiers; None is no tier."""

    tier_before: str | None
    tier_after: str | None
    cause: str
    n_guests: int


def move_sums(day: date, *, by: str | None = None) -> list[MoveSum]:
    """Tier moves of a day, the most frequent first; of one actor or of all."""
    only = "" if by is None else " AND posted_by = %s"
    rows = select(
        f"""SELECT tier_before, tier_after, cause, COUNT(*) FROM records_tiermove
        WHERE organization_id = %s AND moved_on = %s{only}
        GROUP BY tier_before, tier_after, cause""",
        [current_organization(), day, *([] if by is None else [by])],
        types="text text text int",
    )
    # Sorted here: the databases do not agree whether null comes first.
    rows.sort(key=lambda row: (-row[3], row[0] or "", row[1] or "", row[2]))
    return [MoveSum(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that a close made for something of before. `earned_on` None: taken back."""

    guest: str
    name: str
    kind: str
    action: str | None
    points: int
    source: str
    earned_on: date | None


def late_awards(day: date, *, limit: int) -> list[Change]:
    """Rule 5.6: awards of this close for days that were final before, known too late."""
    return _changes(
        """e.kind = 'accrual' AND l.organization_id = e.organization_id
        AND l.guest_id = e.guest_id AND l.entry_number = e.number
        AND l.earned_on < e.entered_on""",
        "l.earned_on",
        day,
        limit,
    )


def taken_back(day: date, *, limit: int) -> list[Change]:
    """Rule 8: what refunds, voids and removed payments took back that day."""
    return _changes("e.kind = 'reversal'", "NULL", day, limit)


def _changes(which: str, earned_on: str, day: date, limit: int) -> list[Change]:
    """The day's entries lead: SQLite keeps to the order of a CROSS JOIN."""
    lots = """ CROSS JOIN records_lot l"""
    rows = select(
        f"""SELECT g.external_id, g.name, e.kind, e.action, e.points, e.source, {earned_on}
        FROM records_ledgerentry e {"" if earned_on == "NULL" else lots}
        CROSS JOIN records_guest g
        WHERE e.organization_id = %s AND e.entered_on = %s AND e.unit = 'points'
        AND g.organization_id = e.organization_id AND g.id = e.guest_id
        AND {which} ORDER BY g.name, e.guest_id, e.number LIMIT %s""",
        [current_organization(), day, limit],
        types="text text text text int text" + ("" if earned_on == "NULL" else " date"),
    )
    return [Change(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A command of a file that was refused: nothing came of it."""

    name: str
    at: datetime
    code: str
    message: str


def refused_between(first: datetime, last: datetime, *, limit: int) -> list[RefusedLine]:
    rows = select(
        """SELECT name, at, code, message FROM records_refusal
        WHERE organization_id = %s AND at >= %s AND at < %s ORDER BY at, id LIMIT %s""",
        [current_organization(), first, last, limit],
        types="text instant text text",
    )
    return [RefusedLine(*row) for row in rows]


def work_of(day: date) -> list[WorkLine]:
    """What the worker did for a day: closes by center, the final one, expiry. One query."""
    rows: list[tuple[Any, ...]] = select(
        """SELECT job, day, NULLIF(center_ref, ''), state, attempts, worker, started_at,
        ended_at, milliseconds, n_done, outcome, next_try_at FROM records_workrun
        WHERE organization_id = %s AND day = %s ORDER BY started_at, id""",
        [current_organization(), day],
        types="text date text text int text instant instant int int text instant",
    )
    return [WorkLine(*row) for row in rows]


def guests_settled(day: date) -> int:
    """How many guests the close of a day settled; 0 where it was idle. One query."""
    rows = select(
        """SELECT n_guests FROM records_jobrun
        WHERE organization_id = %s AND job = 'close' AND day = %s AND is_done""",
        [current_organization(), day],
        types="int",
    )
    return int(rows[0][0]) if rows else 0
