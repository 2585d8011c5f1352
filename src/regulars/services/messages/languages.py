"""Languages by their tags (`de`, `de-CH`), and days, numbers and money written in them."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal

from regulars.rules.refusals import Refused
from regulars.rules.sentences import said

DayStyle = Literal["short", "medium", "long", "full"]

ENGLISH = "en"
_KEPT = 4096
"""Texts kept: the messages of a batch share most of their days and many of their numbers."""

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?")


def language_tag(text: str, *, field: str = "language") -> str:
    """The tag as it is kept, `de-CH` for "de_ch"; refused when no such language is known."""
    match = _TAG.fullmatch(text.strip())
    if match is not None:
        language, script, region = match.groups()
        parts = [language.lower()]
        parts += [script.title()] if script else []
        parts += [region.upper()] if region else []
        tag = "-".join(parts)
        if _known(tag):
            return tag
    raise Refused(
        "invalid_record",
        said(
            "{text!r} is no language known here; write a tag like en, de or de-CH.",
            text=text[:40],
        ),
        field=field,
        value=text[:40],
    )


def _known(tag: str) -> bool:
    try:
        locale_of(tag)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def fallbacks(*tags: str | None) -> Iterator[str]:
    """The tags in which to look for words, best first: each, then without its region, at last
    English. None is left out.
    """
    seen: set[str] = set()
    for tag in (*tags, ENGLISH):
        for one in () if tag is None else (tag, base_of(tag)):
            if one not in seen:
                seen.add(one)
                yield one


def base_of(tag: str) -> str:
    return tag.partition("-")[0]


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


@lru_cache(maxsize=_KEPT)
def written_day(day: date, tag: str, style: DayStyle = "long") -> str:
    """July 5, 2026 or 5. Juli 2026; with a style of CLDR's shorter or with its weekday."""
    return format_date(day, style, locale=locale_of(tag))


def written_weekday(day: date, tag: str) -> str:
    """Sun, Jul 5 or So., 5. Juli: where the year is known."""
    return format_skeleton("MMMEd", day, locale=locale_of(tag))


def written_time(local: datetime, tag: str) -> str:
    """2:30 PM or 14:30, of an instant in the zone it is to be told in."""
    return format_time(local, "short", locale=locale_of(tag))


@lru_cache(maxsize=_KEPT)
def written_number(number: int, tag: str) -> str:
    """1,250 or 1.250."""
    return format_decimal(number, locale=locale_of(tag))


@lru_cache(maxsize=_KEPT)
def written_money(cents: int, tag: str, *, currency: str, exponent: int) -> str:
    """$25.00 or 25,00 $; exact, with as many decimals as the currency has."""
    amount = Decimal(cents).scaleb(-exponent)
    pattern = _pattern(tag, exponent)
    return format_currency(
        amount, currency, pattern, locale=locale_of(tag), currency_digits=False
    )


def plain_amount(cents: int, tag: str, *, exponent: int) -> str:
    """1250.00 or 1250,00: as somebody would type it."""
    decimals = f".{'0' * exponent}" if exponent else ""
    amount = Decimal(cents).scaleb(-exponent)
    return format_decimal(amount, f"0{decimals}", locale=locale_of(tag))


def written_decimal(text: str, tag: str) -> str:
    """A decimal string of the contract as one would type it, with as many decimals: "0,05"."""
    number = Decimal(text)
    n_decimals = len(text.partition(".")[2])
    decimals = f".{'0' * n_decimals}" if n_decimals else ""
    return format_decimal(
        number, f"0{decimals}", locale=locale_of(tag), decimal_quantization=False
    )


@lru_cache(maxsize=256)
def _pattern(tag: str, exponent: int) -> str:
    """The locale's own pattern with the decimals of ISO 4217, which the ledger counts in."""
    pattern = locale_of(tag).currency_formats["standard"].pattern
    decimals = f".{'0' * exponent}" if exponent else ""
    return re.sub(r"0(\.[0#]+)?", f"0{decimals}", pattern)
