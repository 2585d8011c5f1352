"""Every lot of money rewards with all that happened to it, guest by guest, streamed.

A reward's row tells how it stands now; the ledger of credit tells the past. A lot that is no
longer its reward's (the amount was edited, the guest merged) finds its code by its first entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select, stream
from regulars.records.scope import current_organization
from regulars.rules.credit_history import (
    CreditLot,
    DayMoved,
    Step,
    code_said,
    happening_of,
    lot_edited,
)

Place = tuple[UUID, int]
"""A guest's row and the number of a lot."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a reward's row says of it beside its money: `run` is the run's id."""

    source: str
    run: str | None
    note: str | None


@dataclass(slots=True)
class GuestCredit:
    """One guest's lots of credit, in the order of their numbers."""

    key: UUID
    ref: str
    name: str
    lots: list[CreditLot] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)


@dataclass(slots=True)
class _Line:
    """One row of the stream: an entry's effect on a lot, or an entry that moved none."""

    guest: UUID
    entry: int
    lot: int
    is_opening: bool
    on: date
    kind: str
    why: dict[str, Any]
    source: str
    by: str | None
    cents: int
    expires_on: date | None
    ref: str
    name: str
    code: str | None
    reward_source: str | None
    run: str | None
    note: str | None


# CROSS JOIN: SQLite goes from the left, where little is of credit, to the right.
_ENTRY = "e.entered_on, e.kind, e.why, e.source, e.posted_by"
_OPENED = f"""SELECT e.guest_id AS guest_id, e.number AS entry, l.number AS lot, 1 AS opening,
    {_ENTRY}, l.size_points AS cents, l.expires_on AS last_day
    FROM records_lot l CROSS JOIN records_ledgerentry e
    WHERE l.organization_id = %s AND l.unit = 'credit' AND e.guest_id = l.guest_id
    AND e.organization_id = l.organization_id AND e.number = l.entry_number
    AND e.unit = 'credit'"""
_DRAWN = f"""SELECT e.guest_id, e.number, d.lot_number, 0, {_ENTRY}, -d.points, NULL
    FROM records_ledgerentry e CROSS JOIN records_draw d
    WHERE e.organization_id = %s AND e.unit = 'credit' AND d.guest_id = e.guest_id
    AND d.organization_id = e.organization_id AND d.entered_on = e.entered_on
    AND d.entry_number = e.number"""
_EMPTY = f"""SELECT e.guest_id, e.number, 0, 0, {_ENTRY}, 0, NULL FROM records_ledgerentry e
    WHERE e.organization_id = %s AND e.unit = 'credit' AND e.points = 0
    AND e.kind = 'adjustment'"""
_ALL = f"""SELECT m.*, g.external_id, g.name, r.external_id, r.source, u.external_id, r.note
    FROM ({_OPENED} UNION ALL {_DRAWN} UNION ALL {_EMPTY}) m
    JOIN records_guest g ON g.organization_id = %s AND g.id = m.guest_id
    LEFT JOIN records_reward r ON r.organization_id = g.organization_id
    AND r.guest_id = m.guest_id AND r.lot_number = m.lot AND m.opening = 1
    LEFT JOIN records_rewardrun u ON u.organization_id = g.organization_id AND u.id = r.run_id
    ORDER BY m.guest_id, m.entry, m.lot, m.opening DESC"""
_REF = 11
"""The column of the guest's id, which costs less to compare than the row's."""
_TYPES = "uuid int int bool date text text text text int date text text text text text text"


def guests_with_credit() -> Iterator[GuestCredit]:
    """Everybody who ever had a reward, by row id. A fixed number of statements."""
    codes = _codes()
    org = current_organization()
    for _, rows in groupby(stream(_ALL, [org] * 4, _TYPES), key=itemgetter(_REF)):
        yield _guest([_line(row) for row in rows], codes)


def _line(row: tuple[Any, ...]) -> _Line:
    values: list[Any] = [*row[:6], _reason(row[6]), *row[7:]]
    return _Line(*values)


@lru_cache(maxsize=1024)
def _reason(text: str) -> dict[str, Any]:
    """Why an entry was made: the same words for everybody whom a run gave a reward."""
    why: dict[str, Any] = codec.value_of(text)
    return why


def _guest(lines: list[_Line], codes: "_Codes") -> GuestCredit:
    first = lines[0]
    found = GuestCredit(first.guest, first.ref, first.name)
    lots: dict[int, CreditLot] = {}
    for line in lines:
        if line.is_opening:
            code, label = _named(line, codes)
            lots[line.lot] = CreditLot(line.lot, code, line.on, line.expires_on)
            found.labels.setdefault(code, label)
        if line.lot:
            _add_step(lots[line.lot], line)
        else:
            _move_days(lots, line)
    found.lots = list(lots.values())
    for lot in found.lots:
        if len(lot.steps) > 1:
            lot.steps.sort(key=lambda step: (step.on, step.entry))
        lot.moved.sort(key=lambda move: (move.on, move.entry))
    return found


