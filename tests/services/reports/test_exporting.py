"""Files of reports: safe to open, exact, and the same when read back."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from regulars.services.reports.exporting import (
    MOST_ROWS,
    as_written,
    harmless,
    write_csv,
    write_json,
    write_xlsx,
)
from regulars.services.reports.report import Column, Figure, Report, Row, Table

COLUMNS = (
    Column("name", "Name"),
    Column("points", "Points", "integer", True),
    Column("amount", "Amount", "money", True),
    Column("on", "On", "date"),
    Column("at", "At", "instant"),
)
NOON = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
ANN: Row = ("Ann", 1200, -123456, date(2026, 3, 2), NOON)
FORMULAS = (
    "=1+1",
    "+1-212-555-0142",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A1",
    "'=1",
    "''=1",
)


def report(*rows: Row, exponent: int = 2, title: str = "Points") -> Report:
    return Report(
        name="points",
        title=title,
        organization="Lumen Spa",
        currency="USD",
        exponent=exponent,
        parameters=[("As of", "2026-03-31")],
        columns=COLUMNS,
        source=rows,
        figures=[Figure("open", "Open", 123456, "money", "verify")],
        tables=[Table("Counts", [Column("n", "N", "integer")], [(3,)])],
        notes=["Every point is counted once.", "=not a formula"],
    )


def as_csv(one: Report, *, with_bom: bool = False) -> bytes:
    out = io.BytesIO()
    write_csv(one, out, with_bom=with_bom)
    return out.getvalue()


# -- CSV --------------------------------------------------------------------------------------


def test_a_line_for_each_row_and_numbers_that_stay_numbers():
    text = as_csv(report(ANN, ('Bo "B", Jr', 0, 5, None, None)))

    assert text.decode() == (
        "Name,Points,Amount,On,At\r\n"
        "Ann,1200,-1234.56,2026-03-02,2026-03-02T12:30:00Z\r\n"
        '"Bo ""B"", Jr",0,0.05,,\r\n'
    )


def test_a_byte_order_mark_where_it_is_asked_for():
    assert as_csv(report(), with_bom=True).startswith(b"\xef\xbb\xbfName,")
    assert as_csv(report()).startswith(b"Name,")


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_reads_as_a_formula_gets_an_apostrophe_and_comes_back(text):
    assert harmless(text) == f"'{text}"
    assert as_written(harmless(text)) == text


@pytest.mark.parametrize("text", ["", "Ann", "'tis", "a=b", "5-5", "O'Hara", "'"])
def test_other_text_is_left_alone(text):
    assert harmless(text) == text
    assert as_written(text) == text


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5))
def test_any_names_come_back_as_they_were(names):
    text = as_csv(report(*[(name, 1, 1, None, None) for name in names])).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))

    assert [as_written(row[0]) for row in rows[1:]] == names
    assert not any(row[0][:1] in tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20") for row in rows)


# -- JSON -------------------------------------------------------------------------------------


def test_json_names_its_cells_and_writes_money_as_the_contract_does():
    out = io.BytesIO()
    write_json(report(ANN, ("=x", -3, 100, None, None)), out)
    told = json.loads(out.getvalue())

    assert told["rows"][0] == {
        "name": "Ann",
        "points": 1200,
        "amount": "-1234.56",
        "on": "2026-03-02",
        "at": "2026-03-02T12:30:00Z",
    }
    assert told["rows"][1]["name"] == "=x"
    assert told["totals"] == {"points": 1197, "amount": "-1233.56"}
    assert told["figures"] == {"open": "1234.56"}
    assert told["parameters"] == {"As of": "2026-03-31"}
    assert (told["n_rows"], told["tables"][0]["rows"]) == (2, [{"n": 3}])


# -- XLSX -------------------------------------------------------------------------------------


def book_of(folder, one: Report) -> CalamineWorkbook:
    path = folder / "report.xlsx"
    write_xlsx(one, path)
    return CalamineWorkbook.from_path(path)


def test_a_workbook_has_real_numbers_and_days_and_a_row_of_totals(tmp_path):
    book = book_of(tmp_path, report(ANN, ("Bo", -5, 7, None, None)))

    assert book.sheet_names == ["Points", "About"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["Name", "Points", "Amount", "On", "At"],
        ["Ann", 1200.0, -1234.56, date(2026, 3, 2), NOON.replace(tzinfo=None)],
        ["Bo", -5.0, 0.07, "", ""],
        ["Total", 1195.0, -1234.49, "", ""],
    ]


def test_the_second_sheet_says_what_was_asked_and_how_it_is_counted(tmp_path):
    about = book_of(tmp_path, report(ANN)).get_sheet_by_name("About").to_python()
    lines = [row[:3] for row in about]

    assert ["As of", "2026-03-31", ""] in lines
    assert ["Open", 1234.56, "= verify"] in lines
    assert ["Every point is counted once.", "", ""] in lines
    assert ["=not a formula", "", ""] in lines


@pytest.mark.parametrize("text", [*FORMULAS[:5], "https://example.com", "007", "{=1}"])
def test_text_in_a_workbook_is_text_and_nothing_else(tmp_path, text):
    rows = book_of(tmp_path, report((text, 1, 1, None, None))).get_sheet_by_index(0)

    assert rows.to_python()[1][0] == text


def test_what_no_workbook_can_hold_is_written_as_text(tmp_path):
    long, big = "x" * 40_000, 9 * 10**15
    row = (long, big, big, date(1899, 12, 31), None)
    [name, points, amount, on, _] = (
        book_of(tmp_path, report(row)).get_sheet_by_index(0).to_python()[1]
    )

    assert (len(name), points, amount) == (32_767, str(big), "90000000000000.00")
    assert on == "1899-12-31"
    control = book_of(tmp_path, report(("a\0b\x0bc", 1, 1, None, None)))
    assert control.get_sheet_by_index(0).to_python()[1][0] == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(("exponent", "amount"), [(0, 123456.0), (3, 123.456)])
def test_money_has_the_decimals_of_its_currency(tmp_path, exponent, amount):
    book = book_of(tmp_path, report(("Ann", 1, 123456, None, None), exponent=exponent))

    assert book.get_sheet_by_index(0).to_python()[1][2] == amount


@pytest.mark.parametrize("cents", [1, 10, 2990, 99999999999999, -123456789012345])
def test_money_comes_back_to_the_cent(tmp_path, cents):
    book = book_of(tmp_path, report(("Ann", 1, cents, None, None)))

    assert round(book.get_sheet_by_index(0).to_python()[1][2] * 100) == cents


def test_no_rows_are_a_workbook_too(tmp_path):
    rows = book_of(tmp_path, report()).get_sheet_by_index(0).to_python()

    assert rows == [["Name", "Points", "Amount", "On", "At"], ["Total", 0.0, 0.0, "", ""]]


def test_more_rows_than_a_sheet_takes_go_on_another(tmp_path, monkeypatch):
    monkeypatch.setattr("regulars.services.reports.exporting.MOST_ROWS", 2)
    one = report(*[(f"Guest {n}", 1, 1, None, None) for n in range(5)])

    book = book_of(tmp_path, one)

    assert MOST_ROWS > 1_000_000
    assert book.sheet_names == ["Points", "Points 2", "Points 3", "About"]
    sheets = [book.get_sheet_by_index(n).to_python() for n in range(3)]
    assert [len(rows) for rows in sheets] == [3, 3, 3]
    assert sheets[2][-1] == ["Total", 5.0, 0.05, "", ""]
