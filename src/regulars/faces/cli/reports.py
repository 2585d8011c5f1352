"""`regulars report`: what is owed, what moved, what ends; on screen or as a file."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.running import (
    MISUSED,
    DatabaseOption,
    OrganizationOption,
    Trouble,
    put,
    put_table,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regulars.services.reports.report import Column, Report, Row, Value

FORMATS = ("table", "csv", "xlsx", "json")
MOST_SHOWN = 1000
"""Rows of a table on screen; files have them all."""


def report(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Which one; without it all are listed."),
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day of the range.")
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day of the range.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The end of this day; the last closed if not said."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="A row for each tier, center, action, day, month …"),
    ] = None,
    date_kind: Annotated[
        str | None,
        typer.Option(
            metavar="WORD", help="points: entry, earned or invoice lies in the range."
        ),
    ] = None,
    center: Annotated[str | None, typer.Option(metavar="ID", help="Only this center.")] = None,
    tier: Annotated[
        str | None,
        typer.Option(metavar="IDS", help="Only these tiers, by commas; none: no tier."),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            metavar="WORDS",
            help="guests: ids of statuses, by commas. expirations: expired, to_expire.",
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="WORD", help="reward-activity: run or manual.")
    ] = None,
    happening: Annotated[
        str | None, typer.Option(metavar="WORD", help="reward-activity: issued, redeemed …")
    ] = None,
    included: Annotated[
        str | None, typer.Option(metavar="yes|no", help="guests: included in loyalty rewards.")
    ] = None,
    has_rewards: Annotated[
        str | None, typer.Option(metavar="yes|no", help="guests: with open rewards.")
    ] = None,
    search: Annotated[
        str | None, typer.Option(metavar="TEXT", help="guests: in names, phones, e-mails.")
    ] = None,
    expiring_until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="guests: with a reward that ends by this day."),
    ] = None,
    sort: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="By which column rows are sorted.")
    ] = None,
    order: Annotated[
        str | None, typer.Option(metavar="WORD", help="guests: ascending or descending.")
    ] = None,
    columns: Annotated[
        str | None, typer.Option(metavar="NAMES", help="guests: which columns, by commas; all.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="table, csv, xlsx or json."),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="csv: begin with what makes Excel read it as UTF-8.")
    ] = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show a report, or write it to a file; without a name, say which there are.

    Each is of one moment, and what it adds up to agrees with `regulars verify`.
    """
    if name is None:
        _put_names()
        return
    said = {
        "from": from_,
        "to": to,
        "as_of": as_of,
        "by": by,
        "date_kind": date_kind,
        "center": center,
        "tier": tier,
        "status": status,
        "source": source,
        "happening": happening,
        "included": included,
        "has_rewards": has_rewards,
        "search": search,
        "expiring_until": expiring_until,
        "sort": sort,
        "order": order,
        "columns": columns,
    }
    target = Target.of(format_, output, force=force)
    open_database(database)
    asked = {field: text for field, text in said.items() if text is not None}
    with _opened(name, asked, organization) as found:
        _put(found, target, with_bom=bom)


class Target:
    """In which format a report is wanted, and where; no path is standard output."""

    def __init__(self, kind: str, path: Path | None) -> None:
        self.kind, self.path = kind, path

    @classmethod
    def of(cls, kind: str | None, output: str | None, *, force: bool) -> "Target":
        """The format said, or the one the file's name ends in; refused what would be lost."""
        path = None if output in (None, "-") else Path(str(output))
        if kind is None:
            ending = path.suffix[1:].lower() if path else ""
            kind = ending if ending in FORMATS else "table"
        if kind not in FORMATS:
            raise typer.BadParameter(f"--format is one of {', '.join(FORMATS)}, not {kind!r}.")
        if path is not None and path.is_dir():
            raise typer.BadParameter(f"{path}: is a folder.")
        if path is not None and path.exists() and not force:
            raise Trouble(f"{path} is there already; --force writes over it.", MISUSED)
        if kind == "xlsx" and path is None and sys.stdout.isatty():
            raise Trouble(
                "A workbook is nothing for a terminal: add --output FILE.xlsx.", MISUSED
            )
        return cls(kind, path)


def _put_names() -> None:
    from regulars.services.reports.names import SENTENCES

    put_table({"report": "left", "": "left"}, [list(one) for one in SENTENCES.items()])
    put()
    put("`regulars report NAME` shows one, `--output FILE.xlsx` or `.csv` writes it.")


@contextmanager
def _opened(name: str, said: dict[str, str], organization: str | None) -> "Iterator[Report]":
    from regulars.services import upkeep
    from regulars.services.reports import catalog
    from regulars.services.reports.asking import Request

    with upkeep.at_work(organization) as company:
        today = datetime.now(UTC).astimezone(company.zone).date()
        with catalog.opened(company, Request(name, today, said)) as found:
            yield found


