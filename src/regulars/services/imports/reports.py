"""The report of an import as a CSV file: a line for each row, in the order of the records."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import IO

from regulars.services.imports.performing import Progress, RowReport
from regulars.services.reports.exporting import harmless

TITLES = ("file", "row", "record", "status", "code", "field", "value", "message")


def lines_of(rows: Iterable[RowReport]) -> bytes:
    """Rows as CSV. What a spreadsheet would take for a formula is told as text."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        said = (row.record, row.status, row.code, row.field, row.value, row.message)
        texts = [harmless(text or "") for text in said]
        writer.writerow([harmless(row.file), row.number, *texts])
    return out.getvalue().encode("utf-8", "replace")


def head() -> bytes:
    return (",".join(TITLES) + "\r\n").encode()


class ReportFile:
    """A report written as it comes."""

    def __init__(self, out: IO[bytes] | None) -> None:
        self.out = out
        if out is not None:
            out.write(head())

    def take(self, rows: Sequence[RowReport], progress: Progress) -> None:
        if self.out is not None:
            self.out.write(lines_of(rows))
