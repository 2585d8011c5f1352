"""The rows of one import, joined to records and put in order, on disk: memory stays flat.

A database file of its own, thrown away afterwards; the same files give the same order again,
so an import that was broken off goes on at its place.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import msgspec

from regulars.rules import sentences
from regulars.rules.refusals import Refused
from regulars.services.imports.invoices import invoice_of
from regulars.services.imports.reading import TOTALS, Part, RowReader
from regulars.services.imports.tables import Table

_TABLES = """
CREATE TABLE part (seq INTEGER PRIMARY KEY, file INTEGER, number INTEGER, key TEXT, at TEXT,
    doc BLOB);
CREATE INDEX part_key ON part (key, seq);
CREATE TABLE place (place INTEGER PRIMARY KEY, key TEXT);
"""
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class RowOf:
    """A row by its file and its number there."""

    file: str
    number: int


@dataclass(slots=True)
class Item:
    """A record and the rows that it comes from, or why there is none."""

    place: int
    rows: list[RowOf]
    document: dict[str, Any] | None = None
    refused: Refused | None = None
    again: list[RowOf] = field(default_factory=list)
    """Rows that say the same once more."""
    warnings: list[tuple[str, str, str]] = field(default_factory=list)


class Staging:
    """Use as a context manager: `add` every table, then `arrange`, then `items`."""

    def __init__(self, kind: str, *, exponent: int) -> None:
        self.kind = kind
        self.exponent = exponent
        self.n_rows = 0
        self.n_items = 0
        self.stated: dict[str, str] = {}
        self._files: list[str] = []
        self._waiting: list[tuple[Any, ...]] = []
        self._same: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="regulars-import-")
        self._db = sqlite3.connect(Path(self._folder.name) / "staging.sqlite3")
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()
        self._folder.cleanup()

    def add(self, table: Table, reader: RowReader) -> None:
        """Read a whole file. Empty rows are passed over, a row of totals is kept as stated."""
        self._files.append(table.name)
        has_ids = "id" in reader.columns.places
        for number, cells in table.rows():
            kind = reader.kind_of_row(cells)
            if kind == TOTALS:
                self.stated |= reader.totals(cells)
            if kind is not None:
                continue
            self.n_rows += 1
            try:
                part = reader.read(cells)
            except Refused as refused:
                key = reader.key_of(cells) if self.kind == "invoices" else None
                self._put(number, key, "", _told(refused))
                continue
            if self.kind == "balances" and not has_ids:
                self._number(part)
            warnings = [(*where, sentences.kept(one)) for *where, one in part.warnings]
            said = {"said": part.said, "warnings": warnings}
            self._put(number, part.key, part.at, said)
        self._flush()

    def _number(self, part: Part) -> None:
        """Lots of the same days are several: told apart by their order in the file."""
        count = self._same[part.key] = self._same.get(part.key, 0) + 1
        if count > 1:
            part.key = part.said["id"] = f"{part.key}:{count}"

    def _put(self, number: int, key: str | None, at: str, said: Mapping[str, Any]) -> None:
        key = f"\0{len(self._files)}:{number}" if key is None else key
        row = (len(self._files) - 1, number, key, at[:19], msgspec.json.encode(said))
        self._waiting.append(row)
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany(
            "INSERT INTO part (file, number, key, at, doc) VALUES (?, ?, ?, ?, ?)",
            self._waiting,
        )
        self._waiting.clear()

    def arrange(self) -> None:
        """Put the records in the order in which they became known, then of the files."""
        self._db.execute(
            "INSERT INTO place (key)"
            " SELECT key FROM part GROUP BY key ORDER BY MAX(at), MIN(seq)"
        )
        [[self.n_items]] = self._db.execute("SELECT COUNT(*) FROM place")

    def items(self, *, after: int = 0) -> Iterator[Item]:
        """Every record in its place, from the one after `after` on."""
        rows = self._db.execute(
            """SELECT place.place, part.key, part.file, part.number, part.doc FROM place
            JOIN part ON part.key = place.key WHERE place.place > ?
            ORDER BY place.place, part.seq""",
            [after],
        )
        group: list[tuple[Any, ...]] = []
        for row in rows:
            if group and group[0][0] != row[0]:
                yield self._item(group)
                group = []
            group.append(row)
        if group:
            yield self._item(group)

    def _item(self, group: Sequence[tuple[Any, ...]]) -> Item:
        place, key = group[0][:2]
        rows = [RowOf(self._files[file], number) for _, _, file, number, _ in group]
        said = [msgspec.json.decode(doc) for *_, doc in group]
        bad = next((n for n, one in enumerate(said) if "refused" in one), None)
        if bad is not None:
            return Item(
                place, rows, refused=_refusal(said[bad]["refused"], rows[bad], len(rows))
            )
        warnings = [
            (name, value, sentences.retold(one))
            for part in said
            for name, value, one in part["warnings"]
        ]
        documents = [part["said"] for part in said]
        if self.kind != "invoices":
            return self._single(place, rows, documents, warnings)
        try:
            document = invoice_of(key, documents, exponent=self.exponent)
        except Refused as refused:
            return Item(place, rows, refused=refused)
        return Item(place, rows, document, warnings=warnings)

    def _single(
        self, place: int, rows: list[RowOf], documents: list[Any], warnings: list[Any]
    ) -> Item:
        """A record of one row; others under its id must say the same: which would hold?"""
        first = documents[0]
        if any(other != first for other in documents[1:]):
            numbers = ", ".join(str(row.number) for row in rows)
            refused = Refused(
                "conflict",
                sentences.said(
                    "Rows {numbers} have the same id and say different things; leave one.",
                    numbers=numbers,
                ),
                field="id",
                value=first["id"],
            )
            return Item(place, rows, refused=refused)
        return Item(place, rows[:1], first, again=rows[1:], warnings=warnings)


def _told(refused: Refused) -> dict[str, Any]:
    said = sentences.kept(refused.said)
    told = [refused.code, said, refused.field, str(refused.value)]
    return {"refused": told}


def _refusal(told: Sequence[Any], row: RowOf, n_rows: int) -> Refused:
    """Of an invoice of several rows the sentence says which one is wrong."""
    code, said, field_, value = told
    message = sentences.retold(said)
    if n_rows > 1:
        message = sentences.said(
            "{message} (Row {number} of {file}; the invoice is left out whole.)",
            message=message,
            number=row.number,
            file=row.file,
        )
    return Refused(code, message, field=field_, value=value)
