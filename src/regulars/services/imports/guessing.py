"""A guess which column is which: by its header first, and by what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from regulars.rules.refusals import Refused
from regulars.services.imports.fields import FIELDS, WORDS, Field, by_header, plain, words_of
from regulars.services.imports.tables import Table
from regulars.services.imports.values import is_day, is_email, is_money, is_phone, read_time

LOOKED_AT = 200
SURE, LIKELY, PERHAPS = 100, 80, 60
"""Percent. Below `PERHAPS` a column is not mapped, below `LIKELY` somebody has to agree."""

_N_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """One column. `field` None: it will not be read."""

    header: str
    field: str | None
    confidence: int
    samples: tuple[str, ...]


def guess_columns(kind: str, table: Table) -> list[Guess]:
    """Every column in the file's order; of two for one field the better is taken."""
    values: list[list[str]] = [[] for _ in table.headers]
    for _, cells in islice(table.rows(), LOOKED_AT):
        for place, cell in enumerate(cells[: len(values)]):
            if cell:
                values[place].append(cell)
    looked = [
        (header, *_field_of(kind, header, column), _samples(column))
        for header, column in zip(table.headers, values, strict=True)
    ]
    taken: dict[str, int] = {}
    for place, (_, field, confidence, _) in enumerate(looked):
        best = taken.get(field.name) if field else None
        if field and confidence >= PERHAPS and (best is None or confidence > looked[best][2]):
            taken[field.name] = place
    mapped = set(taken.values())
    return [
        Guess(header, field.name if field and place in mapped else None, confidence, samples)
        for place, (header, field, confidence, samples) in enumerate(looked)
    ]


def columns_of(guesses: Sequence[Guess]) -> dict[str, str]:
    """The guess as the `columns` of a mapping."""
    return {one.header: one.field for one in guesses if one.field is not None}


def unsure(guesses: Sequence[Guess]) -> list[Guess]:
    """What is mapped and not quite certain: for somebody to look at."""
    return [one for one in guesses if one.field is not None and one.confidence < LIKELY]


def _field_of(kind: str, header: str, values: Sequence[str]) -> tuple[Field | None, int]:
    known = by_header(kind)
    bare, _, count = header.rpartition(" (")
    field = known.get(plain(header))
    if field is None and count.rstrip(")").isdigit():
        field = known.get(plain(bare))
    if field is not None:
        fits = _fits(field, values)
        # What stands there speaks against its header: somebody has to look.
        return field, {True: SURE, None: LIKELY, False: PERHAPS}[fits]
    field = _named_within(known, header)
    if field is not None and _fits(field, values) is not False:
        return field, PERHAPS
    if values and kind == "guests" and _fits_all(values, is_email):
        email = next(one for one in FIELDS[kind] if one.form == "email")
        return email, PERHAPS
    return None, 0


def _named_within(known: Mapping[str, Field], header: str) -> Field | None:
    """A known header of two words or more, or a long one, inside a longer header."""
    words = words_of(header)
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            name = "".join(words[start : start + size])
            if name in known and (size > 1 or len(name) > 4):
                return known[name]
    return None


def _fits(field: Field, values: Sequence[str]) -> bool | None:
    """Whether what stands in the column may be this field; None where nothing does."""
    if not values:
        return None
    if field.form in WORDS:
        meanings = WORDS[field.form]
        return _fits_most(values, lambda text: bool(words_of(text))) and any(
            plain(one) in meanings or (words_of(one) or [""])[0] in meanings for one in values
        )
    check = _CHECKS.get(field.form)
    return True if check is None else _fits_most(values, check)


def _fits_most(values: Sequence[str], check: object) -> bool:
    assert callable(check)
    return 2 * sum(bool(check(one)) for one in values) >= len(values)


def _fits_all(values: Sequence[str], check: object) -> bool:
    assert callable(check)
    return all(check(one) for one in values)


def _is_time(text: str) -> bool:
    try:
        read_time(text, field="time")
    except Refused:
        return False
    return True


_CHECKS = {
    "email": is_email,
    "phone": is_phone,
    "day": is_day,
    "instant": is_day,
    "time": _is_time,
    "money": is_money,
    "number": is_money,
}


def _samples(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:60] for value in values))[:_N_SAMPLES]
