"""Values as they are handed over, turned into the texts that templates show."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from regulars.services.messages import languages
from regulars.services.messages.kinds import KINDS, Kind

LONGEST_LIST = 100
"""Entries of a list that a message shows; more would be no message."""

Raw = Mapping[str, Any]


class Reward(Protocol):
    """What is told of a reward, whichever row it comes from."""

    @property
    def code(self) -> str: ...

    @property
    def cents(self) -> int: ...

    @property
    def expires_on(self) -> date | None: ...


def reward_values(rewards: Iterable[Reward]) -> dict[str, Any]:
    """Rewards as an occasion hands them over, soonest last day first."""
    listed = sorted(rewards, key=lambda one: (one.expires_on or date.max, one.code))
    return {
        "count": len(listed),
        "total_cents": sum(one.cents for one in listed),
        "rewards": [
            {"code": one.code, "amount_cents": one.cents, "expires_on": one.expires_on}
            for one in listed
        ],
    }


@dataclass(frozen=True, slots=True)
class Style:
    """How days, numbers and money are written, and the words for the codes of reasons."""

    language: str
    currency: str
    exponent: int
    whys: Mapping[str, str]

    def written(self, shape: str, value: Any) -> str:
        """One value as text; nothing there is an empty text."""
        return "" if value is None else _WRITERS[shape](self, value)


def shown(kind: Kind, raw: Raw, style: Style) -> dict[str, Any]:
    """Every field of the kind as text, lists as lists of mappings of texts.

    Raises KeyError for a value that was not handed over: that is a mistake of the caller's.
    """
    layout = _layout(kind.name)
    values: dict[str, Any] = {
        name: style.written(shape, raw[key]) for name, key, shape in layout.plain
    }
    for name, entries in layout.lists.items():
        values[name] = [
            {field: style.written(shape, entry[key]) for field, key, shape in entries}
            for entry in raw[name][:LONGEST_LIST]
        ]
    return values


def check_raw(kind: Kind, raw: Raw) -> None:
    """Raise ValueError unless the kind's own values are there, and besides them only those
    that every kind has.
    """
    layout = _layout(kind.name)
    if not layout.needed <= raw.keys() <= layout.known:
        missing, unknown = layout.needed - raw.keys(), raw.keys() - layout.known
        raise ValueError(f"{kind.name}: missing {sorted(missing)}, unknown {sorted(unknown)}")


_Columns = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class _Layout:
    """(field, key of its raw value, shape), and the same for the entries of each list; then the
    keys that must be handed over, and all that may be.
    """

    plain: _Columns
    lists: dict[str, _Columns]
    needed: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=32)
def _layout(kind: str) -> _Layout:
    plain: _Columns = []
    lists: dict[str, _Columns] = {}
    for name, shape in KINDS[kind].shapes.items():
        of, dot, field = name.partition(".")
        if shape == "list":
            lists[name] = []
        elif dot:
            lists[of].append((field, _key(field, shape), shape))
        else:
            plain.append((name, _key(name, shape), shape))
    own = KINDS[kind].own
    needed = frozenset({key for name, key, _ in plain if name in own} | lists.keys())
    return _Layout(plain, lists, needed, needed | {key for _, key, _ in plain})


def _key(name: str, shape: str) -> str:
    return f"{name}_cents" if shape in ("money", "worth") else name


# -- writers ----------------------------------------------------------------------------------


def _text(style: Style, value: str) -> str:
    """One line: a name that holds a line break would otherwise break headers and lists."""
    return "".join(one if one.isprintable() else " " for one in value).strip()


def _number(style: Style, value: int) -> str:
    return languages.written_number(value, style.language)


def _change(style: Style, value: int) -> str:
    sign = "+" if value > 0 else ""
    return sign + languages.written_number(value, style.language)


def _money(style: Style, value: int) -> str:
    return languages.written_money(
        value, style.language, currency=style.currency, exponent=style.exponent
    )


def _worth(style: Style, value: int) -> str:
    return _money(style, value) if value else ""


def _date(style: Style, value: date) -> str:
    return languages.written_day(value, style.language)


def _why(style: Style, value: str) -> str:
    return style.whys.get(value, value.replace("_", " "))


_WRITERS: dict[str, Callable[[Style, Any], str]] = {
    "text": _text,
    "number": _number,
    "change": _change,
    "money": _money,
    "worth": _worth,
    "date": _date,
    "why": _why,
}
