"""The versions of the program, as they were published."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: since when it counts, who published it, and the whole document."""

    effective_from: date
    published_at: datetime
    published_by: str | None
    document: dict[str, Any]


def versions(*, after: date | None = None, limit: int | None = None) -> list[VersionLine]:
    """In the order of their days. One query."""
    later = "" if after is None else " AND effective_from > %s"
    most = "" if limit is None else f" LIMIT {limit}"
    rows = select(
        "SELECT effective_from, published_at, published_by, document"
        f" FROM records_programversion WHERE organization_id = %s{later}"
        f" ORDER BY effective_from{most}",
        [current_organization(), *([] if after is None else [after])],
        types="date instant text text",
    )
    return [VersionLine(*[*row[:3], codec.value_of(row[3])]) for row in rows]
