"""Value in lots, points and credit alike: draw, expire, give back (rules 7.1, 7.6, 8.3, 9.1).

A Book is one guest's account while it is being worked on: every change goes through it, is
asserted there, and leaves a ledger entry with the lots it drew from.
"""

from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

POINTS = "points"
CREDIT = "credit"
RETURN_DAYS = 30
"""A lot that lapsed meanwhile comes back with its last day this long after the return (7.6)."""


_OF_THEIR_LOTS = frozenset({"adjustment", "forfeiture", "redemption_return"})
"""Kinds of entries whose tier is their lots', where these have one (contract section 4)."""


@dataclass(slots=True)
class Lot:
    """The value of one accrual still open. `number` counts a guest's lots in order of
    posting.
    """

    number: int
    unit: str
    size: int
    remaining: int
    tier: str | None
    action: str | None
    source: str
    earned_on: date
    expires_on: date | None
    held: int = 0
    expired: int = 0
    is_new: bool = False

    @property
    def free(self) -> int:
        return self.remaining - self.held

    def lapsed_by(self, day: date) -> bool:
        return self.expires_on is not None and self.expires_on < day


@dataclass(frozen=True, slots=True)
class Draw:
    """Value taken from one lot, or, below zero, given back to it."""

    number: int
    points: int
    kind: str


@dataclass(slots=True)
class Entry:
    """One new line of the ledger, before the records number and chain it."""

    kind: str
    points: int
    on: date
    source: str
    key: str
    why: dict[str, Any]
    action: str | None = None
    tier: str | None = None
    version: str | None = None
    unit: str = POINTS
    lots_opened: list[Lot] = field(default_factory=list)
    draws: list[Draw] = field(default_factory=list)


def spending_order(lot: Lot) -> tuple[date, date, int]:
    """Rule 7.1: soonest expiry first, undated last, then oldest first."""
    return (lot.expires_on or date.max, lot.earned_on, lot.number)


