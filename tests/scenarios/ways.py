"""One scenario delivered in several ways, and the whole of what each comes to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from random import Random
from typing import Any

from regulars.records import bulk, models
from regulars.records.scope import organization_scope
from regulars.rules.refusals import Refused
from regulars.services import replaying
from regulars.services.formats.beginnings import from_the_beginning
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import Record
from regulars.services.formats.parsing import Reader
from regulars.services.organizations import find_organization

SHUFFLED = frozenset({"invoice", "appointment", "feedback"})
TABLES = (
    models.Account,
    models.LedgerEntry,
    models.Lot,
    models.Draw,
    models.TierMove,
    models.Occasion,
    models.Redemption,
    models.Reward,
    models.Hold,
)
ROW_IDS = frozenset({"id", "organization_id", "run_id"})
REFS = {"guest_id": models.Guest, "invoice_id": models.Invoice}

Row = dict[str, Any]


@dataclass(slots=True)
class Said:
    """One record of a scenario and its place there; `record` is None if it cannot be read."""

    place: int
    line: int | None
    raw: Any
    record: Record | None

    @property
    def business_day(self) -> date | None:
        """Of what may be shuffled; None where the order is part of what is said."""
        if self.record is None or self.record.kind not in SHUFFLED:
            return None
        return self.record.known_on


@dataclass(slots=True)
class Came:
    """What a delivery came to. `again` holds the answers to second copies, by place."""

    results: dict[int, Row]
    as_of: dict[str, Any]
    ledger: dict[str, list[Row]]
    again: dict[int, Row] = field(default_factory=dict)

    def output(self) -> dict[str, Any]:
        results = [self.results[place] for place in sorted(self.results)]
        return {"results": results, "as_of": self.as_of}


def read(entries: Iterable[tuple[int | None, Any]]) -> list[Said]:
    """The records as a stream reads them, each saying outright when it became known."""
    zones: dict[str, dict[str, Any]] = {"invoice": {}, "appointment": {}}
    context = ReadingContext(
        find_invoice_zone=zones["invoice"].get, find_appointment_zone=zones["appointment"].get
    )
    reader = Reader(context)
    everything = []
    for place, (line, said) in enumerate(from_the_beginning(entries, context)):
        raw, record = said, None
        try:
            record = reader.parse(said)
        except Refused:
            pass
        else:
            context.learn(record)
            if record.kind in zones:
                center = record.body.center  # type: ignore[attr-defined]
                zones[record.kind][record.id] = context.zone_of_center(center)
            raw = {"at": record.at.isoformat(), **said}
        everything.append(Said(place, line, raw, record))
    return everything


def last_day(everything: Sequence[Said]) -> date:
    return max(one.record.known_on for one in everything if one.record is not None)


# -- another order ----------------------------------------------------------------------------


def shuffled(everything: Sequence[Said], seed: int) -> list[Said]:
    """Facts between two other records of a business date in another order, each twice."""
    random = Random(seed)
    order: list[Said] = []
    for day, group in groupby(everything, key=lambda one: one.business_day):
        run = list(group)
        order += run if day is None else _shuffled_run(run, random)
    return order


def _shuffled_run(run: list[Said], random: Random) -> list[Said]:
    versions: dict[str, list[Said]] = {}
    for one in run:
        versions.setdefault(one.record.name, []).append(one)
    turns: list[tuple[float, Said]] = []
    for document in versions.values():
        twice = _twice(document, random)
        turns += zip(sorted(random.random() for _ in twice), twice, strict=True)
    return [one for _, one in sorted(turns, key=lambda turn: turn[0])]


def _twice(versions: list[Said], random: Random) -> list[Said]:
    """Versions of one document in order, with each a copy somewhere after it.

    Of two with one `at` the later delivered holds: there the copy comes before the next.
    """
    order = list(versions)
    for place, one in enumerate(versions):
        end = len(order)
        for later in versions[place + 1 :]:
            if later.record.at == one.record.at:
                end = order.index(later)
                break
        order.insert(random.randint(order.index(one) + 1, end), one)
    return order


# -- what came of it --------------------------------------------------------------------------


@contextmanager
def rows_in_any_order(seed: int) -> Iterator[None]:
    """What no ORDER BY puts in order comes in another one: a database may give it so."""
    random, given = Random(seed), bulk.run

    def run(database: Any, sql: str, parameters: Iterable[Any]) -> Any:
        cursor = given(database, sql, parameters)
        is_open = sql.lstrip().startswith(("SELECT", "WITH")) and "ORDER BY" not in sql
        return _AnyOrder(cursor, random) if is_open else cursor

    bulk.run = run
    try:
        yield
    finally:
        bulk.run = given


class _AnyOrder:
    """A driver's cursor that gives its rows shuffled."""

    def __init__(self, cursor: Any, random: Random) -> None:
        self._cursor = cursor
        self._random = random

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def fetchall(self) -> list[Any]:
        rows = list(self._cursor.fetchall())
        self._random.shuffle(rows)
        return rows


