"""Who did what, when and why: the journal of all that was applied, the last first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_records
from regulars.records.queries.documents import JournalRow
from regulars.records.scope import current_organization

_COLUMNS = "id, kind, name, at, said_by, body, digest, status, is_command"
SHORT = timedelta(days=31)
"""Days of less are looked up by their instants; of more, the last records are among them."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One record that was applied or waits; `row` is the journal's."""

    row: JournalRow
    is_command: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """Which of them: of whom, by whom, of which kind, from `since` until before `until`."""

    guest: str | None = None
    by: str | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def audit_lines(sought: Sought, *, after: UUID | None, limit: int) -> list[AuditLine]:
    """The last first, from before `after` on. One query, two of a guest."""
    sql, values = audit_query(sought, after=after, limit=limit)
    rows = select(sql, values, types="uuid text text instant text text text text bool")
    return [AuditLine(JournalRow(*row[:8]), row[8]) for row in rows]


def audit_query(sought: Sought, *, after: UUID | None, limit: int) -> tuple[str, list[Any]]:
    """The statement and its values; whatever is sought, there is an index for it.

    A guest is named in one of two columns, each looked up by itself.
    """
    conditions, values = _narrowed(sought)
    if after is not None:
        conditions.append("id < %s")
        values.append(after)
    where = " AND ".join(conditions)
    sql, order = (
        f"SELECT {_COLUMNS} FROM records_record WHERE",
        f"ORDER BY id DESC LIMIT {limit}",
    )
    if sought.guest is None:
        return f"{sql} {where} {order}", values
    # Of the quarters each comes in order, all of them do not: sorted before they are fetched.
    named = f"""SELECT id FROM records_record
        WHERE {where} AND quarter IN %s AND guest_ref = %s {order}"""
    # PostgreSQL would read the whole of a small journal to join the two.
    among = f"IN ({named})" if connection.vendor == "sqlite" else f"= ANY(ARRAY({named}))"
    moved_to = f"{sql} {where} AND other_guest_ref = %s"
    return (
        f"{sql} organization_id = %s AND id {among} UNION ALL {moved_to} {order}",
        [
            current_organization(),
            *values,
            quarters_of_records(),
            sought.guest,
            *values,
            sought.guest,
        ],
    )


def _narrowed(sought: Sought) -> tuple[list[str], list[Any]]:
    is_by_time = _is_short(sought)
    at = "at" if is_by_time else "+at"
    is_of_something = (sought.guest, sought.kind, sought.by) != (None, None, None)
    is_whole = connection.vendor == "sqlite" and not is_of_something and not is_by_time
    # It takes a company to have few records, and would gather all of them to sort them.
    conditions = ["+organization_id = %s" if is_whole else "organization_id = %s"]
    values: list[Any] = [current_organization()]
    for condition, value in (
        ("kind = %s", sought.kind),
        ("said_by = %s", sought.by),
        (f"{at} >= %s", sought.since),
        (f"{at} < %s", sought.until),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return conditions, values


def _is_short(sought: Sought) -> bool:
    """Only SQLite has to be told: it would gather all of a long time to sort it."""
    if connection.vendor != "sqlite":
        return True
    if sought.since is None or sought.until is None:
        return False
    return sought.until - sought.since <= SHORT
