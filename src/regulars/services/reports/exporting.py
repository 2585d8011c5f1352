"""Reports as files: CSV, XLSX and JSON. Written as the rows come, so length costs no memory.

CSV is for other programs: titles, then rows, nothing else. A cell of text that a spreadsheet
could take for a formula gets an apostrophe before it; numbers stay numbers. XLSX has real dates
and numbers, a row of totals, and a sheet that says what was asked and how it is counted.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import msgspec
import xlsxwriter  # type: ignore[import-untyped]

from regulars.rules.amounts import format_money
from regulars.services.reports.report import Column, Figure, Report, Table, Value

BOM = b"\xef\xbb\xbf"
"""What makes Excel read a CSV file as UTF-8."""

# Full-width twins too: spreadsheets of East Asian settings fold them.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")

_encode = msgspec.json.Encoder().encode


# -- CSV --------------------------------------------------------------------------------------


def write_csv(report: Report, out: IO[bytes], *, with_bom: bool = False) -> None:
    """RFC 4180 in UTF-8: a line of titles, then one for each row."""
    for line in csv_lines(report, with_bom=with_bom):
        out.write(line)


def csv_lines(report: Report, *, with_bom: bool = False) -> Iterator[bytes]:
    """The same as it comes, for whoever sends it on while the rows are still being read."""
    if with_bom:
        yield BOM
    # What writerow returns is what `write` of its file does: here, the line itself.
    writer: Any = csv.writer(_Lines(), lineterminator="\r\n")
    yield writer.writerow([harmless(column.title) for column in report.columns])
    for row in report.rows:
        cells = zip(row, report.columns, strict=True)
        yield writer.writerow(
            [csv_cell(value, column, report.exponent) for value, column in cells]
        )


class _Lines:
    """The file a csv writer wants: it gives each line back as bytes."""

    def write(self, text: str) -> bytes:
        return text.encode("utf-8", "replace")


def csv_cell(value: Value, column: Column, exponent: int) -> str:
    """One cell: money with its decimals, days and instants by ISO 8601, no value as nothing."""
    if value is None:
        return ""
    if column.kind == "money":
        return format_money(int(str(value)), exponent)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, str):
        return harmless(value)
    return str(value)


def harmless(text: str) -> str:
    """Text as no spreadsheet takes it for a formula; `as_written` takes it back."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_written(cell: str) -> str:
    """The text that `harmless` made a cell of."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def instant_text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


# -- JSON -------------------------------------------------------------------------------------


def write_json(report: Report, out: IO[bytes]) -> None:
    """One object; rows by the names of their columns, money as decimal strings."""
    head: dict[str, Any] = {
        "report": report.name,
        "title": report.title,
        "organization": report.organization,
        "currency": report.currency,
        "parameters": dict(report.parameters),
        "columns": [
            {"name": one.name, "title": one.title, "kind": one.kind} for one in report.columns
        ],
    }
    out.write(_encode(head)[:-1] + b',"rows":[')
    separator = b"\n"
    for row in report.rows:
        out.write(separator + _encode(_named(row, report.columns, report.exponent)))
        separator = b",\n"
    out.write(b"\n]," + _encode(_ending(report))[1:] + b"\n")


def _ending(report: Report) -> dict[str, Any]:
    sums = [column for column in report.columns if column.is_summed]
    totals = {one.name: _json(report.totals[one.name], one, report.exponent) for one in sums}
    return {
        "n_rows": report.n_rows,
        "totals": totals,
        "figures": {
            one.name: _json(one.value, Column(one.name, "", one.kind), report.exponent)
            for one in report.figures
        },
        "tables": [
            {
                "title": table.title,
                "rows": [_named(row, table.columns, report.exponent) for row in table.rows],
            }
            for table in report.tables
        ],
        "notes": [str(note) for note in report.notes],
    }


def _named(row: Iterable[Value], columns: Iterable[Column], exponent: int) -> dict[str, Any]:
    cells = zip(columns, row, strict=True)
    return {column.name: _json(value, column, exponent) for column, value in cells}


def _json(value: Value, column: Column, exponent: int) -> Any:
    if value is None or column.kind == "text":
        return value
    if column.kind == "money":
        return format_money(int(str(value)), exponent)
    return instant_text(value) if isinstance(value, datetime) else value


# -- XLSX -------------------------------------------------------------------------------------

MOST_ROWS = 1_048_000
"""Of one sheet, with room for titles and totals; what is more goes on another sheet."""
LONGEST_TEXT = 32_767
EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number; a larger one is written as text."""
_WIDEST, _NARROWEST = 60, 8
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_xlsx(report: Report, path: Path) -> None:
    """A workbook: the rows on one sheet, or as many as they need, then `About`."""
    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    try:
        formats = _Formats(book, report.exponent)
        _write_rows(report, book, formats)
        _write_about(report, book, formats)
    finally:
        book.close()


