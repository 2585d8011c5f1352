"""Delivering: calls side by side in threads of their own, books kept by one of them.

A call may hang as long as it is allowed to: it takes one of the places of its endpoint, and
nothing waits for it. Threads that call touch no database; the one that keeps the books makes
no calls. Nothing is remembered here that the next process would need.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from regulars.records import feed, webhook_rows
from regulars.records.webhook_rows import Due, Listener
from regulars.services import transactions
from regulars.services.organizations import Company
from regulars.services.schedule import WEBHOOKS
from regulars.services.shifts import Ended, Hold, Outcome, Shift
from regulars.services.upkeep import at_work
from regulars.services.webhooks import calling, events, lines
from regulars.services.webhooks.calling import Answer, Call
from regulars.services.webhooks.endpoints import secrets_of
from regulars.services.webhooks.lines import Called, Turn

PLACES = 32
"""Calls at a time, of all endpoints together."""
PLACES_OF_ONE = 4
"""Calls at a time to one endpoint."""
LEASE = timedelta(minutes=2)
"""How long a call may take to be settled, much longer than it may last."""
MOST_FILLED = 10
"""Chunks of events put in line for one endpoint before others have their turn."""
REPORT_SECONDS = 10.0

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Flight:
    """A call under way."""

    organization: str
    endpoint: Listener
    due: Due
    at: datetime


@dataclass(slots=True)
class Courier:
    """One process's deliveries, to the endpoints of all organizations it is told of."""

    worker: str
    clock: Clock
    tell: Callable[[str, Ended], None] = lambda ref, ended: None
    seconds: float = calling.SECONDS
    lease: timedelta = LEASE
    _pool: ThreadPoolExecutor = field(init=False)
    _flights: dict[Future[Answer], _Flight] = field(default_factory=dict)
    _turns: dict[str, Turn] = field(default_factory=dict)
    _reported: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(PLACES, thread_name_prefix="webhook")

    # -- going round --------------------------------------------------------------------------

    def listening(self, organization: str | None) -> Sequence[str]:
        """The organizations to go to: those that have an endpoint, or a call under way."""
        found = {*webhook_rows.organizations_listening()}
        found |= {flight.organization for flight in self._flights.values()}
        return sorted(found if organization is None else found & {organization})

    def serve(self, organization: str) -> None:
        """Keep what came back, put in line what is new, and call whoever's turn it is.

        It waits for no call, and is done in some short statements where nothing happens.
        """
        with at_work(organization) as company:
            self._settle(company)
            now = self.clock()
            events.number_new(at=now)
            free = partial(lines.free_of_the_dead, now=now, worker=self.worker)
            if webhook_rows.workers_under_way():
                transactions.write(free)
            last = feed.ends().last
            for one in webhook_rows.listeners():
                self._fill(company, one, last)
                self._call(company, one)

    def wait(self, seconds: float) -> None:
        """Until a call comes back, at most so long."""
        if self._flights:
            wait(self._flights, timeout=seconds, return_when=FIRST_COMPLETED)

    @property
    def is_idle(self) -> bool:
        return not self._flights

    def close(self) -> None:
        """Wait for the calls under way, which are over soon, and keep what came of them."""
        if self._flights:
            wait(self._flights, timeout=2 * self.seconds)
        for ref in sorted({flight.organization for flight in self._flights.values()}):
            with at_work(ref) as company:
                self._settle(company)
        self.report(is_last=True)
        self._pool.shutdown(wait=False, cancel_futures=True)

    # -- steps --------------------------------------------------------------------------------

    def _fill(self, company: Company, one: Listener, last: int) -> None:
        if one.told_through >= last:
            return
        for _ in range(MOST_FILLED):
            act = partial(lines.fill, company, one.id, at=self.clock())
            if not transactions.write(act):
                return

    def _call(self, company: Company, one: Listener) -> None:
        n_under_way = sum(flight.endpoint.id == one.id for flight in self._flights.values())
        n_places = min(PLACES_OF_ONE, PLACES - len(self._flights) + n_under_way)
        if n_places <= n_under_way:
            return
        now = self.clock()
        found = lines.next_due(one, now=now, under_way=n_under_way, most=n_places)
        for due in transactions.write(partial(self._take, found, now)) if found else ():
            call = Call(one.url, due.event, due.body.encode(), secrets_of(one, now))
            future = self._pool.submit(calling.make, call, at=now, seconds=self.seconds)
            self._flights[future] = _Flight(company.ref, one, due, now)

    def _take(self, found: Sequence[Due], now: datetime) -> list[Due]:
        until = now + self.lease
        return [
            due
            for due in found
            if webhook_rows.take(due, now=now, until=until, worker=self.worker)
        ]

    def _settle(self, company: Company) -> None:
        back = [
            (future, flight)
            for future, flight in self._flights.items()
            if flight.organization == company.ref and future.done()
        ]
        if not back:
            return
        calls = [
            Called(flight.endpoint, flight.due, flight.at, future.result())
            for future, flight in back
        ]
        act = partial(lines.settle, calls, now=self.clock(), worker=self.worker)
        turn = transactions.write(act)
        for future, _ in back:
            del self._flights[future]
        self._turns.setdefault(company.ref, Turn()).add(turn)

    # -- telling ------------------------------------------------------------------------------

    def report(self, *, is_last: bool = False) -> None:
        """Now and then, a line in the list of jobs: what became of the calls since."""
        if not self._turns or not (is_last or monotonic() - self._reported > REPORT_SECONDS):
            return
        self._reported = monotonic()
        turns, self._turns = self._turns, {}
        for ref, turn in turns.items():
            with at_work(ref) as company:
                shift = Shift(company, self.clock(), self.worker, tell=partial(self.tell, ref))
                piece = (WEBHOOKS, shift.today, "")
                shift.do(piece, partial(_outcome, turn), is_again=True)


def _outcome(turn: Turn, hold: Hold) -> Outcome:
    """A failure is what somebody should look at: events or endpoints that were given up."""
    others = {"to be tried again": turn.n_failed, "given up": turn.n_given_up}
    told = [f"{count:,} {what}" for what, count in others.items() if count]
    noun = "event" if turn.n_accepted == 1 else "events"
    sentence = ", ".join([f"{turn.n_accepted:,} {noun} accepted", *told]) + "."
    off = [f"Turned off {one}" for one in turn.turned_off]
    is_failure = bool(turn.turned_off)
    return Outcome(" ".join([sentence, *off]), turn.n_accepted, is_failure, may_wait=False)
