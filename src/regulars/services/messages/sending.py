"""Messages that wait are sent: each at least once, and told apart by its id if twice.

A message is taken in a transaction of its own before it is sent, and settled in another one
after. A worker that dies in between leaves it `sending`; when its time is up the next one sends
it again under the same id. Nothing is sent inside a transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from time import monotonic
from uuid import UUID

from regulars.records import message_rows as rows
from regulars.records import models
from regulars.records.message_rows import Due, Taken
from regulars.services import transactions
from regulars.services.messages import consent
from regulars.services.messages.addressing import Addressed, addressed
from regulars.services.messages.channels.channel import (
    Channel,
    HungUp,
    NotSent,
    Outgoing,
    Unavailable,
    Undeliverable,
)
from regulars.services.messages.channels.opening import CHANNELS
from regulars.services.organizations import Company

LEASE = timedelta(minutes=15)
"""How long a message is ours. Longer than a batch may take and one message after it."""
LONGEST_BATCH_SECONDS = 60
MAX_ATTEMPTS = 8
_BATCH = 200
_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(hours=24)
_OUTAGE_PAUSES = timedelta(minutes=1), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Sending:
    """What came of a batch.

    `n_failed` will be tried again, `n_dead` will not; `problem` says in a sentence why nothing
    goes out through a channel. `has_more` says that some are still due.
    """

    n_sent: int
    n_failed: int
    n_dead: int
    problem: str | None
    n_withheld: int = 0
    has_more: bool = False


def send_due(company: Company, *, now: datetime, limit: int = 200, worker: str = "") -> Sending:
    """Send what is due, at most `limit` messages and about a minute; in the scope of `company`.

    `worker` is noted on what is being sent. Many may do this at the same moment. Raises only
    what the database raises.
    """
    due = rows.due(list(CHANNELS), now=now, limit=limit)
    if not due:
        return Sending(0, 0, 0, None)
    batch = _Batch(company, now, worker)
    try:
        n_seen = batch.work_through(due)
    finally:
        batch.close()
    return batch.outcome(has_more=n_seen < len(due) or len(due) == limit)


def send_all(
    company: Company,
    *,
    clock: Callable[[], datetime],
    limit: int | None = None,
    worker: str = "",
) -> Sending:
    """Batch after batch until nothing is due, or `limit` messages were looked at."""
    totals, problems, n_left = [0, 0, 0, 0], dict[str, None](), limit
    has_more = True
    while has_more and n_left != 0:
        n_asked = _BATCH if n_left is None else min(_BATCH, n_left)
        one = send_due(company, now=clock(), limit=n_asked, worker=worker)
        n_left = None if n_left is None else n_left - n_asked
        counts = (one.n_sent, one.n_failed, one.n_dead, one.n_withheld)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        if one.problem:
            problems[one.problem] = None
        has_more = one.has_more and (any(counts) or one.problem is not None)
    n_sent, n_failed, n_dead, n_withheld = totals
    problem = " ".join(problems) or None
    return Sending(n_sent, n_failed, n_dead, problem, n_withheld, has_more)


def pause_after(key: UUID, attempts: int) -> timedelta:
    """How long to wait after so many attempts: three times as long each time, spread by a fifth
    either way so that what failed together does not come back together.
    """
    pause: timedelta = min(_FIRST_PAUSE * 3 ** (attempts - 1), _LONGEST_PAUSE)
    digest = sha256(key.bytes + attempts.to_bytes(4, "big")).digest()
    return pause * (800 + int.from_bytes(digest[:4], "big") % 401) // 1000


class _Batch:
    """One go at what is due: the channels it has opened, those that are down, and counts."""

    def __init__(self, company: Company, now: datetime, worker: str) -> None:
        self.organization = models.Organization.objects.get(id=company.id).name
        self.now = now
        self.worker = worker
        self.channels: dict[str, Channel] = {}
        self.problems: dict[str, str] = {}
        self.n_hung_up = 0
        self.counts = {"sent": 0, "waiting": 0, "dead": 0, "withheld": 0}

    def work_through(self, due: list[Due]) -> int:
        """Returns how many were looked at before the time was over."""
        started = monotonic()  # a stopwatch: what is written down comes from `now` alone
        for place, one in enumerate(due):
            if monotonic() - started > LONGEST_BATCH_SECONDS:
                return place
            if one.channel not in self.problems:
                self._one(one)
        return len(due)

    def close(self) -> None:
        for channel in self.channels.values():
            channel.close()

    def outcome(self, *, has_more: bool) -> Sending:
        return Sending(
            n_sent=self.counts["sent"],
            n_failed=self.counts["waiting"],
            n_dead=self.counts["dead"],
            problem=" ".join(self.problems.values()) or None,
            n_withheld=self.counts["withheld"],
            has_more=has_more,
        )

    # -- one message -------------------------------------------------------------------------

    def _one(self, one: Due) -> None:
        taken = transactions.write(lambda: self._take(one))
        if taken is None:
            return
        if isinstance(taken, str):
            self.counts[taken] += 1
            return
        guest, outgoing = taken
        try:
            self._channel(one.channel).send(outgoing)
        except Unavailable as problem:
            self._stop(one, str(problem))
        except Undeliverable as problem:
            self._bounce(one, guest, outgoing.recipient, str(problem))
        except HungUp as problem:
            self._hung_up(one, str(problem))
        except NotSent as problem:
            self._fail(one, str(problem))
        except Exception as problem:
            self._fail(one, f"{type(problem).__name__}: {problem}")
        else:
            self.n_hung_up = 0
            self._settle(one, "sent")

    def _take(self, one: Due) -> tuple[UUID, Outgoing] | str | None:
        """The message, once it is ours; else what became of it, or None if another has it."""
        note = f"Being sent by {self.worker}." if self.worker else None
        if not rows.take(one, now=self.now, until=self.now + LEASE, note=note):
            return None
        if one.attempts >= MAX_ATTEMPTS:
            problem = f"Whoever sent it ended while sending, {one.attempts} times."
            rows.settle(one, "dead", problem=problem)
            return "dead"
        message = rows.read_taken(one)
        to = addressed(message, one.channel)
        if to.problem is not None:
            rows.settle(one, "withheld", problem=to.problem)
            return "withheld"
        if to.address != message.recipient:
            rows.readdress(one, to.address)
        return to.guest, self._outgoing(one, message, to)

    def _channel(self, name: str) -> Channel:
        if name not in self.channels:
            self.channels[name] = CHANNELS[name]()
        return self.channels[name]

    def _outgoing(self, one: Due, message: Taken, to: Addressed) -> Outgoing:
        return Outgoing(
            id=one.id,
            recipient=to.address,
            guest=to.name,
            organization=self.organization,
            language=message.language,
            subject=message.subject,
            text=message.text,
            at=self.now,
        )

    # -- what came of it ---------------------------------------------------------------------

    def _settle(self, one: Due, state: str) -> None:
        sent_at = self.now if state == "sent" else None
        if transactions.write(lambda: rows.settle(one, state, sent_at=sent_at)):
            self.counts[state] += 1

    def _fail(self, one: Due, problem: str) -> None:
        """Once more later, or never again."""
        n_tried = one.attempts + 1
        state = "dead" if n_tried >= MAX_ATTEMPTS else "waiting"
        at = self.now + pause_after(one.id, n_tried) if state == "waiting" else None
        if transactions.write(lambda: rows.settle(one, state, problem=problem, next_try_at=at)):
            self.counts[state] += 1

    def _bounce(self, one: Due, guest: UUID, address: str, problem: str) -> None:
        """The address is of no use: the message ends, and the guest's record says so."""

        def settle() -> bool:
            if not rows.settle(one, "dead", problem=problem):
                return False
            consent.note_bounce(guest, one.channel, address, at=self.now, problem=problem)
            return True

        if transactions.write(settle):
            self.counts["dead"] += 1

    def _hung_up(self, one: Due, problem: str) -> None:
        """Once may be the message's fault; twice in a row it is the server."""
        self.n_hung_up += 1
        if self.n_hung_up > 1:
            self._stop(one, f"{problem.rstrip('.')}.")
        else:
            self._fail(one, problem)

    def _stop(self, one: Due, problem: str) -> None:
        """Nothing goes out through this channel now: all of it waits, and none is to blame."""

        def put_off() -> int:
            rows.give_back(one, now=self.now)
            until = self.now + self._pause(one.channel)
            return rows.put_off(one.channel, now=self.now, until=until, problem=problem)

        n_waiting = transactions.write(put_off)
        counted = "1 message waits" if n_waiting == 1 else f"{n_waiting} messages wait"
        self.problems[one.channel] = f"{problem} {counted}."

    def _pause(self, channel: str) -> timedelta:
        """The longer it has lasted, the longer until the next try, within bounds."""
        made_at = rows.oldest_due(channel, now=self.now)
        shortest, longest = _OUTAGE_PAUSES
        lasted = timedelta() if made_at is None else self.now - made_at
        return min(max(lasted // 4, shortest), longest)
