"""Endpoints and what they were sent, as rows for people to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint without its secret. `state` is on, failing or off; `waiting` is how many
    events are in line for it, `told_through` the number of the last one put there; `notice`
    says who was told that it was turned off.
    """

    id: str
    url: str
    name: str
    types: Sequence[str]
    state: str
    problem: str | None
    failing_since: datetime | None
    next_try_at: datetime | None
    succeeded_at: datetime | None
    turned_off_at: datetime | None
    notice: str | None
    old_secret_until: datetime | None
    told_through: int
    waiting: int
    made_at: datetime
    made_by: str | None


def endpoints(ref: str | None = None) -> Sequence[Endpoint]:
    """All endpoints of the organization, or the one of this id, the oldest first."""
    one, values = ("", []) if ref is None else (" AND e.ref = %s", [ref])
    rows = select(
        f"""SELECT e.ref, e.url, e.name, e.types,
        CASE WHEN NOT e.is_on THEN 'off' WHEN e.failures > 0 THEN 'failing' ELSE 'on' END,
        e.problem, e.failing_since, e.paused_until, e.succeeded_at, e.turned_off_at,
        e.notice, e.old_secret_until, e.told_through,
        (SELECT COUNT(*) FROM records_webhookdelivery d
            WHERE d.organization_id = e.organization_id AND d.endpoint_id = e.id),
        e.made_at, e.made_by FROM records_webhookendpoint e
        WHERE e.organization_id = %s{one} ORDER BY e.id""",
        [current_organization(), *values],
        types="text text text text text text instant instant instant instant text instant int"
        " int instant text",
    )
    return [Endpoint(*_with_types(row)) for row in rows]


def _with_types(row: Sequence[Any]) -> list[Any]:
    values = list(row)
    values[3] = codec.value_of(row[3])
    return values


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver an event. `number` is None for a test."""

    id: UUID
    event: str
    type: str
    number: int | None
    attempt: int
    at: datetime
    milliseconds: int
    outcome: str
    status: int | None
    answer: str


def attempts(
    ref: str, *, limit: int, before: UUID | None = None, only_failed: bool = False
) -> Sequence[Attempt]:
    """What an endpoint was sent and how it answered, the latest first, before this id."""
    failed = " AND a.outcome <> 'accepted'" if only_failed else ""
    older, values = ("", []) if before is None else (" AND a.id < %s", [before])
    rows = select(
        f"""SELECT a.id, a.event, a.type, a.number, a.attempt, a.at, a.milliseconds, a.outcome,
        a.status, a.answer FROM records_webhookattempt a
        JOIN records_webhookendpoint e
        ON e.organization_id = a.organization_id AND e.id = a.endpoint_id
        WHERE a.organization_id = %s AND e.ref = %s{failed}{older}
        ORDER BY a.id DESC LIMIT %s""",
        [current_organization(), ref, *values, limit],
        types="uuid text text int int instant int text int text",
    )
    return [Attempt(*row) for row in rows]