class Book:
    """One guest's value in one unit, being changed.

    `lots` are the open lots in any order; a settling that only adds needs none of them, and
    passes None; where lots only lapse, those are enough, and `is_whole` is false. Points shown
    are always the open lots less the debt (contract section 4).
    """

    def __init__(
        self,
        points: int,
        debt: int,
        lot_count: int,
        lots: Iterable[Lot] | None = (),
        *,
        unit: str = POINTS,
        is_whole: bool = True,
    ) -> None:
        self.unit = unit
        self.points = points
        self.debt = debt
        self.lot_count = lot_count
        self.knows_lots = lots is not None and is_whole
        self.lots: dict[int, Lot] = {lot.number: lot for lot in lots or ()}
        self.entries: list[Entry] = []
        self.touched: dict[int, Lot] = {}
        self.held_loss: dict[int, int] = {}

    # -- reading -----------------------------------------------------------------------------

    def open_lots(self) -> list[Lot]:
        assert self.knows_lots
        return sorted((lot for lot in self.lots.values() if lot.remaining), key=spending_order)

    def lapsing(self, through: date) -> list[Lot]:
        """Known lots whose last day is over by the end of `through`, in spending order."""
        after = through + timedelta(days=1)
        found = [lot for lot in self.lots.values() if lot.remaining and lot.lapsed_by(after)]
        return sorted(found, key=spending_order)

    def free_points(
        self, on: date, *, tier: str | None = None, except_source: str | None = None
    ) -> int:
        return sum(
            lot.free for lot in self.spendable(on, tier=tier, except_source=except_source)
        )

    def spendable(
        self, on: date, *, tier: str | None = None, except_source: str | None = None
    ) -> list[Lot]:
        """Lots a redemption may draw on, in order (rules 7.1, 7.4)."""
        return [
            lot
            for lot in self.open_lots()
            if lot.free
            and not lot.lapsed_by(on)
            and (tier is None or lot.tier == tier)
            and lot.source != except_source
        ]

    def lapsed_points(self, source: str, actions: Collection[str | None]) -> int:
        """What has lapsed of the points that a source earned by these actions (rule 8.3)."""
        return sum(
            lot.expired
            for lot in self.lots.values()
            if lot.source == source and lot.action in actions
        )

    # -- writing -----------------------------------------------------------------------------

    def credit(
        self, entry: Entry, *, earned_on: date, expires_on: date | None, tier: str | None
    ) -> Entry:
        """Open a lot for a positive entry. Debt is cleared first (rule 8.3)."""
        assert entry.points > 0, entry
        lot = self._new_lot(
            entry, entry.points, earned_on=earned_on, expires_on=expires_on, tier=tier
        )
        entry.tier = tier
        self._clear_debt(entry, lot)
        return self._post(entry)

    def credit_each(
        self, entry: Entry, sizes: Iterable[int], *, earned_on: date, expires_on: date | None
    ) -> Entry:
        """Open several lots with one entry: the rewards that a run gives a guest (rule
        10.4).
        """
        for size in sizes:
            self._new_lot(entry, size, earned_on=earned_on, expires_on=expires_on, tier=None)
        assert sum(lot.size for lot in entry.lots_opened) == entry.points, entry
        assert not self.debt, entry
        return self._post(entry)

    def debit(self, entry: Entry, lots: Iterable[Lot], *, may_owe: bool = False) -> Entry:
        """Take -entry.points from `lots` in their order; what is missing becomes debt if
        allowed.
        """
        missing = -entry.points
        assert missing > 0, entry
        for lot in lots:
            missing -= self._draw(entry, lot, min(lot.free, missing), entry.kind)
            if not missing:
                break
        if missing and may_owe:
            missing = self._draw_held(entry, missing)
            self.debt += missing
            missing = 0
        assert not missing, (entry, missing)
        return self._post(entry)

    def take(self, entry: Entry, draws: Iterable[tuple[Lot, int]]) -> Entry:
        """Take -entry.points, so much of each lot: what a hold had set aside (rule 7.7)."""
        taken = sum(self._draw(entry, lot, points, entry.kind) for lot, points in draws)
        assert taken == -entry.points, (entry, taken)
        return self._post(entry)

    def give_back(
        self,
        entry: Entry,
        draws: Iterable[tuple[Lot, int]],
        *,
        on: date,
        kind: str = "redemption",
    ) -> Entry:
        """Return points to the lots they came from; a lapsed lot comes back as a new one (7.6).

        `kind` is that of the draws which are taken back.
        """
        for lot, points in draws:
            target = lot
            if lot.lapsed_by(on):
                target = self._new_lot(
                    entry,
                    points,
                    earned_on=lot.earned_on,
                    expires_on=on + timedelta(days=RETURN_DAYS),
                    tier=lot.tier,
                    like=lot,
                )
            else:
                self._draw(entry, lot, -points, kind)
            self._clear_debt(entry, target, at_most=points)
        return self._post(entry)

    def expire(self, lot: Lot, entry: Entry) -> Entry:
        """The rest of a lot lapses, held or not (rules 7.7, 9.1)."""
        if lot.held:
            self.held_loss[lot.number] = lot.held
            lot.held = 0
        lot.expired += lot.remaining
        self._draw(entry, lot, lot.remaining, entry.kind)
        return self._post(entry)

    def take_over(self, entry: Entry, lots: Iterable[Lot]) -> Entry:
        """Open lots as they stand with another guest; entry.points is what is left in them.

        What they lost there they have lost here too, so that a return finds room and a lapse is
        known (rule 9.4).
        """
        for lot in lots:
            mine = self._new_lot(
                entry,
                lot.size,
                earned_on=lot.earned_on,
                expires_on=lot.expires_on,
                tier=lot.tier,
                like=lot,
            )
            mine.expired = lot.expired
            self._draw(entry, mine, lot.size - lot.remaining, entry.kind)
            self._clear_debt(entry, mine)
        return self._post(entry)

    def post(self, entry: Entry) -> Entry:
        """An entry that moves no lot: a debt transferred, an expiry date extended."""
        return self._post(entry)

    def owe(self, entry: Entry) -> Entry:
        self.debt -= entry.points
        assert self.debt >= 0
        return self._post(entry)

    def hold(self, lot: Lot, points: int) -> None:
        lot.held += points
        assert 0 <= lot.held <= lot.remaining, lot
        self.touched[lot.number] = lot

    # -- inside ------------------------------------------------------------------------------

    def _new_lot(
        self,
        entry: Entry,
        points: int,
        *,
        earned_on: date,
        expires_on: date | None,
        tier: str | None,
        like: Lot | None = None,
    ) -> Lot:
        self.lot_count += 1
        lot = Lot(
            number=self.lot_count,
            unit=self.unit,
            size=points,
            remaining=points,
            tier=tier,
            action=like.action if like else entry.action,
            source=like.source if like else entry.source,
            earned_on=earned_on,
            expires_on=expires_on,
            is_new=True,
        )
        entry.lots_opened.append(lot)
        self.lots[lot.number] = lot
        self.touched[lot.number] = lot
        return lot

    def _clear_debt(self, entry: Entry, lot: Lot, *, at_most: int | None = None) -> None:
        if self.debt:
            part = min(self.debt, lot.free if at_most is None else at_most)
            self._draw(entry, lot, part, "debt")
            self.debt -= part

    def _draw(self, entry: Entry, lot: Lot, points: int, kind: str) -> int:
        if points:
            lot.remaining -= points
            assert 0 <= lot.held <= lot.remaining <= lot.size, lot
            entry.draws.append(Draw(lot.number, points, kind))
            self.touched[lot.number] = lot
        return points

    def _draw_held(self, entry: Entry, missing: int) -> int:
        """Held points go last of all, and before any debt: debt and lots never stand
        together.
        """
        for lot in self.open_lots():
            part = min(lot.held, missing)
            if part:
                lot.held -= part
                self.held_loss[lot.number] = self.held_loss.get(lot.number, 0) + part
                missing -= self._draw(entry, lot, part, entry.kind)
        return missing

    def _common_tier(self, entry: Entry) -> str | None:
        """The tier of all lots that an entry takes from or gives to; None of several."""
        numbers = {draw.number for draw in entry.draws}
        numbers |= {lot.number for lot in entry.lots_opened}
        tiers = {self.lots[number].tier for number in numbers}
        return tiers.pop() if len(tiers) == 1 else None

    def _post(self, entry: Entry) -> Entry:
        entry.unit = self.unit
        if entry.tier is None and entry.kind in _OF_THEIR_LOTS:
            entry.tier = self._common_tier(entry)
        self.points += entry.points
        self.entries.append(entry)
        assert self.debt >= 0
        if self.knows_lots:
            open_points = sum(lot.remaining for lot in self.lots.values())
            assert self.points == open_points - self.debt, (self.points, open_points, self.debt)
        return entry


