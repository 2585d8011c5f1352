"""What a client list is narrowed by, as conditions on a guest `g` and her account `a`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulars.records.bulk import select
from regulars.records.queries import badges
from regulars.records.scope import current_organization
from regulars.rules.categories import Category

FEW = 2000
"""Guests who are rather fetched and sorted than come upon."""


def open_of(rewards: str) -> str:
    """Rewards that count on a day, which is told twice; of the table of this name."""
    return f"""{rewards}.state IN ('issued', 'held') AND {rewards}.issued_on <= %s
        AND ({rewards}.expires_on IS NULL OR {rewards}.expires_on >= %s)"""


OPEN = open_of("records_reward")
"""The same where no other table has a name like it."""

# Read along the index of last days, and no further than needed: what would be the least of all
# of a guest's is the one that no other goes before.
SOONEST = f"""SELECT f.guest_id, f.expires_on AS place FROM records_reward f
    WHERE f.organization_id = %s AND {open_of("f")} AND f.expires_on IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM records_reward e WHERE e.organization_id = f.organization_id
        AND e.guest_id = f.guest_id AND {open_of("e")}
        AND (e.expires_on < f.expires_on OR e.expires_on = f.expires_on AND e.id < f.id))"""

Sql = tuple[str, list[Any]]
"""A piece of a statement with its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which guests, as of when, in which order; None asks for no such thing.

    `statuses` are the callers' ids; None among the tiers is no tier. `ladder` has the ids of
    the tiers, the lowest first; `former` those of tiers that were given up. `among` are ids of
    guests found by a search; `label` is a category, not of the tier's kind.
    """

    on: date
    ladder: Sequence[str] = ()
    former: Sequence[str] = ()
    statuses: Sequence[str] | None = None
    is_included: bool | None = None
    tiers: Sequence[str | None] | None = None
    is_in_tier: bool | None = None
    opted_in: bool | None = None
    has_rewards: bool | None = None
    home_center: str | None = None
    among: Sequence[str] | None = None
    label: Category | None = None
    sort: str = "name"
    is_descending: bool = False


def asks_for_tier(wanted: Wanted) -> bool:
    """Does a filter look at the account?"""
    return wanted.tiers is not None or wanted.is_in_tier is not None


def is_narrowed(wanted: Wanted) -> bool:
    """Is anybody left out?"""
    return bool(conditions_of(wanted)[0])


def conditions_of(wanted: Wanted) -> Sql:
    """Each filter as a condition on the guest or her account, with AND before it."""
    org = current_organization()
    found: list[Sql] = []
    if wanted.statuses is not None:
        found.append((f"{_STATUS} IN ({_STATUSES})", [org, list(wanted.statuses)]))
    if wanted.is_included is not None:
        included = f"{_STATUS} IN ({_INCLUDED})"
        without = f"(g.status_id IS NULL OR {_STATUS} NOT IN ({_INCLUDED}))"
        found.append((included if wanted.is_included else without, [org]))
    if wanted.tiers is not None:
        found.append(_in_tiers(wanted.tiers))
    if wanted.is_in_tier is not None:
        found.append((f"a.tier IS {'NOT ' if wanted.is_in_tier else ''}NULL", []))
    if wanted.opted_in is not None:
        found.append((f"g.opted_in = {'TRUE' if wanted.opted_in else 'FALSE'}", []))
    if wanted.has_rewards is not None:
        found.append(_has_rewards(wanted))
    if wanted.home_center is not None:
        found.append(("g.home_center_ref = %s", [wanted.home_center]))
    if wanted.among is not None:
        found.append(("g.external_id IN %s", [list(wanted.among)]))
    if wanted.label is not None:
        found.append(badges.carrying(wanted.label, on=wanted.on))
    text = "".join(f" AND {condition}" for condition, _ in found)
    return text, [value for _, values in found for value in values]


# As an expression no index has it: SQLite would rather look a guest up by each status.
_STATUS = "COALESCE(g.status_id, g.status_id)"
_STATUSES = (
    "SELECT id FROM records_gueststatus WHERE organization_id = %s AND external_id IN %s"
)
_INCLUDED = (
    "SELECT id FROM records_gueststatus"
    " WHERE organization_id = %s AND include_in_loyalty_rewards = TRUE"
)


def _in_tiers(tiers: Sequence[str | None]) -> Sql:
    named = [tier for tier in tiers if tier is not None]
    if len(named) == len(tiers):
        return "a.tier IN %s", [named]
    return "(a.tier IS NULL OR a.tier IN %s)", [named]


def _has_rewards(wanted: Wanted) -> Sql:
    return (
        f"""{"" if wanted.has_rewards else "NOT "}EXISTS (SELECT 1 FROM records_reward o
        WHERE o.organization_id = g.organization_id AND o.guest_id = g.id
        AND {open_of("o")})""",
        [wanted.on, wanted.on],
    )


def narrowest(wanted: Wanted) -> Sql | None:
    """The filter that lets the fewest pass, as a condition to begin with, if they are few."""
    if wanted.among is not None:
        return (
            " AND g.id IN (SELECT id FROM records_guest WHERE organization_id = %s"
            " AND external_id IN %s)",
            [current_organization(), list(wanted.among)],
        )
    sources = _sources_of_few(wanted)
    if not sources:
        return None
    texts = [
        f"SELECT {number} AS source, COUNT(*) AS guests FROM"
        f" (SELECT 1 AS one {text} LIMIT {FEW + 1}) few{number}"
        for number, (_, text, _) in enumerate(sources)
    ]
    counts = select(" UNION ALL ".join(texts), [value for *_, v in sources for value in v])
    number, count = min(counts, key=lambda row: row[1])
    if count > FEW:
        return None
    column, text, values = sources[number]
    return f" AND g.id IN (SELECT {column} {text})", values


def _sources_of_few(wanted: Wanted) -> list[tuple[str, str, list[Any]]]:
    """What an index tells the guests of: their column, FROM and WHERE, values."""
    org = current_organization()
    found: list[tuple[str, str, list[Any]]] = []
    if wanted.tiers is not None and None not in wanted.tiers:
        text = "FROM records_account WHERE organization_id = %s AND tier IN %s"
        found.append(("guest_id", text, [org, list(wanted.tiers)]))
    if wanted.statuses is not None:
        text = f"""FROM records_guest WHERE organization_id = %s AND merged_into_id IS NULL
        AND status_id IN ({_STATUSES})"""
        found.append(("id", text, [org, org, list(wanted.statuses)]))
    if wanted.has_rewards:
        text = f"FROM records_reward WHERE organization_id = %s AND {OPEN}"
        found.append(("guest_id", text, [org, wanted.on, wanted.on]))
    return found
