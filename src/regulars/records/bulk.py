"""The one bulk writer and the raw reader, in two dialects.

Rows become the driver's own text column by column, past the ORM and past Django's cursors.
SQLite takes them by executemany; PostgreSQL takes one array a column through unnest, so that
one statement, prepared once, serves whatever the chunk, and many new rows by COPY. Each
statement belongs to the transaction around it, and each write to the organization in scope.

Inserting "or ignoring" is not offered: SQLite would swallow broken CHECKs with the duplicates.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from regulars.records.dialects import (
    TO_POSTGRESQL,
    TO_SQLITE,
    Column,
    array,
    chunk_readers,
    copied,
    for_postgresql,
    kind_of,
    readers,
    row_for_postgresql,
    row_for_sqlite,
)
from regulars.records.ids import new_ids
from regulars.records.running import (
    Database,
    copy_in,
    in_one_statement,
    postgresql_text,
    run,
    streaming,
    watched,
    write_postgresql,
)
from regulars.records.scope import OtherOrganization, current_organization

Model = type[models.Model]
Row = Sequence[Any]

__all__ = ["execute", "in_one_statement", "insert", "select", "stream", "update", "write_once"]

COPIED_FROM = 50
"""New rows that go to PostgreSQL by COPY: fewer are quicker in a statement that is prepared."""


def insert(model: Model, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Insert rows of these columns; returns how many.

    `organization_id` may be left out of the columns of an organization's rows, and `id` where
    nothing needs to know it.
    """
    told = list(rows)
    if not told:
        return 0
    database = connections[DEFAULT_DB_ALIAS]
    has_ids = "id" in columns
    names = tuple(columns) if has_ids else ("id", *columns)
    statement = _insert_statement(database.vendor, model, names)
    if len(told) == 1:
        return _write_one(database, statement, told[0] if has_ids else [*new_ids(1), *told[0]])
    values: list[Column] = list(zip(*told, strict=True))
    if not has_ids:
        values.insert(0, new_ids(len(told)))
    return _write(database, statement, values)


def update(
    model: Model, keys: Sequence[str], columns: Sequence[str], rows: Iterable[Row]
) -> int:
    """Set `columns` where `keys` match; a row is the values of the keys, then of the columns.

    `organization_id` may be left out of the keys; no two rows have the same ones. Returns how
    many rows of the table changed, for the caller to compare with how many it gave.
    """
    told = list(rows)
    if not told:
        return 0
    database = connections[DEFAULT_DB_ALIAS]
    n_keys = len(keys)
    statement = _update_statement(database.vendor, model, tuple(keys), tuple(columns))
    if len(told) == 1:
        row = told[0]
        return _write_one(database, statement, [*row[n_keys:], *row[:n_keys]])
    values: list[Column] = list(zip(*told, strict=True))
    return _write(database, statement, values[n_keys:] + values[:n_keys])


def select(sql: str, parameters: Iterable[Any] = (), types: str = "") -> list[tuple[Any, ...]]:
    """Run one SELECT; `IN %s` takes a list of any length, an empty one as well.

    `types` names the kind of each column, which SQLite cannot tell: uuid date instant bool int
    text. A sum is of kind int.
    """
    database = connections[DEFAULT_DB_ALIAS]
    cursor = run(database, sql, parameters)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    conversions = readers(database.vendor, cursor, types) if rows and types else ()
    if not conversions:
        return rows
    columns: list[Column] = list(zip(*rows, strict=True))
    for place, read in conversions:
        columns[place] = read(columns[place])
    return list(zip(*columns, strict=True))


def stream(
    sql: str, parameters: Iterable[Any] = (), types: str = "", *, size: int = 2000
) -> Iterator[tuple[Any, ...]]:
    """The rows of one SELECT as they come, so that memory does not grow with their number.

    On PostgreSQL a transaction must be open for as long as they are read.
    """
    database = connections[DEFAULT_DB_ALIAS]
    cursor = streaming(database, sql, parameters)
    try:
        while rows := cursor.fetchmany(size):
            columns: list[Column] = list(zip(*rows, strict=True))
            for place, read in chunk_readers(database.vendor, columns, types):
                columns[place] = read(columns[place])
            yield from zip(*columns, strict=True)
    finally:
        cursor.close()


def execute(sql: str, parameters: Iterable[Any] = ()) -> int:
    """Run one UPDATE or DELETE, written like a SELECT; returns how many rows it changed."""
    count: int = run(connections[DEFAULT_DB_ALIAS], sql, parameters).rowcount
    return count


