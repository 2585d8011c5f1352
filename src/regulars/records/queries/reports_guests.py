"""Guests as a list with what they hold, and how they moved between tiers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulars.records import codec
from regulars.records.bulk import select, stream
from regulars.records.scope import current_organization

SORTS = {
    "guest": "g.external_id",
    "name": "g.name",
    "status": "s.name",
    "tier": "a.tier",
    "points": "a.points",
    "n_rewards": "COALESCE(r.n_rewards, 0)",
    "rewards": "COALESCE(r.cents, 0)",
    "expires_on": "r.expires_on",
    "known_on": "g.known_on",
}


@dataclass(frozen=True, slots=True)
class ListedGuest:
    """A guest with the rewards that are open on a day: how many, how much, the next to end."""

    guest: str
    name: str
    phone: str | None
    email: str | None
    home_center: str | None
    status: str | None
    is_included: bool
    opted_in: bool
    tier: str | None
    tier_since: date | None
    points: int
    n_rewards: int
    rewards_cents: int
    expires_on: date | None
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestFilter:
    """Which guests; None asks for no such thing. `search` looks in names, phones, e-mails.

    None among the tiers is no tier.
    """

    statuses: Sequence[str] | None = None
    is_included: bool | None = None
    tiers: Sequence[str | None] | None = None
    has_rewards: bool | None = None
    search: str | None = None
    expiring_until: date | None = None


_NO_TIER = "\x1f"
"""No tier's id: those can be printed."""

_OPEN = """SELECT guest_id, COUNT(*) AS n_rewards, SUM(amount_cents) AS cents,
    MIN(expires_on) AS expires_on FROM records_reward WHERE organization_id = %s
    AND state IN ('issued', 'held') AND issued_on <= %s
    AND (expires_on IS NULL OR expires_on >= %s) GROUP BY guest_id"""


def guest_list(
    on: date, wanted: GuestFilter, *, sort: str, is_descending: bool
) -> Iterator[ListedGuest]:
    """Guests that are themselves, not merged into another; streamed, one statement."""
    org = current_organization()
    conditions, values = _conditions(wanted)
    direction = "DESC" if is_descending else "ASC"
    column = SORTS[sort]
    # Empty ones last in either direction, on either engine.
    order = f"{column} IS NULL, {column} {direction}, g.external_id"
    rows = stream(
        f"""SELECT g.external_id, g.name, g.phone, g.email, g.home_center_ref, s.name,
        COALESCE(s.include_in_loyalty_rewards, FALSE), g.opted_in, a.tier, a.tier_since,
        a.points, COALESCE(r.n_rewards, 0), COALESCE(r.cents, 0), r.expires_on, g.known_on
        FROM records_guest g JOIN records_account a
        ON a.organization_id = g.organization_id AND a.guest_id = g.id
        LEFT JOIN records_gueststatus s
        ON s.organization_id = g.organization_id AND s.id = g.status_id
        LEFT JOIN ({_OPEN}) r ON r.guest_id = g.id
        WHERE g.organization_id = %s AND g.merged_into_id IS NULL{conditions}
        ORDER BY {order}""",
        [org, on, on, org, *values],
        "text text text text text text bool bool text date int int int date date",
    )
    for row in rows:
        one = ListedGuest(*row)
        if wanted.search is None or _is_found(one, wanted.search):
            yield one


def _conditions(wanted: GuestFilter) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if wanted.statuses is not None:
        parts.append("s.external_id IN %s")
        values.append(list(wanted.statuses))
    if wanted.is_included is not None:
        truth = "TRUE" if wanted.is_included else "FALSE"
        parts.append(f"COALESCE(s.include_in_loyalty_rewards, FALSE) = {truth}")
    if wanted.tiers is not None:
        parts.append(f"COALESCE(a.tier, '{_NO_TIER}') IN %s")
        values.append([tier or _NO_TIER for tier in wanted.tiers])
    if wanted.has_rewards is not None:
        parts.append(f"r.n_rewards IS {'NOT ' if wanted.has_rewards else ''}NULL")
    if wanted.expiring_until is not None:
        parts.append("r.expires_on <= %s")
        values.append(wanted.expiring_until)
    return "".join(f" AND {part}" for part in parts), values


def _is_found(one: ListedGuest, text: str) -> bool:
    """Looked for here and not by the database: engines differ in what they take as one letter.

    Phones are written with spaces, dashes and brackets; people look for digits.
    """
    wanted = text.casefold()
    if any(wanted in (each or "").casefold() for each in (one.name, one.email, one.guest)):
        return True
    digits = _digits(text)
    return len(digits) >= 3 and digits in _digits(one.phone or "")


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


# -- between tiers ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TierMovement:
    """A move of the history; None is no tier. `spend_cents` is what it was decided on."""

    moved_on: date
    guest: str
    name: str
    before: str | None
    after: str | None
    cause: str
    spend_cents: int | None
    by: str | None
    comment: str | None


_OF_TIERS = f"""AND (COALESCE(m.tier_before, '{_NO_TIER}') IN %s
    OR COALESCE(m.tier_after, '{_NO_TIER}') IN %s)"""


def tier_movements(
    first: date, last: date, *, tiers: Sequence[str | None] | None
) -> Iterator[TierMovement]:
    """Moves of these days, into or out of any of `tiers`; by day and guest, streamed."""
    rows = stream(
        f"""SELECT m.moved_on, g.external_id, g.name, m.tier_before, m.tier_after, m.cause,
        m.why, m.posted_by FROM records_tiermove m JOIN records_guest g
        ON g.organization_id = m.organization_id AND g.id = m.guest_id
        WHERE m.organization_id = %s AND m.moved_on >= %s AND m.moved_on <= %s
        {_OF_TIERS if tiers is not None else ""}
        ORDER BY m.moved_on, g.external_id, m.number""",
        [
            current_organization(),
            first,
            last,
            *([[tier or _NO_TIER for tier in tiers]] * 2 if tiers is not None else []),
        ],
        "date text text text text text text text",
    )
    for *plain, text, by in rows:
        why = codec.value_of(text)
        values: list[Any] = [*plain, why.get("spend_cents"), by, why.get("comment")]
        yield TierMovement(*values)


def moves_by_pair(first: date, last: date) -> dict[tuple[str | None, str | None], int]:
    """How often guests moved from the one tier to the other; one statement."""
    rows = select(
        """SELECT tier_before, tier_after, COUNT(*) FROM records_tiermove
        WHERE organization_id = %s AND moved_on >= %s AND moved_on <= %s
        GROUP BY tier_before, tier_after""",
        [current_organization(), first, last],
        types="text text int",
    )
    return {(before, after): count for before, after, count in rows}
