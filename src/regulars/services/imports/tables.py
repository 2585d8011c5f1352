"""Tables as other systems export them: CSV in any encoding, and XLSX, read row by row.

A cell is text, whatever the file had: days and instants of a workbook by ISO 8601, whole
numbers without a fraction, so that a file means the same in either format.
"""

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services.imports.fields import is_known_header
from regulars.services.imports.workbooks import Row, opened, unreadable
from regulars.services.reports.exporting import as_written

LONGEST_CELL = 2**20
SEPARATORS = ",;\t|"

_HEADER_WITHIN = 20
_BLOCK = 2**20
_NAMED_SEPARATOR = re.compile(r"sep=(.)\r?\n?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was looked at: how it is made, and its columns. Rows may be read again."""

    path: Path
    name: str
    headers: tuple[str, ...]
    header_row: int
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every row after that of the headers, empty ones as well."""
        for number, cells in _all_rows(self.path, self):
            if number > self.header_row:
                yield number, cells


def open_table(path: Path, *, name: str | None = None, sheet: str | None = None) -> Table:
    """Look at a file: encoding, separator, sheet, headers; or refused, with what is wrong."""
    name = name or path.name
    with path.open("rb") as stream:
        head = stream.read(8)
    if not head:
        raise Refused(
            "invalid_record", said("{name} is empty.", name=name), field="file", value=name
        )
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(name, said("is an old or protected workbook; save it as .xlsx or CSV"))
    if head.startswith(b"%PDF"):
        raise unreadable(name, said("is a PDF document; export it as CSV or .xlsx"))
    if head.startswith(b"PK\x03\x04"):
        return _opened_workbook(path, name, sheet)
    if sheet is not None:
        raise Refused(
            "invalid_record",
            said("{name} has no sheets.", name=name),
            field="sheet",
            value=sheet,
        )
    encoding = _encoding_of(path, name)
    found = Table(path, name, (), 0, encoding, _separator_of(path, encoding))
    return _with_headers(found, _text_rows(path, found))


def digest_of(path: Path) -> str:
    """What tells one content from another: 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _with_headers(table: Table, rows: Iterator[Row]) -> Table:
    """The row of headers: of the first rows the one with most known names, else the first.

    Reports have a title and a date range above their tables.
    """
    best: tuple[int, int, list[str]] | None = None
    for n_seen, (number, cells) in enumerate(rows):
        if n_seen >= _HEADER_WITHIN:
            break
        n_known = sum(is_known_header(cell) for cell in cells)
        if any(cells) and (best is None or n_known > best[0]):
            best = (n_known, number, cells)
    if best is None:
        raise Refused(
            "invalid_record",
            said("{name} has no row of headers.", name=table.name),
            field="file",
        )
    _, number, cells = best
    while cells and not cells[-1]:
        cells.pop()
    return Table(
        table.path,
        table.name,
        _told_apart(cells),
        number,
        table.encoding,
        table.separator,
        table.sheet,
        table.sheets,
    )


def _told_apart(cells: list[str]) -> tuple[str, ...]:
    """Headers that come twice get a number, those that are empty the column's place."""
    found: list[str] = []
    for place, cell in enumerate(cells, start=1):
        header = " ".join(cell.split()) or f"Column {place}"
        name, count = header, 1
        while name in found:
            count += 1
            name = f"{header} ({count})"
        found.append(name)
    return tuple(found)


def _all_rows(path: Path, table: Table) -> Iterator[Row]:
    if table.encoding is None:
        return _workbook_rows(path, table)
    return _text_rows(path, table)


# -- text -------------------------------------------------------------------------------------


def _encoding_of(path: Path, name: str) -> str:
    """By its mark, else UTF-8 if all of it is, else what Windows writes in the west."""
    with path.open("rb") as stream:
        head = stream.read(4096)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        evens, odds = head[::2].count(0), head[1::2].count(0)
        if evens or odds:
            if max(evens, odds) * 3 < len(head) // 2:
                raise unreadable(name, said("is no table: it has NUL characters"))
            return "utf-16-be" if evens > odds else "utf-16-le"
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _separator_of(path: Path, encoding: str) -> str:
    """The one that most of the first lines have most of, outside of quotes."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = [stream.readline(LONGEST_CELL) for _ in range(_HEADER_WITHIN)]
    named = _NAMED_SEPARATOR.match(lines[0])
    if named:
        return named[1]
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines if line.strip()]
    counts = {one: sorted(line.count(one) for line in bare) for one in SEPARATORS}
    return max(SEPARATORS, key=lambda one: (counts[one][len(bare) // 2 :], counts[one]))


def _text_rows(path: Path, table: Table) -> Iterator[Row]:
    assert table.separator is not None
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=table.encoding, errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=table.separator)
        number = 0
        try:
            for cells in reader:
                number += 1
                if number == 1 and _NAMED_SEPARATOR.match(table.separator.join(cells)):
                    continue
                yield number, [as_written(cell.strip()) for cell in cells]
        except csv.Error as error:
            raise unreadable(
                table.name,
                said("cannot be read after row {number}: {error}", number=number, error=error),
            ) from None


# -- workbooks --------------------------------------------------------------------------------


def _opened_workbook(path: Path, name: str, sheet: str | None) -> Table:
    with opened(path, name, sheet) as book:
        found = Table(path, name, (), 0, sheet=book.sheet, sheets=book.sheets)
        return _with_headers(found, book.rows)


def _workbook_rows(path: Path, table: Table) -> Iterator[Row]:
    with opened(path, table.name, table.sheet) as book:
        yield from book.rows
