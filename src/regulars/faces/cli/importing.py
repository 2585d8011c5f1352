"""`regulars import` and `regulars export`: records in, records out (contract section 5)."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from regulars.faces.cli import tables_in, tables_out
from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import progressing, require_file
from regulars.faces.cli.running import (
    DIFFERENT,
    INTERRUPTED,
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    line_about,
    put,
    say,
)

if TYPE_CHECKING:
    from regulars.services.formats.results import Result
    from regulars.services.importing import Imported

STATUSES = ("applied", "unchanged", "pending", "refused")


def import_(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="Records (.jsonl or a scenario); - reads a pipe. With --kind a .csv or .xlsx"
            " file of another system.",
        ),
    ],
    organization: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Where the records belong. Not needed when they begin with an organization, or"
            " the database has only one.",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first refusal.")
    ] = False,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="Of a .csv or .xlsx file: guests, invoices, appointments or balances.",
        ),
    ] = None,
    with_: Annotated[
        list[str],
        typer.Option(
            "--with", metavar="FILE", help="Lines or payments of the same invoices; again."
        ),
    ] = [],  # noqa: B006
    mapping: Annotated[
        str | None, typer.Option(metavar="NAME", help="A mapping that was kept.")
    ] = None,
    map_: Annotated[
        list[str],
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help="Which field a column is; none: not read."
        ),
    ] = [],  # noqa: B006
    value: Annotated[
        list[str],
        typer.Option(
            metavar="FIELD:WORD=MEANING", help="What a word means: 'tender:Klarna=custom'."
        ),
    ] = [],  # noqa: B006
    save_mapping: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keep the mapping for the next file.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the guess where it is not sure as well.")
    ] = False,
    center: Annotated[
        str | None, typer.Option(metavar="ID", help="The center of rows that name none.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(metavar="ORDER", help="day_first or month_first.")
    ] = None,
    decimal: Annotated[
        str | None, typer.Option(metavar="SIGN", help="What stands before cents: . or ,")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Of phone numbers that say none: DE.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="The sheet of a workbook.")
    ] = None,
    known_at: Annotated[
        str | None,
        typer.Option(
            metavar="INSTANT", help="When guests and balances became known; now by default."
        ),
    ] = None,
    expect: Annotated[
        list[str],
        typer.Option(metavar="TOTAL=VALUE", help="A control total: rows=120, paid=4810.50."),
    ] = [],  # noqa: B006
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of each row, no more.")
    ] = False,
    report: Annotated[
        str | None, typer.Option(metavar="FILE", help="A line for each row, as CSV.")
    ] = None,
    as_json: JsonOption = False,
    database: DatabaseOption = None,
) -> None:
    """Take a file of records into the database, closing the days that it passes.

    Of a file of another system (docs/use/imports.md) its columns are guessed and shown first.

    A refused record is listed with its line and the rest goes on: the exit code is 0 all the
    same, but for --strict and for a file that is cut off. The same file again changes nothing,
    and an import that was broken off goes on where it stopped.
    """
    if kind is not None:
        settings = {"center": center, "date_order": date_order}
        settings |= {"decimal": decimal, "country": country}
        asked = tables_in.Asked(
            kind,
            [file, *with_],
            mapping,
            map_,
            value,
            settings,
            sheet,
            expect,
            known_at,
            report,
            save_mapping,
            is_trial=dry_run,
            is_accepted=accept,
            as_json=as_json,
        )
        open_database(database)
        tables_in.import_tables(asked, organization, stoppable)
        return
    if file.lower().endswith((".csv", ".tsv", ".xlsx")):
        raise typer.BadParameter(f"{file}: say --kind; guests, invoices, for instance.")
    from regulars.services.formats.files import open_records

    require_file(file)
    with open_records(file) as source:
        open_database(database, make=True)
        listing: Listing = JsonListing() if as_json else Listing()
        with stoppable() as must_stop, progressing(source, "Importing") as entries:
            imported = _run(
                entries, organization, listing, is_strict=strict, must_stop=must_stop
            )
        listing.finish(imported, is_cut_off=source.is_cut_off)
    if imported.ended == "interrupted":
        say("Stopped. The same command again goes on from here.")
        raise typer.Exit(INTERRUPTED)
    if imported.ended == "refused" or source.is_cut_off:
        raise typer.Exit(DIFFERENT)


def _run(
    entries: Any,
    organization: str | None,
    listing: "Listing",
    *,
    is_strict: bool,
    must_stop: Callable[[], bool],
) -> "Imported":
    from regulars.services.importing import import_records

    try:
        return import_records(
            entries,
            organization=organization,
            is_strict=is_strict,
            emit=listing.take,
            must_stop=must_stop,
        )
    except BaseException as problem:
        known = isinstance(problem, KeyboardInterrupt) or (
            isinstance(problem, Exception) and line_about(problem) is not None
        )
        if known and listing.counts:
            say(
                f"Broken off after {listing.counted()}: these are kept. The same command again"
                " goes on from here."
            )
        raise


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C asks for an end after the batch at hand, the second one ends at once."""
    asked: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        say("Stopping after this batch. Ctrl-C again stops at once.")

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


