"""Sentences of the rules: plain English, and what another language is said from.

    said("{points} points are good {through}.", points=3, through=said("today only"))

is the English sentence, a string like any other, that remembers its template and its values. A
face that speaks another language looks up the template and puts the values in again, those that
are sentences themselves in that language, and days and sums as they are written there.

`kept` and `retold` carry one through JSON, for what is told later than it was said.
"""

from datetime import date, datetime
from typing import Any, Self


class Said(str):
    """A sentence, or a part of one, in English; `template` and `values` say it elsewhere."""

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, values: dict[str, object]) -> Self:
        self = super().__new__(cls, template.format_map(values) if values else template)
        self.template = template
        self.values = values
        return self


def said(template: str, /, **values: object) -> Said:
    """The template with its values; in a catalog of words the template is looked up."""
    return Said(template, values)


class Sum(str):
    """Money as the rules write it, "12.50", so that a face writes it as its language does."""

    __slots__ = ()


def plain(value: object) -> str:
    """For encoders that know plain strings only. Raises TypeError for anything else."""
    if isinstance(value, Said | Sum):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no sentence")


def kept(sentence: str) -> Any:
    """The sentence as JSON may hold it: text as text, a `Said` as its template and values."""
    if not isinstance(sentence, Said):
        return str(sentence)
    return [sentence.template, {name: _held(value) for name, value in sentence.values.items()}]


def retold(held: Any) -> str:
    """What `kept` gave, as the sentence it was."""
    if isinstance(held, str):
        return held
    template, values = held
    return Said(template, {name: _given_back(value) for name, value in values.items()})


def _held(value: object) -> Any:
    if isinstance(value, Said):
        return kept(value)
    if isinstance(value, Sum):
        return {"sum": str(value)}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"day": value.isoformat()}
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return str(value)


def _given_back(held: Any) -> object:
    if isinstance(held, list):
        return retold(held)
    if isinstance(held, dict):
        return Sum(held["sum"]) if "sum" in held else date.fromisoformat(held["day"])
    return held
