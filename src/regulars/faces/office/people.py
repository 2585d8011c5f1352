"""Who is who in the books."""

from regulars.faces.shared.visits import Visit
from regulars.services import staff


def names_of(visit: Visit) -> dict[str, str]:
    """The names of staff members, those who left too, by what stands in the books."""
    return {one.ref: one.name for one in staff.members_of(visit.company)}
