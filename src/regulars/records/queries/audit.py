"""Who did what, when and why: the journal of all that was applied, the last first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from regulars.records.bulk import select
from regulars.records.queries.documents import JournalRow
from regulars.records.scope import current_organization


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
    """The last first, from before `after` on. One query."""
    conditions, values = _narrowed(sought)
    if after is not None:
        conditions.append("id < %s")
        values.append(after)
    rows = select(
        "SELECT id, kind, name, at, said_by, body, digest, status, is_command"
        f" FROM records_record WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT {limit}",
        values,
        types="uuid text text instant text text text text bool",
    )
    return [AuditLine(JournalRow(*row[:8]), row[8]) for row in rows]


def _narrowed(sought: Sought) -> tuple[list[str], list[Any]]:
    conditions = ["organization_id = %s"]
    values: list[Any] = [current_organization()]
    for condition, value in (
        ("kind = %s", sought.kind),
        ("said_by = %s", sought.by),
        ("at >= %s", sought.since),
        ("at < %s", sought.until),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    if sought.guest is not None:
        condition, parts = _about(sought.guest)
        conditions.append(condition)
        values += parts
    return conditions, values


def _about(guest: str) -> tuple[str, list[str]]:
    """The guest's own record, and those that name her as the journal writes it."""
    said = msgspec.json.encode(guest).decode()
    names = [f'"{field}":{said}' for field in ("guest", "from", "into")]
    has = "instr(body, %s) > 0" if connection.vendor == "sqlite" else "strpos(body, %s) > 0"
    return f"(name = %s OR {' OR '.join([has] * len(names))})", [f"guest/{guest}", *names]
