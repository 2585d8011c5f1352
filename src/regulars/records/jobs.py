"""What ran on which day, in short statements: idle days are closed by the hundred."""

from datetime import date, datetime
from uuid import UUID

from regulars.records.bulk import execute
from regulars.records.ids import uuid7
from regulars.records.scope import current_organization


def begin(job: str, day: date, *, at: datetime) -> None:
    """Note that a job began; one that a crash stopped keeps its first beginning."""
    execute(
        """INSERT INTO records_jobrun
        (id, organization_id, job, day, is_done, n_guests, started_at)
        VALUES (%s, %s, %s, %s, FALSE, 0, %s)
        ON CONFLICT (organization_id, job, day) DO NOTHING""",
        [uuid7(), current_organization(), job, day, at],
    )


def end(job: str, day: date, *, n_guests: int, at: datetime) -> None:
    """Note that it is done, and of how many guests, counted over all that it took."""
    execute(
        """UPDATE records_jobrun SET is_done = TRUE, n_guests = n_guests + %s, ended_at = %s
        WHERE organization_id = %s AND job = %s AND day = %s""",
        [n_guests, at, current_organization(), job, day],
    )


def set_closed_through(organization: UUID, day: date) -> bool:
    return _set("closed_through", organization, day)


def set_expired_through(organization: UUID, day: date) -> bool:
    return _set("expired_through", organization, day)


def _set(column: str, organization: UUID, day: date) -> bool:
    """Forward only: a process that read an older day may be late. Whether it went forward."""
    n_rows = execute(
        f"UPDATE records_organization SET {column} = %s"
        f" WHERE id = %s AND ({column} IS NULL OR {column} < %s)",
        [day, organization, day],
    )
    return n_rows > 0
