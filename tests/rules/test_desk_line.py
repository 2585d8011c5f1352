"""The one sentence for a guest who is paying: what she would lose, then what she may reach."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from regulars.rules.desk_line import Checkout, Value, reasons
from regulars.rules.program import AccrualTerms

TODAY = date(2026, 11, 22)


class Plain:
    def money(self, cents: int) -> str:
        return f"${cents / 100:.2f}"

    def points(self, points: int) -> str:
        return str(points)

    def day(self, day: date) -> str:
        return day.strftime("%-d %B")


ANN = Checkout(
    today=TODAY,
    name="Ann",
    tier="Silver",
    can_use_points=True,
    point_value=Fraction(10),
    next_tier="Gold",
    spend_to_next_cents=87_400,
    next_minimum_cents=200_000,
    rebooking=AccrualTerms(25, None),
)


def told(checkout: Checkout) -> str:
    return reasons(checkout, Plain())[0].sentence


def kinds(checkout: Checkout) -> list[str]:
    return [one.kind for one in reasons(checkout, Plain())]


def test_points_about_to_end_come_first():
    ann = replace(ANN, points=(Value(120, date(2026, 11, 30)), Value(40, date(2027, 3, 1))))
    assert told(ann) == (
        "120 points of Ann's, worth $12.00, are good through 30 November: use them today."
    )
    assert kinds(ann) == ["use_points", "rebook", "far"]


def test_lots_of_one_last_day_are_told_as_one():
    ann = replace(
        ANN, points=(Value(120, TODAY), Value(30, TODAY), Value(9, date(2026, 12, 1)))
    )
    assert (
        told(ann) == "150 points of Ann's, worth $15.00, are good today only: use them today."
    )


def test_what_ends_first_is_told_first_and_of_one_day_the_reward():
    reward = Value(2500, date(2026, 11, 25))
    ann = replace(ANN, points=(Value(120, date(2026, 11, 24)),), rewards=(reward,))
    assert kinds(ann)[:2] == ["use_points", "use_reward"]
    ann = replace(ann, points=(Value(120, date(2026, 11, 25)),))
    assert told(ann) == (
        "Ann has a reward of $25.00 that is good through 25 November: use it today."
    )


def test_points_that_cannot_be_used_here_are_told_later_and_without_advice():
    ann = replace(ANN, can_use_points=False, points=(Value(120, date(2026, 11, 30)),))
    ann = replace(ann, spend_to_stay_cents=8_000, next_check_on=date(2026, 11, 30))
    assert kinds(ann) == ["stay", "use_points", "rebook", "far"]
    assert reasons(ann, Plain())[1].sentence.endswith("are good through 30 November.")


@pytest.mark.parametrize(
    ("last_day", "is_told"),
    [("2026-12-22", True), ("2026-12-23", False), ("2026-11-21", False)],
)
def test_soon_is_thirty_days(last_day, is_told):
    ann = replace(ANN, points=(Value(5, date.fromisoformat(last_day)),))
    assert ("use_points" in kinds(ann)) is is_told


def test_what_keeps_the_tier_and_by_when():
    ann = replace(ANN, spend_to_stay_cents=12_000, next_check_on=date(2026, 11, 30))
    ann = replace(ann, visit_cents=4_000)
    assert told(ann) == "$80.00 more by 30 November and Ann stays Silver."
    assert "stay" not in kinds(replace(ann, visit_cents=12_000))
    assert "stay" not in kinds(replace(ann, next_check_on=date(2027, 1, 31)))


def test_the_visit_itself_lifts_her():
    ann = replace(ANN, visit_cents=87_400)
    assert told(ann) == "This visit makes Ann Gold."


def test_the_next_tier_is_near_when_a_quarter_of_it_is_missing():
    ann = replace(ANN, visit_cents=37_400)
    assert told(ann) == "$500.00 more and Ann is Gold."
    assert kinds(ann) == ["reach", "rebook"]
    assert kinds(replace(ann, visit_cents=37_399)) == ["rebook", "far"]


def test_booking_again_brings_points_once():
    assert told(ANN) == "Book Ann's next visit today: it brings 25 points."
    per = replace(ANN, rebooking=AccrualTerms(20, 10_000))
    assert told(per) == "Book Ann's next visit today: it brings 20 points per $100.00."
    assert kinds(replace(ANN, has_booked_again=True)) == ["far"]


def test_where_there_is_nothing_to_say_nothing_is_said():
    assert reasons(Checkout(today=TODAY, name="Bea"), Plain()) == []
