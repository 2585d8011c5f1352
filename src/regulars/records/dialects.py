"""Values in the text that each engine's driver takes quickest, a column at a time, and back."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.sqlite3 import base  # noqa: F401  # it registers what we replace

from regulars.records.ids import uuid_of

Column = Sequence[Any]
_KINDS: dict[type, str] = {
    models.UUIDField: "uuid",
    models.DateTimeField: "instant",
    models.DateField: "date",
    models.BooleanField: "bool",
    models.CharField: "text",
    models.TextField: "text",
    models.IntegerField: "int",
}


def kind_of(field: Any) -> str:
    if isinstance(field, models.ForeignKey):
        return kind_of(field.target_field)
    for kind, name in _KINDS.items():  # DateTimeField before DateField, which it derives from
        if isinstance(field, kind):
            return name
    raise TypeError(f"{field} is of a type that bulk does not know")


# The moments of an invoice, of its record and of its neighbours are often the same.
@lru_cache(maxsize=16_384)
def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    return str(value if value.tzinfo is UTC else value.astimezone(UTC))


Columns = dict[str, Callable[[Column], Sequence[Any]]]


def _each(function: Callable[[Any], Any]) -> Callable[[Column], Sequence[Any]]:
    return lambda column: [None if v is None else function(v) for v in column]


def _once(make: Callable[[Any], Any]) -> Callable[[Column], Sequence[Any]]:
    """Each distinct value made once: guests and days come many times in a chunk."""

    def read(column: Column) -> Sequence[Any]:
        made = {value: make(value) for value in set(column) if value is not None}
        return list(map(made.get, column))

    return read


def _as_is(column: Column) -> Column:
    return column


def _hexes(column: Column) -> Sequence[str | None]:
    if column and isinstance(column[0], str):
        return column  # ids that bulk made itself
    return [None if v is None else f"{v.int:032x}" for v in column]


_INTS = {False: 0, True: 1}
_NAMES = {False: "False", True: "True"}
# Django's own text, so that the ORM reads back what was written: instants without their zone.
TO_SQLITE: Columns = {
    "uuid": _hexes,
    "instant": _once(lambda value: _instant(value)[:-6]),
    "date": _once(str),
    "bool": lambda column: list(map(_INTS.get, column)),
    "text": _as_is,
    "int": _as_is,
}
TO_POSTGRESQL: Columns = {
    "uuid": _hexes,
    "instant": _once(_instant),
    "date": _once(str),
    "bool": lambda column: list(map(_NAMES.get, column)),
    "text": _as_is,
    "int": _each(str),
}
_QUOTED = frozenset({"instant", "text"})  # what an array's text must quote


def array(kind: str, texts: Sequence[str | None]) -> str:
    """The text of a PostgreSQL array."""
    if kind not in _QUOTED:
        return "{" + ",".join(["NULL" if text is None else text for text in texts]) + "}"
    return "{" + ",".join(["NULL" if text is None else _quote(text) for text in texts]) + "}"


def _quote(text: str) -> str:
    if '"' in text or "\\" in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


_COPY_SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copied(columns: Iterable[tuple[str, Column]], owner: str | None) -> bytes:
    """Rows as COPY takes them: kinds and texts by column, then the same `owner` in each."""
    texts: list[Iterable[str]] = [
        _copy_texts(column) if kind == "text" else [r"\N" if v is None else v for v in column]
        for kind, column in columns
    ]
    if owner is not None:
        texts.append(repeat(owner))
    return "".join(["\t".join(row) + "\n" for row in zip(*texts, strict=False)]).encode()


def _copy_texts(column: Column) -> Sequence[str]:
    whole = "".join([text for text in column if text is not None])
    # Looked for once in all of them, since few texts hold any of these.
    if "\\" in whole or "\n" in whole or "\t" in whole or "\r" in whole:
        return [r"\N" if text is None else text.translate(_COPY_SPECIAL) for text in column]
    return [r"\N" if text is None else text for text in column]


_LISTS = frozenset({list, tuple, set, frozenset})


def for_postgresql(parameters: Iterable[Any]) -> tuple[list[Any], tuple[bool, ...]]:
    """Parameters of a statement, and of each list among them whether it has one value only.

    One value goes in as itself; a longer list is the text of an array, several times as quick.
    """
    values, are_single = [], []
    for value in parameters:
        if type(value) not in _LISTS:
            values.append(value)
            continue
        texts = [each.hex if isinstance(each, UUID) else str(each) for each in value]
        are_single.append(len(texts) == 1)
        values.append(texts[0] if len(texts) == 1 else array("text", texts))
    return values, tuple(are_single)


def for_sqlite(parameters: Iterable[Any]) -> tuple[list[Any], tuple[bool, ...]]:
    """Parameters of a statement, and of each list among them whether it has one value only.

    One value goes in as itself; a longer list as JSON, past the limit on their number.
    """
    values, are_single = [], []
    for given in parameters:
        value = given
        if type(given) in _LISTS:
            are_single.append(len(given) == 1)
            value = next(iter(given)) if len(given) == 1 else _list_for_sqlite(given)
        make = _FOR_SQLITE.get(type(value))
        values.append(value if make is None else make(value))
    return values, tuple(are_single)


def row_for_sqlite(row: Iterable[Any]) -> list[Any]:
    """The same of one row that holds no list."""
    return [
        value if (make := _FOR_SQLITE.get(type(value))) is None else make(value)
        for value in row
    ]


def row_for_postgresql(row: Iterable[Any]) -> list[Any]:
    """The same as texts, of which the server makes what its columns are."""
    return [
        value if (make := _FOR_POSTGRESQL.get(type(value))) is None else make(value)
        for value in row
    ]


_FOR_SQLITE: dict[type, Callable[[Any], Any]] = {
    UUID: lambda value: f"{value.int:032x}",
    datetime: lambda value: _instant(value)[:-6],
    date: str,
}
_FOR_POSTGRESQL: dict[type, Callable[[Any], Any]] = {
    UUID: lambda value: f"{value.int:032x}",
    datetime: _instant,
    date: str,
    bool: str,
    int: str,
}


def _list_for_sqlite(values: Iterable[Any]) -> str:
    kinds = set(map(type, values))
    if kinds == {UUID}:
        return '["' + '","'.join([f"{value.int:032x}" for value in values]) + '"]'
    return json.dumps(row_for_sqlite(values))


def _read_dates(column: Column) -> Sequence[date | None]:
    """Those of a table's own column the driver has read; an expression's are still text."""
    return _once(date.fromisoformat)(column) if str in set(map(type, column)) else column


# What Django registers reads each value anew; the same days and instants come again and again.
_CACHED = 8192
sqlite3.register_converter(
    "date", lru_cache(_CACHED)(lambda it: date.fromisoformat(it.decode()))
)
sqlite3.register_converter(
    "datetime", lru_cache(_CACHED)(lambda it: datetime.fromisoformat(it.decode()))
)


def _read_instant(value: Any) -> datetime:
    naive = datetime.fromisoformat(value) if isinstance(value, str) else value
    return naive.replace(tzinfo=UTC)


@lru_cache(maxsize=_CACHED)
def _read_uuid(text: str | None) -> UUID | None:
    return None if text is None else uuid_of(int(text, 16))


_BOOLS = {0: False, 1: True}
FROM_SQLITE: Columns = {
    "uuid": lambda column: list(map(_read_uuid, column)),
    "instant": _once(_read_instant),
    "date": _read_dates,
    "bool": lambda column: list(map(_BOOLS.get, column)),
}
_NUMERIC = 1700  # what PostgreSQL makes of SUM(bigint)


Reader = tuple[int, Callable[[Column], Sequence[Any]]]


def readers(vendor: str, cursor: Any, types: str) -> Sequence[Reader]:
    """The columns, by place, that the driver does not give as they should be."""
    if vendor == "sqlite":
        return _sqlite_readers(types)
    places = _places_of_ints(types)
    return [(n, _each(int)) for n in places if cursor.pgresult.ftype(n) == _NUMERIC]


def chunk_readers(vendor: str, columns: Sequence[Column], types: str) -> Sequence[Reader]:
    """The same for a part of an answer that is read as it comes, judged by what is in it."""
    if vendor == "sqlite":
        return _sqlite_readers(types)
    places = _places_of_ints(types)
    return [(n, _each(int)) for n in places if any(isinstance(v, Decimal) for v in columns[n])]


@lru_cache(maxsize=256)
def _sqlite_readers(types: str) -> Sequence[Reader]:
    kinds = enumerate(types.split())
    return [(place, FROM_SQLITE[kind]) for place, kind in kinds if kind in FROM_SQLITE]


@lru_cache(maxsize=256)
def _places_of_ints(types: str) -> Sequence[int]:
    return [place for place, kind in enumerate(types.split()) if kind == "int"]