class Listing:
    """What is said about results as they come, and at the end; for people."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def take(self, result: "Result") -> None:
        self.counts[result.status] = self.counts.get(result.status, 0) + 1
        if result.status == "refused":
            self.refused(result)
        for warned in result.warnings:
            self.warned(result, warned.message)

    def counted(self) -> str:
        return ", ".join(f"{self.counts.get(status, 0):,} {status}" for status in STATUSES)

    def refused(self, result: "Result") -> None:
        put(refused_line(result))

    def warned(self, result: "Result", message: str) -> None:
        put(f"{_where(result)}: {message}")

    def finish(self, imported: "Imported", *, is_cut_off: bool) -> None:
        put(f"{imported.organization or 'Nothing'}: {self.counted()}.")
        if imported.closed_through is not None:
            put(f"Closed through {imported.closed_through}.")
        if is_cut_off:
            say("The file is cut off in its last line. Import the whole file to go on.")
        elif imported.ended == "refused":
            say("Stopped at the refusal, as --strict asks. Nothing after it was applied.")


class JsonListing(Listing):
    """The same as one JSON object, its refusals written as they come."""

    def __init__(self) -> None:
        super().__init__()
        self._write(b'{"refusals": [')
        self._before = b"\n"

    def refused(self, result: "Result") -> None:
        import msgspec

        self._write(self._before + msgspec.json.encode(result.as_dict()))
        self._before = b",\n"

    def warned(self, result: "Result", message: str) -> None:
        say(f"{_where(result)}: {message}")

    def finish(self, imported: "Imported", *, is_cut_off: bool) -> None:
        import msgspec

        rest = {
            "organization": imported.organization,
            **{status: self.counts.get(status, 0) for status in STATUSES},
            "closed_through": imported.closed_through,
            "ended": "cut_off" if is_cut_off else imported.ended,
        }
        self._write(b"\n], " + msgspec.json.encode(rest)[1:] + b"\n")

    def _write(self, data: bytes) -> None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def refused_line(result: "Result") -> str:
    """Line, record, code, field and sentence, which holds the value."""
    field = result.detail.get("field")
    at = f" at {field}" if field else ""
    said = (result.message or "").removeprefix(f"{field}: ")
    return f"{_where(result)} refused ({result.code}){at}: {said}"


def _where(result: "Result") -> str:
    line = f"line {result.line}: " if result.line is not None else ""
    return f"{line}{result.record}"


# -- export -----------------------------------------------------------------------------------


def export(
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Where to write; - is standard output.")
    ] = "-",
    folder: Annotated[
        str | None,
        typer.Option(
            "--csv", metavar="FOLDER", help="Instead: guests.csv, invoices.csv and so on."
        ),
    ] = None,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write everything that was ever told, as records, one JSON object a line.

    A replay or import of them comes to the same points and tiers. With --csv a file for each
    kind, for spreadsheets and other systems: guests with tier and balance, invoices, lines,
    payments, appointments, lots, ledger entries, rewards.
    """
    open_database(database)
    if folder is not None:
        tables_out.write_tables(Path(folder), organization)
        return
    if file == "-":
        _write_records(sys.stdout.buffer, organization)
        return
    # Under another name until it is whole, so that nobody takes half of it for all.
    draft = Path(f"{file}.part")
    try:
        with draft.open("wb") as out:
            n_records = _write_records(out, organization)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    say(f"{n_records:,} records written to {file}.")


def _write_records(out: BinaryIO, organization: str | None) -> int:
    import msgspec

    from regulars.services.exporting import records
    from regulars.services.upkeep import at_work

    encode = msgspec.json.Encoder().encode
    n_records = 0
    with at_work(organization) as company:
        for record in records(company):
            out.write(encode(record) + b"\n")
            n_records += 1
    out.flush()
    return n_records
