"""Who is who in the books."""

from regulars.faces.shared.visits import Visit
from regulars.records.queries import finding, guest_heads
from regulars.services import staff


def names_of(visit: Visit) -> dict[str, str]:
    """The names of staff members, those who left too, by what stands in the books."""
    return {one.ref: one.name for one in staff.members_of(visit.company)}


def find_guest(visit: Visit, text: str) -> str | None:
    """The guest by the id, else whoever the search of the desk finds first."""
    if guest_heads.head_of(text) is not None:
        return text
    found = finding.find_guests(text, limit=1, time_zone=visit.zone.key)
    return found[0].id if found else None
