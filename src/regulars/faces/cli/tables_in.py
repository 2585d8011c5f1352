"""`regulars import` of CSV and XLSX files from other systems: mapped, tried, taken in."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from regulars.faces.cli.reading import require_file
from regulars.faces.cli.running import (
    DIFFERENT,
    INTERRUPTED,
    console,
    operator,
    put,
    put_json,
    put_table,
    say,
)

if TYPE_CHECKING:
    from regulars.services.imports.looking import ImportFile
    from regulars.services.imports.performing import Progress, RowReport, Sink
    from regulars.services.imports.totals import Total
    from regulars.services.organizations import Company

MOST_SHOWN = 20
"""Refused rows named on the screen; the report has them all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said on the command line about a file of another system."""

    kind: str
    files: Sequence[str]
    mapping: str | None = None
    columns: Sequence[str] = ()
    values: Sequence[str] = ()
    settings: dict[str, str | None] = field(default_factory=dict)
    sheet: str | None = None
    expect: Sequence[str] = ()
    known_at: str | None = None
    report: str | None = None
    save_mapping: str | None = None
    is_trial: bool = False
    is_accepted: bool = False
    as_json: bool = False


def import_tables(asked: Asked, organization: str | None, stoppable: Callable[[], Any]) -> None:
    """Show how the files are read, take them in or try it, and say what came of it."""
    from regulars.services.imports import looking, mappings
    from regulars.services.upkeep import at_work

    for file in asked.files:
        require_file(file)
    with at_work(organization) as company:
        looked = _look(asked)
        if not asked.as_json:
            for one in looked:
                put_mapping(one)
        if not asked.is_accepted:
            for one in looked:
                looking.require_agreed(one)
        if asked.save_mapping is not None:
            if len(looked) > 1:
                raise typer.BadParameter("--save-mapping keeps the mapping of one file.")
            mappings.keep(
                asked.save_mapping,
                asked.kind,
                looked[0].mapping,
                headers=looked[0].headers,
                at=datetime.now(UTC),
                by=operator(),
            )
        with stoppable() as must_stop:
            _take_in(company, asked, looked, must_stop)


def _take_in(
    company: "Company",
    asked: Asked,
    looked: Sequence["ImportFile"],
    must_stop: Callable[[], bool],
) -> None:
    from regulars.rules.permissions import Actor
    from regulars.services.imports import runs, totals
    from regulars.services.imports.keeping import Keeping
    from regulars.services.imports.performing import Import, Progress, Source, check, perform
    from regulars.services.receiving import Sender

    stated = _pairs(asked.expect, "--expect")
    totals.check_stated(stated)
    sources = [
        Source(Path(file), one.name, one.mapping, one.sheet)
        for file, one in zip(asked.files, looked, strict=True)
    ]
    at = datetime.now(UTC)
    actor = Actor(operator())
    known_at = _known_at(asked.known_at, company)
    wanted = Import(asked.kind, sources, known_at or at, asked.is_trial)
    check(company, wanted)
    progress, run, kept = Progress(), None, None
    if not asked.is_trial:
        run, progress, moment = runs.open_run(
            company, asked.kind, looked, stated=stated, actor=actor, at=at, known_at=known_at
        )
        wanted, kept = Import(asked.kind, sources, moment), Keeping(run)
    with _sink(asked, kept, progress) as sink:
        is_done = perform(
            company,
            wanted,
            sender=Sender(actor, may_import=True),
            now=lambda: datetime.now(UTC),
            sink=sink,
            progress=progress,
            must_stop=must_stop,
        )
    if not is_done:
        say("Stopped. The same command again goes on from here.")
        raise typer.Exit(INTERRUPTED)
    if run is not None:
        runs.end(run, runs.DONE, at=datetime.now(UTC))
    held = None if asked.is_trial else progress.held
    found = totals.compared(company, progress.read, {**progress.stated, **stated}, held)
    _finish(asked, progress, found, sink.shown)
    if totals.differing(found):
        raise typer.Exit(DIFFERENT)


def _known_at(said: str | None, company: "Company") -> datetime | None:
    from regulars.services.formats.instants import read_instant

    return None if said is None else read_instant(said, company.zone, field="known_at")[0]


# -- mappings ---------------------------------------------------------------------------------


def _look(asked: Asked) -> list["ImportFile"]:
    """Every file with its mapping, and with what was said on the command line besides."""
    import msgspec

    from regulars.services.imports import looking
    from regulars.services.imports.guessing import LIKELY
    from regulars.services.imports.mapping import check_mapping

    said = _pairs(asked.columns, "--map")
    unused = dict(said)
    looked = []
    for file in asked.files:
        one = looking.look(
            Path(file), asked.kind, sheet=asked.sheet, mapping_name=asked.mapping
        )
        columns = dict(one.mapping.columns)
        for header, name in said.items():
            if header in one.headers:
                unused.pop(header, None)
                columns = {h: f for h, f in columns.items() if f != name and h != header}
                if name:
                    columns[header] = name
        settings = {name: value for name, value in asked.settings.items() if value is not None}
        mapping = msgspec.structs.replace(
            one.mapping, columns=columns, values=_words(asked, one.mapping.values), **settings
        )
        agreed = one.is_agreed or not [
            guess
            for guess in one.guesses
            if columns.get(guess.header) == guess.field is not None
            and guess.confidence < LIKELY
            and guess.header not in said
        ]
        changed = msgspec.structs.replace(one, mapping=mapping, is_agreed=agreed)
        check_mapping(asked.kind, mapping)
        looked.append(changed)
    if unused:
        raise typer.BadParameter(f"--map: no file has a column {next(iter(unused))!r}.")
    return looked


def _words(asked: Asked, known: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """--value 'tender:Klarna=custom' beside what the mapping has."""
    found = {name: dict(words) for name, words in known.items()}
    for text, meaning in _pairs(asked.values, "--value").items():
        name, _, said = text.partition(":")
        if not said:
            raise typer.BadParameter("--value is written 'tender:Klarna=custom'.")
        found.setdefault(name, {})[said] = meaning
    return found


def _pairs(said: Sequence[str], option: str) -> dict[str, str]:
    found = {}
    for one in said:
        name, equals, value = one.rpartition("=")
        if not equals:
            raise typer.BadParameter(f"{option} is written NAME=VALUE; {one!r} is not.")
        found[name.strip()] = value.strip()
    return found


def put_mapping(file: "ImportFile") -> None:
    """How a file is read, with what stands in its columns."""
    named = f", by the mapping {file.mapping_name}" if file.mapping_name else ""
    sheet = f", sheet {file.sheet}" if file.sheet else ""
    put(f"{file.name}{sheet}{named}:")
    rows = []
    for one in file.guesses:
        used = file.mapping.columns.get(one.header)
        sure = f"{one.confidence} %" if used is not None and used == one.field else ""
        rows.append([one.header, used or "-", sure, "; ".join(one.samples)])
    put_table({"column": "left", "field": "left", "sure": "right", "holds": "left"}, rows)


# -- what comes of it -------------------------------------------------------------------------


class Showing:
    """Lines of the report to their file and what keeps them; the first refusals to be shown."""

    def __init__(self, sinks: Sequence["Sink"], tell: Callable[["Progress"], None]) -> None:
        self.sinks = sinks
        self.tell = tell
        self.shown: list[RowReport] = []

    def take(self, rows: Sequence["RowReport"], progress: "Progress") -> None:
        for sink in self.sinks:
            sink.take(rows, progress)
        room = MOST_SHOWN - len(self.shown)
        noted = [row for row in rows if row.status == "refused" or row.message]
        self.shown += noted[:room] if room > 0 else []
        self.tell(progress)


@contextmanager
def _sink(asked: Asked, kept: "Sink | None", progress: "Progress") -> Iterator[Showing]:
    from regulars.services.imports.reports import ReportFile

    sinks: list[Any] = [kept] if kept is not None else []
    with _bar() as tell:
        if asked.report is None:
            yield Showing(sinks, tell)
            return
        with Path(asked.report).open("wb") as out:
            yield Showing([*sinks, ReportFile(out)], tell)


@contextmanager
def _bar() -> Iterator[Callable[["Progress"], None]]:
    """On a terminal a bar that follows the records."""
    if not console().is_terminal:
        yield lambda progress: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = [TextColumn("Importing"), BarColumn(), MofNCompleteColumn(), Remaining()]
    bar = Progress(
        *columns, console=console(), transient=True, redirect_stdout=sys.stdout.isatty()
    )
    with bar:
        task = bar.add_task("Importing", total=None)
        yield lambda progress: bar.update(
            task, total=progress.n_records, completed=progress.place
        )


def _finish(
    asked: Asked,
    progress: "Progress",
    totals: Sequence["Total"],
    shown: Sequence["RowReport"],
) -> None:
    if asked.as_json:
        put_json(
            {
                "dry_run": asked.is_trial,
                "rows": progress.n_rows,
                "counts": dict(progress.counts),
                "totals": [
                    {
                        "name": one.name,
                        "read": one.read,
                        "stated": one.stated,
                        "held": one.held,
                        "differs": one.differs,
                    }
                    for one in totals
                ],
                "refused": [
                    {name: getattr(row, name) for name in row.__slots__}
                    for row in shown
                    if row.status == "refused"
                ],
            }
        )
        return
    for row in shown:
        code = f" ({row.code})" if row.code else ""
        put(f"{row.file} row {row.number}: {row.status}{code}: {row.message}")
    _put_totals(totals)
    counts = ", ".join(
        f"{progress.counts.get(status, 0):,} {status}"
        for status in ("applied", "unchanged", "pending", "refused")
    )
    tried = " Nothing was written: this was a dry run." if asked.is_trial else ""
    put(f"{progress.n_rows:,} rows: {counts}.{tried}")
    if asked.report is not None:
        say(f"A line for each row is in {asked.report}.")


def _put_totals(totals: Sequence["Total"]) -> None:
    heads = {"total": "left", "read": "right", "stated": "right", "in the books": "right"}
    rows = [
        [one.name, one.read, one.stated or "", one.held or "", "differs" if one.differs else ""]
        for one in totals
    ]
    put_table({**heads, "": "left"}, rows)
