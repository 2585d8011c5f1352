"""What comes of a call: the event leaves its line or waits, the endpoint is well or is not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from regulars.records import codec, feed, webhook_rows
from regulars.records.webhook_rows import Due, Listener
from regulars.services import workers
from regulars.services.organizations import Company
from regulars.services.webhooks.calling import Answer
from regulars.services.webhooks.events import events_after, is_wanted

LINE = 1000
"""Events in line for one endpoint; the others wait in the feed."""
CHUNK = 200
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After the first try of an event, the second, and so on: the specification's suggestion."""
PAUSES = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
)
"""Of an endpoint where one try after the other fails, from the FAILURES-th on."""
FAILURES = 3
"""So many in a row, and the endpoint is taken to be down: one try at a time."""
GIVE_UP_AFTER = timedelta(days=3)
WELL_WITHIN = timedelta(days=1)
TURN_OFF_AFTER = timedelta(days=5)
GONE = 410


# -- into line --------------------------------------------------------------------------------


def fill(company: Company, endpoint: UUID, *, at: datetime) -> bool:
    """Put the next events in line in the caller's transaction; whether more may follow."""
    one = webhook_rows.locked_listener(endpoint)
    if one is None:
        return False
    room = LINE - webhook_rows.n_in_line(endpoint)
    after = max(one.told_through, feed.ends().forgotten)
    some = events_after(company, after, limit=min(room, CHUNK)) if room > 0 else []
    if not some:
        return False
    types = codec.value_of(one.types)
    rows = [
        (
            event.number,
            event.id,
            event.type,
            event.guest or "",
            codec.text_of(event.as_dict(company.ref)),
        )
        for event in some
        if is_wanted(event, types)
    ]
    webhook_rows.put_in_line(endpoint, rows, through=some[-1].number, at=at)
    return True


def free_of_the_dead(*, now: datetime, worker: str) -> int:
    """What workers who died had under way is due at once; how many."""
    others = [one for one in webhook_rows.workers_under_way() if one != worker]
    dead = workers.gone(others, me=worker) if others else []
    return webhook_rows.free(dead, now=now) if dead else 0


def next_due(one: Listener, *, now: datetime, under_way: int, most: int) -> Sequence[Due]:
    """What may be sent to an endpoint now; to one that is down a single try at a time."""
    if one.failures < FAILURES:
        return webhook_rows.due(one.id, now=now, limit=most - under_way)
    is_paused = one.paused_until is not None and one.paused_until > now
    if is_paused or under_way:
        return []
    return webhook_rows.due(one.id, now=now, limit=1, is_trying=True)


# -- out of line ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Called:
    """A call that came back."""

    endpoint: Listener
    due: Due
    at: datetime
    answer: Answer


@dataclass(slots=True)
class Turn:
    """What came of some calls. `turned_off` are endpoints, with the reason."""

    n_accepted: int = 0
    n_failed: int = 0
    n_given_up: int = 0
    turned_off: tuple[str, ...] = ()

    def add(self, other: "Turn") -> None:
        self.n_accepted += other.n_accepted
        self.n_failed += other.n_failed
        self.n_given_up += other.n_given_up
        self.turned_off += other.turned_off


def settle(calls: Iterable[Called], *, now: datetime, worker: str) -> Turn:
    """Keep what came of these calls, in the caller's transaction."""
    turn, log = Turn(), []
    for one in sorted(calls, key=lambda call: (call.endpoint.id, call.due.number)):
        endpoint = webhook_rows.locked_listener(one.endpoint.id)
        if endpoint is None:
            webhook_rows.put_off(one.due, until=now, worker=worker)
            outcome = "accepted" if one.answer.is_good else "failed"
        elif one.answer.is_good:
            outcome = _accepted(endpoint, one, now=now, worker=worker)
        else:
            outcome = _failed(endpoint, one, now=now, worker=worker, turn=turn)
        turn.n_accepted += outcome == "accepted"
        turn.n_failed += outcome == "failed"
        turn.n_given_up += outcome == "given_up"
        log.append(_line(one, outcome))
    webhook_rows.log_attempts(log)
    return turn


def _line(one: Called, outcome: str) -> tuple[object, ...]:
    due, answer = one.due, one.answer
    about = (one.endpoint.id, due.event, due.type, due.number, due.attempts + 1, one.at)
    return (*about, answer.milliseconds, outcome, answer.status, answer.text)


def _accepted(endpoint: Listener, one: Called, *, now: datetime, worker: str) -> str:
    webhook_rows.remove(one.due, worker=worker)
    if endpoint.failures >= FAILURES:
        webhook_rows.wake(endpoint.id, now=now)
    webhook_rows.note_success(endpoint.id, at=now)
    return "accepted"


def _failed(endpoint: Listener, one: Called, *, now: datetime, worker: str, turn: Turn) -> str:
    answer, n_failures = one.answer, endpoint.failures + 1
    paused_until = _paused_until(answer, n_failures, now)
    webhook_rows.note_failure(
        endpoint.id, at=now, problem=answer.problem, paused_until=paused_until
    )
    reason = _why_off(endpoint, answer, now)
    if reason:
        webhook_rows.turn_off(endpoint.id, at=now, problem=reason, notice_due_at=now)
        turn.turned_off += (f"{endpoint.ref} ({endpoint.url}): {reason}",)
    elif _is_given_up(endpoint, one, now):
        # Once; where its lease was over, another call may have done so.
        return "given_up" if webhook_rows.remove(one.due, worker=worker) else "failed"
    until = now if reason else now + wait_after(one.due.event, one.due.attempts + 1)
    webhook_rows.put_off(one.due, until=until, worker=worker)
    return "failed"


def _paused_until(answer: Answer, n_failures: int, now: datetime) -> datetime | None:
    """When an endpoint that is down is tried again; it may say so itself."""
    if answer.retry_after is not None and answer.status in (429, 503):
        wished = timedelta(seconds=min(answer.retry_after, 3600))
        return now + max(wished, PAUSES[0])
    if n_failures < FAILURES:
        return None
    return now + PAUSES[min(n_failures - FAILURES, len(PAUSES) - 1)]


def _why_off(endpoint: Listener, answer: Answer, now: datetime) -> str | None:
    if answer.status == GONE:
        return "It answered 410: it wants to be told no more."
    since = endpoint.failing_since
    if since is None or now - since < TURN_OFF_AFTER or endpoint.failures < len(WAITS):
        return None
    return f"Nothing was accepted for {TURN_OFF_AFTER.days} days. {answer.problem}"


def _is_given_up(endpoint: Listener, one: Called, now: datetime) -> bool:
    """An event is given up only where the endpoint is well otherwise: in an outage all wait."""
    first = one.due.first_tried_at or one.at
    is_long = now - first >= GIVE_UP_AFTER and one.due.attempts >= len(WAITS)
    well_at = endpoint.succeeded_at
    return is_long and well_at is not None and now - well_at < WELL_WITHIN


def wait_after(event: str, n_tries: int) -> timedelta:
    """A tenth more or less, by the event's id, so that not all come back at one moment."""
    wait = WAITS[min(n_tries, len(WAITS)) - 1]
    share = int.from_bytes(sha256(f"{event}/{n_tries}".encode()).digest()[:2]) - 0x8000
    return wait + wait * share // (0x8000 * 10)
