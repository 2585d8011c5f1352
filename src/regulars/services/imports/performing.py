"""An import carried out: rows to records, records through the one door, a line for each row.

By the chunk, each committed as it comes, so that desks wait for nobody; what was taken is not
taken again, so an import that was broken off goes on at its place. A trial takes each chunk
back, and says the same.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from regulars.records import models
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services import receiving
from regulars.services.formats.results import Result, refused_result
from regulars.services.imports.countries import country_of_zone
from regulars.services.imports.mapping import ColumnMapping, Columns, missing_fields
from regulars.services.imports.reading import RowReader
from regulars.services.imports.staging import Item, Staging
from regulars.services.imports.tables import Table, open_table
from regulars.services.imports.totals import add_document, held_totals
from regulars.services.organizations import Company, load_company
from regulars.services.receiving import Sender

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Source:
    """One file of an import, and how it is read."""

    path: Path
    name: str
    mapping: ColumnMapping
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row: applied, unchanged, pending or refused, and why.

    `message` names the field and its value, for who reads nothing else; `said` are the bare
    sentences, to be said in another language.
    """

    file: str
    number: int
    record: str
    status: str
    code: str | None = None
    field: str | None = None
    value: str | None = None
    message: str | None = None
    said: Sequence[str] = ()

    def as_dict(self) -> dict[str, Any]:
        """As programs read it, in English."""
        names = ("file", "number", "record", "status", "code", "field", "value", "message")
        return {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class Progress:
    """How far an import has come: records through `place` of `n_records` are done.

    `counts` are rows by their status; `read` and `held` control totals of what was taken.
    """

    place: int = 0
    n_records: int = 0
    n_rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    stated: dict[str, str] = field(default_factory=dict)


class Sink(Protocol):
    """Where the lines of the report go, chunk by chunk, with the progress so far."""

    def take(self, rows: Sequence[RowReport], progress: Progress) -> None: ...


@dataclass(frozen=True, slots=True)
class Import:
    """What is to be imported. `known_at` is when what has no date of its own became known."""

    kind: str
    sources: Sequence[Source]
    known_at: datetime
    is_trial: bool = False


def check(company: Company, wanted: Import) -> list[tuple[Table, Columns]]:
    """Look at the files: refused where a column is missing, or can be read in two ways."""
    found = []
    fields: set[str] = set()
    for source in wanted.sources:
        table = open_table(source.path, name=source.name, sheet=source.sheet)
        columns = Columns(wanted.kind, table, source.mapping, exponent=company.exponent)
        found.append((table, columns))
        fields.update(columns.places)
        if source.mapping.center is not None:
            company.center(source.mapping.center)
    is_alone = len(wanted.sources) == 1
    for table, columns in found:
        own = columns.places if is_alone else {*columns.places, *fields}
        for name in missing_fields(wanted.kind, list(own)):
            raise Refused(
                "invalid_record",
                said(
                    "{name} has no column for {field}; say in the mapping which"
                    " one is (at a shell with --map 'Header=field').",
                    name=table.name,
                    field=name,
                ),
                field="columns",
                value=", ".join(table.headers),
            )
        if wanted.kind == "invoices" and "invoice" not in columns.places:
            raise Refused(
                "invalid_record",
                said(
                    "{name} has no column for invoice, the number that joins the files.",
                    name=table.name,
                ),
                field="columns",
                value=", ".join(table.headers),
            )
    return found


def perform(
    company: Company,
    wanted: Import,
    *,
    sender: Sender,
    now: Callable[[], datetime],
    sink: Sink,
    progress: Progress,
    must_stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Take the files in, from `progress` on; whether it came to the end.

    In the organization's scope, outside of any transaction. Refused before the first row where
    a file cannot be read; a row that is refused keeps no other from being taken.
    """
    looked = check(company, wanted)
    with Staging(wanted.kind, exponent=company.exponent) as staging:
        for table, columns in looked:
            staging.add(table, _reader(company, wanted, columns))
        staging.arrange()
        progress.n_records, progress.n_rows = staging.n_items, staging.n_rows
        progress.read["rows"] = staging.n_rows
        progress.stated = staging.stated
        items = staging.items(after=progress.place)
        sink.take([], progress)
        while chunk := list(islice(items, CHUNK)):
            if must_stop():
                return False
            rows = list(_take(company, wanted, chunk, sender, now(), progress))
            progress.place = chunk[-1].place
            progress.counts.update(row.status for row in rows)
            sink.take(rows, progress)
    return True


def _reader(company: Company, wanted: Import, columns: Columns) -> RowReader:
    ref = columns.mapping.center
    if ref is None and len(company.centers) == 1:
        [ref] = company.centers
    # Guests belong to no center unless somebody says so.
    center = ref if wanted.kind != "guests" else columns.mapping.center
    zone = company.centers[ref].zone if ref in company.centers else company.zone
    return RowReader(
        columns,
        known_at=wanted.known_at.astimezone(company.zone),
        country=country_of_zone(zone.key),
        center=center,
    )


def _take(
    company: Company,
    wanted: Import,
    chunk: Sequence[Item],
    sender: Sender,
    now: datetime,
    progress: Progress,
) -> Iterator[RowReport]:
    documents = [item.document for item in chunk if item.document is not None]
    # Other processes close days and change the set-up meanwhile.
    fresh = load_company(models.Organization.objects.get(id=company.id))
    results = receiving.receive_all(
        replace(fresh), documents, sender=sender, now=now, is_trial=wanted.is_trial
    )
    taken = iter(results)
    kept = []
    for item in chunk:
        if item.document is None:
            assert item.refused is not None
            yield from _reports(item, refused_result("", item.refused))
            continue
        result = next(taken)
        if result.status != "refused":
            add_document(progress.read, item.document, exponent=company.exponent)
            kept.append(item.document)
        yield from _reports(item, result)
    if kept and not wanted.is_trial:
        progress.held.update(held_totals(wanted.kind, kept, exponent=company.exponent))


def _reports(item: Item, result: Result) -> Iterator[RowReport]:
    warnings = [sentence for _, _, sentence in item.warnings]
    warnings += [warned.message for warned in result.warnings]
    field_, value = result.detail.get("field"), result.detail.get("value")
    if field_ is None and item.warnings:
        field_, value = item.warnings[0][:2]
    line = RowReport(
        "",
        0,
        result.record,
        result.status,
        result.code,
        field_,
        None if value is None else str(value)[:200],
        " ".join([result.message, *warnings] if result.message else warnings) or None,
        [result.said, *warnings] if result.said else warnings,
    )
    for row in item.rows:
        yield replace(line, file=row.file, number=row.number)
    for row in item.again:
        status = "refused" if result.status == "refused" else "unchanged"
        yield replace(line, file=row.file, number=row.number, status=status)
