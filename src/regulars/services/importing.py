"""A file of records into the live database, closing the days that it passes (contract 5).

It looks at the state like everything else, so the same file again changes nothing and an
import that was broken off goes on where it stopped.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.db import transaction

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services.formats.parsing import mapping_of
from regulars.services.formats.results import Result
from regulars.services.organizations import Company, find_organization, load_company
from regulars.services.reading_ahead import Entry
from regulars.services.stream import Emit, Stream


@dataclass(slots=True)
class Imported:
    """What came of a file. `ended` is done, interrupted or refused (with `strict`)."""

    counts: Counter[str] = field(default_factory=Counter)
    ended: str = "done"
    organization: str | None = None
    closed_through: date | None = None


class _Stopped(Exception):
    """A refusal ends a strict import."""


class _TooMany(Exception):
    """A batch went on past its first refusal."""


def import_records(
    source: Iterable[Entry],
    *,
    organization: str | None = None,
    is_strict: bool = False,
    emit: Callable[[Result], None],
    must_stop: Callable[[], bool] = lambda: False,
) -> Imported:
    """Apply records in order, into the organization that is named, or that they begin with.

    What `emit` is told is committed. `must_stop` is asked between records: then the batch at
    hand is applied, and nothing more: what is read ahead is left.
    """
    imported = Imported()
    entries = iter(source)
    first = next(entries, None)
    company = _company(first, organization)
    told = _teller(imported, emit, is_strict=is_strict)
    kind = StrictStream if is_strict else Stream
    with kind(told, company=company) as stream:
        try:
            stream.run(chain([first] if first else [], entries), must_stop=must_stop)
            if must_stop():
                imported.ended = "interrupted"
                stream.flush()
            else:
                stream.pause()
        except _Stopped:
            imported.ended = "refused"
        if stream.company is not None:
            imported.organization = stream.company.ref
            imported.closed_through = stream.company.closed_through
    return imported


def _teller(imported: Imported, emit: Callable[[Result], None], *, is_strict: bool) -> Emit:
    def tell(_: int, result: Result) -> None:
        imported.counts[result.status] += 1
        emit(result)
        if is_strict and result.status == "refused":
            raise _Stopped

    return tell


def _company(first: Entry | None, asked_for: str | None) -> Company | None:
    """The organization to work in; None if the records are about to make it."""
    named = _organization_named_by(first)
    if asked_for is not None and named not in (None, asked_for):
        raise Refused(
            "conflict",
            said(
                "These records belong to organization {named}, not to {asked_for}.",
                named=named,
                asked_for=asked_for,
            ),
            field="organization",
            value=asked_for,
        )
    ref = asked_for or named
    row = models.Organization.objects.filter(external_id=ref).first() if ref else None
    if row is None:
        if named is not None:
            return None
        row = find_organization(asked_for)
    with organization_scope(row.id):
        return load_company(row)


def _organization_named_by(first: Entry | None) -> str | None:
    """The id of the organization, if its record is the first."""
    raw = first[1] if first else None
    try:
        document = mapping_of(raw) if isinstance(raw, bytes) else raw
    except Refused:
        return None
    if isinstance(document, dict) and document.get("type") == "organization":
        ref = document.get("id")
        return ref if isinstance(ref, str) else None
    return None


class StrictStream(Stream):
    """Applies nothing that comes after a refusal, though facts go by the batch."""

    __slots__ = ()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Each result is told at once, since it may be the last."""
        yield

    def close_with_batch(self) -> None:
        self.flush()

    def flush(self) -> None:
        batch, emit = list(self.batch), self.emit
        told: list[tuple[int, Result]] = []
        self.emit = lambda place, result: told.append((place, result))
        try:
            with transaction.atomic():
                super().flush()
                n_good = _n_through_refusal(told)
                if n_good < len(told):
                    raise _TooMany
        except _TooMany:
            told.clear()
            self.batch = batch[:n_good]
            super().flush()
        finally:
            self.emit = emit
        for place, result in told:
            emit(place, result)


def _n_through_refusal(told: list[tuple[int, Result]]) -> int:
    """How many results there are up to the first refusal and with it."""
    for n_before, (_, result) in enumerate(told):
        if result.status == "refused":
            return n_before + 1
    return len(told)
