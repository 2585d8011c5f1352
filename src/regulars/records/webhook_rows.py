"""Events on their way to endpoints: put in line, taken, settled; each a statement or two.

Of one guest's events only the first in line is taken, and it stays in line until it is accepted
or given up: nobody can pass it. A row is taken by comparing `attempts` with what was read: of
two workers that try at the same moment the database lets one through.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from regulars.records import bulk
from regulars.records.bulk import execute, select
from regulars.records.models import WebhookAttempt, WebhookDelivery
from regulars.records.scope import current_organization, every_organization

_ENDPOINT = """id, ref, url, types, secret, old_secret, old_secret_until, told_through,
    failures, failing_since, paused_until, succeeded_at"""
_ENDPOINT_TYPES = "uuid text text text text text instant int int instant instant instant"


@dataclass(frozen=True, slots=True)
class Listener:
    """An endpoint that is on, as sending sees it."""

    id: UUID
    ref: str
    url: str
    types: str
    secret: str
    old_secret: str | None
    old_secret_until: datetime | None
    told_through: int
    failures: int
    failing_since: datetime | None
    paused_until: datetime | None
    succeeded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Notice:
    """An endpoint that was turned off, of which somebody is to be told."""

    id: UUID
    ref: str
    url: str
    name: str
    problem: str
    turned_off_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """An event whose turn has come; `attempts` is how often it was tried so far."""

    id: UUID
    endpoint: UUID
    number: int
    event: str
    type: str
    body: str
    attempts: int
    first_tried_at: datetime | None


def organizations_listening() -> list[str]:
    """The ids of organizations that have an endpoint which is on; asked outside any scope."""
    with every_organization():
        rows = select(
            """SELECT external_id FROM records_organization o WHERE EXISTS (SELECT 1
            FROM records_webhookendpoint e WHERE e.organization_id = o.id AND e.is_on)
            ORDER BY external_id"""
        )
    return [row[0] for row in rows]


def listeners() -> list[Listener]:
    rows = select(
        f"SELECT {_ENDPOINT} FROM records_webhookendpoint"
        " WHERE organization_id = %s AND is_on ORDER BY id",
        [current_organization()],
        types=_ENDPOINT_TYPES,
    )
    return [Listener(*row) for row in rows]


def locked_listener(endpoint: UUID) -> Listener | None:
    """The endpoint if it is on, held until the transaction ends."""
    held = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    rows = select(
        f"SELECT {_ENDPOINT} FROM records_webhookendpoint"
        f" WHERE organization_id = %s AND id = %s AND is_on{held}",
        [current_organization(), endpoint],
        types=_ENDPOINT_TYPES,
    )
    return Listener(*rows[0]) if rows else None


# -- in line ----------------------------------------------------------------------------------


def n_in_line(endpoint: UUID) -> int:
    [[count]] = select(
        "SELECT COUNT(*) FROM records_webhookdelivery"
        " WHERE organization_id = %s AND endpoint_id = %s",
        [current_organization(), endpoint],
    )
    return int(count)


def put_in_line(
    endpoint: UUID, rows: Iterable[tuple[Any, ...]], *, through: int, at: datetime
) -> None:
    """Add (number, event, type, line, body), and keep how far the endpoint has come."""
    columns = "endpoint_id number event type line body attempts next_try_at worker".split()
    bulk.insert(WebhookDelivery, columns, [(endpoint, *row, 0, at, "") for row in rows])
    set_told_through(endpoint, through)


def set_told_through(endpoint: UUID, number: int) -> None:
    execute(
        "UPDATE records_webhookendpoint SET told_through = %s"
        " WHERE organization_id = %s AND id = %s",
        [number, current_organization(), endpoint],
    )


def clear_line(endpoint: UUID) -> int:
    """Take everything out of line; how many. What is under way is not waited for."""
    return execute(
        "DELETE FROM records_webhookdelivery WHERE organization_id = %s AND endpoint_id = %s",
        [current_organization(), endpoint],
    )


def due(endpoint: UUID, *, now: datetime, limit: int, is_trying: bool = False) -> list[Due]:
    """Events whose turn has come, the first of their lines, longest waiting first.

    With `is_trying` one that waits for its next try may be taken before its time; none that
    is under way.
    """
    ready = "(d.next_try_at <= %s OR d.worker = '')" if is_trying else "d.next_try_at <= %s"
    rows = select(
        f"""SELECT d.id, d.endpoint_id, d.number, d.event, d.type, d.body, d.attempts,
        d.first_tried_at FROM records_webhookdelivery d
        WHERE d.organization_id = %s AND d.endpoint_id = %s AND {ready}
        AND NOT EXISTS (SELECT 1 FROM records_webhookdelivery e
            WHERE e.organization_id = d.organization_id AND e.endpoint_id = d.endpoint_id
            AND e.line = d.line AND e.number < d.number)
        ORDER BY d.next_try_at, d.number LIMIT %s""",
        [current_organization(), endpoint, now, limit],
        types="uuid uuid int text text text int instant",
    )
    return [Due(*row) for row in rows]


def take(one: Due, *, now: datetime, until: datetime, worker: str) -> bool:
    """Make it ours until then; False where another was faster."""
    n_rows = execute(
        """UPDATE records_webhookdelivery SET attempts = attempts + 1, next_try_at = %s,
        worker = %s, first_tried_at = COALESCE(first_tried_at, %s)
        WHERE organization_id = %s AND id = %s AND attempts = %s""",
        [until, worker, now, current_organization(), one.id, one.attempts],
    )
    return n_rows == 1


_IS_OURS = "organization_id = %s AND id = %s AND attempts = %s AND worker = %s"


def remove(one: Due, *, worker: str) -> bool:
    """It was accepted or given up; False where it is no longer ours."""
    n_rows = execute(
        f"DELETE FROM records_webhookdelivery WHERE {_IS_OURS}",
        [current_organization(), one.id, one.attempts + 1, worker],
    )
    return n_rows == 1


def put_off(one: Due, *, until: datetime, worker: str) -> bool:
    """It was not accepted: it stays first in its line until then, or until things go well."""
    n_rows = execute(
        f"UPDATE records_webhookdelivery SET next_try_at = %s, worker = '' WHERE {_IS_OURS}",
        [until, current_organization(), one.id, one.attempts + 1, worker],
    )
    return n_rows == 1


def wake(endpoint: UUID, *, now: datetime) -> int:
    """Let all that waits for its next try be due; how many."""
    return execute(
        """UPDATE records_webhookdelivery SET next_try_at = %s WHERE organization_id = %s
        AND endpoint_id = %s AND worker = '' AND next_try_at > %s""",
        [now, current_organization(), endpoint, now],
    )


def workers_under_way() -> list[str]:
    rows = select(
        "SELECT DISTINCT worker FROM records_webhookdelivery"
        " WHERE organization_id = %s AND worker <> ''",
        [current_organization()],
    )
    return [row[0] for row in rows]


def free(workers: Collection[str], *, now: datetime) -> int:
    """What these workers, who died, had under way is due again; how many.

    It was no fault of the endpoint, so it makes nothing wait longer: it counts as no try.
    """
    return execute(
        """UPDATE records_webhookdelivery SET worker = '', next_try_at = %s,
        attempts = attempts - 1
        WHERE organization_id = %s AND worker IN %s""",
        [now, current_organization(), list(workers)],
    )


# -- how it goes with an endpoint -------------------------------------------------------------


def note_success(endpoint: UUID, *, at: datetime) -> None:
    execute(
        """UPDATE records_webhookendpoint SET failures = 0, failing_since = NULL,
        paused_until = NULL, problem = NULL, succeeded_at = %s
        WHERE organization_id = %s AND id = %s""",
        [at, current_organization(), endpoint],
    )


def note_failure(
    endpoint: UUID, *, at: datetime, problem: str, paused_until: datetime | None
) -> None:
    execute(
        """UPDATE records_webhookendpoint SET failures = failures + 1,
        failing_since = COALESCE(failing_since, %s), problem = %s, paused_until = %s
        WHERE organization_id = %s AND id = %s""",
        [at, problem, paused_until, current_organization(), endpoint],
    )


def turn_off(
    endpoint: UUID, *, at: datetime, problem: str, notice_due_at: datetime | None = None
) -> None:
    execute(
        """UPDATE records_webhookendpoint SET is_on = FALSE, turned_off_at = %s, problem = %s,
        notice = NULL, notice_due_at = %s WHERE organization_id = %s AND id = %s""",
        [at, problem, notice_due_at, current_organization(), endpoint],
    )


# -- telling the owners that one was turned off -----------------------------------------------


def notices_due(*, now: datetime) -> list[Notice]:
    rows = select(
        """SELECT id, ref, url, name, problem, turned_off_at FROM records_webhookendpoint
        WHERE organization_id = %s AND NOT is_on AND notice_due_at <= %s ORDER BY id""",
        [current_organization(), now],
        types="uuid text text text text instant",
    )
    return [Notice(*row) for row in rows]


def is_notice_due(*, now: datetime) -> bool:
    return bool(notices_due(now=now))


def put_off_notice(one: Notice, *, now: datetime, until: datetime) -> int:
    """Take it until then: 1, or 0 where another worker was faster."""
    return execute(
        """UPDATE records_webhookendpoint SET notice_due_at = %s
        WHERE organization_id = %s AND id = %s AND NOT is_on AND notice_due_at <= %s""",
        [until, current_organization(), one.id, now],
    )


def note_notice(one: Notice, *, note: str, is_last: bool) -> None:
    """Keep how it went; the last time nothing is due any more."""
    due_at = "NULL" if is_last else "notice_due_at"
    execute(
        f"""UPDATE records_webhookendpoint SET notice = %s, notice_due_at = {due_at}
        WHERE organization_id = %s AND id = %s AND NOT is_on""",
        [note, current_organization(), one.id],
    )


# -- the log ----------------------------------------------------------------------------------

ATTEMPT_COLUMNS = (
    "endpoint_id event type number attempt at milliseconds outcome status answer"
).split()


def log_attempts(rows: Iterable[tuple[Any, ...]]) -> None:
    bulk.insert(WebhookAttempt, ATTEMPT_COLUMNS, rows)


def forget_attempts(*, before: datetime) -> int:
    return execute(
        "DELETE FROM records_webhookattempt WHERE organization_id = %s AND at < %s",
        [current_organization(), before],
    )
