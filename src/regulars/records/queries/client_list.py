"""The client list: a page of guests with what the desk asks about them (rule 10.11).

Which guests a page shows is told by `client_places`; what it shows of them is one statement
each for rewards, points that end and visits: never more, however many are on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.quarters import quarters_opened
from regulars.records.queries.client_places import places
from regulars.records.queries.client_wishes import OPEN, Wanted
from regulars.records.queries.paging import Page
from regulars.records.queries.told_guests import points_ending
from regulars.records.scope import current_organization

CHUNK = 1000
"""Guests read at a time where the whole list is wanted."""


@dataclass(frozen=True, slots=True)
class Client:
    """One guest; `status` and `home_center` are names.

    Rewards are those open on the day, held ones too; `rewards_end_on` and `points_end_on` are
    the soonest last days among them.
    """

    key: UUID
    id: str
    name: str
    phone: str | None
    email: str | None
    birthday: date | None
    home_center: str | None
    status: str | None
    is_included: bool
    opted_in: bool
    tier: str | None
    tier_since: date | None
    points: int
    known_on: date
    n_rewards: int
    rewards_cents: int
    rewards_end_on: date | None
    points_end_on: date | None
    n_points_ending: int
    last_visit_on: date | None


def clients(wanted: Wanted, *, after: str | None = None, limit: int = 50) -> Page[Client]:
    """A page of guests that are themselves, not merged into another.

    Where few are as wanted it may end early, even empty, with others still to come.
    """
    found = places(wanted, after=after, limit=limit)
    shown = _clients(found.keys, wanted.on)
    return Page(tuple(shown[key] for key in found.keys), found.next)


def chunks(wanted: Wanted) -> Iterator[Sequence[Client]]:
    """The whole list, a chunk of guests after the other."""
    after: str | None = None
    while True:
        page = clients(wanted, after=after, limit=CHUNK)
        yield page.rows
        if page.next is None:
            return
        after = page.next


# -- what is shown of them --------------------------------------------------------------------


def _clients(keys: Sequence[UUID], on: date) -> dict[UUID, Client]:
    rewards = _open_rewards(keys, on)
    ending = points_ending(keys, on=on)
    visits = last_visits(keys, on=on)
    rows = select(
        """SELECT g.id, g.external_id, g.name, g.phone, g.email, g.birthday, c.name, s.name,
        COALESCE(s.include_in_loyalty_rewards, FALSE), g.opted_in, a.tier, a.tier_since,
        a.points, g.known_on FROM records_guest g JOIN records_account a
        ON a.organization_id = g.organization_id AND a.guest_id = g.id
        LEFT JOIN records_gueststatus s
        ON s.organization_id = g.organization_id AND s.id = g.status_id
        LEFT JOIN records_center c
        ON c.organization_id = g.organization_id AND c.external_id = g.home_center_ref
        WHERE g.organization_id = %s AND g.id IN %s""",
        [current_organization(), list(keys)],
        types="uuid text text text text date text text bool bool text date int date",
    )
    found = {}
    for row in rows:
        key = row[0]
        held = rewards.get(key, (0, 0, None))
        next_end = ending.get(key, [(None, 0)])[0]
        values: list[Any] = [*row, *held, *next_end, visits.get(key)]
        found[key] = Client(*values)
    return found


def _open_rewards(keys: Sequence[UUID], on: date) -> dict[UUID, tuple[Any, ...]]:
    """How many, how much, and the soonest last day."""
    rows = select(
        f"""SELECT guest_id, COUNT(*), SUM(amount_cents), MIN(expires_on) FROM records_reward
        WHERE organization_id = %s AND guest_id IN %s AND {OPEN} GROUP BY guest_id""",
        [current_organization(), list(keys), on, on],
        types="uuid int int date",
    )
    return {row[0]: row[1:] for row in rows}


def last_visits(keys: Sequence[UUID], *, on: date) -> dict[UUID, date]:
    """The last day up to `on` with a bill that was not voided, or a visit that was made."""
    org = current_organization()
    rows = select(
        """SELECT guest_id, MAX(visited_on) FROM (
        SELECT guest_id, MAX(opened_on) AS visited_on FROM records_invoice
        WHERE organization_id = %s AND opened_quarter IN %s AND guest_id IN %s
        AND opened_on <= %s AND status <> 'void'
        GROUP BY guest_id UNION ALL
        SELECT guest_id, MAX(starts_on) FROM records_appointment
        WHERE organization_id = %s AND guest_id IN %s AND starts_on <= %s
        AND status = 'completed' GROUP BY guest_id) seen GROUP BY guest_id""",
        [org, quarters_opened(date.min, on), list(keys), on, org, list(keys), on],
        types="uuid date",
    )
    return dict(rows)
