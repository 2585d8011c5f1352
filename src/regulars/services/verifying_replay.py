"""Does the exported history, replayed, come to the state that is kept (rule 1.4)?

The export is spooled first, since the replay works on a database of its own in the meantime.
"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from regulars.records import models
from regulars.records.queries import invoice_states, ledgers, states
from regulars.records.scope import organization_scope
from regulars.rules.sentences import plain
from regulars.services import closing, exporting
from regulars.services.formats.results import Result
from regulars.services.organizations import Company, find_organization, load_company
from regulars.services.replaying import view_of
from regulars.services.stream import Stream
from regulars.services.throwaway import throwaway_database
from regulars.services.verifying_report import Difference, Report

CHUNK = 500

Progress = Callable[[str, int, int], None]
Kind = tuple[str, Any, Callable[[list[UUID], states.View], dict[str, Any]]]

_encode = msgspec.json.Encoder(enc_hook=plain).encode
_decode = msgspec.json.Decoder().decode


class Following(Stream):
    """A stream that closes no further than the company had; what is later still is run."""

    limit: date

    def close_through(self, last: date) -> None:
        """Up to the limit and not beyond."""
        last = min(last, self.limit)
        if self.today is not None and self.today <= last:
            super().close_through(last)

    def finish(self, last: date | None = None) -> None:
        """Close up to the limit, and apply what was known after it."""
        self.flush()
        self.close_through(self.limit)
        later, self.later = self.later, []
        for waiting in later:
            self._apply(waiting)
        self.flush()


def replay_differences(
    company: Company, report: Report, *, progress: Progress
) -> Iterator[Difference]:
    """What the replayed states of guests and invoices have otherwise, as of the last close."""
    day = company.closed_through
    if day is None:
        return
    with tempfile.TemporaryDirectory(prefix="regulars-verify-") as folder:
        spool = Path(folder)
        n_records = _spool(company, spool, day)
        with throwaway_database():
            refused = _replay(spool / "records", day, n_records, progress)
            yield from refused
            row = find_organization(company.ref)
            with organization_scope(row.id):
                again = load_company(row)
                if company.expired_through is not None:
                    # Where lapsing was asked for before the next day's close asks for it.
                    closing.expire_through(again, company.expired_through)
                yield from _compare(again, spool, day, report)


# -- what is kept -----------------------------------------------------------------------------


def _kinds() -> list[Kind]:
    return [
        ("guest", models.Guest, states.guest_states),
        ("invoice", models.Invoice, invoice_states.invoice_states),
    ]


def _spool(company: Company, folder: Path, day: date) -> int:
    """The history and the states, as of one moment."""
    n_records = 0
    with ledgers.one_moment():
        with (folder / "records").open("wb") as records:
            for record in exporting.records(company):
                n_records += 1
                records.write(_encode(record) + b"\n")
        view = view_of(company, day)
        for kind, model, states_of in _kinds():
            with (folder / kind).open("wb") as lines:
                for ids in _keys(model):
                    for ref, state in states_of(ids, view).items():
                        lines.write(_encode([ref, state]) + b"\n")
    return n_records


def _keys(model: Any) -> Iterator[list[UUID]]:
    cursor = UUID(int=0)
    while True:
        rows = model.objects.filter(id__gt=cursor).order_by("id")
        ids = list(rows.values_list("id", flat=True)[:CHUNK])
        if not ids:
            return
        yield ids
        cursor = ids[-1]


# -- what comes of it -------------------------------------------------------------------------


def _replay(path: Path, day: date, n_records: int, progress: Progress) -> list[Difference]:
    refused: list[Difference] = []

    def emit(place: int, result: Result) -> None:
        if result.status == "refused":
            found = f"refused: {result.message}"
            what = "replaying it"
            refused.append(Difference(None, None, result.record, what, "applied", found))
        if place % CHUNK == 0:
            progress("replayed", place, n_records)

    with path.open("rb") as lines:
        stream = Following(emit)
        stream.limit = day
        with stream:
            stream.run(enumerate(lines, start=1))
            stream.finish()
    return refused


def _compare(again: Company, folder: Path, day: date, report: Report) -> Iterator[Difference]:
    if again.closed_through != day:
        found = str(again.closed_through)
        yield Difference(None, None, "replay", "the last day closed", str(day), found)
    view = view_of(again, day)
    report.n_replayed = 0
    at_once = any(one.award_timing == "immediate" for one in again.versions.programs)
    for kind, model, states_of in _kinds():
        with (folder / kind).open("rb") as lines:
            while chunk := [_decode(line) for line in islice(lines, CHUNK)]:
                report.n_replayed += len(chunk)
                kept = dict(chunk)
                rows = model.objects.filter(external_id__in=list(kept))
                ids = list(rows.order_by("id").values_list("id", flat=True))
                # Through the same text as what is kept, which knows no tuples or dates.
                replayed = _decode(_encode(states_of(ids, view)))
                if at_once and kind == "guest":
                    kept, replayed = _all_without_steps(kept), _all_without_steps(replayed)
                yield from _differences(kind, kept, replayed)


def _all_without_steps(guests: dict[str, Any]) -> dict[str, Any]:
    return {ref: _without_steps(state) for ref, state in guests.items()}


def _without_steps(state: dict[str, Any]) -> dict[str, Any]:
    """Rule 5.3: what is posted at once is settled anew when a later fact of the day changes it.

    In how many steps depends on what came together; what they come to on a day does not.
    """
    entries, lots = state["entries"], state["lots"]
    return {
        **state,
        "entries": _sums(entries, ("date", "tier", "source", "action")),
        "lots": _sums(lots, ("tier", "action", "earned_on", "expires_on")),
    }


def _sums(rows: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    sums: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        sums[key] = sums.get(key, 0) + row["points"]
    ordered = sorted(sums.items(), key=str)
    return [
        {**dict(zip(names, key, strict=True)), "points": points}
        for key, points in ordered
        if points
    ]


def _differences(
    kind: str, kept: dict[str, Any], found: dict[str, Any]
) -> Iterator[Difference]:
    for ref, state in kept.items():
        other = found.get(ref)
        if other == state:
            continue
        what, expected, got = _first_field(state, other)
        guest = ref if kind == "guest" else None
        entry = None
        yield Difference(guest, entry, f"{kind}/{ref}", what, str(expected), str(got))


def _first_field(state: Any, other: Any) -> tuple[str, Any, Any]:
    """The first field that differs; of two lists, their first member that does."""
    if other is None:
        return "its replayed state", "there", "nothing"
    for name, value in state.items():
        got = other.get(name)
        if got == value:
            continue
        if isinstance(value, list) and isinstance(got, list):
            for place, (one, two) in enumerate(zip(value, got, strict=False), start=1):
                if one != two:
                    return f"{name} {place}, replayed,", two, one
            return f"the number of {name}, replayed,", len(got), len(value)
        return f"{name}, replayed,", got, value
    return "its replayed state", other, state
