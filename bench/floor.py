"""The floor: the same rows that the product wrote, written again by bare driver code.

What was written is found out by comparing the tables before and after, so it is what really
stands there: new rows whole, changed rows by the columns that changed. The floor gets the
values ready-made as the text the driver takes, its statements are prepared, and all is one
transaction: it reads nothing, decides nothing and converts nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections

from bench.clock import Clock, Cpu
from bench.engines import Engine

Rows = dict[Any, tuple[Any, ...]]
TOGETHER = 2000
"""Rows in one statement where there are many: as many as the product puts into one."""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    guest: str | None
    """The column that names the guest a row belongs to."""


@dataclass(slots=True)
class Written:
    """The rows of one table that are new, and the changed ones by which columns changed."""

    table: Table
    new: list[tuple[Any, ...]] = field(default_factory=list)
    changed: dict[tuple[int, ...], list[tuple[Any, ...]]] = field(default_factory=dict)


def tables() -> list[Table]:
    """All tables of the product, those first that others point to."""
    connection = connections["default"]
    found = []
    for model in apps.get_app_config("records").get_models():
        fields = sorted(model._meta.local_fields, key=lambda one: not one.primary_key)
        columns = tuple(one.column for one in fields)
        types = tuple(str(one.db_type(connection)) for one in fields)
        own = "id" if model.__name__ == "Guest" else None
        guest = "guest_id" if "guest_id" in columns else own
        found.append(Table(model._meta.db_table, columns, types, guest))
    return found


# -- what stands in the tables --------------------------------------------------------------


def rows_now() -> dict[str, Rows]:
    """All rows by table and id."""
    return {table.name: _rows(table) for table in tables()}


def _rows(table: Table) -> Rows:
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_chosen(table, connection.vendor)} FROM {table.name}")
        return {row[0]: tuple(row) for row in cursor}


def _chosen(table: Table, vendor: str) -> str:
    kind = "" if vendor == "sqlite" else "::text"
    return ", ".join(f'"{one}"{kind}' for one in table.columns)


def written_since(before: dict[str, Rows], after: dict[str, Rows]) -> list[Written]:
    found = []
    for table in tables():
        old = before[table.name]
        written = Written(table)
        for key, row in after[table.name].items():
            known = old.get(key)
            if known is None:
                written.new.append(row)
            else:
                _note_change(written, known, row)
        if written.new or written.changed:
            found.append(written)
    return found


def written_between(engine: Engine, before: str, after: str) -> list[Written]:
    """The same of two databases of any size, the second of which began as the first."""
    pair = engine.connect(before), engine.connect(after)
    found = []
    for table in tables():
        written = Written(table)
        old, new = (_in_order(engine, raw, table) for raw in pair)
        known = next(old, None)
        for row in new:
            if known is None or row[0] < known[0]:
                written.new.append(row)
                continue
            _note_change(written, known, row)
            known = next(old, None)
        assert known is None, table.name  # nothing is ever deleted here
        if written.new or written.changed:
            found.append(written)
    for raw in pair:
        raw.close()
    return found


def _in_order(engine: Engine, raw: Any, table: Table) -> Iterator[tuple[Any, ...]]:
    chosen, key = _chosen(table, engine.vendor), table.columns[0]
    sql = f"SELECT {chosen} FROM {table.name} ORDER BY {key}"
    return iter(raw.execute(sql) if engine.vendor == "sqlite" else raw.cursor().stream(sql))


def _note_change(written: Written, known: tuple[Any, ...], row: tuple[Any, ...]) -> None:
    if known != row:
        places = tuple(n for n, value in enumerate(row) if value != known[n])
        values = (*(row[n] for n in places), row[0])
        written.changed.setdefault(places, []).append(values)


def written_for_each(
    before: dict[str, Rows], after: dict[str, Rows], guests: Sequence[UUID]
) -> list[list[Written]]:
    """What was written for each of these guests, one after the other, and for nobody else.

    Where a table names no guest, it got one row for each, in their order.
    """
    pairs = zip(_apart(before, before, guests), _apart(after, before, guests), strict=True)
    return [written_since(*pair) for pair in pairs]


def _apart(
    rows: dict[str, Rows], before: dict[str, Rows], guests: Sequence[UUID]
) -> list[dict[str, Rows]]:
    is_sqlite = connections["default"].vendor == "sqlite"
    places = {one.hex if is_sqlite else str(one): n for n, one in enumerate(guests)}
    found: list[dict[str, Rows]] = [{one.name: {} for one in tables()} for _ in guests]
    for table in tables():
        if table.guest:
            column = table.columns.index(table.guest)
            for key, row in rows[table.name].items():
                if (place := places.get(row[column])) is not None:
                    found[place][table.name][key] = row
            continue
        new = sorted(rows[table.name].keys() - before[table.name].keys())
        assert len(new) in (0, len(guests)), table.name
        for place, key in enumerate(new):
            found[place][table.name][key] = rows[table.name][key]
    return found


def count_of(written: Iterable[Written]) -> int:
    return sum(len(one.new) + sum(map(len, one.changed.values())) for one in written)


# -- writing it again -----------------------------------------------------------------------


class Floor:
    """A raw connection to a database that stands as the product's own did."""

    def __init__(self, engine: Engine, url: str) -> None:
        self.is_sqlite = engine.vendor == "sqlite"
        self.raw = engine.connect(url)
        self.clock = Clock(None if self.is_sqlite else self.raw.info.backend_pid)

    def close(self) -> None:
        self.raw.close()

    def write(self, written: list[Written]) -> Cpu:
        """Write all of it in one transaction; making the values ready is not counted."""
        statements = statements_of(written, is_sqlite=self.is_sqlite)
        return self.clock.time(lambda: self._run(statements))

    def _run(self, statements: list[tuple[str, Any]]) -> None:
        if self.is_sqlite:
            self.raw.execute("BEGIN IMMEDIATE")
            for sql, rows in statements:
                self.raw.executemany(sql, rows)
            self.raw.execute("COMMIT")
            return
        cursor = self.raw.cursor()
        cursor.execute("BEGIN")
        for sql, parameters in statements:
            cursor.execute(sql, parameters)
        cursor.execute("COMMIT")


