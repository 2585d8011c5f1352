"""Messages on their way out: which are due, and the steps a row takes, each a statement or two.

A row is taken by comparing what it was with what it is: of two that try at the same moment, the
database lets one through (`attempts` counts the takings).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from regulars.records.bulk import execute, select
from regulars.records.scope import current_organization

# Told in the statement, not as parameters: only then is the partial index used.
_OPEN = "state IN ('waiting', 'sending')"
_DUE = f"{_OPEN} AND (next_try_at IS NULL OR next_try_at <= %s)"


@dataclass(frozen=True, slots=True)
class Due:
    """A message whose time has come; `attempts` is how often it was taken so far."""

    id: UUID
    channel: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that is ours to send, as it was worded."""

    guest: UUID
    kind: str
    language: str
    recipient: str
    subject: str
    text: str


def due(channels: Collection[str], *, now: datetime, limit: int) -> list[Due]:
    """Messages to send now, those that waited longest first."""
    rows = select(
        f"""SELECT id, channel, attempts FROM records_message
        WHERE organization_id = %s AND {_DUE} AND channel IN %s
        ORDER BY next_try_at, id LIMIT %s""",
        [current_organization(), now, list(channels), limit],
        types="uuid text int",
    )
    return [Due(*row) for row in rows]


def take(one: Due, *, now: datetime, until: datetime, note: str | None) -> bool:
    """Make the message ours until then; False where another was faster."""
    taken = execute(
        f"""UPDATE records_message SET state = 'sending', attempts = attempts + 1,
        next_try_at = %s, problem = %s
        WHERE organization_id = %s AND id = %s AND attempts = %s AND {_DUE}""",
        [until, note, current_organization(), one.id, one.attempts, now],
    )
    return taken == 1


def read_taken(one: Due) -> Taken:
    """What is to be sent."""
    [row] = select(
        """SELECT guest_id, kind, language, recipient, subject, body FROM records_message
        WHERE organization_id = %s AND id = %s""",
        [current_organization(), one.id],
        types="uuid text text text text text",
    )
    return Taken(*row)


def readdress(one: Due, recipient: str) -> None:
    """The guest is reached elsewhere now."""
    execute(
        "UPDATE records_message SET recipient = %s WHERE organization_id = %s AND id = %s",
        [recipient, current_organization(), one.id],
    )


def settle(
    one: Due,
    state: str,
    *,
    problem: str | None = None,
    sent_at: datetime | None = None,
    next_try_at: datetime | None = None,
) -> bool:
    """What came of a message that is ours; False where its time ran out and another has it."""
    changed = execute(
        """UPDATE records_message SET state = %s, problem = %s, sent_at = %s, next_try_at = %s
        WHERE organization_id = %s AND id = %s AND state = 'sending' AND attempts = %s""",
        [
            state,
            problem,
            sent_at,
            next_try_at,
            current_organization(),
            one.id,
            one.attempts + 1,
        ],
    )
    return changed == 1


def give_back(one: Due, *, now: datetime) -> None:
    """It was not tried: as it was before it was taken."""
    execute(
        """UPDATE records_message SET state = 'waiting', attempts = %s, problem = NULL,
        next_try_at = %s
        WHERE organization_id = %s AND id = %s AND state = 'sending' AND attempts = %s""",
        [one.attempts, now, current_organization(), one.id, one.attempts + 1],
    )


# -- many at once -----------------------------------------------------------------------------


def oldest_due(channel: str, *, now: datetime) -> datetime | None:
    """When the oldest of the channel's due messages was made."""
    [[made_at]] = select(
        f"""SELECT MIN(made_at) FROM records_message
        WHERE organization_id = %s AND {_DUE} AND channel = %s""",
        [current_organization(), now, channel],
        types="instant",
    )
    at: datetime | None = made_at
    return at


def put_off(channel: str, *, now: datetime, until: datetime, problem: str) -> int:
    """Let all that is due in a channel wait until then; how many."""
    return execute(
        f"""UPDATE records_message SET next_try_at = %s, problem = %s
        WHERE organization_id = %s AND {_DUE} AND state = 'waiting' AND channel = %s""",
        [until, problem, current_organization(), now, channel],
    )


def hurry(*, now: datetime) -> int:
    """Let all that wait for a later try be due now; how many."""
    return execute(
        f"""UPDATE records_message SET next_try_at = %s
        WHERE organization_id = %s AND {_OPEN} AND state = 'waiting' AND next_try_at > %s""",
        [now, current_organization(), now],
    )


def revive(ids: Sequence[UUID] | None, *, now: datetime) -> int:
    """Dead letters, these or all, wait again; how many."""
    these, values = ("", []) if ids is None else (" AND id IN %s", [list(ids)])
    return execute(
        f"""UPDATE records_message SET state = 'waiting', attempts = 0, next_try_at = %s
        WHERE organization_id = %s AND state = 'dead'{these}""",
        [now, current_organization(), *values],
    )


# -- looking ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up. `guest` and `name` are those of its guest."""

    id: UUID
    guest: str
    name: str
    kind: str
    channel: str
    recipient: str
    attempts: int
    problem: str
    made_at: datetime


def dead_letters(*, limit: int) -> list[DeadLetter]:
    """Messages that were given up, the newest first."""
    rows = select(
        """SELECT m.id, g.external_id, g.name, m.kind, m.channel, m.recipient, m.attempts,
        COALESCE(m.problem, ''), m.made_at
        FROM records_message m
        JOIN records_guest g ON g.organization_id = m.organization_id AND g.id = m.guest_id
        WHERE m.organization_id = %s AND m.state = 'dead' ORDER BY m.id DESC LIMIT %s""",
        [current_organization(), limit],
        types="uuid text text text text text int text instant",
    )
    return [DeadLetter(*row) for row in rows]


def states_of(ids: Sequence[UUID]) -> dict[UUID, str]:
    """The states of messages, by id; unknown ones are left out."""
    rows = select(
        "SELECT id, state FROM records_message WHERE organization_id = %s AND id IN %s",
        [current_organization(), list(ids)],
        types="uuid text",
    )
    return dict(rows)