def _named(line: _Line, codes: "_Codes") -> tuple[str, Label]:
    if line.code is not None:
        return line.code, Label(str(line.reward_source), line.run, line.note)
    code = codes.of_lots[line.guest, line.lot]
    return code, codes.labels[code]


def _add_step(lot: CreditLot, line: _Line) -> None:
    """A lot taken over at a merge is opened whole, less what was used before: one step."""
    happening = happening_of(line.kind, line.why)
    cents = line.cents
    if lot.steps and lot.steps[-1].entry == line.entry:
        cents += lot.steps.pop().cents
    invoice = line.why.get("invoice")
    lot.steps.append(Step(line.entry, line.on, happening, cents, line.source, line.by, invoice))


def _move_days(lots: dict[int, CreditLot], line: _Line) -> None:
    """An entry of nothing, which says the last day before and after (rule 10.10)."""
    why = line.why
    if why.get("because") == "reward_edited":
        known = list(lots.values())
        lot = lot_edited(known, why["reward"], entry=line.entry)
        days, edited = why["expires_on"], [lot] if lot else []
    elif why.get("because") == "extended":
        days, edited = (why["from"], why["to"]), [lots[number] for number in why["lots"]]
    else:
        return
    for lot in edited:
        move = DayMoved(line.entry, line.on, _day(days[0]), _day(days[1]))
        lot.moved.append(move)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


# -- lots that are no longer their reward's ---------------------------------------------------


@dataclass(slots=True)
class _Codes:
    """The codes of lots that no reward's row names any more, and the labels of those codes."""

    of_lots: dict[Place, str]
    labels: dict[str, Label]


_ODD = """SELECT l.guest_id, l.number, e.why, e.source, g.external_id, 1 + l.number - (
        SELECT MIN(o.number) FROM records_lot o WHERE o.organization_id = l.organization_id
        AND o.guest_id = l.guest_id AND o.entry_number = l.entry_number)
    FROM records_lot l JOIN records_ledgerentry e ON e.organization_id = l.organization_id
    AND e.guest_id = l.guest_id AND e.number = l.entry_number AND e.unit = 'credit'
    JOIN records_guest g ON g.organization_id = l.organization_id AND g.id = l.guest_id
    LEFT JOIN records_reward r ON r.organization_id = l.organization_id
    AND r.guest_id = l.guest_id AND r.lot_number = l.number
    WHERE l.organization_id = %s AND l.unit = 'credit' AND r.id IS NULL"""


def _codes() -> _Codes:
    org = current_organization()
    odd = select(_ODD, [org], types="uuid int text text text int")
    known: dict[Place, str] = {}
    moved: list[Place] = []
    for guest, lot, why_text, source, ref, place in odd:
        code = code_said(codec.value_of(why_text), source, ref, place)
        if code is None:
            moved.append((guest, lot))
        else:
            known[guest, lot] = code
    if moved:
        _follow_merges(known, moved)
    return _Codes(known, _labels(set(known.values())))


def _follow_merges(known: dict[Place, str], moved: list[Place]) -> None:
    """The code of a lot that came with a merge is that of the lot it was before."""
    rows = select(
        "SELECT guest_id, survivor_id, moved FROM records_merge WHERE organization_id = %s",
        [current_organization()],
        types="uuid uuid text",
    )
    before: dict[Place, Place] = {}
    for guest, survivor, text in rows:
        for lot in codec.value_of(text)["lots"]:
            if lot["unit"] == "credit":
                before[survivor, lot["into"]] = (guest, lot["out"])
    for place in moved:
        origin = place
        while origin not in known:
            origin = before[origin]
            if origin not in known and origin not in before:
                _know_rewards_of_merged(known)
        known[place] = known[origin]


def _know_rewards_of_merged(known: dict[Place, str]) -> None:
    """A merge undone gave rewards back to guests who had been merged away."""
    org = current_organization()
    rows = select(
        """SELECT guest_id, lot_number, external_id FROM records_reward
        WHERE organization_id = %s AND guest_id IN (
            SELECT guest_id FROM records_merge WHERE organization_id = %s)""",
        [org, org],
        types="uuid int text",
    )
    for guest, lot, code in rows:
        known.setdefault((guest, lot), code)


def _labels(codes: set[str]) -> dict[str, Label]:
    rows = select(
        """SELECT r.external_id, r.source, u.external_id, r.note FROM records_reward r
        LEFT JOIN records_rewardrun u ON u.organization_id = r.organization_id
        AND u.id = r.run_id WHERE r.organization_id = %s AND r.external_id IN %s""",
        [current_organization(), sorted(codes)],
    )
    return {code: Label(*label) for code, *label in rows}
