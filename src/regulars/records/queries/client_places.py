"""Which guests a page of the client list shows, read in its order and no further than needed.

Every order is that of an index, or of a few parts of one: each tier, each status. A page walks
along it until it is full. Where a filter lets only few pass, those are fetched and sorted
instead; where that cannot be told beforehand, the walk ends after so many guests, and the next
page goes on from there. So a page costs about the same however many guests there are, in as
many statements, with the same plan on both engines: CROSS JOIN holds SQLite to the order of
the tables, and PostgreSQL has nothing to gain from another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.queries.client_wishes import (
    OPEN,
    SOONEST,
    Sql,
    Wanted,
    asks_for_tier,
    conditions_of,
    is_narrowed,
    narrowest,
    open_of,
)
from regulars.records.queries.paging import mark_of, values_of
from regulars.records.scope import current_organization
from regulars.rules.categories import NEW, REGULAR
from regulars.rules.refusals import Refused

FAR, FAR_WITH_CARE, NEAR = 10_000, 2000, 100
"""Guests a page looks through for those a filter lets pass: fewer where each takes long, and
first of all no more than fill a page where it lets many pass.
"""


@dataclass(frozen=True, slots=True)
class Places:
    """Row ids in order; `next` is the mark to go on after, None at the end of the list."""

    keys: tuple[UUID, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class _Order:
    """`column` and then `tie` order the rows of `table`; `follows`: the tie turns with it.

    `parts` is what the list is divided by before that: tier, status, rewards, or nothing.
    """

    table: str
    column: str
    kind: str
    tie: str
    tie_kind: str
    follows: bool = False
    parts: str = ""


_KEYS = {"guest": "g.id", "account": "a.guest_id", "reward": "r.guest_id"}
ALIKE, NEVER = "0", "CAST(NULL AS date)"
"""In place of a column, where a part has the same in all its rows."""

_ORDERS: Mapping[str, _Order] = {
    "name": _Order("guest", "g.name", "text", "g.external_id", "text", True),
    "known": _Order("guest", "g.known_on", "date", "g.id", "uuid", True),
    "points": _Order("account", "a.points", "int", "a.guest_id", "uuid", True),
    "tier": _Order("account", ALIKE, "int", "a.guest_id", "uuid", parts="tier"),
    "status": _Order("guest", ALIKE, "int", "g.id", "uuid", parts="status"),
    "n_rewards": _Order("reward", "COUNT(*)", "int", "r.guest_id", "uuid", parts="rewards"),
    "rewards": _Order(
        "reward", "SUM(amount_cents)", "int", "r.guest_id", "uuid", parts="rewards"
    ),
    "rewards_end": _Order(
        "reward", "expires_on", "date", "r.guest_id", "uuid", True, parts="rewards"
    ),
}
SORTS = tuple(_ORDERS)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the list that is whole in one order; `name` finds it again for a mark."""

    name: str
    condition: str = ""
    values: tuple[Any, ...] = ()
    order: _Order | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    """The place after which a page begins: in which part, at what, and the tie."""

    part: str
    place: Any
    tie: Any


def places(wanted: Wanted, *, after: str | None, limit: int) -> Places:
    """A page of guests that are themselves, not merged into another. At most eight statements.

    Refused: a mark that is none.
    """
    order = _ORDERS[wanted.sort]
    mark = _Mark(*values_of(after, "text", order.kind, order.tie_kind)) if after else None
    parts = _from(mark, _parts(wanted, order))
    narrow = narrowest(wanted)
    last = None
    if order.parts == "rewards":
        rows, last = _one_by_one(wanted, parts, mark, narrow, limit + 1)
    else:
        if narrow is None and not order.parts and is_narrowed(wanted):
            last = _far_on(wanted, order, mark)
        rows = _walked(wanted, parts, mark, last, narrow, limit + 1)
    shown = rows[:limit]
    keys = tuple(row[1] for row in shown)
    if len(rows) > limit:
        number, _, place, tie = shown[-1]
        return Places(keys, mark_of((parts[number].name, place, tie)))
    if last is not None:
        return Places(keys, mark_of((last.part, last.place, last.tie)))
    return Places(keys, None)


_Row = tuple[int, UUID, Any, Any]
"""Number of the part, row id, what it is ordered by, tie."""


def _walked(
    wanted: Wanted,
    parts: Sequence[_Part],
    mark: _Mark | None,
    last: _Mark | None,
    narrow: Sql | None,
    limit: int,
) -> list[_Row]:
    """The rows of all parts in their order, in one statement."""
    order = _ORDERS[wanted.sort]
    conditions, values = conditions_of(wanted)
    texts, told = [], []
    for number, part in enumerate(parts):
        source, source_values = _source(wanted, part, narrow)
        beyond, beyond_values = _beyond(wanted, part, mark if number == 0 else None, last)
        own = part.order or order
        way, tie_way = _ways(wanted, own)
        texts.append(
            f"""SELECT * FROM (SELECT {number} AS part, {_KEYS[own.table]} AS guest,
            {_column(own)} AS place, {own.tie} AS tie {source}{conditions}{beyond}
            ORDER BY {_by(own, way)}{own.tie} {tie_way} LIMIT {limit}) part{number}"""
        )
        told += [*source_values, *values, *beyond_values]
    if not texts:
        return []
    text = " UNION ALL ".join(texts)
    if len(texts) > 1:
        way, tie_way = _ways(wanted, order)
        text += f" ORDER BY part, place {way}, tie {tie_way} LIMIT {limit}"
    return select(text, told, types=f"int uuid {order.kind} {order.tie_kind}")


