"""Rule 9.4: two guests made one, and two again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.rules import merging
from regulars.rules.facts import Occasion, Standing
from regulars.rules.lots import Book, Lot
from regulars.rules.merging import MovedDebt, Transfer
from regulars.rules.refusals import Refused
from tests.rules.program_documents import program

TODAY = date(2026, 3, 20)
JUNE = date(2026, 6, 30)
SEPTEMBER = date(2026, 9, 30)
MERGE = Transfer("merge_guests/m1", TODAY, "merged")
UNDO = Transfer("undo_merge/u1", TODAY, "merge_undone")


def lot(number: int, size: int, expires_on: date | None = JUNE, *, left: int | None = None):
    return Lot(
        number=number,
        unit="points",
        size=size,
        remaining=size if left is None else left,
        tier="silver",
        action="amount_spent",
        source=f"invoice/i{number}",
        earned_on=date(2026, 3, number),
        expires_on=expires_on,
    )


def book(*lots: Lot, debt: int = 0) -> Book:
    return Book(sum(one.remaining for one in lots) - debt, debt, len(lots), lots)


def left(held: Book) -> list[tuple[int, int]]:
    return [(one.number, one.remaining) for one in held.open_lots()]


def standing(tier: str, since: date, *entered: str) -> Standing:
    return Standing(
        tier=tier, since=since, enrolled_on=since, was_enrolled=True, entered=entered or (tier,)
    )


MARCH_2, MARCH_10 = date(2026, 3, 2), date(2026, 3, 10)


def test_the_higher_tier_and_its_start_win_from_either_side():
    silver, gold = standing("silver", MARCH_2), standing("gold", MARCH_10)

    for pair in ((silver, gold), (gold, silver)):
        joint = merging.joined(program(), *pair)
        assert (joint.tier, joint.since, joint.enrolled_on) == ("gold", MARCH_10, MARCH_10)
        assert set(joint.entered) == {"silver", "gold"}


def test_of_equal_tiers_the_earlier_start_wins():
    early, late = standing("silver", MARCH_2), standing("silver", MARCH_10)

    assert merging.joined(program(), late, early).since == MARCH_2


def test_in_no_tier_memories_unite_all_the_same():
    once = Standing(was_enrolled=True, entered=("gold",))

    assert merging.joined(program(), Standing(), once) == once


def test_a_standing_come_to_since_the_merge_is_kept():
    before, joint = standing("silver", MARCH_10), standing("gold", MARCH_2)
    upgraded = standing("platinum", TODAY)

    assert merging.separated(joint, joint=joint, before=before) == before
    assert merging.separated(upgraded, joint=joint, before=before) == upgraded


def test_lots_move_whole_with_their_dates():
    goes, stays = book(lot(1, 30), lot(2, 20, None)), book(lot(1, 10, SEPTEMBER))

    merging.move_lots(goes, stays, goes.open_lots(), act=MERGE)

    assert (goes.points, stays.points) == (0, 60)
    assert [(one.remaining, one.expires_on, one.source) for one in stays.open_lots()] == [
        (30, JUNE, "invoice/i1"),
        (10, SEPTEMBER, "invoice/i1"),
        (20, None, "invoice/i2"),
    ]
    assert [entry.points for entry in goes.entries] == [-30, -20]
    assert [entry.points for entry in stays.entries] == [30, 20]


def test_an_emptied_lot_moves_so_that_a_return_finds_room():
    spent = lot(1, 30, left=0)
    goes, stays = book(spent), book()

    [moved] = merging.move_lots(goes, stays, [spent], act=MERGE)
    mine = stays.lots[moved.into]

    assert (mine.size, mine.remaining, moved.points) == (30, 0, 0)
    assert [entry.points for entry in stays.entries] == [0]
    assert goes.entries == []


def test_moved_lots_meet_a_debt_of_the_survivor():
    goes, stays = book(lot(1, 30)), book(debt=12)

    [moved] = merging.move_lots(goes, stays, goes.open_lots(), act=MERGE)

    assert (stays.points, stays.debt, moved.points, moved.left) == (18, 0, 30, 18)


def test_a_debt_moves_and_is_met_by_the_survivors_lots():
    goes, stays = book(debt=15), book(lot(1, 10), lot(2, 2))

    debt = merging.move_debt(goes, stays, act=MERGE)

    assert (goes.points, goes.debt) == (0, 0)
    assert (stays.points, stays.debt, left(stays)) == (-3, 3, [])
    assert debt == MovedDebt(15, ((1, 10), (2, 2)))
    assert debt.owed == 3


points = st.integers(1, 100)
days = st.sampled_from([JUNE, SEPTEMBER, None])
lots = st.lists(st.tuples(points, points, days), max_size=4).map(
    lambda rows: [
        lot(place, size + more, day, left=size)
        for place, (size, more, day) in enumerate(rows, start=1)
    ]
)
books = st.one_of(lots.map(lambda some: book(*some)), points.map(lambda owed: book(debt=owed)))


@given(books, books)
def test_a_merge_undone_at_once_leaves_both_as_they_were(goes: Book, stays: Book):
    before = [(one.points, one.debt, left(one)) for one in (goes, stays)]
    total = goes.points + stays.points

    moved = merging.move_lots(goes, stays, goes.open_lots(), act=MERGE)
    debt = merging.move_debt(goes, stays, act=MERGE)
    assert (goes.points, goes.debt, stays.points) == (0, 0, total)
    assert not (stays.debt and left(stays))

    merging.check_undoable("m1", stays, moved, merged_on=TODAY, on=TODAY)
    merging.check_debt_undoable("m1", stays, debt)
    merging.give_debt_back(stays, goes, debt, act=UNDO)
    merging.give_lots_back(stays, goes, moved, act=UNDO)
    assert [(one.points, one.debt, left(one)) for one in (goes, stays)] == before


def merged() -> tuple[Book, Book, list[merging.MovedLot]]:
    goes, stays = book(lot(1, 30)), book(lot(1, 10, date(2026, 5, 1)))
    return goes, stays, merging.move_lots(goes, stays, goes.open_lots(), act=MERGE)


def refusal(stays: Book, moved: list[merging.MovedLot], on: date = TODAY) -> str:
    with pytest.raises(Refused) as refused:
        merging.check_undoable("m1", stays, moved, merged_on=TODAY, on=on)
    assert refused.value.code == "not_undoable"
    return refused.value.message


def test_the_survivors_own_points_may_be_spent():
    _, stays, moved = merged()
    stays.take(UNDO.entry(-10, "spent"), [(stays.lots[1], 10)])

    merging.check_undoable("m1", stays, moved, merged_on=TODAY, on=TODAY)


def test_moved_points_spent_held_or_lapsed_stay():
    _, stays, moved = merged()
    mine = stays.lots[moved[0].into]

    stays.hold(mine, 5)
    assert "5 points that moved are on hold" in refusal(stays, moved)
    stays.hold(mine, -5)
    assert "lapsed after 2026-06-30" in refusal(stays, moved, on=date(2026, 7, 1))
    stays.take(UNDO.entry(-1, "spent"), [(mine, 1)])
    assert "of 30 points that moved in one lot 29 are left" in refusal(stays, moved)


def test_a_later_last_day_given_since_goes_back_with_the_lot():
    goes, stays, moved = merged()
    stays.lots[moved[0].into].expires_on = SEPTEMBER

    merging.give_lots_back(stays, goes, moved, act=UNDO)

    assert [one.expires_on for one in goes.open_lots()] == [SEPTEMBER]
    assert goes.entries[-2].why == {
        "because": "extended",
        "lots": [1],
        "from": "2026-06-30",
        "to": "2026-09-30",
    }


def test_a_debt_worked_off_since_is_used_up():
    debt = MovedDebt(15, ((1, 10),))

    merging.check_debt_undoable("m1", book(debt=5), debt)
    with pytest.raises(Refused, match="worked off"):
        merging.check_debt_undoable("m1", book(debt=4), debt)


def occasion(state: str, times: int = 1) -> Occasion:
    return Occasion(
        name="welcome_bonus:gold",
        action="welcome_bonus",
        state=state,
        times=times,
        points=250 if state == "paid" else 0,
        tier="gold",
        source="tier/gold",
        invoice=None,
        on=MARCH_2,
    )


def test_what_was_paid_to_either_is_paid():
    paid, nothing = occasion("paid"), occasion("nothing")

    assert merging.united(None, nothing) == nothing
    assert merging.united(paid, paid) is None
    assert merging.united(paid, nothing) is None
    both = merging.united(nothing, paid)
    assert both is not None
    assert (both.state, both.points, both.times) == ("paid", 250, 2)


def test_a_referrer_is_inherited_but_never_oneself_and_never_in_a_circle():
    above = {"bea": None, "cleo": "stays", "stays": None}
    pair = {"goes", "stays"}

    def referrer(own: str | None, theirs: str | None) -> str | None:
        found = merging.inherited_referrer(own, theirs, pair=pair, referrer_of=above.get)
        return None if found is None else str(found)

    assert referrer("dan", "bea") == "dan"
    assert referrer(None, "bea") == "bea"
    assert referrer(None, "stays") is None
    assert referrer("goes", "bea") == "bea"
    assert referrer("goes", None) is None
    assert referrer(None, "cleo") is None


def test_lots_keep_the_order_in_which_they_were_posted():
    spent, last = lot(1, 40, left=0), lot(3, 5, left=0)
    goes, stays = book(spent, lot(2, 100), last), book()

    moved = merging.move_lots(goes, stays, goes.lots.values(), act=MERGE)

    assert [(one.out, one.into) for one in moved] == [(1, 1), (2, 2), (3, 3)]
    assert [entry.points for entry in stays.entries] == [100]
