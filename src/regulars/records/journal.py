"""The journal of every record that was applied, word for word."""

from typing import Any

from regulars.records import bulk, codec, models
from regulars.records.quarters import quarter_of

JOURNAL_COLUMNS = (
    "kind name at said_by body digest status is_command guest_ref other_guest_ref quarter"
).split()


def journal_row(
    record: Any, status: str = "applied", *, is_command: bool = False
) -> tuple[Any, ...]:
    """What the journal keeps of a record that was applied, or waits.

    A feedback's own moment tells no change, so the digest is without it, the body with it.
    """
    body = codec.bytes_of(record.body) if record.kind == "feedback" else record.canonical
    return (
        record.kind,
        record.name,
        record.at,
        record.by,
        body.decode(),
        record.digest.hex(),
        status,
        is_command,
        *_guests_of(record),
        quarter_of(record.at),
    )


def _guests_of(record: Any) -> tuple[str | None, str | None]:
    """Whom a record is about: one guest, or the two of a merge."""
    if record.kind == "guest":
        return record.name.removeprefix("guest/"), None
    says = record.body
    if record.kind == "merge_guests":
        return says.from_guest, says.into_guest
    return getattr(says, "guest", None), None


def write_journal(rows: list[tuple[Any, ...]]) -> None:
    bulk.insert(models.Record, JOURNAL_COLUMNS, rows)
