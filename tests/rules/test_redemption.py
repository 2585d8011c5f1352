"""What may be redeemed, by whom, and how much (rules 7.1 to 7.4, 7.7)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.rules import billing, redemption
from regulars.rules.facts import Applied, Invoice, Line, Payment, Redemption
from regulars.rules.redemption import Limits
from regulars.rules.refusals import Refused
from tests.rules.program_documents import program, with_silver

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)
TEN_CENTS = Fraction(10)


def invoice(*lines: Line, paid: int = 0, applied: tuple[Applied, ...] = ()) -> Invoice:
    payments = (Payment("p1", "card", paid, NOON, TODAY),) if paid else ()
    return Invoice(
        UUID(int=1), "i1", "open", NOON, TODAY, None, None, TODAY, lines, payments, (),
        applied=applied,
    )  # fmt: skip


def service(cents: int, tax_cents: int = 0) -> Line:
    return Line("l1", "service", cents, tax_cents=tax_cents)


def points_on(bill: Invoice, points: int, cents: int) -> Invoice:
    kinds = frozenset({"service"})
    bill.applied = (*bill.applied, Applied("rd1", True, cents, NOON, False, kinds))
    bill.redemptions.append(Redemption(UUID(int=2), "rd1", points, cents, NOON, 0, []))
    return bill


def refusal(of: Limits, points: int) -> tuple[str, dict[str, int]]:
    with pytest.raises(Refused) as caught:
        redemption.check_points(points, of, exponent=2)
    return caught.value.code, caught.value.detail


# -- who --------------------------------------------------------------------------------------


def test_only_a_tier_that_allows_it_redeems_and_no_debtor():
    usual = program(point_value="0.10")
    stage = program(tiers=with_silver(allow_redemption=False))

    assert redemption.check_standing(usual, "silver", 0).id == "silver"
    for terms, tier, points, code in (
        (None, "silver", 10, "not_enrolled"),
        (usual, None, 10, "not_enrolled"),
        (usual, "platinum", 10, "not_enrolled"),
        (stage, "silver", -5, "tier_disallows_redemption"),
        (usual, "silver", -5, "negative_balance"),
    ):
        with pytest.raises(Refused) as caught:
            redemption.check_standing(terms, tier, points)
        assert caught.value.code == code


def test_without_a_point_value_the_setting_is_named():
    with pytest.raises(Refused) as caught:
        redemption.limits_of(program(point_value=None), None, available=100)

    assert (caught.value.code, caught.value.field) == ("setting_conflict", "point_value")


# -- how much ---------------------------------------------------------------------------------


def test_the_numbers_named_are_numbers_that_are_accepted():
    terms = {"minimum_points": 30, "maximum_points": 430, "increment": 50}
    rules = program(point_value="0.10", redemption=terms)

    limits = redemption.limits_of(rules, invoice(service(20_000)), available=1_010)

    assert (limits.minimum, limits.maximum, limits.increment) == (50, 400, 50)
    assert limits.most == 400
    assert redemption.check_points(400, limits, exponent=2) == 4_000
    assert refusal(limits, 430)[0] == "wrong_increment"
    assert refusal(limits, 450)[0] == "above_maximum"


def test_each_limit_refuses_in_the_contracts_order():
    limits = Limits(TEN_CENTS, 100, 400, 50, 250, 2_000)

    assert refusal(limits, 75)[0] == "wrong_increment"
    assert refusal(limits, 50)[0] == "below_minimum"
    assert refusal(limits, 450)[0] == "above_maximum"
    assert refusal(limits, 300) == (
        "insufficient_points",
        {"minimum": 100, "maximum": 400, "increment": 50, "available": 250, "missing": 50},
    )
    code, detail = refusal(limits, 250)
    assert (code, detail["maximum"]) == ("exceeds_amount_due", 200)


def test_points_worth_nothing_are_below_the_minimum():
    rules = program(point_value="0.004")

    limits = redemption.limits_of(rules, None, available=100)

    assert limits.minimum == 3
    assert refusal(limits, 2)[0] == "below_minimum"
    assert redemption.check_points(3, limits, exponent=2) == 1


def test_maxima_count_what_stands_on_the_invoice():
    rules = program(
        point_value="0.10", redemption={"maximum_points": 400, "maximum_percent": 20}
    )
    bill = points_on(invoice(service(20_000, 1_000)), 300, 3_000)

    # 20 percent of 210.00 are 420 points, so the 400 bind
    assert redemption.limits_of(rules, bill, available=1_000).maximum == 100


def test_a_hold_for_a_booking_has_no_percentage_and_no_amount_due():
    rules = program(point_value="0.10", redemption={"maximum_percent": 20})

    limits = redemption.limits_of(rules, None, available=70)

    assert (limits.maximum, limits.payable_cents, limits.most) == (None, None, 70)


# -- what is still to be paid -----------------------------------------------------------------


def test_lines_of_other_kinds_and_payments_lower_what_points_may_pay():
    kinds = frozenset({"service"})
    tip = Line("l2", "tip", 2_000)

    def payable(bill: Invoice) -> int:
        return redemption.payable_cents(bill, kinds, is_before_tax=False)

    assert payable(invoice(service(3_000), tip)) == 3_000
    assert payable(invoice(service(3_000), tip, paid=4_000)) == 1_000
    assert payable(invoice(service(3_000), tip, paid=5_000)) == 0
    assert payable(points_on(invoice(service(3_000), tip), 100, 1_000)) == 2_000


def test_a_reward_on_all_lines_leaves_less_of_the_service():
    membership = Line("l2", "membership", 5_000)
    reward = Applied("x1", False, 4_000, NOON, False)
    bill = invoice(service(5_000), membership, applied=(reward,))

    kinds = frozenset({"service"})
    assert redemption.payable_cents(bill, kinds, is_before_tax=False) == 3_000
    assert redemption.payable_cents(bill, None, is_before_tax=False) == 6_000


def test_a_reward_after_points_that_filled_their_lines_lies_on_the_others():
    membership = Line("l2", "membership", 10_000)
    bill = points_on(invoice(service(10_000), membership), 1_000, 10_000)
    bill.applied = (*bill.applied, Applied("x1", False, 6_000, NOON, False))

    assert billing.line_dues(bill.lines, bill.applied) == [0, 4_000]
    assert redemption.payable_cents(bill, None, is_before_tax=False) == 4_000


@given(
    net=st.integers(1, 50_000),
    tax=st.integers(0, 9_000),
    other=st.integers(0, 50_000),
    shares=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    is_pre_tax=st.booleans(),
)
def test_lines_come_to_what_is_due_whatever_is_redeemed_first(
    net, tax, other, shares, is_pre_tax
):
    bill = invoice(service(net, tax), Line("l2", "membership", other))
    of_points, of_reward = shares
    points = net * of_points // 100
    bill.applied = (Applied("r1", True, points, NOON, is_pre_tax, frozenset({"service"})),)
    due = billing.bill_of(bill.lines, (), bill.applied).due_cents
    bill.applied = (*bill.applied, Applied("x1", False, due * of_reward // 100, NOON, False))

    dues = billing.line_dues(bill.lines, bill.applied)
    due = billing.bill_of(bill.lines, (), bill.applied).due_cents
    assert min(dues) >= 0
    assert abs(sum(dues) - due) < 1


def test_before_tax_the_price_is_the_most_and_its_tax_falls_away_with_it():
    bill = invoice(service(50_000, 2_500))

    assert redemption.payable_cents(bill, None, is_before_tax=True) == 50_000
    bill.applied = (Applied("x1", False, 50_000, NOON, True),)
    assert billing.bill_of(bill.lines, (), bill.applied).due_cents == 0
    assert redemption.payable_cents(bill, None, is_before_tax=True) == 0


cents = st.integers(0, 10_000)


@given(cents, cents, cents, cents)
def test_before_tax_nothing_is_overpaid_by_more_than_a_rounding(net, tax, tip, paid):
    bill = invoice(service(net, tax), Line("l2", "tip", tip), paid=paid)
    payable = redemption.payable_cents(bill, frozenset({"service"}), is_before_tax=True)
    applied = (Applied("x1", True, payable, NOON, True, frozenset({"service"})),)

    taxed = billing.bill_of(bill.lines, bill.payments, applied)
    left = taxed.net_cents + taxed.tax_cents - paid - payable
    assert payable <= net
    assert left >= -1 or not payable


@given(
    sides=st.tuples(cents, st.integers(0, 3_000), cents, st.integers(0, 3_000)),
    share=st.integers(0, 100),
    is_pre_tax=st.booleans(),
    is_reward=st.booleans(),
)
def test_before_tax_nothing_is_overpaid_after_points_on_lines_of_another_tax(
    sides, share, is_pre_tax, is_reward
):
    net, tax, other, other_tax = sides
    bill = invoice(service(net, tax), Line("l2", "product", other, 0, other_tax))
    kinds = frozenset({"service"})
    most = redemption.payable_cents(bill, kinds, is_before_tax=is_pre_tax)
    bill.applied = (Applied("r1", True, most * share // 100, NOON, is_pre_tax, kinds),)
    of_all = None if is_reward else frozenset({"service", "product"})

    payable = redemption.payable_cents(bill, of_all, is_before_tax=True)

    bill.applied += (Applied("x1", not is_reward, payable, NOON, True, of_all),)
    taxed = billing.bill_of(bill.lines, (), bill.applied)
    left = taxed.net_cents + taxed.tax_cents - taxed.points_cents - taxed.rewards_cents
    assert left >= -1


def test_before_tax_nothing_is_overpaid_after_others_before_and_after_tax():
    bill = invoice(service(1_000, 200), Line("l2", "product", 5_000, 0, 500))
    of_all = frozenset({"service", "product"})
    later = NOON + timedelta(minutes=1)
    bill.applied = (
        Applied("r1", True, 1_080, NOON, False, frozenset({"service"})),
        Applied("r2", True, 3_000, later, True, frozenset({"product"})),
    )

    payable = redemption.payable_cents(bill, of_all, is_before_tax=True)

    bill.applied += (Applied("r3", True, payable, later + timedelta(minutes=1), True, of_all),)
    taxed = billing.bill_of(bill.lines, (), bill.applied)
    assert taxed.net_cents + taxed.tax_cents - taxed.points_cents >= -1


# -- points and their value -------------------------------------------------------------------


values = st.fractions(Fraction(1, 100), Fraction(500), max_denominator=1000)


@given(values, st.integers(0, 100_000))
def test_most_points_is_the_last_number_that_fits(value, money):
    most = redemption.most_points(money, value)

    assert redemption.value_of(most, value) <= money < redemption.value_of(most + 1, value)


@given(values, st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_capture_pays_as_much_as_it_can_with_as_few_points(value, held, money):
    limits = Limits(value, 1, None, 1, held, money)

    taken = redemption.captured_points(held, limits)

    paid = redemption.value_of(taken, value)
    fitting = min(held, redemption.most_points(money, value))
    assert taken <= held
    assert paid == redemption.value_of(fitting, value) <= money
    if taken < held:
        assert taken == 0 or redemption.value_of(taken - 1, value) < paid


def test_a_capture_keeps_to_the_maxima_of_the_invoice():
    limits = Limits(TEN_CENTS, 1, 100, 1, 300, 5_000)

    assert redemption.captured_points(300, limits) == 100
    assert redemption.captured_points(300, replace(limits, payable_cents=500)) == 50
