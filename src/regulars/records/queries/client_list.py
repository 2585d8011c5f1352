"""The client list: a page of guests with what the desk asks about them (rule 10.11).

Which guests a page shows is one statement, what it shows of them one each for rewards, points
that end and visits: never more, however many are on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.queries.paging import Page, page_of, values_of
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which guests, as of when, in which order; None asks for no such thing.

    `statuses` are the callers' ids; None among the tiers is no tier. `ladder` has the ids of
    the tiers, the lowest first. `among` are ids of guests found by a search; `keys` are row
    ids of those with a label, or, with `is_without`, of those who lack it.
    """

    on: date
    ladder: Sequence[str] = ()
    statuses: Sequence[str] | None = None
    is_included: bool | None = None
    tiers: Sequence[str | None] | None = None
    is_in_tier: bool | None = None
    opted_in: bool | None = None
    has_rewards: bool | None = None
    home_center: str | None = None
    among: Sequence[str] | None = None
    keys: Sequence[UUID] | None = None
    is_without: bool = False
    sort: str = "name"
    is_descending: bool = False


_OPEN = """state IN ('issued', 'held') AND issued_on <= %s
    AND (expires_on IS NULL OR expires_on >= %s)"""

# What a list is ordered by: expression, kind, and whether it may be empty.
_SORTS: Mapping[str, tuple[str, str, bool]] = {
    "name": ("g.name", "text", False),
    "status": ("s.name", "text", True),
    "tier": ("{ladder}", "int", False),
    "points": ("a.points", "int", False),
    "n_rewards": ("COALESCE(r.n_rewards, 0)", "int", False),
    "rewards": ("COALESCE(r.cents, 0)", "int", False),
    "rewards_end": ("r.end_on", "date", True),
    "known": ("g.known_on", "date", False),
}
SORTS = tuple(_SORTS)

_NO_TIER = "\x1f"
"""No tier's id: those can be printed."""


def clients(wanted: Wanted, *, after: str | None = None, limit: int = 50) -> Page[Client]:
    """A page of guests that are themselves, not merged into another."""
    kind = _SORTS[wanted.sort][1]
    rows = _places(wanted, values_of(after, kind, "text") if after else None, limit + 1)
    page = page_of(rows, limit, lambda row: (row[1], row[2]))
    shown = _clients([row[0] for row in page.rows], wanted.on)
    return page.map(lambda row: shown[row[0]])


def chunks(wanted: Wanted) -> Iterator[Sequence[Client]]:
    """The whole list, a chunk of guests after the other."""
    after: str | None = None
    while True:
        page = clients(wanted, after=after, limit=CHUNK)
        yield page.rows
        if page.next is None:
            return
        after = page.next


# -- which ------------------------------------------------------------------------------------


def _places(
    wanted: Wanted, after: tuple[Any, ...] | None, limit: int
) -> list[tuple[UUID, Any, str]]:
    """(row id, what it is ordered by, the caller's id) of the guests of a page."""
    expression, kind, may_be_empty = _SORTS[wanted.sort]
    joins, join_values = _joins(wanted)
    conditions, values = _conditions(wanted)
    place, place_values = _after(wanted, after)
    empty_last = "place IS NULL, " if may_be_empty else ""
    way = "DESC" if wanted.is_descending else "ASC"
    return select(
        f"""SELECT key, place, ref FROM (SELECT g.id AS key, g.external_id AS ref,
        {expression.format(ladder=_rank_of(wanted.ladder))} AS place
        FROM records_guest g JOIN records_account a
        ON a.organization_id = g.organization_id AND a.guest_id = g.id
        {joins} WHERE g.organization_id = %s AND g.merged_into_id IS NULL{conditions}) one
        WHERE {place} ORDER BY {empty_last}place {way}, ref LIMIT {limit}""",
        [
            *(wanted.ladder if wanted.sort == "tier" else ()),
            *join_values,
            current_organization(),
            *values,
            *place_values,
        ],
        types=f"uuid {kind} text",
    )


