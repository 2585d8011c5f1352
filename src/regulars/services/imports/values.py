"""Cells as text, read as days, instants, money, phone numbers and words.

What a text alone does not tell, the order of day and month and the decimal sign, is a matter
of the whole column and comes in from outside (`columns.py`).
"""

import re
from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache

import phonenumbers

from regulars.rules import sentences
from regulars.rules.refusals import Refused
from regulars.services.imports.fields import WORDS, plain, words_of

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
POINT, COMMA = ".", ","
UNCLEAR = "unclear"

_TIME = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\b\.?)?\s*(?:uhr)?\s*"
    r"(z|utc|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:T|\s*,\s+|\s+(?:at|um)\s+|\s+)(\d{1,2}:\d{2}.*)$", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,4})([./\- ])\s*(\d{1,2})\2\s*(\d{1,4})\.?")
_DAY_WORD = re.compile(
    r"(?:\w+\.?,\s*)?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*([^\W\d]+)\.?,?[\s-]*(\d{4})"
)
_WORD_DAY = re.compile(r"(?:\w+\.?,\s*)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janner jaenner",
            "feb february februar feber",
            "mar march marz maerz mrz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}


def _invalid(field: str, why: str, value: str) -> Refused:
    return Refused(
        "invalid_record",
        sentences.said("{field} {why}", field=field, why=why),
        field=field,
        value=value,
    )


# -- days and instants ------------------------------------------------------------------------


def day_order(text: str) -> str | None:
    """What a day says of the order in its column: `DAY_FIRST`, `MONTH_FIRST` or `UNCLEAR`.

    None where the order makes no difference: a year in front, a month in letters, 03/03.
    """
    match = _NUMBERS.fullmatch(_without_time(text.strip())[0])
    if match is None or len(match[1]) > 2:
        return None
    first, second = int(match[1]), int(match[3])
    # Who writes dates with dots writes the day first.
    if match[2] == "." or first > 12:
        return DAY_FIRST
    if second > 12:
        return MONTH_FIRST
    return None if first == second else UNCLEAR


def is_day(text: str) -> bool:
    """Whether it looks like a day, with a time or without."""
    bare = _without_time(text.strip())[0]
    if any(one.fullmatch(bare) for one in (_DAY_WORD, _WORD_DAY)):
        return True
    match = _NUMBERS.fullmatch(bare)
    return match is not None and max(len(match[1]), len(match[4])) in (2, 4)


def read_day(text: str, order: str | None, *, field: str, born_by: int | None = None) -> str:
    """A day as 2026-03-02. Years of two digits lie in this century; with `born_by` (a year)
    none lies after it, so that 85 is 1985.
    """
    bare = _without_time(text.strip())[0]
    found = _numbers_of(bare, order, field=field)
    if found is None:
        raise _invalid(
            field,
            sentences.said("must be a day with its year; {text!r} is none.", text=text),
            text,
        )
    (year_text, month, day) = found
    year = int(year_text)
    if len(year_text) == 2:
        year += 2000
        if born_by is not None and year > born_by:
            year -= 100
    elif len(year_text) != 4:
        raise _invalid(
            field,
            sentences.said("must have a year of four digits; {text!r} has none.", text=text),
            text,
        )
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise _invalid(
            field, sentences.said("names a day that does not exist: {text}.", text=text), text
        ) from None


def _numbers_of(bare: str, order: str | None, *, field: str) -> tuple[str, int, int] | None:
    """Year, month and day."""
    if match := _DAY_WORD.fullmatch(bare):
        return _in_words(match[3], match[2], match[1])
    if match := _WORD_DAY.fullmatch(bare):
        return _in_words(match[3], match[1], match[2])
    match = _NUMBERS.fullmatch(bare)
    if match is None or len(match[1]) == 3:
        return None
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        return first, int(second), int(third)
    own = day_order(bare)
    if order is None and own == UNCLEAR:
        raise _invalid(
            field,
            sentences.said("can be read in two ways: {bare}. Say date_order.", bare=bare),
            bare,
        )
    # With dots the day comes first, whatever other columns do.
    order = own if order is None or match[2] == "." else order
    if order == MONTH_FIRST:
        return third, int(first), int(second)
    return third, int(second), int(first)


def _in_words(year: str, month: str, day: str) -> tuple[str, int, int] | None:
    number = _MONTHS.get(plain(month))
    return None if number is None else (year, number, int(day))


def _without_time(text: str) -> tuple[str, str | None]:
    match = _TAIL.search(text)
    return (text[: match.start()].strip(), match[1]) if match else (text, None)


def read_instant(text: str, order: str | None, *, field: str, clock: str = "") -> str:
    """An instant by ISO 8601; without an offset it is local to the record's center, without a
    time the noon of its day. `clock` is a time from a column of its own.
    """
    _, said = _without_time(text.strip())
    day = read_day(text, order, field=field)
    at = clock or said
    return f"{day}T{read_time(at, field=field)}" if at else day


def read_time(text: str, *, field: str) -> str:
    """A time of day, of 24 hours or of twice 12, with its offset if it says one."""
    # A column of times in a workbook is one of days for who reads it.
    bare = text.strip().rpartition("T")[2]
    match = _TIME.fullmatch(bare)
    if match is None:
        raise _invalid(
            field,
            sentences.said(
                "must have a time like 14:30 or 2:30 PM; {text!r} is none.", text=text
            ),
            text,
        )
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            raise _invalid(
                field,
                sentences.said("names a time that does not exist: {text}.", text=text),
                text,
            )
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    try:
        found = time(hour, minute, second).isoformat()
    except ValueError:
        raise _invalid(
            field, sentences.said("names a time that does not exist: {text}.", text=text), text
        ) from None
    return found + _offset(match[5])


def _offset(said: str | None) -> str:
    if said is None:
        return ""
    if said.lower() in ("z", "utc"):
        return "Z"
    return said if ":" in said else f"{said[:3]}:{said[3:]}"


# -- money and numbers ------------------------------------------------------------------------

_CURRENCY = re.compile(r"[A-Z]{3}|[$€£¥₹₽₩₪₫₱฿₴₦]|kr\.?|Fr\.?|zł|Kč|R\$", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\d[\d.,]*|[.,]\d+")


def _bare(text: str) -> tuple[str, bool] | None:
    """The digits and signs between, and whether it is below zero; None if it is no number."""
    bare = re.sub(r"[\s\u00a0\u202f'’]", "", _CURRENCY.sub("", text, count=1))
    bare = bare.replace("\u2212", "-").removesuffix(",-").removesuffix(",--")
    is_negative = bare.startswith("-") or bare.endswith("-")
    if bare.startswith("(") and bare.endswith(")"):
        bare, is_negative = bare[1:-1], True
    bare = bare.strip("+-")
    return (bare, is_negative) if _BARE_NUMBER.fullmatch(bare) else None


def is_money(text: str) -> bool:
    return _bare(text) is not None


def decimal_sign(text: str, exponent: int) -> str | None:
    """What an amount says of the decimal sign in its column: `POINT`, `COMMA` or `UNCLEAR`."""
    found = _bare(text)
    if found is None:
        return None
    bare = found[0]
    last = max(bare.rfind(POINT), bare.rfind(COMMA))
    if last < 0:
        return None
    sign = bare[last]
    other = COMMA if sign == POINT else POINT
    if other in bare:
        return sign
    if bare.count(sign) > 1:
        return other
    before, _, after = bare.partition(sign)
    if len(after) != 3 or not before or before.startswith("0") or len(before) > 3:
        return sign
    return UNCLEAR if exponent == 3 else other


def read_money(text: str, sign: str | None, exponent: int, *, field: str) -> tuple[int, str]:
    """(sign, amount without it): -1 and "1234.50" for (1,234.50)."""
    found = _bare(text)
    if found is None:
        raise _invalid(
            field,
            sentences.said("must be an amount of money; {text!r} is none.", text=text),
            text,
        )
    bare, is_negative = found
    sign = sign or _own_sign(text, exponent, field=field)
    other = COMMA if sign == POINT else POINT
    whole, _, part = bare.partition(sign)
    groups = whole.split(other)
    is_grouped = all(len(group) == 3 for group in groups[1:]) and (
        len(groups) == 1 or 1 <= len(groups[0]) <= 3
    )
    part = part[:exponent] + part[exponent:].rstrip("0")
    if not is_grouped or not (part.isdigit() or not part) or len(part) > exponent:
        raise _invalid(
            field,
            sentences.said(
                "must be an amount with {exponent} decimals and {sign!r}"
                " before them; {text!r} is not.",
                exponent=exponent,
                sign=sign,
                text=text,
            ),
            text,
        )
    amount = "".join(groups) or "0"
    return (-1 if is_negative else 1), f"{amount}.{part.ljust(exponent, '0')}".rstrip(".")


def _own_sign(text: str, exponent: int, *, field: str) -> str:
    own = decimal_sign(text, exponent)
    if own == UNCLEAR:
        raise _invalid(
            field,
            sentences.said("can be read in two ways: {text}. Say decimal.", text=text),
            text,
        )
    return own or POINT


def read_number(text: str, sign: str | None, *, field: str) -> int:
    """A whole number, as 1,250 or 1.250 or 3.00."""
    try:
        factor, amount = read_money(text, sign, 0, field=field)
    except Refused:
        raise _invalid(
            field, sentences.said("must be a whole number; {text!r} is none.", text=text), text
        ) from None
    return factor * int(amount)


# -- people and words -------------------------------------------------------------------------

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[\d\s()/.\-\u00a0]{6,25}")


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    return _PHONE.fullmatch(text) is not None and sum(c.isdigit() for c in text) >= 6


def read_phone(text: str, country: str | None, *, field: str) -> str:
    """E.164, as +4915112345678; `country` (ISO 3166, two letters) for numbers without one."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise _no_phone(text, country, field=field) from None
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise _no_phone(text, country, field=field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _no_phone(text: str, country: str | None, *, field: str) -> Refused:
    why = (
        sentences.said(
            "must be a phone number in {country}; {text!r} is none.", country=country, text=text
        )
        if country
        else sentences.said(
            "must be a phone number that begins with + and its country; {text!r} is none.",
            text=text,
        )
    )
    return _invalid(field, why, text)


def read_word(text: str, form: str, *, field: str, own: Mapping[str, str] | None = None) -> str:
    """The contract's word for what a cell says; `own` are words that the mapping adds."""
    meanings = WORDS[form]
    said = plain(text)
    found = (own or {}).get(said) or meanings.get(said) or _first_known(text, meanings)
    if found is None:
        known = ", ".join(sorted(set(meanings.values())))
        raise _invalid(
            field,
            sentences.said(
                "must mean one of {known}; what {text!r} means can be said in"
                " the mapping (at a shell with --value '{field}:{text}=...').",
                known=known,
                text=text,
                field=field,
            ),
            text,
        )
    return found


@lru_cache(maxsize=1000)
def _first_word(text: str) -> str:
    words = words_of(text)
    return words[0] if words else ""


def _first_known(text: str, meanings: Mapping[str, str]) -> str | None:
    """ "Visa ending 4242" is said by its first word."""
    return meanings.get(_first_word(text)) if len(_first_word(text)) > 2 else None