def _put(found: "Report", target: Target, *, with_bom: bool) -> None:
    if target.path is None:
        _put_out(found, target.kind, with_bom=with_bom)
        return
    # Under another name until it is whole, so that nobody takes half of it for all.
    draft = target.path.with_name(f"{target.path.name}.part")
    try:
        _write(found, target.kind, draft, with_bom=with_bom)
        draft.replace(target.path)
    finally:
        draft.unlink(missing_ok=True)
    say(f"{found.n_rows:,} rows written to {target.path}.")


def _put_out(found: "Report", kind: str, *, with_bom: bool) -> None:
    if kind == "table":
        _put_table(found)
        return
    out = sys.stdout.buffer
    sys.stdout.flush()
    if kind == "xlsx":
        with tempfile.TemporaryDirectory(prefix="regulars-report-") as folder:
            path = Path(folder, "report.xlsx")
            _write(found, kind, path, with_bom=False)
            with path.open("rb") as book:
                shutil.copyfileobj(book, out)
    else:
        _stream(found, kind, out, with_bom=with_bom)
    out.flush()


def _write(found: "Report", kind: str, path: Path, *, with_bom: bool) -> None:
    from regulars.services.reports import exporting

    if kind == "xlsx":
        exporting.write_xlsx(found, path)
        return
    with path.open("wb") as out:
        if kind == "table":
            for line in _lines(found):
                out.write(f"{line}\n".encode())
        else:
            _stream(found, kind, out, with_bom=with_bom)
        out.flush()
        os.fsync(out.fileno())


def _stream(found: "Report", kind: str, out: IO[bytes], *, with_bom: bool) -> None:
    from regulars.services.reports import exporting

    if kind == "csv":
        exporting.write_csv(found, out, with_bom=with_bom)
    else:
        exporting.write_json(found, out)


# -- on screen --------------------------------------------------------------------------------


def _put_table(found: "Report") -> None:
    for line in _lines(found):
        put(line)


def _lines(found: "Report") -> Iterator[str]:
    """Title, parameters, rows under each other with their totals, figures, notes."""
    yield f"{found.title}: {found.organization}, in {found.currency}"
    yield "; ".join(f"{label} {text}" for label, text in found.parameters)
    yield ""
    yield from _row_lines(found)
    yield from _figure_lines(found)
    for table in found.tables:
        yield ""
        yield f"{table.title}:"
        yield from _aligned(table.columns, list(table.rows), None, found.exponent)
    yield ""
    for note in found.notes:
        yield from _wrapped(note)


def _row_lines(found: "Report") -> Iterator[str]:
    source = found.rows
    rows = list(islice(source, MOST_SHOWN))
    n_left = sum(1 for _ in source)
    if not rows:
        yield found.empty
        return
    has_totals = any(column.is_summed for column in found.columns)
    total = found.total_row if has_totals and found.n_rows > 1 else None
    yield from _aligned(found.columns, rows, total, found.exponent)
    if n_left:
        yield f"… and {n_left:,} more rows; --format csv or xlsx has them all."


def _figure_lines(found: "Report") -> Iterator[str]:
    if not found.figures:
        return
    yield ""
    shown = [(one.label, _cell(one.value, one.kind, found.exponent)) for one in found.figures]
    label_width = max(len(label) for label, _ in shown)
    width = max(len(text) for _, text in shown)
    for (label, text), one in zip(shown, found.figures, strict=True):
        ties = f"  = {one.ties_to}" if one.ties_to else ""
        yield f"  {label.ljust(label_width)}  {text.rjust(width)}{ties}".rstrip()


def _aligned(
    columns: "Sequence[Column]",
    rows: "list[Row]",
    total: "Sequence[Value] | None",
    exponent: int,
) -> Iterator[str]:
    """Columns that are empty all the way down are left out."""
    lines = [[column.title for column in columns]]
    lines += [
        [_cell(value, one.kind, exponent) for value, one in zip(row, columns, strict=True)]
        for row in [*rows, *([total] if total else [])]
    ]
    kept = [n for n in range(len(columns)) if any(line[n] for line in lines[1:])]
    widths = {n: max(len(line[n]) for line in lines) for n in kept}
    for place, line in enumerate(lines):
        if total and place == len(lines) - 1:
            yield "  " + "  ".join("-" * widths[n] for n in kept)
        cells = [
            line[n].rjust(widths[n])
            if columns[n].kind in ("integer", "money")
            else line[n].ljust(widths[n])
            for n in kept
        ]
        yield f"  {'  '.join(cells)}".rstrip()


def _cell(value: "Value", kind: str, exponent: int) -> str:
    """As people read it: thousands apart, money with its decimals, 0 as 0."""
    if value is None:
        return ""
    if isinstance(value, int) and kind == "money":
        whole, cents = divmod(abs(value), 10**exponent)
        decimals = f".{cents:0{exponent}}" if exponent else ""
        return f"{'-' if value < 0 else ''}{whole:,}{decimals}"
    return f"{value:,}" if isinstance(value, int) else _plain(str(value))


def _plain(text: str) -> str:
    """Text without what would move the cursor about."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _wrapped(note: str) -> list[str]:
    from textwrap import wrap

    width = min(96, max(40, shutil.get_terminal_size((96, 24)).columns))
    return wrap(note, width, initial_indent="  - ", subsequent_indent="    ")
