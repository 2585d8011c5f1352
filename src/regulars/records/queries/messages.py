"""Messages for people to look at: what went out, what waits, what came to nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.scope import current_organization

_OPEN, _OVER = ("waiting", "sending", "dead"), ("sent", "withheld")
STATES = ("waiting", "sending", "sent", "withheld", "dead")


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message without its words."""

    id: UUID
    guest: str
    name: str
    kind: str
    channel: str
    occasion: str
    language: str
    recipient: str
    state: str
    problem: str | None
    attempts: int
    made_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageText:
    """A message as it was worded."""

    line: MessageLine
    subject: str
    body: str


_COLUMNS = """m.id, g.external_id, g.name, m.kind, m.channel, m.occasion, m.language,
    m.recipient, m.state, m.problem, m.attempts, m.made_at, m.next_try_at, m.sent_at"""
_TYPES = "uuid text text text text text text text text text int instant instant instant"
_FROM = """FROM records_message m JOIN records_guest g
    ON g.organization_id = m.organization_id AND g.id = m.guest_id
    WHERE m.organization_id = %s"""


def messages(
    *,
    states: Sequence[str] = STATES,
    guest: str | None = None,
    kind: str | None = None,
    before: UUID | None = None,
    limit: int = 100,
) -> list[MessageLine]:
    """The latest messages first, those of one guest and one kind where they are named; with
    `before` those made before that one.
    """
    where, parameters = "AND m.state IN %s", [current_organization(), list(states)]
    if guest is not None:
        where, parameters = f"{where} AND g.external_id = %s", [*parameters, guest]
    if kind is not None:
        where, parameters = f"{where} AND m.kind = %s", [*parameters, kind]
    if before is not None:
        where, parameters = f"{where} AND m.id < %s", [*parameters, before]
    rows = select(
        f"SELECT {_COLUMNS} {_FROM} {where} ORDER BY m.id DESC LIMIT {int(limit)}",
        parameters,
        types=_TYPES,
    )
    return [MessageLine(*row) for row in rows]


def message(message_id: UUID) -> MessageText | None:
    """One message with its words; None if there is none of this id."""
    rows: list[tuple[Any, ...]] = select(
        f"SELECT {_COLUMNS}, m.subject, m.body {_FROM} AND m.id = %s",
        [current_organization(), message_id],
        types=f"{_TYPES} text text",
    )
    if not rows:
        return None
    *line, subject, body = rows[0]
    return MessageText(MessageLine(*line), subject, body)


def counts(since: datetime | None = None) -> dict[tuple[str, str, str], int]:
    """How many messages there are, by kind, channel and state; with `since`, of those that are
    over only what was made from then on. One query of an index.
    """
    where = ""
    parameters: list[Any] = [current_organization()]
    if since is not None:
        where = " AND (state IN %s OR state IN %s AND made_at >= %s)"
        parameters += [_OPEN, _OVER, since]
    rows = select(
        f"""SELECT kind, channel, state, COUNT(*) FROM records_message
        WHERE organization_id = %s{where} GROUP BY kind, channel, state""",
        parameters,
        types="text text text int",
    )
    return {(kind, channel, state): n for kind, channel, state, n in rows}
