"""Messages that were given up: looked at, and tried again when somebody says so."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from regulars.records import message_rows as rows
from regulars.records.message_rows import DeadLetter
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import transactions


def dead_letters(*, limit: int) -> list[DeadLetter]:
    """Messages that were given up, the newest first; in an organization's scope."""
    return rows.dead_letters(limit=limit)


def retry(names: Sequence[str], *, now: datetime) -> int:
    """Let these dead letters wait again; all of them are dead or nothing is done."""
    ids = [_id_of(name) for name in names]
    return transactions.write(lambda: _revive(ids, now))


def retry_all(*, now: datetime) -> int:
    """Let every dead letter wait again; how many."""
    return transactions.write(lambda: rows.revive(None, now=now))


def hurry(*, now: datetime) -> int:
    """Let all that waits for a later try be due now; how many."""
    return transactions.write(lambda: rows.hurry(now=now))


def _revive(ids: Sequence[UUID], now: datetime) -> int:
    states = rows.states_of(ids)
    for key in ids:
        if key not in states:
            raise unknown_reference("message", str(key), field="message")
        if states[key] != "dead":
            raise Refused(
                "conflict",
                said(
                    "Message {key} is {state}, not dead: there is nothing to try again.",
                    key=key,
                    state=states[key],
                ),
                field="message",
                value=str(key),
            )
    return rows.revive(ids, now=now)


def _id_of(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError:
        raise unknown_reference("message", name[:80], field="message") from None
