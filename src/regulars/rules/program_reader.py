"""Reads a program document field by field and gathers every problem, not only the first."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, TypeVar

from regulars.rules.amounts import parse_decimal, parse_money, shown
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said

LARGEST_COUNT = 1_000_000_000

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Neither database keeps them all: NUL and lone surrogates cannot be stored.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_T = TypeVar("_T")
_Choice = TypeVar("_Choice", bound=str)


class Reader:
    """One mapping of the document. What cannot be read becomes a problem and a stand-in value.

    Levels below share the list of problems; `path` is where this one lies ("tiers.1").
    """

    def __init__(self, content: Mapping[Any, Any], path: str, problems: list[Refused]) -> None:
        self.problems = problems
        self._content = content
        self._path = path
        self._known: list[str] = []

    def field(self, name: str) -> str:
        """The field's full name in the document."""
        return f"{self._path}.{name}" if self._path else name

    def refuse(self, name: str, sentence: str) -> None:
        """Note a problem with the field; the sentence goes on after the field's name."""
        value = self._content.get(name)
        field = self.field(name)
        message = said("{field} {sentence}", field=field, sentence=sentence)
        self.problems.append(Refused("invalid_record", message, field=field, value=value))

    def value(self, name: str) -> Any:
        """The bare value; None for null and for a field left out."""
        self._known.append(name)
        return self._content.get(name)

    def whole(
        self,
        name: str,
        default: int | None = None,
        *,
        least: int = 0,
        most: int = LARGEST_COUNT,
    ) -> int:
        """A whole number; without a default it is required."""
        number = self.value(name)
        if number is None and default is not None:
            return default
        if self._is_whole(name, number, least, most):
            return int(number)
        return least

    def whole_or_none(
        self, name: str, *, least: int = 0, most: int = LARGEST_COUNT
    ) -> int | None:
        """A whole number, or None when it is left out."""
        number = self.value(name)
        if number is not None and self._is_whole(name, number, least, most):
            return int(number)
        return None

    def _is_whole(self, name: str, number: object, least: int, most: int) -> bool:
        if number is None:
            self.refuse(name, said("is required."))
        elif not isinstance(number, int) or isinstance(number, bool):
            self.refuse(
                name,
                said(
                    "must be a whole number without quotes; {value} is not.",
                    value=shown(number),
                ),
            )
        elif not least <= number <= most:
            self.refuse(
                name,
                said(
                    "must be from {least} to {most}; it is {value}.",
                    least=least,
                    most=most,
                    value=shown(number),
                ),
            )
        else:
            return True
        return False

    def switch(self, name: str, default: bool) -> bool:
        """True or false. Null is off, where off is the default; else somebody must say so."""
        answer = self.value(name)
        if isinstance(answer, bool):
            return answer
        if answer is not None or (default and name in self._content):
            self.refuse(
                name, said("must be true or false; {value} is neither.", value=shown(answer))
            )
        return default

    def choice(self, name: str, choices: tuple[_Choice, ...]) -> _Choice:
        """One of the words; the first is the default."""
        word = self.value(name)
        if name not in self._content:
            return choices[0]
        for choice in choices:
            if word == choice:
                return choice
        self.refuse(
            name,
            said(
                "must be one of {known}; it is {value}.",
                known=", ".join(choices),
                value=shown(word),
            ),
        )
        return choices[0]

    def some_of(
        self, name: str, default: frozenset[str], *, allowed: Collection[str], why: str
    ) -> frozenset[str]:
        """A set of words written as a list; null is an empty one."""
        words = self.value(name)
        if name not in self._content:
            return default
        listed = self.items(name)
        for word in listed:
            if not isinstance(word, str) or word not in allowed:
                names = ", ".join(sorted(allowed))
                self.refuse(
                    name,
                    said(
                        "may hold {known} ({why}); {value} is none of them.",
                        known=names,
                        why=why,
                        value=shown(word),
                    ),
                )
                return default
        if len(set(listed)) < len(listed):
            self.refuse(name, said("names something twice: {value}.", value=shown(words)))
        return frozenset(listed)

    def items(self, name: str) -> list[Any]:
        """A list; null and left out are the empty one."""
        listed = self.value(name)
        if listed is None:
            return []
        if isinstance(listed, list | tuple):
            return list(listed)
        self.refuse(name, said("must be a list; {value} is not.", value=shown(listed)))
        return []

    def text(
        self, name: str, *, required: bool = True, longest: int = 200, multiline: bool = False
    ) -> str:
        """A text without spaces around it; an optional one is empty when left out."""
        text = self.value(name)
        if text is None and not required:
            return ""
        if text is None:
            self.refuse(name, said("is required."))
        elif not isinstance(text, str):
            self.refuse(
                name, said("must be a text in quotes; {value} is not.", value=shown(text))
            )
        elif required and not text.strip():
            self.refuse(name, said("must not be empty."))
        elif len(text) > longest:
            self.refuse(
                name,
                said(
                    "may have at most {most} characters; it has {count}.",
                    most=longest,
                    count=len(text),
                ),
            )
        elif _UNPRINTABLE.search(text) or (not multiline and re.search(r"[\t\n]", text)):
            self.refuse(
                name,
                said("holds a character that cannot be shown: {value}.", value=shown(text)),
            )
        else:
            return text.strip()
        return ""

    def day(self, name: str) -> date:
        """A required date."""
        day = self.day_or_none(name)
        if self._content.get(name) is None:
            self.refuse(name, said('is required, a date like "2026-01-31".'))
        return day or date.min

    def day_or_none(self, name: str) -> date | None:
        """A date, or None when it is left out."""
        text = self.value(name)
        if text is None:
            return None
        try:
            if isinstance(text, str) and _ISO_DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            self.refuse(name, said("names a day that does not exist: {text}.", text=text))
            return None
        self.refuse(
            name, said('must be a date like "2026-01-31"; {value} is not.', value=shown(text))
        )
        return None

    def money(self, name: str, exponent: int) -> int | None:
        """An amount in minor units; None when it is left out, or no amount."""
        text = self.value(name)
        if text is None:
            return None
        return self._tried(lambda: parse_money(text, exponent, field=self.field(name)))

    def decimal(self, name: str, decimals: int) -> Fraction | None:
        """An exact decimal; None when it is left out, or no number."""
        text = self.value(name)
        if text is None:
            return None
        return self._tried(lambda: parse_decimal(text, decimals, field=self.field(name)))

    def _tried(self, parse: Callable[[], _T]) -> _T | None:
        try:
            return parse()
        except Refused as refused:
            self.problems.append(refused)
            return None

    def below(self, name: str) -> "Reader":
        """The mapping in this field; null and left out are the empty one."""
        content = self.value(name)
        return self.nested(name, {} if content is None else content)

    def nested(self, name: str, content: object) -> "Reader":
        """A reader for content that should be a mapping and lies at this name below."""
        return reader_of(content, self.field(name), self.problems)

    def finish(self) -> None:
        """Refuse by name every field that nothing has asked for."""
        for name in self._content:
            if name in self._known:
                continue
            near = get_close_matches(str(name), self._known, n=1)
            field = self.field(str(name))
            message = said("{field} is no field of a program.", field=shown(field))
            if near:
                message = said(
                    "{field} is no field of a program. Did you mean {near}?",
                    field=shown(field),
                    near=near[0],
                )
            self.problems.append(
                Refused("invalid_record", message, field=field, value=self._content[name])
            )


def reader_of(content: object, path: str, problems: list[Refused]) -> Reader:
    """A reader for what should be a mapping; anything else is a problem and read as empty."""
    if isinstance(content, Mapping):
        return Reader(content, path, problems)
    message = said(
        "{field} {sentence}",
        field=path or said("A program"),
        sentence=said("must be a group of named fields; {value} is not.", value=shown(content)),
    )
    problems.append(Refused("invalid_record", message, field=path or None, value=content))
    # What the empty stand-in lacks was never anybody's to give: its problems go nowhere.
    return Reader({}, path, [])
