"""The columns of a center's appointment book."""

from dataclasses import dataclass
from datetime import datetime

from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """Somebody who gives services at a center; appointments name `ref` as their `staff`."""

    ref: str
    name: str
    center: str
    place: int
    retired_at: datetime | None


def providers(center: str | None = None, *, with_retired: bool = False) -> list[ProviderRow]:
    """Those of one center or of all, in the order of their columns. One query."""
    only = "" if center is None else " AND c.external_id = %s"
    active = "" if with_retired else " AND p.retired_at IS NULL"
    rows = select(
        f"""SELECT p.external_id, p.name, c.external_id, p.place, p.retired_at
        FROM records_provider p JOIN records_center c
        ON c.organization_id = p.organization_id AND c.id = p.center_id
        WHERE p.organization_id = %s{only}{active}
        ORDER BY c.external_id, p.place, p.name, p.external_id""",
        [current_organization(), *([] if center is None else [center])],
        types="text text text int instant",
    )
    return [ProviderRow(*row) for row in rows]
