"""Two guests made one, and two again: what moves between their books (rule 9.4)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulars.rules import adjustments
from regulars.rules.facts import Occasion, Standing
from regulars.rules.lots import POINTS, Book, Entry, Lot
from regulars.rules.program import Program
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said


@dataclass(frozen=True, slots=True)
class MovedLot:
    """One lot moved: its number with either guest, what moved, what a debt left of it."""

    unit: str
    out: int
    into: int
    points: int
    left: int


@dataclass(frozen=True, slots=True)
class MovedDebt:
    """A debt on its way, and the survivor's lots that met it."""

    points: int = 0
    draws: tuple[tuple[int, int], ...] = ()

    @property
    def owed(self) -> int:
        return self.points - sum(points for _, points in self.draws)


@dataclass(frozen=True, slots=True)
class Transfer:
    """The act that moves lots: entries carry its record name, day and reason."""

    name: str
    on: date
    because: str
    step: str = ""

    def entry(self, points: int, key: str, *, lot: Lot | None = None, **why: Any) -> Entry:
        reason = {"because": self.because, "points": points, **why}
        if lot is not None:
            reason["lot"] = lot.number
        tier = lot.tier if lot else None
        place = f"{self.name}:{self.step}{key}"
        return Entry("transfer", points, self.on, self.name, place, reason, tier=tier)


def joined(program: Program | None, stays: Standing, goes: Standing) -> Standing:
    """The higher tier and its start win, of equal tiers the earlier start; memories unite."""
    best = min((stays, goes), key=lambda one: (-_height(program, one), one.since or date.max))
    return Standing(
        tier=best.tier,
        since=best.since,
        enrolled_on=best.enrolled_on,
        is_direct=best.is_direct,
        was_enrolled=stays.was_enrolled or goes.was_enrolled,
        entered=tuple(dict.fromkeys((*stays.entered, *goes.entered))),
    )


def _height(program: Program | None, standing: Standing) -> int:
    if standing.tier is None:
        return -1
    tier = program.tier(standing.tier) if program else None
    return 1 + tier.rank if tier else 0


def separated(now: Standing, *, joint: Standing, before: Standing) -> Standing:
    """The survivor's standing once the merge is undone; one it came to since then it keeps."""
    return before if now == joint else now


# -- lots and debts ---------------------------------------------------------------------------


def move_lots(
    giver: Book, taker: Book, lots: Iterable[Lot], *, act: Transfer
) -> list[MovedLot]:
    """Open lots move by a pair of entries each, in the order in which they were posted.

    Emptied ones come with the next, so that a return finds its lot and a lapse is known.
    """
    moved = []
    for group in _around_open_lots(lots):
        lot = next((one for one in group if one.remaining), None)
        if lot is None:
            entry = act.entry(0, f"emptied:{giver.unit}")
            moved += _taken_over(taker, entry, group)
            continue
        points = lot.remaining
        moved += _taken_over(taker, act.entry(points, f"in:{lot.number}", lot=lot), group)
        out = act.entry(-points, f"out:{lot.number}", lot=lot)
        giver.take(out, [(lot, points)])
    return moved


def _around_open_lots(lots: Iterable[Lot]) -> list[list[Lot]]:
    """Each open lot with the emptied ones before it; the last with those after it too."""
    groups: list[list[Lot]] = []
    waiting: list[Lot] = []
    for lot in sorted(lots, key=lambda one: one.number):
        waiting.append(lot)
        if lot.remaining:
            groups.append(waiting)
            waiting = []
    if groups:
        groups[-1] += waiting
        return groups
    return [waiting] if waiting else []


def _taken_over(taker: Book, entry: Entry, lots: list[Lot]) -> list[MovedLot]:
    taker.take_over(entry, lots)
    return [
        MovedLot(taker.unit, lot.number, mine.number, lot.remaining, mine.remaining)
        for lot, mine in zip(lots, entry.lots_opened, strict=True)
    ]


def move_debt(giver: Book, taker: Book, *, act: Transfer) -> MovedDebt:
    """A debt meets the survivor's lots; what they cannot meet stays owed (rule 8.3)."""
    points = giver.debt
    if not points:
        return MovedDebt()
    giver.owe(act.entry(points, "debt:out"))
    entry = taker.debit(act.entry(-points, "debt:in"), taker.open_lots(), may_owe=True)
    return MovedDebt(points, tuple((draw.number, draw.points) for draw in entry.draws))


def give_debt_back(survivor: Book, again: Book, debt: MovedDebt, *, act: Transfer) -> None:
    """The debt returns to whose it was, and what met it to the survivor's lots."""
    if not debt.points:
        return
    if debt.owed:
        survivor.owe(act.entry(debt.owed, "debt:owed"))
    if debt.draws:
        met = debt.points - debt.owed
        draws = [(survivor.lots[number], points) for number, points in debt.draws]
        survivor.give_back(act.entry(met, "debt:met"), draws, on=act.on, kind="transfer")
    again.owe(act.entry(-debt.points, "debt:back"))