def _rank_of(ladder: Sequence[str]) -> str:
    """The height of a guest's tier: no tier is the lowest, one of an old program the next."""
    steps = "".join(f" WHEN %s THEN {rank}" for rank, _ in enumerate(ladder, start=1))
    return f"CASE WHEN a.tier IS NULL THEN -1{_spelled(steps)} END"


def _spelled(steps: str) -> str:
    return f" ELSE CASE a.tier{steps} ELSE 0 END" if steps else " ELSE 0"


def _joins(wanted: Wanted) -> tuple[str, list[Any]]:
    """Only what the order or a filter asks for: most pages ask for neither."""
    text, values = "", []
    by_status = wanted.statuses is not None or wanted.is_included is not None
    if by_status or wanted.sort == "status":
        text += """ LEFT JOIN records_gueststatus s
        ON s.organization_id = g.organization_id AND s.id = g.status_id"""
    by_rewards = wanted.sort in ("n_rewards", "rewards", "rewards_end")
    if by_rewards or wanted.has_rewards is not None:
        text += f""" LEFT JOIN (SELECT guest_id, COUNT(*) AS n_rewards,
        SUM(amount_cents) AS cents, MIN(expires_on) AS end_on FROM records_reward
        WHERE organization_id = %s AND {_OPEN} GROUP BY guest_id) r ON r.guest_id = g.id"""
        values = [current_organization(), wanted.on, wanted.on]
    return text, values


def _conditions(wanted: Wanted) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    for condition, wish in (
        ("s.external_id IN %s", wanted.statuses),
        (f"COALESCE(a.tier, '{_NO_TIER}') IN %s", _tiers(wanted.tiers)),
        ("g.home_center_ref = %s", wanted.home_center),
        ("g.external_id IN %s", wanted.among),
        (f"g.id {'NOT ' if wanted.is_without else ''}IN %s", wanted.keys),
    ):
        if wish is not None:
            parts.append(condition)
            values.append(wish if isinstance(wish, str) else list(wish))
    for condition, truth in (
        ("COALESCE(s.include_in_loyalty_rewards, FALSE) = {}", wanted.is_included),
        ("(a.tier IS NOT NULL) = {}", wanted.is_in_tier),
        ("g.opted_in = {}", wanted.opted_in),
        ("(r.n_rewards IS NOT NULL) = {}", wanted.has_rewards),
    ):
        if truth is not None:
            parts.append(condition.format("TRUE" if truth else "FALSE"))
    return "".join(f" AND {part}" for part in parts), values


def _tiers(tiers: Sequence[str | None] | None) -> list[str] | None:
    return None if tiers is None else [tier or _NO_TIER for tier in tiers]


def _after(wanted: Wanted, after: tuple[Any, ...] | None) -> tuple[str, list[Any]]:
    """What comes later in the order than this place; empty ones are last in either."""
    if after is None:
        return "TRUE", []
    value, ref = after
    if value is None:
        return "place IS NULL AND ref > %s", [ref]
    sign = "<" if wanted.is_descending else ">"
    beyond = " OR place IS NULL" if _SORTS[wanted.sort][2] else ""
    return f"(place {sign} %s OR (place = %s AND ref > %s){beyond})", [value, value, ref]


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
        WHERE organization_id = %s AND guest_id IN %s AND {_OPEN} GROUP BY guest_id""",
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
        WHERE organization_id = %s AND guest_id IN %s AND opened_on <= %s AND status <> 'void'
        GROUP BY guest_id UNION ALL
        SELECT guest_id, MAX(starts_on) FROM records_appointment
        WHERE organization_id = %s AND guest_id IN %s AND starts_on <= %s
        AND status = 'completed' GROUP BY guest_id) seen GROUP BY guest_id""",
        [org, list(keys), on, org, list(keys), on],
        types="uuid date",
    )
    return dict(rows)