def expire(book: Book, lot: Lot, *, on: date) -> None:
    """Rule 9.1: one expiry entry per lot, dated the day after its last."""
    why = {"because": "expired", "lot": lot.number, "last_day": str(lot.expires_on)}
    entry = Entry(
        "expiry",
        -lot.remaining,
        on,
        lot.source,
        f"expiry:{book.unit}:{lot.number}:{lot.expires_on}",
        why,
        tier=lot.tier,
    )
    book.expire(lot, entry)


def credit_late(
    book: Book, entry: Entry, *, earned_on: date, expires_on: date | None, tier: str | None
) -> None:
    """Open the lot of an award; one already past its last day lapses at once (rule 5.6)."""
    book.credit(entry, earned_on=earned_on, expires_on=expires_on, tier=tier)
    [lot] = entry.lots_opened
    if lot.lapsed_by(entry.on) and lot.remaining:
        expire(book, lot, on=entry.on)


def reversal_order(
    book: Book,
    own: Callable[[Lot], bool],
    *,
    first_on: Container[date],
    rank_of: Callable[[str | None], int],
) -> list[Lot]:
    """Rules 8.1, 8.2: the invoice's own lots (those of the payments' days, then soonest
    expiry), then the tier bucket with most points (ties: the higher tier), soonest expiry
    first, then the next.
    """
    lots = [lot for lot in book.open_lots() if lot.free]
    mine = [lot for lot in lots if own(lot)]
    mine.sort(key=lambda lot: (lot.earned_on not in first_on, spending_order(lot)))
    buckets: dict[str | None, list[Lot]] = {}
    for lot in lots:
        if not own(lot):
            buckets.setdefault(lot.tier, []).append(lot)
    fullest_first = sorted(
        buckets, key=lambda tier: (-sum(lot.free for lot in buckets[tier]), -rank_of(tier))
    )
    return mine + [lot for tier in fullest_first for lot in buckets[tier]]
