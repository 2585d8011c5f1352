"""One pass of a worker over one organization: pieces of work taken, held, ended, recorded.

A piece that fails is recorded with a sentence and tried again later, each time twice as much
later; the others go on. One whose worker died is taken up again: nothing is kept in memory that
the next worker would need.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from time import monotonic

from django.db import Error

from regulars.records import work_runs
from regulars.records.work_runs import DONE, FAILED, End, Piece
from regulars.rules.refusals import Refused
from regulars.services import transactions, workers
from regulars.services.organizations import Company
from regulars.services.schedule import Timetable

STOPPED = "stopped"
LEASE = timedelta(minutes=15)
"""How long a piece is held without a sign of life; longer than any one transaction takes."""
LONGEST_WAIT = timedelta(hours=1)

_log = logging.getLogger(__name__)


class Lost(Exception):
    """Another worker has taken the piece, since this one gave no sign of life."""


class Stopping(Exception):
    """The worker was asked to end."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A piece of work and what came of it: done, failed or stopped. `at` is when it ended."""

    job: str
    day: date
    center: str | None
    state: str
    n_done: int
    outcome: str
    milliseconds: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a piece came to; `n_done` is what was not counted by its chunks already.

    A failure waits before it is tried again, unless what it works on knows better.
    """

    sentence: str
    n_done: int = 0
    is_failure: bool = False
    may_wait: bool = True


@dataclass(slots=True)
class Shift:
    """What every piece of a pass shares. `now` is when the pass began."""

    company: Company
    now: datetime
    worker: str
    table: Timetable = field(default_factory=Timetable)
    must_stop: Callable[[], bool] = lambda: False
    tell: Callable[[Ended], None] = lambda ended: None
    ended: list[Ended] = field(default_factory=list)
    _began: float = field(default_factory=monotonic)

    @property
    def today(self) -> date:
        """The organization's own date."""
        return self.now.astimezone(self.company.zone).date()

    def moment(self) -> datetime:
        """The caller's instant and the time that has passed since."""
        return self.now + timedelta(seconds=monotonic() - self._began)

    def do(
        self,
        piece: Piece,
        act: Callable[["Hold"], Outcome],
        *,
        is_again: bool = False,
        is_due: Callable[[], bool] = lambda: True,
    ) -> bool:
        """Take a piece, do it, record what came of it; whether it is done now.

        `is_due` is asked in the transaction that takes it. With `is_again` a piece is taken
        though it was done before: its act looks at the state and adds what is new.
        """
        if self.must_stop():
            raise Stopping
        if not transactions.write(partial(self._take, piece, is_again, is_due)):
            return False
        hold = Hold(self, piece)
        try:
            outcome = act(hold)
        except Lost:
            return False
        except Stopping:
            self._stopped(hold)
            raise
        except Exception as problem:
            outcome = Outcome(sentence_about(problem), is_failure=True)
        self._end(hold, outcome)
        return not outcome.is_failure

    def _take(self, piece: Piece, is_again: bool, is_due: Callable[[], bool]) -> bool:
        if not is_due():
            return False
        at = self.moment()
        dead = workers.gone(work_runs.workers_at_work(), me=self.worker)
        return work_runs.take(
            piece,
            worker=self.worker,
            at=at,
            held_until=at + LEASE,
            gone=dead,
            is_again=is_again,
        )

    def _end(self, hold: "Hold", outcome: Outcome) -> None:
        at = next_try_at = self.moment()
        if outcome.is_failure and outcome.may_wait:
            next_try_at = at + wait_after(work_runs.attempts(hold.piece))
        state = FAILED if outcome.is_failure else DONE
        ending = End(
            state,
            outcome.sentence,
            at,
            hold.milliseconds(),
            outcome.n_done,
            next_try_at if outcome.is_failure else None,
        )

        def end() -> None:
            work_runs.end(hold.piece, ending, worker=self.worker)
            job, day, center = hold.piece
            if state == DONE and not center:
                work_runs.make_up_for(job, day, at=at)

        transactions.write(end)
        self._told(hold, state, outcome.n_done, outcome.sentence)

    def _stopped(self, hold: "Hold") -> None:
        transactions.write(
            lambda: work_runs.put_back(
                hold.piece,
                worker=self.worker,
                # A sandbox's clock stands: its next pass begins no later than this one.
                at=self.now,
                milliseconds=hold.milliseconds(),
            )
        )
        self._told(hold, STOPPED, 0, "Stopped half-way; it is gone on with at the next start.")

    def _told(self, hold: "Hold", state: str, n_done: int, sentence: str) -> None:
        job, day, center = hold.piece
        one = Ended(
            job,
            day,
            center or None,
            state,
            hold.n_done + n_done,
            sentence,
            hold.milliseconds(),
            self.moment(),
        )
        self.ended.append(one)
        self.tell(one)


@dataclass(slots=True)
class Hold:
    """A piece in this worker's hands."""

    shift: Shift
    piece: Piece
    n_done: int = 0
    _began: float = field(default_factory=monotonic)

    def milliseconds(self) -> int:
        return round((monotonic() - self._began) * 1000)

    def chunk(self, act: Callable[[], int]) -> int:
        """One chunk, counted and held on to in its own transaction; its count.

        Between chunks the worker may be asked to stop; what they did is kept.
        """
        if self.shift.must_stop():
            raise Stopping
        return self.keep(act)

    def keep(self, act: Callable[[], int]) -> int:
        """The same of what is committed already: it is told though the worker is to stop."""
        n_done = transactions.write(partial(self._counted, act))
        self.n_done += n_done
        return n_done

    def _counted(self, act: Callable[[], int]) -> int:
        n_done = act()
        held_until = self.shift.moment() + LEASE
        worker = self.shift.worker
        if not work_runs.add(self.piece, worker=worker, n_done=n_done, held_until=held_until):
            raise Lost
        return n_done


def wait_after(n_attempts: int) -> timedelta:
    """One minute after the first failure, then twice as long each time, an hour at most."""
    return min(timedelta(minutes=2 ** min(max(n_attempts - 1, 0), 10)), LONGEST_WAIT)


def sentence_about(problem: Exception) -> str:
    """What went wrong, for the person who reads the list of jobs."""
    said = " ".join(str(problem).split()).rstrip(".?") or "no reason given"
    if isinstance(problem, Refused):
        return problem.message
    if isinstance(problem, Error):
        return f"The database gave up: {said}."
    if isinstance(problem, OSError):
        return f"{problem.filename or 'The system'}: {problem.strerror or said}."
    # Only a mistake in the program can be anything else: its place belongs into the log.
    _log.error("A piece of work failed", exc_info=problem)
    return f"Unexpected {type(problem).__name__}: {said}."
