"""Pages of a list that may grow while it is read: each ends with a mark to go on after.

A mark names the last row by what the list is ordered by, so that a page costs the same however
far down it is, and nothing is shown twice or left out because somebody added a row above.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from regulars.rules.refusals import Refused

T = TypeVar("T")
U = TypeVar("U")
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list; `next` is the mark of those to come, None at the end."""

    rows: tuple[T, ...]
    next: str | None = None

    def map(self, change: Callable[[T], U]) -> "Page[U]":
        """The same page of something else."""
        return Page(tuple(change(row) for row in self.rows), self.next)


def page_of(rows: Sequence[T], limit: int, place: Callable[[T], Values]) -> Page[T]:
    """A page from `limit` rows and one more, if there is one; `place` is what orders a row."""
    shown = tuple(rows[:limit])
    return Page(shown, mark_of(place(shown[-1])) if len(rows) > limit else None)


def mark_of(values: Values) -> str:
    """Values as text that an address may hold."""
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def values_of(mark: str, *kinds: str) -> Values:
    """The values of a mark, by kind: text int date instant uuid. Refused: what is no mark."""
    try:
        padded = mark.encode() + b"=" * (-len(mark) % 4)
        values = msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError
        return tuple(_read(value, kind) for value, kind in zip(values, kinds, strict=True))
    except (ValueError, binascii.Error, msgspec.DecodeError, UnicodeError):
        raise Refused(
            "invalid_record",
            "This is no place in the list; begin it again.",
            field="after",
            value=mark[:200],
        ) from None


_FORMS: dict[str, type] = {
    "text": str,
    "int": int,
    "date": date,
    "instant": datetime,
    "uuid": UUID,
}


def _read(value: Any, kind: str) -> Any:
    return None if value is None else msgspec.convert(value, _FORMS[kind])
