"""Records one after another, days closed on the way: what replay, import and the demo share.

Facts between two commands of a day are applied as one batch; a command, a program or a close of
business comes between. A record whose own center has begun a new day waits until the day
before is over everywhere, so that each date comes out as if all centers had closed together
(rule 4.4).
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import chain
from time import monotonic
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from regulars.records import locks, long_writes, models, statistics
from regulars.records.scope import organization_scope
from regulars.rules.refusals import Refused
from regulars.services import closing, commands, founding, intake, setting_up, transactions
from regulars.services.formats.beginnings import from_the_beginning
from regulars.services.formats.commands import Command
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import AppointmentFact, InvoiceFact, Record
from regulars.services.formats.parsing import Reader, name_of
from regulars.services.formats.results import Result, refused_result
from regulars.services.organizations import Company
from regulars.services.reading_ahead import Entry, blocks, until
from regulars.services.remembering import Refusals
from regulars.services.settling import Stamp
from regulars.services.settling_told import apply_and_settle
from regulars.services.taking_in import Taken

BATCH = 2000
"""Facts applied in one transaction."""
PIECE = 500
"""After so many records a transaction ends if somebody waits for it."""

Emit = Callable[[int, Result], None]
AtClose = Callable[[Company, date], None]
Check = Callable[[Record], None]


@dataclass(slots=True)
class Waiting:
    """A record that is read and not applied yet; `place` is its place in the stream."""

    place: int
    line: int | None
    record: Record


@dataclass(slots=True)
class Stream:
    """One organization's records being applied. Use as a context manager."""

    emit: Emit
    at_close: AtClose | None = None
    company: Company | None = None
    snapshots: Sequence[date] = ()
    check: Check | None = None
    context: ReadingContext = field(default_factory=ReadingContext)
    today: date | None = None
    batch: list[Waiting] = field(default_factory=list)
    later: list[Waiting] = field(default_factory=list)
    scope: ExitStack = field(default_factory=ExitStack)
    refusals: Refusals = field(default_factory=Refusals)
    place: int = 0
    next_look: int = 500
    """After so many records the planner looks at the tables, then after four times as many."""

    def __post_init__(self) -> None:
        self.context.zone_of_invoice = self._zone_of_invoice
        self.context.zone_of_appointment = self._zone_of_appointment

    def __enter__(self) -> "Stream":
        if self.company is not None:
            self.adopt(self.company)
        return self

    def __exit__(self, *_: object) -> None:
        self.scope.close()

    def adopt(self, company: Company) -> None:
        """Work in this organization from now on."""
        self.company = company
        self.scope.enter_context(organization_scope(company.id))
        setting_up.teach(self.context, company)

    # -- records -----------------------------------------------------------------------------

    def run(
        self,
        source: Iterable[Entry],
        *,
        last: date | None = None,
        must_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """Apply a whole source in order; with `last`, records known later are not run.

        `must_stop` is asked often: then what is read and not applied is left.
        """
        reader = Reader(self.context)
        entries = until(must_stop, from_the_beginning(source, self.context))
        with _collecting_rarely(), long_writes.room():
            for block in blocks(entries):
                left = until(must_stop, block)
                while entry := next(left, None):
                    began = monotonic()
                    with self.together():
                        if not self._take_some(reader, chain([entry], left), last):
                            return
                    locks.let_others_in(after_seconds=monotonic() - began)

    def _take_some(self, reader: Reader, entries: Iterator[Entry], last: date | None) -> bool:
        """Apply these until they end or somebody waits; False when one is past `last`."""
        for number, entry in enumerate(entries, 1):
            if not self.take(reader, *entry, last=last):
                return False
            if number % PIECE == 0 and transactions.should_end():
                break
        return True

    @contextmanager
    def together(self) -> Iterator[None]:
        """Results are told once they are committed. Nothing is read while a file is locked."""
        told: list[tuple[int, Result]] = []
        emit, self.emit = self.emit, lambda place, result: told.append((place, result))
        try:
            with transactions.together():
                yield
        finally:
            self.emit = emit
        for place, result in told:
            emit(place, result)

    def take(
        self, reader: Reader, line: int | None, raw: object, *, last: date | None = None
    ) -> bool:
        """Read one record and apply it when its time has come; False when it is past `last`."""
        place = self.place
        self.place += 1
        try:
            record = reader.parse(raw)  # type: ignore[arg-type]
            if self.check:
                self.check(record)
        except Refused as refused:
            self.flush()
            name = name_of(raw)  # type: ignore[arg-type]
            self.emit(place, refused_result(name, refused, line=line))
            return True
        if last is not None and record.known_on > last:
            # A center further west may still have something to say of that day.
            return self.company is None or record.at < self.company.day_ends_at(last)
        self.context.previous_at = record.at
        self.context.learn(record)
        waiting = Waiting(place, line, record)
        self._advance(waiting)
        assert self.today is not None
        if record.known_on > self.today and self.company is not None:
            self.later.append(waiting)
        else:
            self._apply(waiting)
        return True

    def _advance(self, waiting: Waiting) -> None:
        """Close every day that is over by the time of this record."""
        record = waiting.record
        if self.today is None:
            self.today = record.known_on
            company = self.company
            if company is not None:
                if company.closed_through is None:
                    founding.open_books(company, at=record.at, on=record.known_on)
                assert company.closed_through is not None
                self.today = company.closed_through + timedelta(days=1)
        if self.company is not None and record.known_on > self.today:
            over = closing.last_final_day(self.company, record.at)
            if over is not None and over >= self.today:
                self.close_through(over)

    def _apply(self, waiting: Waiting) -> None:
        kind = waiting.record.kind
        if kind in intake.BULK_KINDS and self.company is not None:
            self.batch.append(waiting)
            if len(self.batch) >= BATCH:
                self.flush()
            return
        self.flush()
        self._emit(waiting, self._alone(waiting.record))

    def _alone(self, record: Record) -> Result:
        """Commands, programs and what an organization is set up with come one by one."""
        if self.company is not None and isinstance(record.body, Command):
            return self._command(self.company, record)
        try:
            result, company = setting_up.apply(self.company, record)
        except Refused as refused:
            self._forget(record)
            return refused_result(record.name, refused)
        if result.status != "applied":
            self._forget(record)
        if self.company is None and company is not None:
            self.adopt(company)
        elif company is not None:
            self.company = company
        return result

    def _forget(self, record: Record) -> None:
        """What follows is read by what is held, not by a record that changed nothing."""
        if self.company is not None:
            setting_up.teach_again(self.context, self.company, record)

    def _command(self, company: Company, record: Record) -> Result:
        if known := self.refusals.known(record):
            return known
        result = commands.execute(company, record)
        self.refusals.note(record, result)
        return result

    def flush(self) -> None:
        """Apply the batch of facts at hand."""
        if not self.batch or self.company is None:
            return
        batch, self.batch = self.batch, []
        taken = apply_at_once(self.company, [one.record for one in batch], on=self.today)
        self._applied(batch, taken)

    def _applied(self, batch: Sequence[Waiting], taken: Taken) -> None:
        for waiting, result in zip(batch, taken.results, strict=True):
            self._emit(waiting, result)
        if self.place >= self.next_look:
            statistics.refresh()
            self.next_look *= 4

    def _emit(self, waiting: Waiting, result: Result) -> None:
        if waiting.line is not None and result.line is None:
            result = msgspec.structs.replace(result, line=waiting.line)
        self.emit(waiting.place, result)

    # -- days --------------------------------------------------------------------------------

    def close_through(self, last: date) -> None:
        """Close day after day, stopping where a snapshot or a waiting record asks for it."""
        assert self.today is not None
        assert self.company is not None
        while self.today <= last:
            self.close_with_batch()
            stops = [day for day in self.snapshots if self.today <= day < last]
            stops += [self.today] if self.later else []
            stop = min([last, *stops])
            closing.close_through(self.company, stop)
            if self.at_close:
                self.at_close(self.company, stop)
            self.today = stop + timedelta(days=1)
            self._take_later()

    def close_with_batch(self) -> None:
        """Close today with the facts at hand, which then need not be read back (rule 5.3: but
        where points are awarded at once, each batch was settled as it came).
        """
        assert self.today is not None
        assert self.company is not None
        program = self.company.versions.on(self.today)
        if self.batch and (program is None or program.award_timing == "day_close"):
            closing.close_day(self.company, self.today, settle_first=self._apply_at_close)
        else:
            self.flush()

    def _apply_at_close(self, stamp: Stamp) -> int:
        batch, self.batch = self.batch, []
        if not batch or self.company is None or self.today is None:
            return 0
        records = [one.record for one in batch]
        settle = partial(apply_and_settle, self.company, records, day=self.today, stamp=stamp)
        taken, worked = transactions.write(settle, may_refuse=False)
        self._applied(batch, taken)
        return len(worked.settled)

    def _take_later(self) -> None:
        assert self.today is not None
        waiting, self.later = self.later, []
        for one in waiting:
            if one.record.known_on <= self.today:
                self._apply(one)
            else:
                self.later.append(one)

    def finish(self, last: date | None = None) -> None:
        """Apply what waits, and close up to `last`, or up to the last day that is over."""
        with self.together():
            self._finish(last)

    def _finish(self, last: date | None) -> None:
        self.flush()
        if self.company is None or self.today is None:
            return
        if last is not None:
            self.close_through(last)
        while self.later:
            self.close_through(self.today)
        self.flush()

    def pause(self) -> None:
        """Apply what waits and close the days that are over; more may come later."""
        with self.together():
            self._pause()

    def _pause(self) -> None:
        self.flush()
        at = self.context.previous_at
        if self.company is None or self.today is None or at is None:
            return
        over = closing.last_final_day(self.company, at)
        if over is not None:
            self.close_through(over)
        waiting, self.later = self.later, []
        for one in waiting:
            self._apply(one)
        self.flush()

    # -- zones for commands ------------------------------------------------------------------

    def _zone_of_invoice(self, ref: str) -> ZoneInfo | None:
        return self._zone(ref, InvoiceFact, models.Invoice)

    def _zone_of_appointment(self, ref: str) -> ZoneInfo | None:
        return self._zone(ref, AppointmentFact, models.Appointment)

    def _zone(self, ref: str, kind: type, model: type) -> ZoneInfo | None:
        if self.company is None:
            return None
        for waiting in [*self.later, *self.batch]:
            body = waiting.record.body
            if isinstance(body, kind) and body.id == ref:  # type: ignore[attr-defined]
                return self.context.zone_of_center(body.center)  # type: ignore[attr-defined]
        center = model.objects.filter(external_id=ref).values_list("center_id").first()  # type: ignore[attr-defined]
        zones = {one.id: one.zone for one in self.company.centers.values()}
        return zones[center[0]] if center else None


def apply_at_once(
    company: Company, records: Sequence[Record], *, on: date | None = None
) -> Taken:
    """Facts, and in the same transaction the points where the timing is immediate (rule 5.3).

    The close settles what a later fact of the day changes. Referring guests have their turn
    afterwards, so that no transaction waits for a referrer while others wait for it.
    """
    last = records[-1]
    day = on or last.known_on
    stamp = Stamp(last.at, last.by, last.name)
    program = company.versions.on(day)
    if program is None or program.award_timing != "immediate":
        return intake.apply_facts(company, records)
    settle = partial(_apply_and_settle, company, records, day, stamp)
    taken, about = transactions.write(settle, may_refuse=False)
    if about:
        closing.settle_referrers(company, sorted(about), day=day, stamp=stamp, is_final=False)
    return taken


def _apply_and_settle(
    company: Company, records: Sequence[Record], day: date, stamp: Stamp
) -> tuple[Taken, Set[UUID]]:
    """The answers, and the guests who may have a turn among those who refer others."""
    taken, worked = apply_and_settle(company, records, day=day, stamp=stamp, is_final=False)
    rest = taken.touched - worked.guests
    for chunk in closing.chunks(sorted(rest), closing.CHUNK):
        closing.settle_chunk(company, chunk, day=day, stamp=stamp, is_final=False)
    return taken, rest | worked.turns


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Rows make no cycles: to look for some as often as Python does is a tenth of an import."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
