"""Acts above the approval limit that wait for a second person (rule 9.2)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.queries.paging import Page, page_of, values_of
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """An act that was asked for. `request` is the record name that approving it names.

    `kind` is add_points | remove_points | extend_expiry; `points` None for an extension, which
    gives the points of `from_expires_on` the new last day `expires_on`. `has_expiry` False: no
    last day was named, so the usual one, or spending order.
    """

    request: str
    kind: str
    guest: str
    guest_name: str
    points: int | None
    has_expiry: bool
    expires_on: date | None
    from_expires_on: date | None
    reason: str | None
    comment: str | None
    asked_by: str | None
    asked_at: datetime


def waiting_acts(
    *, guest: UUID | None = None, after: str | None = None, limit: int = 50
) -> Page[WaitingAct]:
    """The oldest first; with `guest` those of one. One statement."""
    narrowed, values = "", []
    if guest is not None:
        narrowed, values = " AND q.guest_id = %s", [guest]
    if after is not None:
        at, name = values_of(after, "instant", "text")
        narrowed += " AND (q.asked_at > %s OR (q.asked_at = %s AND q.name > %s))"
        values += [at, at, name]
    rows = select(
        f"""SELECT q.name, g.external_id, g.name, q.body, q.asked_by, q.asked_at
        FROM records_approvalrequest q
        JOIN records_guest g ON g.organization_id = q.organization_id AND g.id = q.guest_id
        WHERE q.organization_id = %s AND q.state = 'waiting'{narrowed}
        ORDER BY q.asked_at, q.name LIMIT {limit + 1}""",
        [current_organization(), *values],
        types="text text text text text instant",
    )
    acts = [_waiting(*row) for row in rows]
    return page_of(acts, limit, lambda one: (one.asked_at, one.request))


def count_waiting() -> int:
    rows = select(
        "SELECT COUNT(*) FROM records_approvalrequest"
        " WHERE organization_id = %s AND state = 'waiting'",
        [current_organization()],
    )
    return int(rows[0][0])


def _waiting(
    name: str, guest: str, guest_name: str, body: str, asked_by: str | None, at: datetime
) -> WaitingAct:
    said: dict[str, Any] = codec.value_of(body)
    last_day = said.get("to_expires_on") or said.get("expires_on")
    return WaitingAct(
        request=name,
        kind=said["type"],
        guest=guest,
        guest_name=guest_name,
        points=said.get("points"),
        has_expiry="to_expires_on" in said or "expires_on" in said,
        expires_on=_day(last_day),
        from_expires_on=_day(said.get("from_expires_on")),
        reason=said.get("reason"),
        comment=said.get("comment"),
        asked_by=asked_by,
        asked_at=at,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
