"""Workbooks of every make: read as they look, or refused; none takes this process along."""

import resource
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from regulars.rules.refusals import Refused
from regulars.services.imports import workbooks
from regulars.services.imports.tables import open_table


def workbook(path: Path, *cells: tuple[int, int, str]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Clients")
    book.add_worksheet("Empty")
    for row, column, text in cells:
        sheet.write(row, column, text)
    book.close()
    return path


TABLE = ((2, 1, "Client ID"), (2, 2, "Name"), (4, 1, "0012"), (4, 2, "Ann Lee"))


def test_rows_have_the_numbers_that_a_spreadsheet_shows(tmp_path):
    table = open_table(workbook(tmp_path / "a.xlsx", *TABLE))

    assert (table.sheet, table.sheets, table.header_row) == ("Clients", ("Clients", "Empty"), 3)
    assert table.headers == ("Column 1", "Client ID", "Name")
    assert [*table.rows()] == [(4, ["", "", ""]), (5, ["", "0012", "Ann Lee"])]
    # Whoever stops in the middle leaves no process behind.
    rows = table.rows()
    assert next(rows)[0] == 4
    rows.close()
    assert [*table.rows()][-1] == (5, ["", "0012", "Ann Lee"])


def test_a_cell_at_the_far_end_of_a_sheet_is_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", *TABLE, (1_048_575, 16_383, "far"))
    assert path.stat().st_size < 10_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(Refused) as refused:
        open_table(path)

    assert refused.value.field == "file"
    assert "takes too much memory" in refused.value.message
    # In KiB: the reader asked for half a terabyte, this process for nothing.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_text_that_unpacks_to_more_than_there_is_is_refused(tmp_path):
    """Each cell has its own copy of a text that the file has once."""
    path = tmp_path / "a.xlsx"
    workbook(path, (0, 0, "Client ID"), (1, 0, "x" * 30_000))
    row = '<row r="{0}"><c r="A{0}" t="s"><v>1</v></c></row>'
    rows = "".join(row.format(number) for number in range(2, 60_000))
    changed = tmp_path / "b.xlsx"
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                start = content.index(b'<row r="2"')
                end = content.index(b"</sheetData>")
                content = content[:start] + rows.encode() + content[end:]
            new.writestr(info, content)
    assert changed.stat().st_size < 500_000

    with pytest.raises(Refused) as refused:
        open_table(changed)

    assert "takes too much memory" in refused.value.message


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 and no more")

    with pytest.raises(Refused) as refused:
        open_table(path)

    assert "is no workbook that can be read" in refused.value.message


def test_a_damaged_sheet_is_refused_with_what_is_wrong(tmp_path):
    path, changed = workbook(tmp_path / "a.xlsx", *TABLE), tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, content[:200] if "sheet1.xml" in info.filename else content)

    with pytest.raises(Refused) as refused:
        open_table(changed, sheet="Clients")

    assert refused.value.field == "file"


def test_a_sheet_that_is_not_there_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(Refused) as refused:
        open_table(workbook(tmp_path / "a.xlsx", *TABLE), sheet="Guests")

    assert "it has Clients, Empty." in refused.value.message


def test_a_workbook_says_how_large_it_is(tmp_path, monkeypatch):
    path = workbook(tmp_path / "a.xlsx", *TABLE)
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 2**10)

    with pytest.raises(Refused) as refused:
        open_table(path)

    assert "is larger than a workbook may be here" in refused.value.message


def test_a_workbook_says_how_large_it_is_before_anything_is_read(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 and no more")
    monkeypatch.setattr(workbooks, "LARGEST", 10)

    with pytest.raises(Refused) as refused:
        open_table(path)

    assert "is larger than a workbook may be here" in refused.value.message


def changed_cells(path: Path, row: str) -> Path:
    """The workbook with this row as its only one."""
    workbook(path, (0, 0, "Client ID"))
    changed = path.with_name("changed.xlsx")
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                start, end = content.index(b"<row "), content.index(b"</sheetData>")
                content = content[:start] + row.encode() + content[end:]
            new.writestr(info, content)
    return changed


@pytest.mark.parametrize(("n_cells", "length"), [(1, 32_768), (150, 32_767)])
def test_a_row_of_very_long_cells_is_refused(tmp_path, n_cells, length):
    cell = f'<c t="inlineStr"><is><t>{"x" * length}</t></is></c>'
    path = changed_cells(tmp_path / "a.xlsx", f'<row r="1">{cell * n_cells}</row>')

    with pytest.raises(Refused) as refused:
        open_table(path)

    assert "takes too much memory" in refused.value.message


def test_a_cell_may_be_as_long_as_excel_lets_it(tmp_path):
    path = workbook(tmp_path / "a.xlsx", *TABLE, (5, 2, "x" * 32_767))

    assert [*open_table(path).rows()][-1] == (6, ["", "", "x" * 32_767])


@pytest.mark.parametrize(
    ("place", "broken"),
    [(6, b"\xff"), (8, b"\x00\x08")],
    ids=["version", "name that is not UTF-8"],
)
def test_a_broken_directory_is_refused(tmp_path, place, broken):
    path = workbook(tmp_path / "a.xlsx", *TABLE)
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 46 : entry + 47] = b"\xff"
    content[entry + place : entry + place + len(broken)] = broken
    path.write_bytes(content)

    with pytest.raises(Refused) as refused:
        open_table(path)

    assert refused.value.field == "file"


def test_two_are_read_at_once_and_the_third_waits(tmp_path, monkeypatch):
    table = open_table(workbook(tmp_path / "a.xlsx", *TABLE))
    monkeypatch.setattr(workbooks, "LONGEST_WAIT", 0.01)
    first, second = table.rows(), table.rows()
    assert next(first) == next(second)

    with pytest.raises(Refused) as refused:
        next(table.rows())

    assert "other workbooks are being read" in refused.value.message
    first.close()
    assert len([*table.rows()]) == 2
    second.close()


def test_the_reader_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("REGULARS_SECRET_KEY", "of Ann Lee")

    assert {*workbooks._environment()} <= {"PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR"}


@pytest.mark.parametrize("sheet", ["x" * 101, "Cli\0ents"])
def test_no_sheet_has_such_a_name(tmp_path, sheet):
    with pytest.raises(Refused) as refused:
        open_table(workbook(tmp_path / "a.xlsx", *TABLE), sheet=sheet)

    assert (refused.value.field, refused.value.value) == ("sheet", sheet[:100])
