"""Rule 9.2: points added, removed and extended by hand."""

from datetime import date
from typing import Any

import pytest

from regulars.rules import adjustments
from regulars.rules.facts import Standing
from regulars.rules.lots import Book, Entry, Lot
from regulars.rules.refusals import Refused
from tests.rules.program_documents import program, with_silver

TODAY = date(2026, 3, 10)
JUNE = date(2026, 6, 30)
SEPTEMBER = date(2026, 9, 30)


def lot(number: int, points: int, expires_on: date | None, held: int = 0) -> Lot:
    return Lot(
        number=number,
        unit="points",
        size=points,
        remaining=points,
        tier="silver",
        action=None,
        source="add_points/m1",
        earned_on=date(2026, 3, 2),
        expires_on=expires_on,
        held=held,
    )


def book(*lots: Lot) -> Book:
    return Book(sum(one.remaining for one in lots), 0, len(lots), lots)


def to_remove(held: Book, points: int, **choice: Any) -> list[int]:
    choice = {"of_date": False, "expires_on": None, **choice}
    return [one.number for one in adjustments.lots_to_remove(held, points, on=TODAY, **choice)]


def test_the_limit_itself_needs_no_approval():
    terms = program(approval_above_points=100)

    assert not adjustments.needs_approval(terms, 100)
    assert adjustments.needs_approval(terms, 101)
    assert not adjustments.needs_approval(program(), 10**9)
    assert not adjustments.needs_approval(None, 10**9)


def test_added_points_keep_for_the_tiers_days():
    silver = Standing(tier="silver", since=TODAY)

    assert adjustments.usual_expiry(program(), silver, TODAY) == date(2027, 3, 10)


def test_in_no_tier_or_in_one_without_days_they_never_end():
    endless = program(tiers=with_silver(points_expire_after_days=0))

    assert adjustments.usual_expiry(program(), Standing(), TODAY) is None
    assert adjustments.usual_expiry(endless, Standing(tier="silver"), TODAY) is None


def test_points_may_be_added_for_today_only_and_not_for_yesterday():
    adjustments.check_added_expiry(TODAY, TODAY)
    with pytest.raises(Refused, match="it is 2026-03-09"):
        adjustments.check_added_expiry(date(2026, 3, 9), TODAY)


def test_removing_goes_in_spending_order_or_by_the_day_named():
    held = book(lot(1, 30, None), lot(2, 40, SEPTEMBER), lot(3, 50, JUNE))

    assert to_remove(held, 60) == [3, 2, 1]
    assert to_remove(held, 40, of_date=True, expires_on=SEPTEMBER) == [2]
    assert to_remove(held, 30, of_date=True, expires_on=None) == [1]


def test_what_is_held_is_not_there_to_remove():
    held = book(lot(1, 30, JUNE, held=10))

    with pytest.raises(Refused) as refused:
        to_remove(held, 21)

    assert refused.value.code == "insufficient_points"
    assert refused.value.detail == {"available": 20, "missing": 1}


def test_a_negative_balance_has_nothing_to_remove():
    with pytest.raises(Refused) as refused:
        to_remove(Book(-5, 5, 0), 1)

    assert refused.value.code == "negative_balance"


def test_extending_moves_every_lot_of_the_day_and_says_which():
    held = book(lot(1, 30, JUNE), lot(2, 20, JUNE, held=5), lot(3, 10, SEPTEMBER))
    entry = Entry("adjustment", 0, TODAY, "extend_expiry/x1", "extend_expiry/x1", {})

    adjustments.extend(held, adjustments.lots_to_extend(held, JUNE), SEPTEMBER, entry=entry)

    assert [one.expires_on for one in held.open_lots()] == [SEPTEMBER] * 3
    assert entry.why == {
        "because": "extended",
        "lots": [1, 2],
        "from": "2026-06-30",
        "to": "2026-09-30",
    }
    assert held.points == 60


@pytest.mark.parametrize(
    ("from_day", "to_day"),
    [(JUNE, JUNE), (JUNE, date(2026, 6, 29)), (date(2026, 2, 1), date(2026, 3, 9))],
)
def test_the_new_last_day_is_later_and_not_past(from_day: date, to_day: date):
    with pytest.raises(Refused) as refused:
        adjustments.check_new_last_day(from_day=from_day, to_day=to_day, on=TODAY)

    assert (refused.value.code, refused.value.field) == ("invalid_record", "to_expires_on")


def test_a_day_without_points_is_answered_with_the_days_there_are():
    with pytest.raises(Refused) as refused:
        adjustments.lots_to_extend(book(lot(1, 30, JUNE), lot(2, 5, None)), SEPTEMBER)

    assert refused.value.detail == {"expires_on": ["2026-06-30"]}
