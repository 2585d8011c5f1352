"""Who may be told what, through which channel; and how it came to this."""

from datetime import datetime
from uuid import UUID

from regulars.services.organizations import Company


def record_consent(
    company: Company,
    guest_ref: str,
    *,
    channel: str,
    state: str,
    at: datetime,
    by: str | None,
    how: str,
    note: str | None = None,
) -> None:
    """The guest gave or withdrew consent to a channel; kept with who, when, how and why."""
    raise NotImplementedError


def set_language(
    company: Company,
    guest_ref: str,
    language: str | None,
    *,
    at: datetime,
    by: str | None,
    how: str,
    note: str | None = None,
) -> None:
    """The language in which the guest is told things; None is the organization's own."""
    raise NotImplementedError


def note_bounce(guest: UUID, channel: str, address: str, *, at: datetime, problem: str) -> None:
    """An address failed for good: nothing more is sent there. In the caller's transaction."""
    raise NotImplementedError