def deliver(order: Sequence[Said], days: Sequence[date]) -> Came:
    """Replay the records in this order, on the empty database at hand."""
    replayed = replaying.replay([(one.line, one.raw) for one in order], days, all_records=True)
    came = Came({}, replayed.as_of, ledger())
    for turn, one in enumerate(order):
        answers = came.again if one.place in came.results else came.results
        answers[one.place] = replayed.results[turn].as_dict()
    return came


def ledger() -> dict[str, list[Row]]:
    """Every row of every guest's ledger, the links of its chain as well, but for row ids."""
    with organization_scope(find_organization(None).id):
        return {model.__name__: _rows_of(model) for model in TABLES}


def _rows_of(model: Any) -> list[Row]:
    columns = [one.attname for one in model._meta.concrete_fields]
    rows = list(model.objects.values(*[name for name in columns if name not in ROW_IDS]))
    for column in REFS.keys() & set(columns):
        refs = dict(REFS[column].objects.values_list("id", "external_id"))
        for row in rows:
            row[column] = refs.get(row[column])
    return sorted(rows, key=lambda row: repr(row.items()))


def differences(wanted: dict[str, list[Row]], got: dict[str, list[Row]]) -> list[str]:
    """Rows that only one of two ledgers has, in readable lines."""
    found = []
    for table, rows in wanted.items():
        found += [f"{table} lacks {row}" for row in rows if row not in got[table]]
        found += [f"{table} adds {row}" for row in got[table] if row not in rows]
    return found


# -- immediate timing -------------------------------------------------------------------------


def settled(came: Came) -> dict[str, Any]:
    """What is left of a ledger when it does not matter in how many steps a day was settled.

    Points posted at once are settled anew when a later fact of the day changes them (rule 5.3),
    so that the steps depend on what came together; their sums by source and action do not.
    """
    return {
        "entries": Counter(_nets(came.ledger["LedgerEntry"])),
        "lots": Counter(_left(came.ledger["Lot"])),
        "states": {
            day: {
                "guests": {ref: _without_steps(one) for ref, one in states["guests"].items()},
                "invoices": states["invoices"],
            }
            for day, states in came.as_of.items()
        },
    }


def _nets(entries: list[Row]) -> Iterator[tuple[tuple[Any, ...], int]]:
    sums: Counter[tuple[Any, ...]] = Counter()
    for row in entries:
        sums[(row["guest_id"], row["unit"], row["source"], row["action"])] += row["points"]
    return ((key, points) for key, points in sums.items() if points)


def _left(lots: list[Row]) -> Iterator[tuple[tuple[Any, ...], int]]:
    names = ("guest_id", "unit", "source", "action", "tier", "earned_on", "expires_on")
    sums: Counter[tuple[Any, ...]] = Counter()
    for row in lots:
        sums[tuple(row[name] for name in names)] += row["remaining_points"]
    return ((key, points) for key, points in sums.items() if points)


def _without_steps(state: Row) -> Row:
    return {name: value for name, value in state.items() if name not in ("entries", "lots")}
