"""The book of a guest against a model that keeps one token for every single point."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from regulars.rules import settlement
from regulars.rules.lots import Book, Entry, Lot, reversal_order
from tests.properties.effort import examples

START = date(2026, 1, 1)
TIERS = ("silver", "gold", None)
SOURCES = ("invoice/i1", "invoice/i2", "add_points/a1")

points = st.integers(1, 12)
picks = st.integers(0, 10**6)
days_good = st.none() | st.integers(0, 25)


@dataclass
class Token:
    """One point: `at` is free or held, or the kind of entry that took it."""

    lot: int
    at: str = "free"


@dataclass
class Coffer:
    """What the model knows of a lot besides its tokens."""

    number: int
    earned_on: date
    expires_on: date | None
    tier: str | None
    source: str
    size: int

    def order(self) -> tuple[date, date, int]:
        return (self.expires_on or date.max, self.earned_on, self.number)


@dataclass
class Model:
    """The rules of sections 7 to 9 said once more, token by token."""

    tokens: list[Token] = field(default_factory=list)
    lots: dict[int, Coffer] = field(default_factory=dict)
    debt: int = 0

    def count(self, number: int, *places: str) -> int:
        return sum(one.lot == number and one.at in places for one in self.tokens)

    def move(self, lot: int, before: str, after: str, most: int) -> int:
        moved = [one for one in self.tokens if one.lot == lot and one.at == before][:most]
        for one in moved:
            one.at = after
        return len(moved)

    def open(self, size: int, day: date, last: date | None, tier: str | None, source: str):
        number = len(self.lots) + 1
        self.lots[number] = Coffer(number, day, last, tier, source, size)
        self.tokens += [Token(number) for _ in range(size)]
        self.settle_debt(number, size)

    def settle_debt(self, lot: int, most: int) -> None:
        self.debt -= self.move(lot, "free", "debt", min(self.debt, most))

    def spend(self, order: Iterable[int], amount: int, kind: str) -> int:
        for lot in order:
            amount -= self.move(lot, "free", kind, amount)
        return amount

    def in_order(self, wanted: Callable[[Coffer], bool] = lambda _: True) -> list[int]:
        return [
            one.number for one in sorted(self.lots.values(), key=Coffer.order) if wanted(one)
        ]

    def fullest_first(self, wanted: Callable[[Coffer], bool]) -> list[int]:
        """Rule 8.2: the tier bucket with most points, ties to the higher tier."""
        rank = {"gold": 1, "silver": 0, None: -1}
        free = dict.fromkeys(TIERS, 0)
        for number in self.in_order(wanted):
            free[self.lots[number].tier] += self.count(number, "free")
        tiers = sorted(TIERS, key=lambda tier: (-free[tier], -rank[tier]))
        return [n for tier in tiers for n in self.in_order(wanted) if self.lots[n].tier == tier]


class Books(RuleBasedStateMachine):
    """Every act on the book and on the tokens; they never tell two different stories."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Book(0, 0, 0)
        self.model = Model()
        self.today = START
        self.n_entries = 0

    def entry(self, kind: str, amount: int) -> Entry:
        self.n_entries += 1
        return Entry(kind, amount, self.today, "test/t", f"key{self.n_entries}", {})

    def lot(self, pick: int) -> Lot:
        return self.book.lots[pick % len(self.book.lots) + 1]

    @rule(size=points, good=days_good, tier=st.sampled_from(TIERS), of=st.sampled_from(SOURCES))
    def earn(self, size, good, tier, of):
        last = None if good is None else self.today + timedelta(days=good)
        entry = self.entry("accrual", size)
        entry.source = of
        self.book.credit(entry, earned_on=self.today, expires_on=last, tier=tier)
        self.model.open(size, self.today, last, tier, of)

    @rule(amount=points, of=st.sampled_from([None, "silver", "gold"]))
    def redeem(self, amount, of):
        lots = self.book.spendable(self.today, tier=of)
        amount = min(amount, sum(lot.free for lot in lots))
        if amount:
            self.book.debit(self.entry("redemption", -amount), lots)
            good = self.model.in_order(
                lambda one: (
                    (one.expires_on or date.max) >= self.today and of in (None, one.tier)
                )
            )
            assert self.model.spend(good, amount, "redemption") == 0

    @rule(amount=points, source=st.sampled_from(SOURCES))
    def reverse(self, amount, source):
        """Rule 8.3: own lots, then the fullest tier's, then what is held; the rest is owed."""
        rank = {"gold": 1, "silver": 0}
        lots = reversal_order(
            self.book,
            lambda lot: lot.source == source,
            first_on=(),
            rank_of=lambda tier: rank.get(tier, -1),
        )
        self.book.debit(self.entry("reversal", -amount), lots, may_owe=True)
        own = self.model.in_order(lambda one: one.source == source)
        others = self.model.fullest_first(lambda one: one.source != source)
        left = self.model.spend(own + others, amount, "reversal")
        for number in self.model.in_order():
            left -= self.model.move(number, "held", "reversal", left)
        self.model.debt += left

    @rule(pick=picks, amount=points)
    def hold(self, pick, amount):
        if not self.book.lots:
            return
        lot = self.lot(pick)
        amount = min(amount, lot.free)
        self.book.hold(lot, amount)
        self.model.move(lot.number, "free", "held", amount)

    @rule(pick=picks, amount=points)
    def release(self, pick, amount):
        if not self.book.lots:
            return
        lot = self.lot(pick)
        amount = min(amount, lot.held)
        self.book.hold(lot, -amount)
        self.model.move(lot.number, "held", "free", amount)

    @rule(pick=picks, amount=points)
    def give_back(self, pick, amount):
        """Rule 7.6: to the lot it came from; from one that lapsed to a new one of 30 days."""
        if not self.book.lots:
            return
        lot = self.lot(pick)
        amount = min(amount, self.model.count(lot.number, "redemption"))
        if not amount:
            return
        entry = self.entry("redemption_return", amount)
        self.book.give_back(entry, [(lot, amount)], on=self.today)
        known = self.model.lots[lot.number]
        if known.expires_on is not None and known.expires_on < self.today:
            self.model.move(lot.number, "redemption", "returned", amount)
            last = self.today + timedelta(days=30)
            self.model.open(amount, known.earned_on, last, known.tier, known.source)
        else:
            self.model.move(lot.number, "redemption", "free", amount)
            self.model.settle_debt(lot.number, amount)

    @rule(days=st.integers(1, 9))
    def pass_days(self, days):
        """Rule 9.1: all that is left of a lot lapses after its last day, held or not."""
        self.today += timedelta(days=days)
        settlement.lapse(self.book, through=self.today - timedelta(days=1))
        for number, one in self.model.lots.items():
            if one.expires_on is not None and one.expires_on < self.today:
                self.model.move(number, "free", "expiry", one.size)
                self.model.move(number, "held", "expiry", one.size)

    @rule(pick=picks)
    def forfeit(self, pick):
        if pick % 4:  # all is gone then: seldom, so that others find something
            return
        settlement.forfeit(self.book, on=self.today, key=f"f{self.n_entries}", source="x/1")
        for number, one in self.model.lots.items():
            self.model.move(number, "free", "forfeiture", one.size)
            self.model.move(number, "held", "forfeiture", one.size)

    # -- what must hold after each -----------------------------------------------------------

    @invariant()
    def lots_hold_the_same_tokens(self):
        model = self.model
        assert self.book.lots.keys() == model.lots.keys()
        for number, known in model.lots.items():
            lot = self.book.lots[number]
            assert lot.remaining == model.count(number, "free", "held")
            assert lot.held == model.count(number, "held")
            assert lot.expired == model.count(number, "expiry", "forfeiture")
            same = (lot.size, lot.tier, lot.source, lot.earned_on, lot.expires_on)
            assert same == (
                known.size,
                known.tier,
                known.source,
                known.earned_on,
                known.expires_on,
            )

    @invariant()
    def points_are_lots_less_debt(self):
        open_points = sum(one.at in ("free", "held") for one in self.model.tokens)
        assert self.book.debt == self.model.debt
        assert self.book.points == open_points - self.model.debt
        assert not (open_points and self.model.debt)
        assert self.book.points == sum(entry.points for entry in self.book.entries)

    @invariant()
    def draws_tell_where_every_token_went(self):
        drawn: dict[tuple[int, str], int] = {}
        for entry in self.book.entries:
            for draw in entry.draws:
                key = (draw.number, draw.kind)
                drawn[key] = drawn.get(key, 0) + draw.points
        for number in self.model.lots:
            # A point returned to a new lot stays drawn from the old one.
            spent = self.model.count(number, "redemption", "returned")
            assert drawn.get((number, "redemption"), 0) == spent
            for kind in ("reversal", "debt", "expiry", "forfeiture"):
                assert drawn.get((number, kind), 0) == self.model.count(number, kind)

    @invariant()
    def spending_goes_by_the_soonest_last_day(self):
        lots = self.book.spendable(self.today)
        assert [lot.number for lot in lots] == [
            number
            for number in self.model.in_order()
            if self.model.count(number, "free")
            and (self.model.lots[number].expires_on or date.max) >= self.today
        ]


TestBooks = Books.TestCase
TestBooks.settings = settings(examples(60), stateful_step_count=40)
