"""The feed of events: rows of the outbox in an order that readers can follow without a gap.

Ids and sequences are drawn before a transaction commits, so a reader that remembers the last
one it saw would pass over what commits late. Here a row gets its number in a step of its own,
once it is committed, by one process at a time: whoever sees a number sees all before it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from regulars.records.bulk import execute, select
from regulars.records.ids import uuid7
from regulars.records.scope import current_organization

# Told in the statement, not as parameters: only then is the partial index used.
_TO_NUMBER = "number IS NULL AND n_events > 0"


@dataclass(frozen=True, slots=True)
class FeedRow:
    """What one transaction told: its events are `first` to `last`."""

    id: UUID
    topic: str
    body: str
    at: datetime
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Ends:
    """Events up to `forgotten` are gone, those up to `last` are numbered."""

    forgotten: int
    last: int


def has_unnumbered() -> bool:
    """Whether something was told that has no number yet. One short statement."""
    return bool(
        select(
            f"SELECT 1 FROM records_outbox WHERE organization_id = %s AND {_TO_NUMBER} LIMIT 1",
            [current_organization()],
        )
    )


def number_next(*, at: datetime, limit: int) -> int:
    """Number the next rows in the caller's transaction; returns how many.

    `drawn` rises within a guest: it is drawn while the guest is locked. So a guest's events are
    numbered in the order in which they happened, whatever the clocks of two machines say.
    """
    organization = current_organization()
    last = _lock(organization)
    n_rows = execute(
        f"""UPDATE records_outbox AS o SET number = r.number, numbered_at = %s
        FROM (SELECT id, %s + CAST(SUM(n_events) OVER (ORDER BY drawn, id) AS bigint) AS number
            FROM (SELECT id, n_events, drawn FROM records_outbox
                WHERE organization_id = %s AND {_TO_NUMBER} ORDER BY drawn, id LIMIT %s) AS n
        ) AS r WHERE o.organization_id = %s AND o.id = r.id""",
        [at, last, organization, limit, organization],
    )
    if n_rows:
        execute(
            """UPDATE records_eventfeed SET last_number =
            (SELECT MAX(number) FROM records_outbox
                WHERE organization_id = %s AND number IS NOT NULL)
            WHERE organization_id = %s""",
            [organization, organization],
        )
    return n_rows


def _lock(organization: UUID) -> int:
    """Number alone until the transaction ends; the last number there is.

    What follows must read anew: on PostgreSQL each statement sees what was committed before
    it, so the rows that another has just numbered are not taken for new ones.
    """
    execute(
        """INSERT INTO records_eventfeed (id, organization_id, last_number, forgotten_through)
        VALUES (%s, %s, 0, 0) ON CONFLICT (organization_id) DO NOTHING""",
        [uuid7(), organization],
    )
    held = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    [[last]] = select(
        f"SELECT last_number FROM records_eventfeed WHERE organization_id = %s{held}",
        [organization],
    )
    return int(last)


def ends() -> Ends:
    """How far the feed reaches, at both ends."""
    rows = select(
        "SELECT forgotten_through, last_number FROM records_eventfeed"
        " WHERE organization_id = %s",
        [current_organization()],
    )
    return Ends(*rows[0]) if rows else Ends(0, 0)


def rows_after(number: int, *, limit: int) -> list[FeedRow]:
    """The rows of the next events after this one, so many of them, in order."""
    rows = select(
        """SELECT id, topic, body, at, number - n_events + 1, number FROM records_outbox
        WHERE organization_id = %s AND number IS NOT NULL AND number > %s
        AND number - n_events < %s ORDER BY number LIMIT %s""",
        [current_organization(), number, number + limit, limit],
        types="uuid text text instant int int",
    )
    return [FeedRow(*row) for row in rows]


def forget(*, before: datetime) -> int:
    """Remove rows told, numbered before then and put in line for every endpoint that is on.

    A reader who comes for them later is told that they are gone: the end is kept.
    """
    organization = current_organization()
    _lock(organization)
    values = [organization, before, organization]
    where = """organization_id = %s AND status = 'told' AND number IS NOT NULL
        AND numbered_at < %s AND number <= COALESCE((SELECT MIN(told_through)
            FROM records_webhookendpoint WHERE organization_id = %s AND is_on),
            9223372036854775807)"""
    [[last]] = select(f"SELECT MAX(number) FROM records_outbox WHERE {where}", values)
    if last is None:
        return 0
    execute(
        "UPDATE records_eventfeed SET forgotten_through = %s WHERE organization_id = %s"
        " AND forgotten_through < %s",
        [last, organization, last],
    )
    return execute(f"DELETE FROM records_outbox WHERE {where}", values)
