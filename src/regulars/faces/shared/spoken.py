"""Sentences of the rules in the language of the desk, with its numbers, days and money."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from regulars.rules.amounts import parse_money
from regulars.rules.sentences import Said, Sum
from regulars.services.messages import languages

if TYPE_CHECKING:
    from regulars.faces.shared.visits import Visit


def spoken(sentence: str, visit: "Visit") -> str:
    """A sentence of the rules as this staff member reads it; other text as it is."""
    if not isinstance(sentence, Said) or not sentence.template:
        return sentence
    values = {name: _written(value, visit) for name, value in sentence.values.items()}
    return gettext(sentence.template).format_map(values)


def _written(value: object, visit: "Visit") -> object:
    if isinstance(value, Said):
        return spoken(value, visit)
    if isinstance(value, Sum):
        exponent = visit.company.exponent
        cents = parse_money(value, exponent, field="amount")
        return languages.written_money(
            cents, visit.language, currency=visit.company.currency, exponent=exponent
        )
    if isinstance(value, date) and not isinstance(value, datetime):
        return languages.written_day(value, visit.language)
    if isinstance(value, int):
        return Number(value, visit.language)
    return value


class Number:
    """A whole number that a template may want with its sign: "{change:+}"."""

    def __init__(self, value: int, language: str) -> None:
        self.value = value
        self.language = language

    def __format__(self, how: str) -> str:
        sign = "+" if "+" in how and self.value > 0 else ""
        return sign + languages.written_number(self.value, self.language)