def give_lots_back(
    survivor: Book, again: Book, moved: Iterable[MovedLot], *, act: Transfer
) -> None:
    """Moved lots return under their own numbers, with what came back to them since."""
    lots = list(moved)
    theirs = {one.into for one in lots}
    # What a debt of the survivor's took is owed again: its own lots meet it, so they come last.
    for one in sorted(lots, key=lambda one: one.points - one.left):
        lot = survivor.lots.get(one.into)
        cleared = one.points - one.left
        points = cleared + (lot.remaining if lot else 0)
        if not points:
            continue
        original = again.lots[one.out]
        sources = [lot] if lot else []
        sources += [other for other in survivor.open_lots() if other.number not in theirs]
        entry = act.entry(-points, f"out:{one.into}", lot=original)
        if cleared:
            survivor.debit(entry, sources, may_owe=True)
        else:
            survivor.debit(entry, sources[:1])
        if lot is not None and lot.expires_on != original.expires_on:
            _extend(again, original, lot.expires_on, act=act)
        back = act.entry(points, f"in:{one.out}", lot=original)
        # Credit keeps its last day, passed or not; points past theirs were refused before.
        day = act.on if again.unit == POINTS else date.min
        again.give_back(back, [(original, points)], on=day, kind="transfer")


def _extend(book: Book, lot: Lot, to_day: date | None, *, act: Transfer) -> None:
    key = f"{act.name}:extended:{lot.number}"
    entry = Entry("adjustment", 0, act.on, act.name, key, {}, tier=lot.tier)
    adjustments.extend(book, [lot], to_day, entry=entry)


# -- may it be undone -------------------------------------------------------------------------


def not_undoable(merge: str, why: str, **detail: Any) -> Refused:
    return Refused(
        "not_undoable",
        said("Merge {merge} cannot be undone: {why}.", merge=merge, why=why),
        field="merge",
        value=merge,
        detail=detail,
    )


def check_undoable(
    merge: str, survivor: Book, moved: Iterable[MovedLot], *, merged_on: date, on: date
) -> None:
    """A merge can be undone until value that it moved has been spent or has lapsed."""
    what = said("points") if survivor.unit == POINTS else said("cents of credit")
    for one in moved:
        lot = survivor.lots.get(one.into)
        there = lot.remaining if lot else 0
        if there < one.left:
            raise not_undoable(
                merge,
                said(
                    "of {moved} {what} that moved in one lot {there} are left, the rest"
                    " has been"
                    " spent or has lapsed",
                    moved=one.left,
                    what=what,
                    there=there,
                ),
                moved=one.left,
                left=there,
            )
        if lot is not None and lot.held:
            raise not_undoable(
                merge,
                said(
                    "{held} {what} that moved are on hold; release them",
                    held=lot.held,
                    what=what,
                ),
                held=lot.held,
            )
        if lot is not None and there and lot.lapsed_by(on) and not lot.lapsed_by(merged_on):
            raise not_undoable(
                merge, said("value that moved lapsed after {day}", day=lot.expires_on), left=0
            )


def check_debt_undoable(merge: str, survivor: Book, debt: MovedDebt) -> None:
    """A debt that the survivor has worked off since has been used up like value."""
    if debt.owed > survivor.debt:
        raise not_undoable(
            merge,
            said(
                "of {moved} points owed that moved {there} are still owed, the rest has been"
                " worked off",
                moved=debt.owed,
                there=survivor.debt,
            ),
            owed=survivor.debt,
        )


# -- once-per memories ------------------------------------------------------------------------


def united(stays: Occasion | None, goes: Occasion) -> Occasion | None:
    """What the survivor remembers of an occasion both may have had; None: what it has stays.

    What was paid to either is paid. `times` adds up, so that entry keys stay unique.
    """
    if stays is None:
        return goes
    if goes.state != "paid" or stays.state == "paid":
        return None
    return Occasion(
        name=goes.name,
        action=goes.action,
        state=goes.state,
        times=stays.times + goes.times,
        points=goes.points,
        tier=goes.tier,
        source=goes.source,
        invoice=goes.invoice,
        on=goes.on,
    )


def inherited_referrer(
    own: Any, theirs: Any, *, pair: Collection[Any], referrer_of: Callable[[Any], Any]
) -> Any:
    """The survivor's referrer: its own, else the merged guest's where rule 6.7 allows it.

    Neither guest of the pair refers the other's record, and there are no circles.
    """
    if own is not None and own not in pair:
        return own
    if theirs is None or theirs in pair:
        return None
    seen = set(pair)
    above = theirs
    while above is not None:
        if above in seen:
            return None
        seen.add(above)
        above = referrer_of(above)
    return theirs
