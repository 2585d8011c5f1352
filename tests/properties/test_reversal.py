"""Refunds as pure rules: however the money goes back, the points come to the same (8.2)."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from regulars.rules import settlement
from regulars.rules.facts import GuestFacts, Invoice, Line, Move, Payment, Refund, Standing
from regulars.rules.lots import Book
from regulars.rules.settling import Settling
from regulars.rules.versions import Versions
from tests.properties.effort import examples
from tests.rules.program_documents import SILVER, program

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RATE = Fraction(20, 100_00)

amounts = st.integers(1, 300_00)
cuts = st.lists(st.integers(1, 100), min_size=1, max_size=6)


def shares(total: int, weights: list[int]) -> list[int]:
    """The amount cut up by weight, to the cent and without empty parts."""
    places = [total * sum(weights[:n]) // sum(weights) for n in range(len(weights) + 1)]
    return [high - low for low, high in pairwise(places) if high > low]


class Visit:
    """One invoice of a guest in Silver, paid on a day, refunded later bit by bit."""

    def __init__(self, paid: list[int]) -> None:
        tiers = [SILVER | {"accruals": {"amount_spent": {"points": 20, "per": "100.00"}}}]
        self.versions = Versions([program(tiers=tiers, enrollment="manual")])
        standing = Standing("silver", DAY, DAY, was_enrolled=True, entered=("silver",))
        moves = [Move(DAY - timedelta(days=9), None, "silver", "command", Standing())]
        self.guest = GuestFacts(UUID(int=1), "ann", None, None, True, None, standing, moves)
        self.invoice = Invoice(
            key=UUID(int=2),
            id="i1",
            status="open",
            opened_at=NOON,
            opened_on=DAY,
            closed_at=None,
            closed_on=None,
            known_on=DAY,
            lines=(Line("l1", "service", sum(paid)),),
            payments=tuple(
                Payment(f"p{n}", "card", cents, NOON, DAY) for n, cents in enumerate(paid)
            ),
            refunds=(),
        )
        self.guest.invoices.append(self.invoice)
        self.book = Book(0, 0, 0)
        self.settle(DAY)

    def settle(self, on: date) -> None:
        settlement.close_day(Settling(self.guest, self.book, self.versions, on))

    def leave_silver(self, on: date) -> None:
        self.guest.moves.append(Move(on, "silver", None, "check", self.guest.standing))
        self.guest.standing = Standing()

    def refund(self, parts: list[tuple[int, int]], *, first: date, days: int) -> None:
        """(payment, cents) given back one after another, `days` apart."""
        for n, (payment, cents) in enumerate(parts):
            on = first + timedelta(days=days * n)
            at = NOON + (on - DAY) + timedelta(seconds=n)
            done = Refund(f"r{len(self.invoice.refunds)}", f"p{payment}", cents, at, on)
            self.invoice.refunds = (*self.invoice.refunds, done)
            self.settle(on)

    @property
    def judged(self) -> tuple[int, int, int]:
        memory = self.invoice.memory
        return self.book.points, sum(memory.taken.values()), memory.reversed


@given(paid=st.lists(amounts, min_size=1, max_size=3), part=st.data())
@examples(60)
def test_a_refund_cut_up_comes_to_the_same(paid, part):
    """Judged all the same or all different, at once or over days, in any order."""
    back = [part.draw(st.integers(0, cents)) for cents in paid]
    left_tier = part.draw(st.booleans())
    whole = [(n, cents) for n, cents in enumerate(back) if cents]
    pieces = [(n, cents) for n, amount in whole for cents in shares(amount, part.draw(cuts))]
    pieces = part.draw(st.permutations(pieces))
    days = part.draw(st.integers(0, 3))
    at_once, bit_by_bit = Visit(paid), Visit(paid)
    later = DAY + timedelta(days=20)
    for visit in (at_once, bit_by_bit):
        if left_tier:
            visit.leave_silver(DAY + timedelta(days=10))
    at_once.refund(whole, first=later, days=0)
    bit_by_bit.refund(pieces, first=later, days=days)
    assert bit_by_bit.judged == at_once.judged
    earned = floor(sum(paid) * RATE)
    refunded = sum(back)
    if left_tier:
        taken = floor(refunded * Fraction(earned, sum(paid)))
    else:
        taken = earned - floor((sum(paid) - refunded) * RATE)
    assert at_once.judged == (earned - taken, taken, taken)


@given(paid=st.lists(amounts, min_size=1, max_size=3), part=st.data())
@examples(40)
def test_refunds_of_both_verdicts_follow_the_formula(paid, part):
    """Rule 8.2's two floors; at most what was awarded, and of all money all but a point."""
    visit = Visit(paid)
    earned = visit.book.points
    pieces = [
        (n, cents) for n, amount in enumerate(paid) for cents in shares(amount, part.draw(cuts))
    ]
    pieces = part.draw(st.permutations(pieces))
    turn = part.draw(st.integers(0, len(pieces)))
    visit.refund(pieces[:turn], first=DAY + timedelta(days=5), days=0)
    assert 0 <= visit.invoice.memory.reversed <= earned
    visit.leave_silver(DAY + timedelta(days=10))
    visit.refund(pieces[turn:], first=DAY + timedelta(days=20), days=1)
    same = sum(cents for _, cents in pieces[:turn])
    different = sum(cents for _, cents in pieces[turn:])
    taken = earned - floor(different * RATE)
    taken += floor(different * Fraction(earned, sum(paid)))
    assert same + different == sum(paid)
    assert visit.invoice.memory.reversed == min(earned, taken) == earned - visit.book.points
    assert visit.book.points <= (1 if same and different else 0)


@given(total=amounts, weights=cuts)
@examples(40)
def test_a_payment_cut_up_earns_the_same(total, weights):
    parts = shares(total, weights)
    assert Visit(parts).book.points == Visit([total]).book.points == floor(total * RATE)


@given(paid=st.lists(amounts, min_size=2, max_size=4), gone=st.sets(st.integers(0, 3)))
@examples(40)
def test_payments_removed_leave_the_floor_of_what_stays(paid, gone):
    """Rule 8.1: one net reversal, and the debt where the points are gone already."""
    visit = Visit(paid)
    stays = [cents for n, cents in enumerate(paid) if n not in gone]
    visit.invoice.payments = tuple(
        one for n, one in enumerate(visit.invoice.payments) if n not in gone
    )
    visit.settle(DAY + timedelta(days=5))
    assert visit.book.points == floor(sum(stays) * RATE)
    assert sum(entry.kind == "reversal" for entry in visit.book.entries) <= 1
