"""Labels beside guests' names, by center, and what they are worked out from (rule 3.10).

A page of guests costs one statement for each kind of category that its center has, however
many guests are on it; each reads those guests' own rows by an index. One that looks back many
years asks first for the quarters in which there is anything.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_spend, quarters_opened
from regulars.records.scope import current_organization
from regulars.rules import categories as rules
from regulars.rules.amounts import minor_units
from regulars.rules.categories import Badge, Category
from regulars.rules.program import Program
from regulars.rules.program_parsing import parse_program

Measures = dict[UUID, int]
Dates = list[Any]
"""An organization and two days, as statements want them."""
MOST_COUNTED = 1000


def badges_of(guests: Sequence[UUID], center: str, on: date) -> dict[UUID, tuple[Badge, ...]]:
    """The labels of these guests (row ids) at a center (its id) as of a day, in their order.

    Each guest is among the keys. At most twelve statements, whatever the number of guests; one
    where the center has no categories.
    """
    shown = categories_of(center)
    if not shown or not guests:
        return dict.fromkeys(guests, ())
    tiers: dict[UUID, str | None] = {}
    program = None
    if any(one.kind == rules.TIER for one in shown):
        tiers, program = _tiers(guests), program_on(on)
    found = {one.kind: measures(one, guests, on=on) for one in shown if one.kind != rules.TIER}
    return {
        guest: rules.badges(
            shown,
            {kind: of.get(guest) for kind, of in found.items()},
            tier=tiers.get(guest),
            program=program,
        )
        for guest in guests
    }


def categories_of(center: str) -> list[Category]:
    """The categories of a center, in the order in which they are shown. One query."""
    rows = select(
        """SELECT g.kind, g.label, g.icon, g."limit", g.days
        FROM records_guestcategory g JOIN records_center c
        ON c.organization_id = g.organization_id AND c.id = g.center_id
        WHERE g.organization_id = %s AND c.external_id = %s""",
        [current_organization(), center],
        types="text text text int int",
    )
    found = [Category(*row) for row in rows]
    return sorted(found, key=lambda one: rules.KINDS.index(one.kind))


@dataclass(frozen=True, slots=True)
class Carrying:
    """`n_carrying` of `n_guests`; not exact where only a part of them was looked at."""

    n_carrying: int
    n_guests: int
    is_exact: bool


def count_carrying(category: Category, *, on: date, most: int = MOST_COUNTED) -> Carrying:
    """How many guests carry it on a day, merged ones apart; the category need not be kept.

    Of more than `most` guests about that many are looked at, drawn by lot, and the rest is
    taken to be like them: so the answer comes while somebody is still choosing the limit.
    """
    n_guests = _count_guests()
    guests = _some_guests(-(-n_guests // most)) if n_guests else []
    if category.kind == rules.TIER:
        n_carrying = sum(tier is not None for tier in _tiers(guests).values())
    else:
        found = measures(category, guests, on=on)
        n_carrying = sum(rules.carries(category, found.get(guest)) for guest in guests)
    if 0 < len(guests) < n_guests:
        n_carrying = round(Fraction(n_carrying * n_guests, len(guests)))
    return Carrying(n_carrying, n_guests, len(guests) == n_guests)


def measures(category: Category, guests: Sequence[UUID], *, on: date) -> Measures:
    """What the category looks at, of each guest that has anything of it. One query, or two."""
    return _MEASURES[category.kind](guests, _dates(category, on))


def program_on(on: date) -> Program | None:
    """The program in force on a day. One query."""
    rows = select(
        """SELECT v.document, o.currency FROM records_programversion v
        JOIN records_organization o ON o.id = v.organization_id
        WHERE v.organization_id = %s AND v.effective_from <= %s
        ORDER BY v.effective_from DESC LIMIT 1""",
        [current_organization(), on],
    )
    return _parsed(rows[0][0], minor_units(rows[0][1])) if rows else None


@lru_cache(maxsize=64)
def _parsed(document: str, exponent: int) -> Program:
    return parse_program(codec.value_of(document), exponent)


def _tiers(guests: Sequence[UUID]) -> dict[UUID, str | None]:
    rows = select(
        "SELECT guest_id, tier FROM records_account"
        " WHERE organization_id = %s AND guest_id IN %s",
        [current_organization(), list(guests)],
        types="uuid text",
    )
    return dict(rows)


def _count_guests() -> int:
    rows = select(
        "SELECT COUNT(*) FROM records_guest"
        " WHERE organization_id = %s AND merged_into_id IS NULL",
        [current_organization()],
    )
    return int(rows[0][0])


def _some_guests(every: int) -> list[UUID]:
    """One in so many guests, by their ids, whose end is drawn by lot; all for 1."""
    less = "" if every == 1 else f" AND {_DRAWN[connection.vendor](65536 // every)}"
    rows = select(
        "SELECT id FROM records_guest"
        f" WHERE organization_id = %s AND merged_into_id IS NULL{less}",
        [current_organization()],
        types="uuid",
    )
    return [row[0] for row in rows]


# -- what is measured -------------------------------------------------------------------------

_VISITS = """SELECT guest_id, opened_on AS day FROM records_invoice WHERE organization_id = %s
    AND opened_on BETWEEN %s AND %s AND opened_quarter IN %s AND status <> 'void'
    AND guest_id {whose}
    UNION SELECT guest_id, starts_on FROM records_appointment WHERE organization_id = %s
    AND starts_on BETWEEN %s AND %s AND status = 'completed' AND guest_id {whose}"""
_SPEND = """FROM records_spend WHERE organization_id = %s
    AND paid_on BETWEEN %s AND %s AND paid_quarter IN %s AND guest_id {whose}"""
_MEMBERSHIPS = """FROM records_invoice WHERE organization_id = %s
    AND opened_on BETWEEN %s AND %s AND opened_quarter IN %s AND status <> 'void'
    AND paid_in_full_on IS NOT NULL AND document LIKE '%%"kind":"membership"%%'
    AND guest_id {whose}"""
_FEEDBACK = """FROM records_feedback WHERE organization_id = %s
    AND first_on BETWEEN %s AND %s AND guest_id {whose}"""
# The server's hash of an id: to write each as text, for its end, took it ten times as long.
_DRAWN: Mapping[str, Callable[[int], str]] = {
    "sqlite": lambda of_65536: f"substr(id, 29) < '{of_65536:04x}'",
    "postgresql": lambda of_65536: f"(uuid_hash(id) & 65535) < {of_65536}",
}
_RATING = {
    "sqlite": "json_extract(document, '$.rating')",
    "postgresql": "CAST(CAST(document AS json) ->> 'rating' AS int)",
}


def _visits(guests: Sequence[UUID], some: Dates) -> Measures:
    """Days with a completed appointment or an invoice that is not void."""
    visits = _VISITS.format(whose="IN %s")
    rows = select(
        f"SELECT guest_id, COUNT(*) FROM ({visits}) visits GROUP BY guest_id",
        [*some, _opened(some), list(guests), *some, list(guests)],
        types="uuid int",
    )
    return dict(rows)


def _spend(guests: Sequence[UUID], some: Dates) -> Measures:
    """Money that counts for tiers (rule 4.1)."""
    return _by_guest("SUM(spend_cents)", _SPEND, guests, [*some, _quarters(some)])


def _memberships(guests: Sequence[UUID], some: Dates) -> Measures:
    """Invoices with a membership that were paid in full and are not void."""
    return _by_guest("COUNT(*)", _MEMBERSHIPS, guests, [*some, _opened(some)])


def _by_guest(what: str, source: str, guests: Sequence[UUID], some: Dates) -> Measures:
    rows = select(
        f"SELECT guest_id, {what} {source.format(whose='IN %s')} GROUP BY guest_id",
        [*some, list(guests)],
        types="uuid int",
    )
    return dict(rows)


def _last_ratings(guests: Sequence[UUID], some: Dates) -> Measures:
    """The last rating that each gave; feedback without one says nothing."""
    # Sorted here: to have them in order, SQLite would go through everybody's of these days.
    rows = select(
        f"SELECT guest_id, first_on, id, document {_FEEDBACK.format(whose='IN %s')}",
        [*some, list(guests)],
        types="uuid date uuid text",
    )
    return _rated(sorted(rows, key=itemgetter(1, 2)))


def _rated(rows: Iterable[tuple[UUID, date, UUID, str]]) -> Measures:
    found: Measures = {}
    for guest, _on, _id, document in rows:
        rating = codec.value_of(document)["rating"]
        if rating is not None:
            found[guest] = rating
    return found


_MEASURES: Mapping[str, Callable[[Sequence[UUID], Dates], Measures]] = {
    rules.NEW: _visits,
    rules.REGULAR: _visits,
    rules.HIGH_SPENDER: _spend,
    rules.MEMBER: _memberships,
    rules.LOW_FEEDBACK: _last_ratings,
}


def carrying(category: Category, *, on: date) -> tuple[str, list[Any]]:
    """`rules.carries` as a condition on a guest `g`, with its values; not for tiers.

    For lists that are walked along until a page is full; each guest's own rows by an index.
    """
    some, whose = _dates(category, on), "= g.id"
    limit = category.limit or 0
    if category.kind in (rules.NEW, rules.REGULAR):
        sign = "<=" if category.kind == rules.NEW else ">="
        visits = _VISITS.format(whose=whose)
        values = [*some, _opened(some), *some, limit]
        return f"(SELECT COUNT(*) FROM ({visits}) visits) {sign} %s", values
    if category.kind == rules.HIGH_SPENDER:
        spend = f"SELECT SUM(spend_cents) {_SPEND.format(whose=whose)}"
        return f"COALESCE(({spend}), 0) >= %s", [*some, _quarters(some), limit]
    if category.kind == rules.MEMBER:
        return f"EXISTS (SELECT 1 {_MEMBERSHIPS.format(whose=whose)})", [*some, _opened(some)]
    assert category.kind == rules.LOW_FEEDBACK, category
    rating = _RATING[connection.vendor]
    last = f"""SELECT {rating} {_FEEDBACK.format(whose=whose)}
        AND {rating} IS NOT NULL ORDER BY first_on DESC, id DESC LIMIT 1"""
    return f"({last}) <= %s", [*some, limit]


def _quarters(some: Dates) -> list[int]:
    _, first, last = some
    return quarters_of_spend(first, last)


def _opened(some: Dates) -> list[int]:
    _, first, last = some
    return quarters_opened(first, last)


def _dates(category: Category, on: date) -> Dates:
    """The organization, and the first and the last day that the category looks at."""
    days = category.days
    first = date.min if days is None else on - timedelta(days=days - 1)
    return [current_organization(), first, on]