def _one_by_one(
    wanted: Wanted,
    parts: Sequence[_Part],
    mark: _Mark | None,
    narrow: Sql | None,
    limit: int,
) -> tuple[list[_Row], _Mark | None]:
    """Part by part until there are enough, and where the looking ended, if it did before.

    What all rewards come to takes the longest: nothing of it is read where others fill a page.
    """
    found: list[_Row] = []
    for number, part in enumerate(parts):
        place = mark if number == 0 else None
        if part.order is None and narrow is None and is_narrowed(wanted):
            rows, last = _passing(wanted, part, place, limit - len(found))
        else:
            rows = _walked(wanted, [part], place, None, narrow, limit - len(found))
            last = None
        found += [(number, *row[1:]) for row in rows]
        if len(found) >= limit or last is not None:
            return found, last
    return found, None


def _passing(
    wanted: Wanted, part: _Part, mark: _Mark | None, limit: int
) -> tuple[list[_Row], _Mark | None]:
    """Those that the filters let pass, of so many in order; where to go on, if not at the end.

    Guests are looked up only for these: there may be as many with rewards as there are guests.
    """
    found, last = _passing_of(wanted, part, mark, limit, far=NEAR)
    if len(found) == limit or last is None:
        return found, last
    return _passing_of(wanted, part, mark, limit, far=FAR_WITH_CARE)


def _passing_of(
    wanted: Wanted, part: _Part, mark: _Mark | None, limit: int, *, far: int
) -> tuple[list[_Row], _Mark | None]:
    everybody = Wanted(on=wanted.on, sort=wanted.sort, is_descending=wanted.is_descending)
    rows = _walked(everybody, [part], mark, None, None, far)
    joins = _ITS_ACCOUNT if asks_for_tier(wanted) else " WHERE "
    conditions, values = conditions_of(wanted)
    passing = select(
        f"SELECT g.id FROM records_guest g{joins}{_GUEST} AND g.id IN %s{conditions}",
        [current_organization(), [row[1] for row in rows], *values],
        types="uuid",
    )
    keys = {row[0] for row in passing}
    found = [row for row in rows if row[1] in keys][:limit]
    if len(rows) < far or len(found) == limit:
        return found, None
    _, _, place, tie = rows[-1]
    return found, _Mark(part.name, place, tie)


def _ways(wanted: Wanted, order: _Order) -> tuple[str, str]:
    way = "DESC" if wanted.is_descending else "ASC"
    return way, way if order.follows else "ASC"


def _column(order: _Order) -> str:
    return "r.place" if order.table == "reward" else order.column


def _by(order: _Order, way: str) -> str:
    """What comes before the tie in ORDER BY, where a lone 0 would be a column's number."""
    return "" if order.column in (ALIKE, NEVER) else f"{_column(order)} {way}, "


# -- the parts of an order --------------------------------------------------------------------


def _parts(wanted: Wanted, order: _Order) -> list[_Part]:
    if order.parts == "tier":
        return _tier_parts(wanted)
    if order.parts == "status":
        return _status_parts(wanted)
    if order.parts == "rewards":
        return _reward_parts(wanted, order)
    return [_Part("")]


def _tier_parts(wanted: Wanted) -> list[_Part]:
    """No tier is the lowest, one of an old program the next."""
    steps = [*wanted.former, *wanted.ladder]
    parts = [_Part("none", " AND a.tier IS NULL")]
    parts += [_Part(f"tier {tier}", " AND a.tier = %s", (tier,)) for tier in steps]
    return parts[::-1] if wanted.is_descending else parts


def _status_parts(wanted: Wanted) -> list[_Part]:
    """By name; nobody's status is the last in either order."""
    rows = select(
        "SELECT name, external_id, id FROM records_gueststatus WHERE organization_id = %s",
        [current_organization()],
        types="text text uuid",
    )
    rows.sort(key=lambda row: (row[0].casefold(), row[1]), reverse=wanted.is_descending)
    parts = [_Part(f"status {ref}", " AND g.status_id = %s", (key,)) for _, ref, key in rows]
    return [*parts, _Part("none", " AND g.status_id IS NULL")]


def _reward_parts(wanted: Wanted, order: _Order) -> list[_Part]:
    """Who has any, and who has none; without a day to end on is the last in either order."""
    ends = order.kind == "date"
    without = _Part(
        "without",
        f""" AND NOT EXISTS (SELECT 1 FROM records_reward w WHERE w.organization_id = %s
        AND w.guest_id = g.id AND {open_of("w")}
        {"AND w.expires_on IS NOT NULL" if ends else ""})""",
        (current_organization(), wanted.on, wanted.on),
        replace(
            order, table="guest", tie="g.id", column=NEVER if ends else ALIKE, follows=False
        ),
    )
    if wanted.has_rewards is False:
        return [without]
    parts = [without, _Part("with")]
    return parts[::-1] if wanted.is_descending or ends else parts


