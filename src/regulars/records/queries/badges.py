"""Labels beside guests' names, by center, and what they are worked out from (rule 3.10).

A page of guests costs one statement for each kind of category that its center has, however
many guests are on it; each reads those guests' own rows by an index.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.scope import current_organization
from regulars.rules import categories as rules
from regulars.rules.amounts import minor_units
from regulars.rules.categories import Badge, Category
from regulars.rules.program import Program
from regulars.rules.program_parsing import parse_program

Measures = dict[UUID, int]
Guests = Sequence[UUID] | None
"""None: all there are."""


def badges_of(guests: Sequence[UUID], center: str, on: date) -> dict[UUID, tuple[Badge, ...]]:
    """The labels of these guests (row ids) at a center (its id) as of a day, in their order.

    Each guest is among the keys. At most eight statements, whatever the number of guests; one
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
    return [one.category for one in all_categories(center)]


@dataclass(frozen=True, slots=True)
class CategoryRow:
    center: str
    category: Category


def all_categories(center: str | None = None) -> list[CategoryRow]:
    """The categories of one center or of all, by center. One query."""
    only = "" if center is None else " AND c.external_id = %s"
    rows = select(
        f"""SELECT c.external_id, g.kind, g.label, g.icon, g."limit", g.days
        FROM records_guestcategory g JOIN records_center c
        ON c.organization_id = g.organization_id AND c.id = g.center_id
        WHERE g.organization_id = %s{only}""",
        [current_organization(), *([] if center is None else [center])],
        types="text text text text int int",
    )
    found = [CategoryRow(row[0], Category(*row[1:])) for row in rows]
    return sorted(found, key=lambda one: (one.center, rules.KINDS.index(one.category.kind)))


def count_carrying(category: Category, *, on: date) -> int:
    """How many guests carry it on a day, merged ones apart; the category need not be kept.

    It looks at every guest with something within the category's days.
    """
    if category.kind == rules.TIER:
        rows = select(
            "SELECT COUNT(*) FROM records_account"
            " WHERE organization_id = %s AND tier IS NOT NULL",
            [current_organization()],
        )
        return int(rows[0][0])
    found = measures(category, None, on=on)
    n_carrying = sum(rules.carries(category, measure) for measure in found.values())
    if rules.carries(category, None):
        n_carrying += _count_guests() - len(found)
    return n_carrying


def measures(category: Category, guests: Guests, *, on: date) -> Measures:
    """What the category looks at, of each guest that has anything of it. One query."""
    days = category.days
    first = date.min if days is None else on - timedelta(days=days - 1)
    return _MEASURES[category.kind](guests, first, on)


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


# -- what is measured -------------------------------------------------------------------------


def _of(guests: Guests) -> tuple[str, list[Any]]:
    return ("", []) if guests is None else (" AND guest_id IN %s", [list(guests)])


def _visits(guests: Guests, first: date, last: date) -> Measures:
    """Days with a completed appointment or an invoice that is not void."""
    only, whose = _of(guests)
    some = [current_organization(), first, last, *whose]
    rows = select(
        f"""SELECT guest_id, COUNT(*) FROM (
        SELECT guest_id, opened_on AS day FROM records_invoice WHERE organization_id = %s
        AND opened_on BETWEEN %s AND %s AND status <> 'void'{only}
        UNION SELECT guest_id, starts_on FROM records_appointment WHERE organization_id = %s
        AND starts_on BETWEEN %s AND %s AND status = 'completed'{only}) visits
        GROUP BY guest_id""",
        [*some, *some],
        types="uuid int",
    )
    return dict(rows)


def _spend(guests: Guests, first: date, last: date) -> Measures:
    """Money that counts for tiers (rule 4.1)."""
    only, whose = _of(guests)
    rows = select(
        f"""SELECT guest_id, SUM(spend_cents) FROM records_spend WHERE organization_id = %s
        AND paid_on BETWEEN %s AND %s{only} GROUP BY guest_id""",
        [current_organization(), first, last, *whose],
        types="uuid int",
    )
    return dict(rows)


def _memberships(guests: Guests, first: date, last: date) -> Measures:
    """Invoices with a membership that were paid in full and are not void."""
    only, whose = _of(guests)
    rows = select(
        f"""SELECT guest_id, COUNT(*) FROM records_invoice WHERE organization_id = %s
        AND opened_on BETWEEN %s AND %s AND status <> 'void' AND paid_in_full_on IS NOT NULL
        AND document LIKE %s{only} GROUP BY guest_id""",
        [current_organization(), first, last, '%"kind":"membership"%', *whose],
        types="uuid int",
    )
    return dict(rows)


def _last_ratings(guests: Guests, first: date, last: date) -> Measures:
    """The last rating that each gave; feedback without one says nothing."""
    only, whose = _of(guests)
    rows = select(
        f"""SELECT guest_id, document FROM records_feedback WHERE organization_id = %s
        AND first_on BETWEEN %s AND %s{only} ORDER BY first_on, id""",
        [current_organization(), first, last, *whose],
        types="uuid text",
    )
    return _rated(rows)


def _rated(rows: Iterable[tuple[UUID, str]]) -> Measures:
    found: Measures = {}
    for guest, document in rows:
        rating = codec.value_of(document)["rating"]
        if rating is not None:
            found[guest] = rating
    return found


_MEASURES: Mapping[str, Callable[[Guests, date, date], Measures]] = {
    rules.NEW: _visits,
    rules.REGULAR: _visits,
    rules.HIGH_SPENDER: _spend,
    rules.MEMBER: _memberships,
    rules.LOW_FEEDBACK: _last_ratings,
}
