"""Money in whole minor units, points in whole numbers, and the few roundings (rule 1.3)."""

import re
from fractions import Fraction
from reprlib import Repr

from regulars.rules.refusals import Refused
from regulars.rules.sentences import said

LARGEST_CENTS = 9_000_000_000_000_000
"""The most that one amount may be: a thousand of them still add up inside a BIGINT column."""

_TWO_DECIMALS = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP
    BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD
    FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD
    KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD
    NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED
    VES WST XCD XCG YER ZAR ZMW ZWG
"""
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DECIMALS = "CLF UYW"

_EXPONENTS = {
    code: exponent
    for exponent, codes in (
        (0, _NO_DECIMALS),
        (2, _TWO_DECIMALS),
        (3, _THREE_DECIMALS),
        (4, _FOUR_DECIMALS),
    )
    for code in codes.split()
}


def minor_units(currency: str) -> int:
    """How many decimals the currency's amounts have, by ISO 4217 (JPY none, KWD three)."""
    try:
        return _EXPONENTS[currency]
    except (KeyError, TypeError):
        raise Refused(
            "invalid_record",
            said(
                "{currency} is no currency of ISO 4217; write its three letters, like USD.",
                currency=shown(currency),
            ),
            field="currency",
            value=currency,
        ) from None


_DECIMAL = re.compile(r"(-?)([0-9]{1,30})(?:\.([0-9]{1,30}))?")
_LONGEST_TEXT = 40


def parse_money(
    text: object, exponent: int, *, field: str, allow_negative: bool = False
) -> int:
    """The minor units of a decimal string like "80.00" or "80" (rule 1.3, contract)."""
    if isinstance(text, str):
        cents = _cents_of(text, exponent)
        if cents is None and allow_negative and text[:1] == "-":
            positive = _cents_of(text[1:], exponent)
            cents = None if positive is None else -positive
        if cents is not None:
            return cents
    raise Refused(
        "invalid_record",
        said("{field} {why}", field=field, why=_why_no_money(text, exponent)),
        field=field,
        value=text,
    )


def _cents_of(text: str, exponent: int) -> int | None:
    """An amount without a sign in minor units; None when the text is no such amount."""
    # An importer comes here several times an invoice: plain string methods take half as long
    # as the pattern that the messages use.
    whole, point, decimals = text.partition(".")
    digits = whole + decimals
    if not (whole and digits.isdigit() and digits.isascii() and len(text) <= _LONGEST_TEXT):
        return None
    n_decimals = len(decimals)
    if n_decimals > exponent or (point and not decimals):
        return None
    cents = int(digits) * 10 ** (exponent - n_decimals)
    return cents if cents <= LARGEST_CENTS else None


def _why_no_money(text: object, exponent: int) -> str:
    example = format_money(80 * 10**exponent, exponent)
    if not isinstance(text, str):
        return said(
            'must be an amount in quotes, like "{example}"; {text} is not.',
            example=example,
            text=shown(text),
        )
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return said(
            'must be an amount like "{example}"; {text} is not.',
            example=example,
            text=shown(text),
        )
    if len(match[3] or "") > exponent:
        return said(
            "may have at most {exponent} decimals in this currency; {text} has more.",
            exponent=exponent,
            text=shown(text),
        )
    if match[1] and _cents_of(text[1:], exponent) is not None:
        return said("must not be negative; it is {text}.", text=shown(text))
    if match[1]:
        least = format_money(-LARGEST_CENTS, exponent)
        return said("must be at least {least}; it is {text}.", least=least, text=shown(text))
    return said(
        "must be at most {most}; it is {text}.",
        most=format_money(LARGEST_CENTS, exponent),
        text=shown(text),
    )


def parse_decimal(text: object, decimals: int, *, field: str) -> Fraction:
    """An exact number of 0 or more from a decimal string with at most so many decimals."""
    match = _DECIMAL.fullmatch(text) if isinstance(text, str) else None
    if match is None or match[1] or len(match[3] or "") > decimals:
        raise Refused(
            "invalid_record",
            said(
                "{field} {why}",
                field=field,
                why=said(
                    "must be a number in quotes of 0 or more with at most"
                    ' {decimals} decimals, like "12.5"; {text} is not.',
                    decimals=decimals,
                    text=shown(text),
                ),
            ),
            field=field,
            value=text,
        )
    return Fraction(match[0])


def format_money(cents: int, exponent: int) -> str:
    """The decimal string of an amount, as the contract writes money ("-50.00")."""
    if exponent == 0:
        return str(cents)
    whole, decimals = divmod(abs(cents), 10**exponent)
    sign = "-" if cents < 0 else ""
    return f"{sign}{whole}.{decimals:0{exponent}}"


def format_decimal(number: Fraction, least_decimals: int) -> str:
    """The shortest decimal string of a number that ends, with at least so many decimals."""
    decimals = least_decimals
    while (number * 10**decimals).denominator != 1:
        decimals += 1
        assert decimals <= 40, f"{number} has no end as a decimal"
    return format_money(int(number * 10**decimals), decimals)


def half_even_div(numerator: int, denominator: int) -> int:
    """The quotient to the nearest whole; a half goes to the even neighbour (rules 4.1, 4.3)."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient, rest = divmod(numerator, denominator)
    twice = 2 * rest
    if twice > denominator or (twice == denominator and quotient & 1):
        return quotient + 1
    return quotient


def half_even(share: Fraction) -> int:
    """An exact share of money to the nearest minor unit, halves to even (rules 4.1, 4.3)."""
    return half_even_div(share.numerator, share.denominator)


def floor_points(amount: Fraction | int) -> int:
    """The whole points in an exact entitlement (rule 5.2)."""
    return amount.numerator // amount.denominator


_BRIEF = Repr()
_BRIEF.maxstring = _BRIEF.maxother = _BRIEF.maxlong = 60


def shown(value: object) -> str:
    """A bad value as a message may quote it: whole when short, never pages of it."""
    if isinstance(value, int) and abs(value) >= 10**60:
        # Python itself declines to write out a number of thousands of digits.
        return "a number of more than 60 digits"
    return _BRIEF.repr(value)
