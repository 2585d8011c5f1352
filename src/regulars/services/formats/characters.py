"""Which characters a record may hold, and how deep and wide it may be."""

import re
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any

from regulars.rules.amounts import shown
from regulars.rules.sentences import said
from regulars.services.formats.complaints import invalid

MOST_VALUES = 200_000
DEEPEST = 50
LARGEST_NUMBER = 2**63 - 1

_PLAIN = (int, float, NoneType, Mapping, list, tuple)

# Neither database keeps NUL or lone surrogates; the others no screen shows.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_UNPRINTABLE_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PROSE = frozenset({"comment", "note", "reason", "description"})
"""Fields with lines and tabs of their own."""


def may_hold_unprintable(line: bytes) -> bool:
    """Can there be an unprintable character in this JSON text? Quick, and sure when it says no.

    JSON escapes those below a space, and the bytes looked for start all the others.
    """
    # Looking for a number in bytes is quicker than for bytes in bytes.
    return 0x5C in line or 0x7F in line or (not line.isascii() and 0xC2 in line)


def check_characters(record: Mapping[Any, Any]) -> None:
    """Refuse control characters, and what is too deep or too large to be a record.

    A few lines of YAML can stand for a tree of billions, so this also bounds what follows.
    """
    for seen, (path, name, value) in enumerate(_values(record, "", depth=0)):
        if seen >= MOST_VALUES:
            raise invalid(
                "record",
                said("may hold at most {most} values.", most=MOST_VALUES),
                None,
            )
        if not isinstance(name, str):
            raise invalid(path, said("must have a text as its name."), name)
        if _UNPRINTABLE.search(name):
            raise invalid(shown(path), said("has a name that cannot be shown."), None)
        if isinstance(value, str):
            _check_text(path, value, prose=name in _PROSE)
        elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise invalid(path, said("is a number too large."), None)
        elif not isinstance(value, _PLAIN):
            raise invalid(
                path, said("is nothing that JSON has: {value}.", value=shown(value)), None
            )


def _check_text(path: str, text: str, *, prose: bool) -> None:
    pattern = _UNPRINTABLE_IN_PROSE if prose else _UNPRINTABLE
    if pattern.search(text):
        raise invalid(
            path,
            said("holds a character that cannot be shown: {text}.", text=shown(text)),
            text,
        )


def _values(value: Any, path: str, *, depth: int) -> Iterator[tuple[str, Any, Any]]:
    """Every value with its path and the name of the field it lies in."""
    if depth > DEEPEST:
        raise invalid("record", said("may be at most {most} levels deep.", most=DEEPEST), None)
    if isinstance(value, Mapping):
        for name, inner in value.items():
            here = f"{path}.{name}" if path else str(name)
            yield here, name, inner
            if isinstance(inner, Mapping | list | tuple):
                yield from _values(inner, here, depth=depth + 1)
    else:
        last = path.rpartition(".")[2]
        for index, inner in enumerate(value):
            here = f"{path}.{index}"
            yield here, last, inner
            if isinstance(inner, Mapping | list | tuple):
                yield from _values(inner, here, depth=depth + 1)
