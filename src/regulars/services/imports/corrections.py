"""The rows of a file that were refused, as they came, each with what is wrong: to be corrected
and sent in again.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from regulars.records import models
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services.imports import runs
from regulars.services.imports.keeping import progress_of, report_of
from regulars.services.imports.mappings import PROBLEM
from regulars.services.imports.tables import open_table
from regulars.services.reports.exporting import harmless

MOST = 100_000
"""A file with more rows to correct is wrong as a whole: its columns are."""


def files_to_correct(row: models.ImportRun) -> list[str]:
    """The names of the files whose refused rows can be had, by their places; else none."""
    if not progress_of(row.progress).counts["refused"]:
        return []
    if not models.ImportPiece.objects.filter(run_id=row.id).exists():
        return []
    return [one.name for one in runs.document_of(row).files]


def correction_lines(row: models.ImportRun, file: int) -> Iterator[bytes]:
    """A CSV file in UTF-8: the headers and one more, then each refused row with its sentence.

    Refused before its first line: no such file, or one that is not kept any more.
    """
    names = files_to_correct(row)
    if not 0 <= file < len(names):
        raise unknown_reference("file", str(file), field="file")
    problems = _problems(row, names[file])
    if len(problems) > MOST:
        raise Refused(
            "conflict",
            said(
                "{file} has more than {most} rows to correct: look at its columns first.",
                file=names[file],
                most=MOST,
            ),
            field="file",
        )
    return _lines(row, file, problems)


def _problems(row: models.ImportRun, name: str) -> dict[int, str]:
    """By the number of the row in this file."""
    found: dict[int, str] = {}
    for _, line in report_of(row.id, status="refused"):
        if line.file == name[:200]:
            found[line.number] = line.message or line.code or ""
            if len(found) > MOST:
                break
    return found


def _lines(row: models.ImportRun, file: int, problems: dict[int, str]) -> Iterator[bytes]:
    with runs.files_of(row) as sources:
        source = sources[file]
        table = open_table(source.path, name=source.name, sheet=source.sheet)
        # A spreadsheet takes it for UTF-8 by its first three bytes.
        yield b"\xef\xbb\xbf" + _line([*table.headers, PROBLEM])
        for number, cells in table.rows():
            if number in problems:
                width = len(table.headers)
                padded = [*cells[:width], *([""] * (width - len(cells)))]
                yield _line([*padded, problems[number]])


def _line(cells: list[str]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8", "replace")
