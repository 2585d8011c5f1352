"""Is a guest's ledger whole, and is the account what it adds up to (rule 1.4)?

Every check answers with what differs, in the order of the entries; the first is what is named.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from regulars.records import codec, save
from regulars.records.queries.ledgers import DrawRow, EntryRow, Ledger, LotRow, MoveRow
from regulars.rules import credit_history, tiers
from regulars.rules.facts import Standing
from regulars.rules.lots import CREDIT, POINTS
from regulars.services.verifying_report import Difference, shown

MAY_TAKE_HELD = ("expiry", "reversal", "transfer")
"""Draws that take what a hold had set aside; the hold's own list stays as it was."""

LAPSES = {POINTS: ("expiry", "forfeiture"), CREDIT: ("expiry",)}
"""Draws after which value counts as expired (rule 8.3)."""


@dataclass(slots=True)
class Books:
    """One ledger, with its rows by what they hang on."""

    ledger: Ledger
    opened: dict[int, list[LotRow]]
    drawn: dict[int, list[DrawRow]]
    extensions: dict[int, list[tuple[int, date | None, date | None]]]
    """By lot: (entry, from, to) of every time its last day was moved."""

    @classmethod
    def of(cls, ledger: Ledger) -> "Books":
        opened = _grouped(ledger.lots)
        drawn = _grouped(ledger.draws)
        return cls(ledger, opened, drawn, _extensions(ledger))

    def differs(
        self, entry: int | None, what: str, expected: object, found: object, *, place: str = ""
    ) -> Difference:
        return Difference(self.ledger.ref, entry, place, what, shown(expected), shown(found))

    def first_day(self, lot: LotRow) -> date | None:
        """The last day a lot had when it was opened."""
        moved = self.extensions.get(lot.number)
        return moved[0][1] if moved else lot.expires_on