def _from(mark: _Mark | None, parts: list[_Part]) -> list[_Part]:
    """Those that are still to come."""
    if mark is None:
        return parts
    for number, part in enumerate(parts):
        if part.name == mark.part:
            return parts[number:]
    raise Refused(
        "invalid_record",
        "This is no place in the list; begin it again.",
        field="after",
        value=str(mark.part)[:200],
    )


# -- where they are read from -----------------------------------------------------------------

_GUEST = "g.organization_id = %s AND g.merged_into_id IS NULL"
_ITS_ACCOUNT = """ CROSS JOIN records_account a WHERE a.organization_id = g.organization_id
    AND a.guest_id = g.id AND """
_ITS_GUEST = """ CROSS JOIN records_guest g WHERE a.organization_id = %s
    AND g.organization_id = a.organization_id AND g.id = a.guest_id AND """


def _source(wanted: Wanted, part: _Part, narrow: Sql | None) -> Sql:
    """FROM and the first of WHERE: the table of the order leads, unless few are told."""
    org = current_organization()
    order = part.order or _ORDERS[wanted.sort]
    needs_account = order.table == "account" or asks_for_tier(wanted)
    tail = part.condition
    if order.table == "reward":
        return _rewarded(wanted, order, needs_account, narrow)
    if narrow is not None:
        text, values = narrow
        joins = _ITS_ACCOUNT if needs_account else " WHERE "
        return f"FROM records_guest g{joins}{_GUEST}{text}{tail}", [org, *values, *part.values]
    if order.table == "account":
        return f"FROM records_account a{_ITS_GUEST}{_GUEST}{tail}", [org, org, *part.values]
    joins = _ITS_ACCOUNT if needs_account else " WHERE "
    return f"FROM records_guest g{joins}{_GUEST}{tail}", [org, *part.values]


def _rewarded(wanted: Wanted, order: _Order, needs_account: bool, narrow: Sql | None) -> Sql:
    """Who has open rewards, with what they come to; the guests only where they are asked of.

    A merged guest has none: they went to the other guest (rule 9.4).
    """
    org = current_organization()
    values = [org, wanted.on, wanted.on]
    if order.kind == "date":
        text = f"FROM ({SOONEST}) r"
        values += [wanted.on, wanted.on]
    else:
        text = f"""FROM (SELECT guest_id, {order.column} AS place FROM records_reward
            WHERE organization_id = %s AND {OPEN} GROUP BY guest_id) r"""
    if narrow is None:
        return f"{text} WHERE TRUE", values
    only, only_values = narrow
    joins, account = " CROSS JOIN records_guest g", ""
    if needs_account:
        joins += " CROSS JOIN records_account a"
        account = " AND a.organization_id = g.organization_id AND a.guest_id = g.id"
    return (
        f"{text}{joins} WHERE g.id = r.guest_id AND {_GUEST}{account}{only}",
        [*values, org, *only_values],
    )


def _beyond(wanted: Wanted, part: _Part, mark: _Mark | None, last: _Mark | None) -> Sql:
    """What comes later in the order than the mark, and not after the last to look at."""
    order = part.order or _ORDERS[wanted.sort]
    column = _column(order)
    text, values = "", []
    if mark is not None and column in (ALIKE, NEVER):
        text, values = f" AND {order.tie} > %s", [mark.tie]
    elif mark is not None and order.follows:
        sign = "<" if wanted.is_descending else ">"
        text = f" AND ({column}, {order.tie}) {sign} (%s, %s)"
        values = [mark.place, mark.tie]
    elif mark is not None:
        sign = "<" if wanted.is_descending else ">"
        text = f" AND ({column} {sign} %s OR ({column} = %s AND {order.tie} > %s))"
        values = [mark.place, mark.place, mark.tie]
    if last is not None:
        sign = ">=" if wanted.is_descending else "<="
        text += f" AND ({column}, {order.tie}) {sign} (%s, %s)"
        values += [last.place, last.tie]
    return text, values


def _far_on(wanted: Wanted, order: _Order, mark: _Mark | None) -> _Mark | None:
    """The last of the guests that a page looks at; None where the list ends before."""
    way, tie_way = _ways(wanted, order)
    text, values = _beyond(wanted, _Part(""), mark, None)
    table, only = ("account a", "a.organization_id = %s")
    if order.table == "guest":
        table, only = "guest g", _GUEST
    by_visits = wanted.label is not None and wanted.label.kind in (NEW, REGULAR)
    far = FAR_WITH_CARE if by_visits else FAR
    rows = select(
        f"""SELECT {order.column}, {order.tie} FROM records_{table} WHERE {only}{text}
        ORDER BY {order.column} {way}, {order.tie} {tie_way} LIMIT 1 OFFSET {far - 1}""",
        [current_organization(), *values],
        types=f"{order.kind} {order.tie_kind}",
    )
    return _Mark("", *rows[0]) if rows else None