class _Formats:
    """How cells look, by the kind of their column."""

    def __init__(self, book: Any, exponent: int) -> None:
        self.exponent = exponent
        decimals = f".{'0' * exponent}" if exponent else ""
        looks = {
            "integer": "#,##0",
            "money": f"#,##0{decimals}",
            "date": "yyyy-mm-dd",
            "instant": "yyyy-mm-dd hh:mm:ss",
            "text": "@",
        }
        self.plain = {
            kind: book.add_format({"num_format": look}) for kind, look in looks.items()
        }
        self.bold = {
            kind: book.add_format({"num_format": look, "bold": True, "top": 1})
            for kind, look in looks.items()
        }
        self.head = book.add_format(
            {
                "bold": True,
                "bottom": 1,
                "text_wrap": True,
                "valign": "top",
                "bg_color": "#EEEEEE",
            }
        )
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})


class _Sheet:
    """One sheet of rows under a frozen line of titles, with widths that fit what is in it."""

    def __init__(self, sheet: Any, columns: Any, formats: _Formats) -> None:
        self.sheet, self.columns, self.formats = sheet, columns, formats
        self.line = 1
        self.widths = [_NARROWEST] * len(columns)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.title, formats.head)
            self._fit(place, column.title)

    def add(self, row: Iterable[Value]) -> None:
        for place, (value, column) in enumerate(zip(row, self.columns, strict=True)):
            look = self.formats.plain[column.kind]
            self._fit(
                place,
                _put(
                    self.sheet,
                    (self.line, place),
                    value,
                    column.kind,
                    look=look,
                    exponent=self.formats.exponent,
                ),
            )
        self.line += 1

    def total(self, row: Iterable[Value]) -> None:
        for place, (value, column) in enumerate(zip(row, self.columns, strict=True)):
            kind = "text" if isinstance(value, str) else column.kind
            look = self.formats.bold[kind]
            self._fit(
                place,
                _put(
                    self.sheet,
                    (self.line, place),
                    value,
                    kind,
                    look=look,
                    exponent=self.formats.exponent,
                ),
            )

    def finish(self) -> None:
        """The filter covers the rows and not their total."""
        self.sheet.autofilter(0, 0, max(1, self.line - 1), len(self.columns) - 1)
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, width + 2)

    def _fit(self, place: int, text: str) -> None:
        self.widths[place] = min(_WIDEST, max(self.widths[place], len(text)))


def _write_rows(report: Report, book: Any, formats: _Formats) -> None:
    name = _ILLEGAL.sub("", re.sub(r"[\[\]:*?/\\]", " ", report.title))[:25]
    sheet = _Sheet(book.add_worksheet(name), report.columns, formats)
    n_sheets = 1
    for row in report.rows:
        if sheet.line > MOST_ROWS:
            sheet.finish()
            n_sheets += 1
            sheet = _Sheet(book.add_worksheet(f"{name} {n_sheets}"), report.columns, formats)
        sheet.add(row)
    if any(column.is_summed for column in report.columns):
        sheet.total(report.total_row)
    sheet.finish()


