"""Sentences of the rules: plain English, and what another language is said from.

    said("{points} points are good {through}.", points=3, through=said("today only"))

is the English sentence, a string like any other, that remembers its template and its values. A
face that speaks another language looks up the template and puts the values in again, those that
are sentences themselves in that language, and days and sums as they are written there.
"""

from typing import Self


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
