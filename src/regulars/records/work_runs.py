"""Pieces of scheduled work: taken by one statement, held for a while, ended with an outcome.

A piece is (job, day, center), center "" for the whole organization. All instants are the
worker's own clock.
"""

from dataclasses import dataclass
from datetime import date, datetime

from regulars.records.bulk import execute, select
from regulars.records.ids import uuid7
from regulars.records.scope import current_organization

RUNNING, DONE, FAILED = "running", "done", "failed"

Piece = tuple[str, date, str]
"""Job, day, center."""

_IS_PIECE = "organization_id = %s AND job = %s AND day = %s AND center_ref = %s"


def take(
    piece: Piece,
    *,
    worker: str,
    at: datetime,
    held_until: datetime,
    gone: list[str],
    is_again: bool,
) -> bool:
    """Take a piece that is new, failed long enough ago, or held by a worker that died.

    `gone` are workers known to have died; with `is_again` one that is done is taken again.
    Whether it was taken: of several workers that ask at once, one gets it.
    """
    n_rows = execute(
        """INSERT INTO records_workrun AS run
        (id, organization_id, job, day, center_ref, state, attempts, worker, held_until,
         next_try_at, started_at, ended_at, milliseconds, n_done, outcome)
        VALUES (%s, %s, %s, %s, %s, 'running', 1, %s, %s, NULL, %s, NULL, 0, 0, '')
        ON CONFLICT (organization_id, job, day, center_ref) DO UPDATE SET
        attempts = CASE WHEN run.state = 'done' THEN 1 ELSE run.attempts + 1 END,
        state = 'running', worker = excluded.worker, held_until = excluded.held_until,
        started_at = excluded.started_at, next_try_at = NULL, ended_at = NULL
        WHERE (run.state = 'failed' AND (run.next_try_at IS NULL OR run.next_try_at <= %s))
        OR (run.state = 'running' AND (run.held_until <= %s OR run.worker IN %s))
        OR (run.state = 'done' AND %s)""",
        [
            uuid7(),
            current_organization(),
            *piece,
            worker,
            held_until,
            at,
            at,
            at,
            gone,
            is_again,
        ],
    )
    return n_rows > 0


def add(piece: Piece, *, worker: str, n_done: int, held_until: datetime) -> bool:
    """Count what was done and hold on; False if another worker has taken the piece."""
    n_rows = execute(
        f"""UPDATE records_workrun SET n_done = n_done + %s, held_until = %s
        WHERE {_IS_PIECE} AND worker = %s AND state = 'running'""",
        [n_done, held_until, current_organization(), *piece, worker],
    )
    return n_rows > 0


@dataclass(frozen=True, slots=True)
class End:
    """How a piece ended. `next_try_at` only where it failed."""

    state: str
    outcome: str
    at: datetime
    milliseconds: int
    n_done: int = 0
    next_try_at: datetime | None = None


def end(piece: Piece, ending: End, *, worker: str) -> None:
    """Keep how it ended; unless another worker has it by now."""
    execute(
        f"""UPDATE records_workrun SET state = %s, outcome = %s, ended_at = %s,
        milliseconds = milliseconds + %s, n_done = n_done + %s, next_try_at = %s,
        held_until = NULL WHERE {_IS_PIECE} AND worker = %s AND state = 'running'""",
        [
            ending.state,
            ending.outcome,
            ending.at,
            ending.milliseconds,
            ending.n_done,
            ending.next_try_at,
            current_organization(),
            *piece,
            worker,
        ],
    )


def put_back(piece: Piece, *, worker: str, at: datetime, milliseconds: int) -> None:
    """Whoever comes next may go on with it at once."""
    execute(
        f"""UPDATE records_workrun SET held_until = %s, milliseconds = milliseconds + %s,
        outcome = 'Stopped half-way.'
        WHERE {_IS_PIECE} AND worker = %s AND state = 'running'""",
        [at, milliseconds, current_organization(), *piece, worker],
    )


def make_up_for(job: str, day: date, *, at: datetime) -> None:
    """Nothing is left to do of earlier, unfinished pieces of a job once this day is done."""
    execute(
        """UPDATE records_workrun SET state = 'done', next_try_at = NULL, held_until = NULL,
        ended_at = %s, outcome = outcome || %s WHERE organization_id = %s AND job = %s
        AND (day < %s OR (day = %s AND center_ref <> ''))
        AND (state = 'failed' OR (state = 'running' AND held_until <= %s))""",
        [at, f" Made up for by that of {day}.", current_organization(), job, day, day, at],
    )


def attempts(piece: Piece) -> int:
    """How often in a row it has been tried."""
    rows = select(
        f"SELECT attempts FROM records_workrun WHERE {_IS_PIECE}",
        [current_organization(), *piece],
    )
    return int(rows[0][0]) if rows else 0


def workers_at_work() -> list[str]:
    """Who holds something."""
    rows = select(
        "SELECT DISTINCT worker FROM records_workrun"
        " WHERE organization_id = %s AND state = 'running'",
        [current_organization()],
    )
    return [row[0] for row in rows]


def done_pieces(job: str, *, since: date) -> set[tuple[date, str]]:
    """Day and center of what is done of a job from a day on."""
    rows = select(
        "SELECT day, center_ref FROM records_workrun WHERE organization_id = %s"
        " AND job = %s AND day >= %s AND state = 'done'",
        [current_organization(), job, since],
        types="date text",
    )
    return set(rows)


def last_done(job: str) -> date | None:
    """The last day of which a job is done."""
    rows = select(
        "SELECT MAX(day) FROM records_workrun WHERE organization_id = %s"
        " AND job = %s AND state = 'done'",
        [current_organization(), job],
        types="date",
    )
    return rows[0][0] if rows else None


def next_try_at() -> datetime | None:
    """When the first piece that failed, or whose worker may have died, may be taken again."""
    rows = select(
        "SELECT MIN(CASE WHEN state = 'failed' THEN next_try_at ELSE held_until END)"
        " FROM records_workrun WHERE organization_id = %s AND state <> 'done'",
        [current_organization()],
        types="instant",
    )
    return rows[0][0] if rows else None


def forget(*, before: date) -> int:
    """Remove what is over and older, but for the last day of each job, which says how far it
    came; how many.
    """
    org = current_organization()
    return execute(
        """DELETE FROM records_workrun WHERE organization_id = %s AND day < %s
        AND state <> 'running' AND day < (SELECT MAX(last.day) FROM records_workrun last
        WHERE last.organization_id = %s AND last.job = records_workrun.job
        AND last.state = 'done')""",
        [org, before, org],
    )
