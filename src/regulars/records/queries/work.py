"""What the worker did, as rows for people to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One piece of work; `center` is None for the whole organization."""

    job: str
    day: date
    center: str | None
    state: str
    attempts: int
    worker: str
    started_at: datetime
    ended_at: datetime | None
    milliseconds: int
    n_done: int
    outcome: str
    next_try_at: datetime | None


def recent_work(*, limit: int, only_failed: bool = False) -> Sequence[WorkLine]:
    """The latest pieces of work, the latest first."""
    failed = " AND state = 'failed'" if only_failed else ""
    rows = select(
        f"""SELECT job, day, NULLIF(center_ref, ''), state, attempts, worker, started_at,
        ended_at, milliseconds, n_done, outcome, next_try_at FROM records_workrun
        WHERE organization_id = %s{failed} ORDER BY started_at DESC, id DESC LIMIT %s""",
        [current_organization(), limit],
        types="text date text text int text instant instant int int text instant",
    )
    return [WorkLine(*row) for row in rows]
