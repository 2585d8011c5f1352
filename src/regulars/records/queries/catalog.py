"""What an organization is set up with, as rows: catalog, centers, statuses, tiers."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from regulars.records.bulk import select
from regulars.records.queries.badges import program_on
from regulars.records.scope import current_organization

# -- the catalog ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemRow:
    """`price_cents` None: said on each bill. `minutes` is how long the book sets aside.

    `tax_rate` is in thousandths of a percent, None where nobody said.
    """

    ref: str
    name: str
    kind: str
    price_cents: int | None
    minutes: int | None
    retired_at: datetime | None
    tax_rate: int | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some of a list; `n_found` are there in all, `n_all` without a search."""

    rows: Sequence[ItemRow]
    n_found: int
    n_all: int


ORDERS: Mapping[str, Callable[[ItemRow], Any]] = {
    "name": lambda one: folded(one.name),
    "kind": lambda one: one.kind,
    "price": lambda one: -1 if one.price_cents is None else one.price_cents,
    "minutes": lambda one: one.minutes or 0,
}


def items(
    *,
    search: str = "",
    kind: str | None = None,
    with_retired: bool = False,
    order: str = "name",
    is_descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> ItemPage:
    """Part of the catalog, in one of ORDERS. One query.

    A search looks for each of its words in name and id, capitals and accents apart. It is made
    here, since the databases do not agree on letters beyond the English ones.
    """
    everything = _items("", [])
    words = folded(search).split()
    found = [
        one
        for one in everything
        if (with_retired or one.retired_at is None)
        and (kind is None or one.kind == kind)
        and all(word in folded(f"{one.name} {one.ref}") for word in words)
    ]
    found.sort(key=lambda one: (folded(one.name), one.ref))
    found.sort(key=ORDERS[order], reverse=is_descending)
    return ItemPage(found[offset : offset + limit], len(found), len(everything))


def item(ref: str) -> ItemRow | None:
    """One item by its id. One query."""
    return next(iter(_items(" AND i.external_id = %s", [ref])), None)


def item_names(refs: Sequence[str]) -> dict[str, str]:
    """What these items are called, by id; one query."""
    marks = ", ".join(["%s"] * len(refs)) or "NULL"
    return {one.ref: one.name for one in _items(f" AND i.external_id IN ({marks})", refs)}


def _items(only: str, parameters: Sequence[str]) -> list[ItemRow]:
    rows = select(
        f"""SELECT i.external_id, i.name, i.kind, i.price_cents, o.minutes, o.retired_at,
        o.tax_rate FROM records_item i LEFT JOIN records_itemoffer o
        ON o.organization_id = i.organization_id AND o.item_id = i.id
        WHERE i.organization_id = %s{only}""",
        [current_organization(), *parameters],
        types="text text text int int instant int",
    )
    return [ItemRow(*row) for row in rows]


def folded(text: str) -> str:
    """Small letters without accents, as a search compares them."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


# -- the company and its centers --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """`language` None: English. `closed_through` is the last final day, None: none yet."""

    ref: str
    name: str
    currency: str
    time_zone: str
    language: str | None
    closed_through: date | None


def organization() -> OrganizationRow:
    """The organization in scope. One query."""
    [row] = select(
        """SELECT external_id, name, currency, time_zone, language, closed_through
        FROM records_organization WHERE id = %s""",
        [current_organization()],
        types="text text text text text date",
    )
    return OrganizationRow(*row)


@dataclass(frozen=True, slots=True)
class CenterRow:
    """`hours` are (opens, closes) in minutes after midnight by weekday, 0 is Monday; a weekday
    that is missing is closed, and none at all: nothing was said.
    """

    ref: str
    name: str
    time_zone: str
    hours: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def centers() -> list[CenterRow]:
    """All centers by name, with their hours. Two queries."""
    hours: dict[str, dict[int, tuple[int, int]]] = {}
    rows = select(
        """SELECT c.external_id, h.weekday, h.opens_minute, h.closes_minute
        FROM records_openinghours h JOIN records_center c
        ON c.organization_id = h.organization_id AND c.id = h.center_id
        WHERE h.organization_id = %s ORDER BY h.weekday""",
        [current_organization()],
    )
    for ref, weekday, opens, closes in rows:
        hours.setdefault(ref, {})[weekday] = (opens, closes)
    found = select(
        "SELECT external_id, name, time_zone FROM records_center WHERE organization_id = %s",
        [current_organization()],
    )
    by_name = sorted(found, key=lambda row: (folded(row[1]), row[0]))
    return [CenterRow(ref, name, zone, hours.get(ref, {})) for ref, name, zone in by_name]


# -- statuses and tiers -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A client status and how many guests have it (rule 10.2)."""

    ref: str
    name: str
    is_included: bool
    n_guests: int


def statuses() -> list[StatusRow]:
    """All statuses by name. One query."""
    # The guests are gone through once, not once for each status.
    rows = select(
        """SELECT s.external_id, s.name, s.include_in_loyalty_rewards, COALESCE(n.guests, 0)
        FROM records_gueststatus s LEFT JOIN (
            SELECT status_id, COUNT(*) AS guests FROM records_guest
            WHERE organization_id = %s AND merged_into_id IS NULL GROUP BY status_id
        ) n ON n.status_id = s.id WHERE s.organization_id = %s""",
        [current_organization(), current_organization()],
        types="text text bool int",
    )
    found = [StatusRow(*row) for row in rows]
    return sorted(found, key=lambda one: (folded(one.name), one.ref))


@dataclass(frozen=True, slots=True)
class TierRow:
    """A step of the ladder with the icon that stands beside names (rule 3.10)."""

    ref: str
    name: str
    icon: str
    minimum_spend_cents: int
    is_retiring: bool


def tiers(on: date) -> list[TierRow]:
    """The tiers of the program in force on a day, the lowest first. One query."""
    program = program_on(on)
    return [
        TierRow(one.id, one.name, one.icon, one.minimum_spend_cents, one.retire is not None)
        for one in (program.tiers if program else ())
    ]
