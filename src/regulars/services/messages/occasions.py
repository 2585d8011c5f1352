"""What happened, as the outbox has it, turned into occasions for messages (rule 12).

A row of the outbox is marked in the transaction that queues its messages: a worker that dies in
between leaves neither. Names of occasions come from the numbers of entries and moves, so they
are the same whoever makes them, and however often.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import codec, models, outbox
from regulars.records.outbox import Entry, Growth, LotOfEntry, Move, RewardRow, Row
from regulars.rules.lots import CREDIT, POINTS
from regulars.services.messages.making import Occasion, make_messages
from regulars.services.messages.values import reward_values
from regulars.services.organizations import Company

FROM_OUTBOX = ("points_awarded", "points_redeemed", "enrolled", "upgraded", "reward_issued")
ROWS = 100
GUESTS = 1000
"""Rows looked at in one transaction: so many, or until they name so many guests."""

_TOLD_CAUSES = ("close", "command")
"""A merge, its undoing or a retired tier moves a guest who did nothing for it."""


def told_from(kinds: Iterable[str]) -> date | None:
    """The first day of which one of these kinds is told; None while all are switched off."""
    rows = models.MessageSetting.objects.filter(is_on=True, kind__in=list(kinds))
    return min(rows.values_list("told_from", flat=True), default=None)


def pass_over_past(company: Company) -> int:
    """Mark what happened before any kind was switched on; returns how many rows.

    One statement, so that an imported past of years costs nothing.
    """
    first = told_from(FROM_OUTBOX)
    before = None if first is None else company.day_begins_at(first)
    return outbox.mark_past_told(before=before)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one transaction over some rows came to; no rows: nothing waits any more."""

    n_rows: int
    n_messages: int


def tell_next(company: Company, *, at: datetime) -> Turn:
    """Queue the messages of the next rows and mark them, in the caller's transaction."""
    rows = _cut(outbox.take(limit=ROWS))
    if not rows:
        return Turn(0, 0)
    found = occasions_of(company, rows)
    n_messages = make_messages(company, found, at=at) if found else 0
    outbox.mark_told(rows)
    return Turn(len(rows), n_messages)


def _cut(rows: Sequence[Row]) -> Sequence[Row]:
    """As many rows as name GUESTS guests, one at least: a row is never told in parts."""
    n_guests = 0
    for place, row in enumerate(rows):
        n_guests += len(row.grown)
        if n_guests > GUESTS:
            return rows[: max(place, 1)]
    return rows


# -- reading ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Rows:
    """All that the rows name, read in a fixed number of statements."""

    guests: dict[str, UUID]
    entries: dict[UUID, list[Entry]]
    moves: dict[Any, list[Move]]
    lots: dict[UUID, list[LotOfEntry]]
    rewards: dict[UUID, list[RewardRow]]


def _read(rows: Sequence[Row]) -> _Rows:
    grown = [one for row in rows for one in row.grown]
    guests = outbox.guests_named(one.guest for one in grown)
    ids = sorted(guests.values())
    first, last = min(one.first for one in grown), max(one.last for one in grown)
    return _Rows(
        guests,
        outbox.entries_of(ids, first=first, last=last),
        outbox.moves_of(ids, at=(row.at for row in rows)),
        outbox.lots_of(ids, first=first, last=last),
        outbox.rewards_of(ids),
    )


def occasions_of(company: Company, rows: Sequence[Row]) -> list[Occasion]:
    """The occasions of these rows, in their order."""
    if not any(row.grown for row in rows):
        return []
    read = _read(rows)
    found: list[Occasion] = []
    for row in rows:
        for one in row.grown:
            guest = read.guests.get(one.guest)
            if guest is not None:
                found += _moved(company, guest, _moves_of(read, guest, row, one))
                found += _grown(read, guest, one)
    return found


def _moves_of(read: _Rows, guest: UUID, row: Row, one: Growth) -> Sequence[Move]:
    """Rows of one instant have the guest's moves of that instant in their order."""
    mine = read.moves.get((guest, row.at), [])
    taken, mine[:] = mine[: one.n_moves], mine[one.n_moves :]
    return taken


# -- moves ------------------------------------------------------------------------------------


def _moved(company: Company, guest: UUID, moves: Sequence[Move]) -> Iterator[Occasion]:
    """Enrolled or upgraded, by what all moves of the transaction come to."""
    if not moves or moves[-1].after is None or moves[-1].cause not in _TOLD_CAUSES:
        return
    before, last = moves[0].before, moves[-1]
    program = company.versions.on(last.on)
    after = program.tier(last.after) if program and last.after else None
    if program is None or after is None:
        return
    name = f"move/{last.number}"
    if before is None:
        yield Occasion(guest, "enrolled", name, last.on, {})
        return
    left = program.tier(before)
    if left is not None and left.rank < after.rank:
        safe_until = _days_later(last.on, after.validity_days)
        values = {"tier_before": left.name, "safe_until": safe_until}
        yield Occasion(guest, "upgraded", name, last.on, values)


def _days_later(day: date, n_days: int) -> date:
    return date.fromordinal(min(day.toordinal() + n_days, date.max.toordinal()))


# -- entries ----------------------------------------------------------------------------------


def _grown(read: _Rows, guest: UUID, one: Growth) -> Iterator[Occasion]:
    mine = [
        entry for entry in read.entries.get(guest, ()) if one.first <= entry.number <= one.last
    ]
    points = [entry for entry in mine if entry.unit == POINTS]
    yield from _awarded(read, guest, points)
    yield from _redeemed(guest, points)
    yield from _issued(read, guest, [entry for entry in mine if entry.unit == CREDIT])


def _awarded(read: _Rows, guest: UUID, entries: Sequence[Entry]) -> Iterator[Occasion]:
    """Points that came; not those that only take the place of points reversed with them."""
    came = [one for one in entries if one.kind == "accrual" and one.points > 0]
    net = sum(one.points for one in entries if one.kind in ("accrual", "reversal"))
    if not came or net <= 0:
        return
    last_days = {lot.entry: lot.expires_on for lot in read.lots.get(guest, ())}
    awards = [
        {
            "points": one.points,
            "why": one.action or one.kind,
            "expires_on": last_days.get(one.number),
        }
        for one in came
    ]
    values = {"earned": sum(one.points for one in came), "awards": awards}
    yield Occasion(guest, "points_awarded", _entry_name(came), came[-1].on, values)


def _redeemed(guest: UUID, entries: Sequence[Entry]) -> Iterator[Occasion]:
    used = [one for one in entries if one.kind == "redemption"]
    if used:
        worth = sum(codec.value_of(one.why)["value_cents"] for one in used)
        values = {"used": -sum(one.points for one in used), "worth_cents": worth}
        yield Occasion(guest, "points_redeemed", _entry_name(used), used[-1].on, values)


def _entry_name(entries: Sequence[Entry]) -> str:
    return f"entry/{entries[0].number}"


def _issued(read: _Rows, guest: UUID, entries: Sequence[Entry]) -> Iterator[Occasion]:
    """New rewards, all of one run together; none that was made void before it was told."""
    for entry in (one for one in entries if one.kind == "accrual"):
        rewards = [
            one
            for one in read.rewards.get(guest, ())
            if one.origin == entry.source and one.state != "void"
        ]
        if rewards:
            yield Occasion(
                guest, "reward_issued", entry.source, entry.on, reward_values(rewards)
            )