def statements_of(written: list[Written], *, is_sqlite: bool) -> list[tuple[str, Any]]:
    """The statements that write it again, with their values as the driver takes them."""
    make: Callable[[Written], Iterable[tuple[str, Any]]]
    make = _for_sqlite if is_sqlite else _for_postgresql
    return [each for one in written for each in make(one)]


def _for_sqlite(one: Written) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    table = one.table
    if one.new:
        marks = ", ".join("?" * len(table.columns))
        into = f"INSERT INTO {table.name} ({', '.join(table.columns)})"
        yield f"{into} VALUES ({marks})", one.new
    for places, rows in one.changed.items():
        sets = ", ".join(f"{table.columns[n]} = ?" for n in places)
        yield f"UPDATE {table.name} SET {sets} WHERE id = ?", rows


def _for_postgresql(one: Written) -> Iterator[tuple[str, list[Any]]]:
    table = one.table
    names = ", ".join(table.columns)
    everything = tuple(range(len(table.columns)))
    for rows in batched(one.new, TOGETHER):
        into = f"INSERT INTO {table.name} ({names})"
        if len(rows) == 1:
            marks = ", ".join(f"%s::{kind}" for kind in table.types)
            yield f"{into} VALUES ({marks})", list(rows[0])
        else:
            source = _unnest(table, everything)
            yield f"{into} SELECT * FROM {source}", _arrays(rows)
    for places, all_rows in one.changed.items():
        for rows in batched(all_rows, TOGETHER):
            yield _update(table, places, rows)


def batched(rows: list[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]


def _update(
    table: Table, places: tuple[int, ...], rows: Sequence[tuple[Any, ...]]
) -> tuple[str, list[Any]]:
    if len(rows) == 1:
        sets = ", ".join(f"{table.columns[n]} = %s::{table.types[n]}" for n in places)
        return f"UPDATE {table.name} SET {sets} WHERE id = %s::uuid", list(rows[0])
    sets = ", ".join(f"{table.columns[n]} = v.c{k}" for k, n in enumerate(places))
    marks = ", ".join(f"c{k}" for k in range(len(places) + 1))
    source = f"{_unnest(table, (*places, 0))} AS v({marks})"
    where = f"t.id = v.c{len(places)}"
    return f"UPDATE {table.name} t SET {sets} FROM {source} WHERE {where}", _arrays(rows)


def _unnest(table: Table, places: Iterable[int]) -> str:
    return f"unnest({', '.join(f'%s::{table.types[n]}[]' for n in places)})"


def _arrays(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    return [
        "{" + ",".join("NULL" if one is None else _quoted(one) for one in column) + "}"
        for column in zip(*rows, strict=True)
    ]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
