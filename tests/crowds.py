"""One guest multiplied: as many as are wanted, by the statement instead of by the product.

What the product wrote of one guest is written again under other names, so that the books are
as if each had come in by herself, and `verify` finds them so. For SQLite, where journeys are.
"""

import hashlib
from typing import Any

from django.apps import apps
from django.db import connection

MARK = "zqzqz"
"""Stands for the number of the guest to be multiplied, in her names and in all of hers."""

_APART = 40
"""Bits that stay to the ids of one guest's own rows, which follow one another."""
Row = tuple[Any, ...]


def multiply(count: int) -> None:
    """Copies of everything whose names have the mark, numbered from 0; the original stays.

    In the database in use.
    """
    found = _marked()
    ids = {row[columns.index("id")] for columns, rows in found.values() for row in rows}
    columns, records = found["records_record"]
    bodies = [row[columns.index("body")] for row in records]
    digests = {hashlib.sha256(body.encode()).hexdigest(): body for body in bodies}
    with connection.cursor() as cursor:
        for table, (columns, rows) in found.items():
            places = ", ".join("%s" for _ in columns)
            names = ", ".join(f'"{one}"' for one in columns)
            copies = (
                tuple(_renamed(value, n, ids, digests) for value in row)
                for n in range(count)
                for row in rows
            )
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', copies)


def _marked() -> dict[str, tuple[list[str], list[Row]]]:
    """The rows with the mark, and those that point to one of them, by table."""
    tables = {table: _rows_of(table) for table in _tables()}
    marked: set[Any] = set()
    chosen: dict[str, list[Row]] = {table: [] for table in tables}
    while True:
        before = len(marked)
        for table, (columns, rows) in tables.items():
            chosen[table] = [row for row in rows if _is_hers(row, marked)]
            marked |= {row[columns.index("id")] for row in chosen[table]}
        if len(marked) == before:
            return {name: (tables[name][0], rows) for name, rows in chosen.items() if rows}


def _tables() -> list[str]:
    models = apps.get_app_config("records").get_models()
    return [
        one._meta.db_table for one in models if getattr(one, "placement", "") == "organization"
    ]


def _rows_of(table: str) -> tuple[list[str], list[Row]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return [one[0] for one in cursor.description], cursor.fetchall()


def _is_hers(row: Row, marked: set[Any]) -> bool:
    return any(value in marked or (isinstance(value, str) and MARK in value) for value in row)


def _renamed(value: Any, n: int, ids: set[Any], digests: dict[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    if value in ids:
        return f"{int(value, 16) + (n + 1 << _APART):032x}"
    if value in digests:
        return hashlib.sha256(digests[value].replace(MARK, str(n)).encode()).hexdigest()
    return value.replace(MARK, str(n))
