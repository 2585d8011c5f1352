"""Who changed what has no record of its own, the last first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.scope import current_organization

_OF_PERSON = ("staff/", "sign_in/")


@dataclass(frozen=True, slots=True)
class SetupChange:
    """`about` is what was changed, as `key/k3f8`; `body` how it stands since, as JSON."""

    id: UUID
    about: str
    body: str
    at: datetime
    by: str | None
    why: str

    @property
    def area(self) -> str:
        return self.about.partition("/")[0]

    @property
    def subject(self) -> str:
        return self.about.partition("/")[2]


@dataclass(frozen=True, slots=True)
class SoughtChanges:
    """Which of them: by or about a person, of one area, from `since` until before `until`."""

    person: str | None = None
    area: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def setup_changes(
    sought: SoughtChanges, *, after: UUID | None, limit: int
) -> list[SetupChange]:
    """The last first, from before `after` on. One query."""
    conditions, values = ["organization_id = %s"], [current_organization()]
    for condition, given in _narrowed(sought, after):
        conditions.append(condition)
        values += given
    rows = select(
        'SELECT id, about, body, at, "by", why FROM records_deskchange'
        f" WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT {limit}",
        values,
        types="uuid text text instant text text",
    )
    return [SetupChange(*row) for row in rows]


def _narrowed(sought: SoughtChanges, after: UUID | None) -> list[tuple[str, list[Any]]]:
    found: list[tuple[str, list[Any]]] = []
    if sought.person is not None:
        theirs = [prefix + sought.person for prefix in _OF_PERSON]
        found.append(('("by" = %s OR about IN %s)', [sought.person, theirs]))
    if sought.area is not None:
        found.append(("about LIKE %s", [f"{sought.area}/%"]))
    for condition, value in (
        ("at >= %s", sought.since),
        ("at < %s", sought.until),
        ("id < %s", after),
    ):
        if value is not None:
            found.append((condition, [value]))
    return found