def write_once(table: str, sql: str, parameters: Iterable[Any]) -> None:
    """One INSERT or UPDATE of `table` that may wait for others (`in_one_statement`)."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "postgresql":
        values, are_single = for_postgresql(parameters)
        write_postgresql(database, _quoted(table), postgresql_text(sql, are_single), values)
    else:
        run(database, sql, parameters)


# -- writing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Statement:
    """One text for a single row, one for many, for new ones one to COPY; the columns' kinds.

    The organization, where the table has one, is the last parameter of each: one value, not a
    column. `given` is its place in the caller's rows, None where they leave it out.
    """

    table: str
    single: str
    many: str
    copy: str | None
    kinds: tuple[str, ...]
    is_owned: bool
    given: int | None


def _write(database: Database, statement: _Statement, columns: list[Column]) -> int:
    count = len(columns[0])
    owner = current_organization() if statement.is_owned else None
    if statement.given is not None:
        column = columns.pop(statement.given)
        if column.count(owner) != count:
            raise OtherOrganization(f"rows of another organization than {owner}")
    kinds = zip(statement.kinds, columns, strict=True)
    if database.vendor == "sqlite":
        sql = statement.single
        values: list[Iterable[Any]] = [TO_SQLITE[kind](column) for kind, column in kinds]
        if owner is not None:
            values.append(repeat(owner.hex, count))
        rows = zip(*values, strict=True)
        cursor = watched(database, sql, lambda: database.connection.executemany(sql, rows))
    elif statement.copy and count >= COPIED_FROM:
        texts = [(kind, TO_POSTGRESQL[kind](column)) for kind, column in kinds]
        data = copied(texts, owner.hex if owner is not None else None)
        cursor = copy_in(database, statement.copy, data)
    else:
        arrays = [array(kind, TO_POSTGRESQL[kind](column)) for kind, column in kinds]
        parameters = arrays if owner is None else [*arrays, owner.hex]
        return write_postgresql(database, statement.table, statement.many, parameters)
    changed: int = cursor.rowcount
    return changed


def _write_one(database: Database, statement: _Statement, given: Row) -> int:
    """One row by itself: a column at a time pays from a few on."""
    row = list(given)
    if statement.is_owned:
        owner = current_organization()
        if statement.given is not None and row.pop(statement.given) != owner:
            raise OtherOrganization(f"a row of another organization than {owner}")
        row.append(owner)
    sql = statement.single
    if database.vendor == "postgresql":
        return write_postgresql(database, statement.table, sql, row_for_postgresql(row))
    values = row_for_sqlite(row)
    cursor = watched(database, sql, lambda: database.connection.execute(sql, values))
    changed: int = cursor.rowcount
    return changed


@lru_cache(maxsize=256)
def _insert_statement(vendor: str, model: Model, names: tuple[str, ...]) -> _Statement:
    fields, is_owned, given = _fields(model, names)
    columns = [_quoted(field.column) for field in fields]
    taken = [f"c{place}" for place in range(len(fields))]
    source = f"WITH v({', '.join(taken)}) AS (SELECT * FROM {_unnest(vendor, fields)})"
    if is_owned:
        columns.append(_quoted("organization_id"))
        taken.append("%s::uuid")
    into = f"INSERT INTO {table_of(model)} ({', '.join(columns)})"
    single = f"{into} VALUES ({', '.join(['%s'] * len(columns))})"
    many = f"{into} {source} SELECT {', '.join(taken)} FROM v"
    copy = f"COPY {table_of(model)} ({', '.join(columns)}) FROM STDIN"
    return _statement(vendor, model, (single, many, copy), fields, is_owned, given)


@lru_cache(maxsize=256)
def _update_statement(
    vendor: str, model: Model, keys: tuple[str, ...], names: tuple[str, ...]
) -> _Statement:
    fields, is_owned, given = _fields(model, names + keys)
    if given is not None and given < len(names):
        raise OtherOrganization("a row never moves to another organization")
    columns = [_quoted(field.column) for field in fields]
    places = [f"c{place}" for place in range(len(fields))]
    n_set = len(names)
    owned = f" AND t.{_quoted('organization_id')} = %s" if is_owned else ""
    table = f"UPDATE {table_of(model)} AS t SET "

    def text(values: list[str], source: str) -> str:
        pairs = list(zip(columns, values, strict=True))
        sets = ", ".join(f"{column} = {value}" for column, value in pairs[:n_set])
        where = " AND ".join(f"t.{column} = {value}" for column, value in pairs[n_set:])
        return f"{table}{sets}{source} WHERE {where or 'TRUE'}{owned}"

    single = text(["%s"] * len(fields), "")
    source = f" FROM {_unnest(vendor, fields)} AS v({', '.join(places)})"
    many = text([f"v.{place}" for place in places], source)
    return _statement(vendor, model, (single, many, None), fields, is_owned, given)


def _statement(
    vendor: str,
    model: Model,
    texts: tuple[str, str, str | None],
    fields: list[Any],
    is_owned: bool,
    given: int | None,
) -> _Statement:
    kinds = tuple(kind_of(field) for field in fields)
    single, many, copy = texts
    if vendor == "sqlite":
        single = single.replace("%s", "?")
    return _Statement(table_of(model), single, many, copy, kinds, is_owned, given)


def _fields(model: Model, names: tuple[str, ...]) -> tuple[list[Any], bool, int | None]:
    """Fields of the columns but the organization; has the model one, and where is it."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    is_owned = any(field.name == "organization" for field in model._meta.local_fields)
    owner = next((n for n, field in enumerate(fields) if field.name == "organization"), None)
    if owner is not None:
        del fields[owner]
    return fields, is_owned, owner


def _unnest(vendor: str, fields: list[Any]) -> str:
    if vendor == "sqlite":
        return ""
    types = [field.db_type(connection) for field in fields]
    # A cast to varchar(n) cuts what is too long in silence; an assignment refuses it.
    types = ["text" if kind.startswith("varchar") else kind for kind in types]
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in types)})"


def table_of(model: Model) -> str:
    """The quoted name of a model's table."""
    return _quoted(model._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
