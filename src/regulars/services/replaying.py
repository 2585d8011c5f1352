"""Replay records on a throwaway database and read the states they come to (contract section
5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from regulars.records.queries import invoice_states, states
from regulars.services.formats.results import Result
from regulars.services.organizations import Company
from regulars.services.stream import Emit, Stream

CHUNK = 1000


@dataclass(slots=True)
class Replay:
    """What a replay prints: `results` in the order of the stream, states by date."""

    results: dict[int, Result] = field(default_factory=dict)
    as_of: dict[str, dict[str, Any]] = field(default_factory=dict)

    def output(self) -> dict[str, Any]:
        return {
            "results": [self.results[place].as_dict() for place in sorted(self.results)],
            "as_of": self.as_of,
        }


def replay(
    source: Iterable[tuple[int | None, object]],
    days: Sequence[date] = (),
    *,
    all_records: bool = False,
    emit: Emit | None = None,
) -> Replay:
    """Run the records through the very services the live system uses, closing every day.

    With `days`, records known later than the last of them are not run, unless all are wanted.
    With `emit` results go there, not always in the order of the stream, and are not kept.
    """
    replayed = Replay()
    wanted = frozenset(days)

    def keep(place: int, result: Result) -> None:
        replayed.results[place] = result

    def at_close(company: Company, day: date) -> None:
        if day in wanted:
            replayed.as_of[day.isoformat()] = states_on(company, day)

    with Stream(emit or keep, at_close, snapshots=sorted(wanted)) as stream:
        last = max(wanted, default=None)
        stream.run(source, last=None if all_records else last)
        stream.finish(last)
    # Nobody was known yet on days before the first record.
    nobody: dict[str, dict[str, Any]] = {
        day.isoformat(): {"guests": {}, "invoices": {}} for day in sorted(wanted)
    }
    replayed.as_of = nobody | replayed.as_of
    return replayed


def states_on(company: Company, day: date) -> dict[str, Any]:
    """The state of every guest and invoice known, as of a day that was just closed."""
    view = view_of(company, day)
    guests: dict[str, Any] = {}
    invoices: dict[str, Any] = {}
    for ids in _chunks(states.guest_ids()):
        guests.update(states.guest_states(ids, view))
    for ids in _chunks(invoice_states.invoice_ids()):
        invoices.update(invoice_states.invoice_states(ids, view))
    return {"guests": guests, "invoices": invoices}


def view_of(company: Company, day: date) -> states.View:
    return states.View(company.versions, company.exponent, day, company.day_ends_at(day))


def _chunks(ids: list[Any]) -> Iterable[list[Any]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