def _put(
    sheet: Any, at: tuple[int, int], value: Value, kind: str, *, look: Any, exponent: int
) -> str:
    """Write one cell, and answer with about what it shows."""
    line, place = at
    if value is None:
        sheet.write_blank(line, place, None, look)
        return ""
    if isinstance(value, date):
        return _put_day(sheet, at, value, look)
    if isinstance(value, int) and kind in ("integer", "money") and abs(value) < EXACT:
        decimals = exponent if kind == "money" else 0
        sheet.write_number(line, place, Decimal(value).scaleb(-decimals), look)
        return f"{value:,}."
    text = str(value)
    if kind == "money":
        text = format_money(int(text), exponent)
    text = _ILLEGAL.sub("\ufffd", text)[:LONGEST_TEXT]
    sheet.write_string(line, place, text, look)
    return text


def _put_day(sheet: Any, at: tuple[int, int], day: date, look: Any) -> str:
    text = instant_text(day) if isinstance(day, datetime) else day.isoformat()
    if day.year < 1900:  # before the first day a spreadsheet knows
        sheet.write_string(*at, text, look)
    elif isinstance(day, datetime):
        sheet.write_datetime(*at, day.astimezone(UTC).replace(tzinfo=None), look)
    else:
        sheet.write_datetime(*at, day, look)
    return text


# -- the sheet that explains ------------------------------------------------------------------


def _write_about(report: Report, book: Any, formats: _Formats) -> None:
    """What was asked, the figures beside the rows and with what they agree, how it counts."""
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 12, 16)
    write = _Downwards(sheet, formats)
    write.line([(report.title, "text", formats.title)])
    plain = formats.plain["text"]
    for label, text in [
        ("Organization", report.organization),
        ("Currency", report.currency),
        *report.parameters,
        ("Rows", f"{report.n_rows:,}"),
    ]:
        write.line([(label, "text", plain), (text, "text", plain)])
    write.figures(report.figures)
    for table in report.tables:
        write.table(table)
    write.heading("How it is counted")
    for note in report.notes:
        write.note(note)


class _Downwards:
    """Writes one line below the other."""

    def __init__(self, sheet: Any, formats: _Formats) -> None:
        self.sheet, self.formats, self.at = sheet, formats, 0

    def line(self, cells: Iterable[tuple[Value, str, Any]]) -> None:
        for place, (value, kind, look) in enumerate(cells):
            exponent = self.formats.exponent
            _put(self.sheet, (self.at, place), value, kind, look=look, exponent=exponent)
        self.at += 1

    def heading(self, text: str) -> None:
        self.at += 1
        self.line([(text, "text", self.formats.head)])

    def figures(self, figures: Iterable[Figure]) -> None:
        plain = self.formats.plain
        rows = list(figures)
        if rows:
            self.heading("Figures")
        for one in rows:
            ties = f"= {one.ties_to}" if one.ties_to else None
            look = plain[one.kind]
            self.line(
                [
                    (one.label, "text", plain["text"]),
                    (one.value, one.kind, look),
                    (ties, "text", plain["text"]),
                ]
            )

    def table(self, table: Table) -> None:
        self.heading(table.title)
        self.line([(one.title, "text", self.formats.head) for one in table.columns])
        for row in table.rows:
            cells = zip(row, table.columns, strict=True)
            self.line([(value, one.kind, self.formats.plain[one.kind]) for value, one in cells])

    def note(self, text: str) -> None:
        self.sheet.merge_range(self.at, 0, self.at, 6, "", self.formats.wrap)
        self.sheet.write_string(self.at, 0, text, self.formats.wrap)
        self.sheet.set_row(self.at, 15 * (1 + len(text) // 110))
        self.at += 1


WRITERS: dict[str, Callable[[Report, IO[bytes]], None]] = {
    "csv": write_csv,
    "json": write_json,
}
"""The formats that are streams of bytes; XLSX needs a file of its own."""
