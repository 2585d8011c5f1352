"""What a guest is found by: words of the name, the e-mail, the phone, in every usual spelling.

A value of the table begins with a letter for what it is, and is matched from its beginning:
`n` a name, once beginning with each of its words; `e` the e-mail; `p` the digits of the phone,
country first; `r` the same digits backwards, for who knows the last four. What is typed goes
through the same functions, so both sides are spelled alike.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

import phonenumbers

from regulars.records import bulk, models
from regulars.records.scope import current_organization

NAME, EMAIL, PHONE, PHONE_BACKWARDS = "n", "e", "p", "r"
LONGEST = 250
MOST_WORDS = 8
_WHOLE = re.compile(r"\+[\d\s.\-/]+")
_NATIONAL = re.compile(r"[\d\s().\-/]+")
_PLAIN = re.compile("[a-z0-9]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´", ""))

# Who, what, phone, and the reference of the home center.
Told = tuple[UUID, str, str | None, str | None, str | None]


# -- spelling ---------------------------------------------------------------------------------


def spellings(text: str) -> list[list[str]]:
    """The words of a name without case, accents and marks; twice where umlauts spell out.

    Müller is both muller and mueller, O'Brien is obrien, Anne-Marie is anne and marie.
    """
    if text.isascii():  # most are, and it is ten times as quick
        return [_PLAIN.findall(text.lower().replace("'", "").replace("`", ""))]
    composed = unicodedata.normalize("NFC", text.casefold()).translate(_APOSTROPHES)
    plain = _words(composed)
    spelled_out = _words(composed.translate(_SPELLED_OUT))
    return [plain] if plain == spelled_out else [plain, spelled_out]


def _words(text: str) -> list[str]:
    signs = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    bare = (sign for sign in signs if not unicodedata.combining(sign))
    return "".join(s if unicodedata.category(s)[0] in "LNM" else " " for s in bare).split()


def rotations(words: list[str]) -> Iterator[str]:
    """The name once from each of its words on, the ones before it at the end."""
    for place in range(min(len(words), MOST_WORDS)):
        yield " ".join(words[place:] + words[:place])


def email_of(text: str) -> str:
    return text.strip().casefold()


# -- phones -----------------------------------------------------------------------------------


@cache
def _regions() -> dict[str, str]:
    """The country of each time zone, as the time zone database has it."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text()
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    told = {line[2].strip(): line[0] for line in lines}
    dialed = phonenumbers.SUPPORTED_REGIONS
    return {zone: region for zone, region in told.items() if region in dialed}


def region_of(time_zone: str) -> str | None:
    """The country whose numbers are dialed there, ISO 3166; None when a zone has none."""
    return _regions().get(time_zone)


def digits_of(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdigit())


def phone_of(text: str, region: str | None) -> str:
    """The digits of a phone, country first where it says or `region` tells; else as typed."""
    said = text.strip()
    if _WHOLE.fullmatch(said):
        return digits_of(said)
    if region is not None and _NATIONAL.fullmatch(said):
        digits, (country, dialed_first) = digits_of(said), _dialing(region)
        if not dialed_first.match(digits):  # nothing to take off: no need to parse
            return country + digits
    try:
        number = phonenumbers.parse(said, region)
    except phonenumbers.NumberParseException:
        return digits_of(said)
    return f"{number.country_code}{phonenumbers.national_significant_number(number)}"


@cache
def _dialing(region: str) -> tuple[str, re.Pattern[str]]:
    """A country's code, and what may come before a number that is dialed there."""
    known: Any = phonenumbers.PhoneMetadata.metadata_for_region(region)
    before = (known.international_prefix, known.national_prefix_for_parsing)
    return str(known.country_code), re.compile("|".join(f"(?:{one})" for one in before if one))


def beginnings_of(text: str, region: str | None) -> set[str]:
    """What the digits of a phone may begin with that is typed as far as this."""
    digits = digits_of(text)
    found = {digits, phone_of(text, region)}
    if digits.startswith("00"):
        found.add(digits[2:])
    trunk = phonenumbers.ndd_prefix_for_region(region, True) if region else None
    if (
        region and trunk and digits.startswith(trunk)
    ):  # parsing leaves it on a number that is too short
        found.add(f"{_dialing(region)[0]}{digits[len(trunk) :]}")
    return found - {""}


# -- rows -------------------------------------------------------------------------------------


def values_of(name: str, email: str | None, phone: str | None, region: str | None) -> set[str]:
    """Everything one guest is found by."""
    found = {NAME + form for words in spellings(name) for form in rotations(words)}
    if email:
        found.add(EMAIL + email_of(email))
    if phone and (digits := phone_of(phone, region)):
        found |= {PHONE + digits, PHONE_BACKWARDS + digits[::-1]}
    return {value[:LONGEST] for value in found}


def write(new: Iterable[Told], changed: Iterable[Told], *, model: Any = None) -> None:
    """The rows of new guests, and those of changed ones anew. At most three statements.

    `model` is the table's model as a migration knows it.
    """
    new, changed = list(new), list(changed)
    if not (new or changed):
        return
    forget([told[0] for told in changed])
    zones = _zones()
    rows = [
        (value, guest)
        for guest, name, email, phone, center in [*new, *changed]
        for value in values_of(name, email, phone, _region(zones, center) if phone else None)
    ]
    bulk.insert(model or models.GuestLookup, ["value", "guest_id"], rows)


def forget(guests: list[UUID]) -> None:
    """Nobody finds these guests any more."""
    if guests:
        bulk.execute(
            "DELETE FROM records_guestlookup WHERE organization_id = %s AND guest_id IN %s",
            [current_organization(), guests],
        )


def _zones() -> dict[str | None, str]:
    """The time zones of the centers, and under None the organization's."""
    organization = current_organization()
    rows = bulk.select(
        "SELECT external_id, time_zone FROM records_center WHERE organization_id = %s"
        " UNION ALL SELECT NULL, time_zone FROM records_organization WHERE id = %s",
        [organization, organization],
    )
    return dict(rows)


def _region(zones: dict[str | None, str], center: str | None) -> str | None:
    return region_of(zones.get(center) or zones[None])