def _grouped(rows: list[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.entry, []).append(row)
    return groups


def _extensions(ledger: Ledger) -> dict[int, list[tuple[int, date | None, date | None]]]:
    lots_of_reward: dict[str, list[LotRow]] = {}
    found: dict[int, list[tuple[int, date | None, date | None]]] = {}
    for entry in ledger.entries:
        if entry.points or entry.kind != "adjustment":
            continue
        why = codec.value_of(entry.why)
        if why.get("because") == "extended":
            numbers, days = why["lots"], (why["from"], why["to"])
        elif why.get("because") == "reward_edited":
            lots_of_reward = lots_of_reward or _lots_of_rewards(ledger)
            mine = lots_of_reward.get(why["reward"], [])
            # An edited amount goes to a new lot: this is the one there was by then.
            numbers = [lot.number for lot in mine if lot.entry < entry.number][-1:]
            days = why["expires_on"]
        else:
            continue
        for number in numbers:
            moved = (entry.number, _day(days[0]), _day(days[1]))
            found.setdefault(number, []).append(moved)
    return found


def _lots_of_rewards(ledger: Ledger) -> dict[str, list[LotRow]]:
    """By code: the lots that a reward has had with this guest, oldest first."""
    known = {reward.lot: reward.id for reward in ledger.rewards}
    why_of = {entry.number: codec.value_of(entry.why) for entry in ledger.entries}
    drawn = {draw.lot: why_of.get(draw.entry, {}).get("reward") for draw in ledger.draws}
    opened = _grouped(ledger.lots)
    sources = {entry.number: entry.source for entry in ledger.entries}
    found: dict[str, list[LotRow]] = {}
    for lot in ledger.lots:
        place = lot.number - opened[lot.entry][0].number + 1
        why = why_of.get(lot.entry, {})
        code = credit_history.code_said(why, sources.get(lot.entry, ""), ledger.ref, place)
        code = code or known.get(lot.number) or drawn.get(lot.number)
        if lot.unit == CREDIT and code:
            found.setdefault(code, []).append(lot)
    return found


def _day(text: str | None) -> date | None:
    return None if text is None or text == "None" else date.fromisoformat(text)


def ledger_differences(ledger: Ledger) -> Iterator[Difference]:
    """Everything that differs in one guest's ledger and account, the chain first."""
    books = Books.of(ledger)
    yield from _chain(books)
    yield from _strays(books)
    yield from _account(books)
    yield from _lots(books)
    yield from _moves(books)


# -- the chain --------------------------------------------------------------------------------


def _chain(books: Books) -> Iterator[Difference]:
    """Entries 1 to n without a gap, each linked to the one before, the last one the head."""
    ledger = books.ledger
    head, number = "", 0
    for entry in ledger.entries:
        number += 1
        if entry.number != number:
            yield books.differs(number, "this entry", "there", f"entry {entry.number} next")
            return
        if entry.hash not in _links(books, entry, head):
            expected = next(iter(_links(books, entry, head)))
            what = "its hash, over what it says, its lots and draws,"
            yield books.differs(number, what, expected[:12], entry.hash[:12])
            return
        head = entry.hash
    if ledger.entry_count > number:
        yield books.differs(number + 1, "this entry", "there", "nothing")
    elif ledger.entry_count < number:
        past = ledger.entry_count + 1
        yield books.differs(past, "the number of entries", ledger.entry_count, number)
    elif ledger.head != head:
        yield books.differs(number or None, "the last hash", ledger.head[:12], head[:12])
    keys = Counter(entry.key for entry in ledger.entries)
    for entry in ledger.entries:
        if keys[entry.key] > 1:
            yield books.differs(
                entry.number, f"the key {entry.key}", "there once", "more often"
            )


def _links(books: Books, entry: EntryRow, head: str) -> list[str]:
    """The hash an entry should have.

    A last day moved by the very act that opened the lot was hashed as moved: two may be right.
    """
    opened = books.opened.get(entry.number, [])
    first = _link(entry, head, books, [books.first_day(lot) for lot in opened])
    if entry.hash == first or not any(lot.number in books.extensions for lot in opened):
        return [first]
    return [first, _link(entry, head, books, [_day_when_saved(books, lot) for lot in opened])]


def _day_when_saved(books: Books, lot: LotRow) -> date | None:
    posted = {entry.number: entry.posted_at for entry in books.ledger.entries}
    day = books.first_day(lot)
    for number, _, to_day in books.extensions.get(lot.number, ()):
        if posted.get(number) == posted.get(lot.entry):
            day = to_day
    return day


def _link(entry: EntryRow, head: str, books: Books, days: list[date | None]) -> str:
    facts = (
        entry.number,
        entry.unit,
        entry.kind,
        entry.action,
        entry.points,
        entry.tier,
        entry.source,
        entry.on,
        entry.key,
        entry.version,
        entry.why,
        entry.posted_at,
        entry.posted_by,
    )
    lots = [
        (lot.number, lot.size, lot.tier, lot.action, lot.source, lot.earned_on, day)
        for lot, day in zip(books.opened.get(entry.number, ()), days, strict=True)
    ]
    draws = [(draw.lot, draw.points, draw.kind) for draw in books.drawn.get(entry.number, ())]
    return save.entry_hash(head, facts, lots, draws)


def _strays(books: Books) -> Iterator[Difference]:
    """Lots hang on an entry that is there, draws on a lot of the same unit."""
    ledger = books.ledger
    units = {entry.number: entry.unit for entry in ledger.entries}
    lot_units = {lot.number: lot.unit for lot in ledger.lots}
    for lot in ledger.lots:
        if units.get(lot.entry) != lot.unit:
            found = units.get(lot.entry)
            yield books.differs(lot.entry, "its entry's unit", lot.unit, found, place=_lot(lot))
    for draw in ledger.draws:
        if lot_units.get(draw.lot) != units[draw.entry]:
            expected, found = units[draw.entry], lot_units.get(draw.lot)
            yield books.differs(draw.entry, f"the unit of lot {draw.lot}", expected, found)


def _lot(lot: LotRow) -> str:
    return f"lot {lot.number}"


# -- the account ------------------------------------------------------------------------------


def _account(books: Books) -> Iterator[Difference]:
    """Entries add up to what is shown, which is the open lots less the debt (contract 4)."""
    ledger = books.ledger
    shown_points = {POINTS: (ledger.points, ledger.debt), CREDIT: (ledger.credit_cents, 0)}
    for unit, (points, debt) in shown_points.items():
        in_all = sum(entry.points for entry in ledger.entries if entry.unit == unit)
        if in_all != points:
            yield books.differs(None, f"the {unit} of the account", in_all, points)
        left = sum(lot.remaining for lot in ledger.lots if lot.unit == unit)
        if left - debt != points:
            yield books.differs(None, f"the open lots of {unit} less debt", points, left - debt)
        yield from _debt(books, unit, debt)
    last = max((lot.number for lot in ledger.lots), default=0)
    if ledger.lot_count != last or len(ledger.lots) != last:
        found = f"{len(ledger.lots)}, the last of them {last}"
        yield books.differs(None, "the number of lots", ledger.lot_count, found)


def _debt(books: Books, unit: str, debt: int) -> Iterator[Difference]:
    """What an entry moved beyond its lots was owed, or paid back what was."""
    owed = 0
    for entry in books.ledger.entries:
        if entry.unit != unit:
            continue
        opened = sum(lot.size for lot in books.opened.get(entry.number, ()))
        drawn = sum(draw.points for draw in books.drawn.get(entry.number, ()))
        owed += opened - drawn - entry.points
        if owed < 0:
            yield books.differs(
                entry.number,
                "the value that its lots gave and took",
                entry.points,
                opened - drawn,
            )
            return
    if owed != debt:
        yield books.differs(None, f"the debt of {unit}", owed, debt)


# -- lots -------------------------------------------------------------------------------------


def _lots(books: Books) -> Iterator[Difference]:
    """Size = what is left + all that was drawn, by kind; last days as entries moved them."""
    draws: dict[int, list[DrawRow]] = {}
    for draw in books.ledger.draws:
        draws.setdefault(draw.lot, []).append(draw)
    kinds = {entry.number: entry.kind for entry in books.ledger.entries}
    for lot in books.ledger.lots:
        mine = draws.get(lot.number, [])
        yield from _size(books, lot, mine)
        lapsed = sum(draw.points for draw in mine if draw.kind in LAPSES[lot.unit])
        taken_over = kinds.get(lot.entry) == "transfer"
        if lot.expired < lapsed or (lot.expired > lapsed and not taken_over):
            yield books.differs(lot.entry, "what lapsed", lapsed, lot.expired, place=_lot(lot))
        yield from _last_day(books, lot)
        yield from _held(books, lot, mine)
    for number in books.ledger.held:
        if number not in {lot.number for lot in books.ledger.lots}:
            yield books.differs(None, f"lot {number}, which a hold names,", "there", "nothing")


def _size(books: Books, lot: LotRow, draws: list[DrawRow]) -> Iterator[Difference]:
    left = lot.size
    for number, some in groupby(draws, key=lambda draw: draw.entry):
        for draw in some:
            left -= draw.points
        if not 0 <= left <= lot.size:
            span = f"0 to {lot.size}"
            yield books.differs(number, "what is left after it", span, left, place=_lot(lot))
            return
    if left != lot.remaining:
        by_kind = Counter[str]()
        for draw in draws:
            by_kind[draw.kind] += draw.points
        spent = ", ".join(f"{points} by {kind}" for kind, points in sorted(by_kind.items()))
        expected = f"{left} ({lot.size} less {spent})" if spent else str(left)
        yield books.differs(lot.entry, "what is left", expected, lot.remaining, place=_lot(lot))


def _last_day(books: Books, lot: LotRow) -> Iterator[Difference]:
    moved = books.extensions.get(lot.number, [])
    for (_, _, before), (number, after, _) in pairwise(moved):
        if before != after:
            yield books.differs(number, "the last day it moves", before, after, place=_lot(lot))
    if moved and moved[-1][2] != lot.expires_on:
        yield books.differs(
            moved[-1][0], "the last day", moved[-1][2], lot.expires_on, place=_lot(lot)
        )


def _held(books: Books, lot: LotRow, draws: list[DrawRow]) -> Iterator[Difference]:
    aside = books.ledger.held.get(lot.number, 0)
    may_be_less = any(draw.kind in MAY_TAKE_HELD for draw in draws)
    if lot.held > aside or (lot.held < aside and not may_be_less):
        yield books.differs(lot.entry, "what is on hold", aside, lot.held, place=_lot(lot))


# -- tiers ------------------------------------------------------------------------------------


def _moves(books: Books) -> Iterator[Difference]:
    """Each move starts where the one before led, the last leads to where the guest is."""
    ledger = books.ledger
    standing = Standing()
    for place, move in enumerate(ledger.moves):
        name = f"tier move {place + 1}"
        if move.number != place + 1:
            yield books.differs(None, name, "there", f"tier move {move.number} next")
            return
        if move.standing_before != standing and not _is_joined(move):
            yield books.differs(
                None, "the standing before it", standing, move.standing_before, place=name
            )
            return
        if move.before != move.standing_before.tier:
            expected = move.standing_before.tier
            yield books.differs(None, "the tier before it", expected, move.before, place=name)
            return
        later = ledger.moves[place + 1 :]
        standing = later[0].standing_before if later else ledger.standing
        if not _leads_to(ledger.moves[: place + 1], standing):
            what = "the standing it leads to"
            yield books.differs(None, what, move.after, _said(standing), place=name)
            return
    if not ledger.moves and ledger.standing != Standing():
        yield books.differs(None, "the tier of a guest without moves", None, _said(standing))


def _is_joined(move: MoveRow) -> bool:
    return move.cause == "merge"


def _leads_to(moves: list[MoveRow], standing: Standing) -> bool:
    """By entering the tier; by going back to the morning's, where a void undid a day (4.16)."""
    move = moves[-1]
    if standing.tier != move.after:
        return False
    if _is_joined(move):
        return True
    entered = tiers.enter(move.standing_before, move.after, on=move.on)
    if standing in (entered, replace(entered, is_direct=move.after is not None)):
        return True
    today = [one.standing_before for one in moves if one.on == move.on]
    return move.cause == "close" and standing in today


def _said(standing: Standing) -> str:
    since = f" since {standing.since}" if standing.since else ""
    return f"{standing.tier}{since}"
