"""A report as a file to be sent: written whole first, so nothing is held while it is sent.

It is written as its rows come, to a file of its own that is gone once it is closed: neither the
length of a report nor a slow connection costs memory or keeps the database waiting.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services.organizations import Company
from regulars.services.reports import catalog, exporting
from regulars.services.reports.asking import Request
from regulars.services.reports.paged import Sorting, sort_rows
from regulars.services.reports.report import Report

KINDS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The files there are, and what they are on the web."""


def written(
    company: Company, request: Request, kind: str, *, sorting: Sorting | None = None
) -> IO[bytes]:
    """The report, ready to be read from its beginning. Refused: what the report refuses, and a
    kind that is none.
    """
    if kind not in KINDS:
        raise Refused(
            "unknown_reference",
            said(
                "There is no file of the kind {kind!r}; there are {known}.",
                kind=kind,
                known=", ".join(KINDS),
            ),
            field="kind",
            value=kind,
        )
    with catalog.opened(company, request) as report:
        if sorting is not None:
            sort_rows(report, sorting)
        return _csv(report) if kind == "csv" else _xlsx(report)


def _csv(report: Report) -> IO[bytes]:
    out = tempfile.TemporaryFile(prefix="regulars-report-")  # noqa: SIM115 - the caller closes
    exporting.write_csv(report, out, with_bom=True)
    out.seek(0)
    return out


def _xlsx(report: Report) -> IO[bytes]:
    with tempfile.TemporaryDirectory(prefix="regulars-report-") as folder:
        path = Path(folder, "report.xlsx")
        exporting.write_xlsx(report, path)
        return path.open("rb")  # its name goes with the folder, the file when it is closed
