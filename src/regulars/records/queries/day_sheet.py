"""Who comes to a center on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class Booked:
    """One appointment; `tier` is the id of the tier its guest is in now."""

    ref: str
    guest: str
    guest_name: str
    tier: str | None
    starts_at: datetime
    status: str


def appointments_on(on: date, *, center: UUID) -> list[Booked]:
    """The appointments of a business date at a center, in their order. One statement."""
    rows = select(
        """SELECT a.external_id, g.external_id, g.name, c.tier, a.starts_at, a.status
        FROM records_appointment a
        JOIN records_guest g ON g.organization_id = a.organization_id AND g.id = a.guest_id
        LEFT JOIN records_account c
        ON c.organization_id = a.organization_id AND c.guest_id = a.guest_id
        WHERE a.organization_id = %s AND a.center_id = %s AND a.starts_on = %s
        ORDER BY a.starts_at, g.name, a.external_id""",
        [current_organization(), center, on],
        types="text text text text instant text",
    )
    return [Booked(*row) for row in rows]
