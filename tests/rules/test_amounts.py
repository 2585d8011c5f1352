"""Rule 1.3: money is exact, points are whole, and a text is an amount or it is refused."""

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.rules.amounts import (
    LARGEST_CENTS,
    floor_points,
    format_decimal,
    format_money,
    half_even,
    half_even_div,
    minor_units,
    parse_decimal,
    parse_money,
    shown,
)
from regulars.rules.refusals import Refused

cents = st.integers(-LARGEST_CENTS, LARGEST_CENTS)
exponents = st.sampled_from([0, 2, 3, 4])


@pytest.mark.parametrize(
    ("currency", "exponent"),
    [("USD", 2), ("EUR", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("TND", 3), ("CLF", 4)],
)
def test_a_currency_has_the_decimals_of_iso_4217(currency: str, exponent: int) -> None:
    assert minor_units(currency) == exponent


@pytest.mark.parametrize("currency", ["", "usd", "US", "EURO", "XAU", "ZZZ", None, 840, []])
def test_an_unknown_currency_is_refused(currency: str) -> None:
    with pytest.raises(Refused) as refusal:
        minor_units(currency)

    assert (refusal.value.code, refusal.value.field) == ("invalid_record", "currency")
    assert refusal.value.value == currency


@pytest.mark.parametrize(
    ("text", "exponent", "expected"),
    [
        ("80.00", 2, 8000),
        ("80", 2, 8000),
        ("80.5", 2, 8050),
        ("0.01", 2, 1),
        ("0", 2, 0),
        ("007.00", 2, 700),
        ("1500", 0, 1500),
        ("1.234", 3, 1234),
        ("90000000000000.00", 2, LARGEST_CENTS),
    ],
)
def test_a_decimal_string_becomes_minor_units(text: str, exponent: int, expected: int) -> None:
    assert parse_money(text, exponent, field="price") == expected


@pytest.mark.parametrize(
    "text",
    [
        80,
        80.0,
        True,
        None,
        float("nan"),
        Decimal("80.00"),
        ["80.00"],
        {},
        "",
        " ",
        " 80.00",
        "80.00 ",
        "80.00\n",
        "80.",
        ".5",
        ".",
        "+80.00",
        "--80",
        "8_000",
        "8,000.00",
        "80,00",
        "8e3",
        "NaN",
        "Infinity",
        "0x50",
        "$80.00",
        "８０.００",
        "٨٠",
        "80²",
        "80.001",
        "-80.00",
        "-0.00",
        "-",
        "8-0",
        "90000000000000.01",
        "1" * 5000,
        "0." + "1" * 5000,
    ],
)
def test_anything_else_is_refused_with_its_field_and_value(text: object) -> None:
    with pytest.raises(Refused) as refusal:
        parse_money(text, 2, field="lines.0.price")

    assert (refusal.value.code, refusal.value.field) == ("invalid_record", "lines.0.price")
    assert refusal.value.value is text
    assert refusal.value.message.startswith("lines.0.price ")
    assert len(refusal.value.message) < 250


@pytest.mark.parametrize(
    ("text", "exponent", "reason"),
    [
        ("-5.00", 2, "price must not be negative; it is '-5.00'."),
        (5, 2, 'price must be an amount in quotes, like "80.00"; 5 is not.'),
        ("five", 0, "price must be an amount like \"80\"; 'five' is not."),
        ("5.5", 0, "price may have at most 0 decimals in this currency; '5.5' has more."),
        (
            "90000000000001",
            2,
            "price must be at most 90000000000000.00; it is '90000000000001'.",
        ),
        (
            "-90000000000001",
            2,
            "price must be at least -90000000000000.00; it is '-90000000000001'.",
        ),
    ],
)
def test_the_refusal_says_why(text: object, exponent: int, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_money(text, exponent, field="price")

    assert refusal.value.message == reason


def test_a_negative_amount_must_be_allowed() -> None:
    assert parse_money("-50.00", 2, field="amount", allow_negative=True) == -5000
    with pytest.raises(Refused):
        parse_money("-50.00", 2, field="amount")
    with pytest.raises(Refused):
        parse_money("-90000000000000.01", 2, field="amount", allow_negative=True)


@pytest.mark.parametrize(
    ("amount", "exponent", "text"),
    [
        (-5000, 2, "-50.00"),
        (5, 2, "0.05"),
        (-5, 2, "-0.05"),
        (0, 2, "0.00"),
        (1500, 0, "1500"),
        (-1, 3, "-0.001"),
    ],
)
def test_an_amount_is_written_with_all_its_decimals(
    amount: int, exponent: int, text: str
) -> None:
    assert format_money(amount, exponent) == text


@given(cents, exponents)
def test_what_is_written_is_read_back(amount: int, exponent: int) -> None:
    text = format_money(amount, exponent)

    assert parse_money(text, exponent, field="amount", allow_negative=True) == amount


@given(st.text(alphabet="0123456789.-+e_ ٣", max_size=8), exponents)
def test_a_text_is_read_exactly_or_refused(text: str, exponent: int) -> None:
    try:
        amount = parse_money(text, exponent, field="amount", allow_negative=True)
    except Refused:
        return
    assert Fraction(amount, 10**exponent) == Fraction(text)


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    [
        (5, 2, 2),
        (7, 2, 4),
        (-5, 2, -2),
        (-7, 2, -4),
        (5, -2, -2),
        (1, 3, 0),
        (2, 3, 1),
        (0, 7, 0),
    ],
)
def test_a_half_goes_to_the_even_neighbor(numerator: int, denominator: int, whole: int) -> None:
    assert half_even_div(numerator, denominator) == whole


@given(cents, st.integers(-(10**12), 10**12).filter(bool))
def test_rounding_agrees_with_fractions(numerator: int, denominator: int) -> None:
    share = Fraction(numerator, denominator)

    assert half_even_div(numerator, denominator) == half_even(share) == round(share)


@given(st.integers(-(10**12), 10**12))
def test_rounding_agrees_with_decimals(tenths: int) -> None:
    with localcontext(rounding=ROUND_HALF_EVEN):
        assert half_even_div(tenths, 10) == int((Decimal(tenths) / 10).to_integral_value())


@given(st.fractions() | st.integers())
def test_points_are_floored(amount: Fraction | int) -> None:
    assert floor_points(amount) == floor(amount)


@pytest.mark.parametrize(
    ("text", "number"), [("12.5", Fraction(25, 2)), ("0", Fraction(0)), ("100", Fraction(100))]
)
def test_a_decimal_is_read_exactly(text: str, number: Fraction) -> None:
    assert parse_decimal(text, 6, field="maximum_percent") == number


@pytest.mark.parametrize("text", [12.5, 12, None, "", "-1", "1/3", "1e2", "0.1234567", "1 "])
def test_what_is_no_decimal_is_refused(text: object) -> None:
    with pytest.raises(Refused) as refusal:
        parse_decimal(text, 6, field="maximum_percent")

    assert (refusal.value.field, refusal.value.value) == ("maximum_percent", text)


@given(st.integers(0, 10**12), st.integers(0, 3))
def test_a_decimal_is_written_shortest(millionths: int, least: int) -> None:
    text = format_decimal(Fraction(millionths, 10**6), least)

    assert Fraction(text) == Fraction(millionths, 10**6)
    decimals = text.partition(".")[2]
    assert len(decimals) == least or (len(decimals) > least and not decimals.endswith("0"))


@pytest.mark.parametrize("value", ["x" * 9999, 10**9999, ["x" * 99] * 99], ids=type)
def test_a_message_never_quotes_pages(value: object) -> None:
    assert len(shown(value)) < 500
