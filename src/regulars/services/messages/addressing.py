"""To whom a message that waited is sent now, and whether it may be: what the guest has said and
become since it was made counts.
"""

from dataclasses import dataclass
from uuid import UUID

from regulars.records.message_rows import Taken
from regulars.records.queries import told_guests
from regulars.records.queries.told_guests import GuestToTell
from regulars.services.messages import consent
from regulars.services.messages.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Addressed:
    """Who is told and where; `problem` says in a sentence why not, if not."""

    guest: UUID
    name: str
    address: str
    problem: str | None


def addressed(message: Taken, channel: str) -> Addressed:
    """The guest, or the one she was merged into (rule 9.4), at today's address."""
    person = _person(message.guest)
    kind = KINDS.get(message.kind)
    if person is None or kind is None:
        problem = f"Nothing is known here of its guest or of messages of kind {message.kind}."
        return Addressed(message.guest, "", message.recipient, problem)
    return Addressed(
        person.key,
        person.name,
        consent.address_of(person, channel),
        consent.may_be_told(person, kind, channel),
    )


def _person(key: UUID) -> GuestToTell | None:
    """One query; another for each merge since."""
    seen: set[UUID] = set()
    while key not in seen:
        seen.add(key)
        found = told_guests.guests_to_tell([key]).get(key)
        if found is None or found.merged_into is None:
            return found
        key = found.merged_into
    return None
