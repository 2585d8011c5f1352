"""What a statement tells: what happened since the last one, what ends next, open rewards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.queries import told_guests
from regulars.records.queries.told_guests import PointsEntry
from regulars.services.messages.making import Occasion
from regulars.services.messages.values import LONGEST_LIST, reward_values
from regulars.services.organizations import Company

N_LAST_DAYS = 5
"""Last days of points that a statement lists."""


def statement_values(
    company: Company, guests: Sequence[UUID], *, on: date, since: date
) -> dict[UUID, Mapping[str, Any]]:
    """The values of a `statement` occasion of each guest, as of the end of `on`.

    Three queries for a chunk of guests; balance and tier are filled in when it is worded.
    """
    entries = told_guests.entries_between(guests, since=since, last=on)
    ending = told_guests.points_ending(guests, on=on)
    rewards = told_guests.open_rewards(guests, on=on)
    values: dict[UUID, Mapping[str, Any]] = {}
    for guest in guests:
        mine = reward_values(rewards.get(guest, []))
        values[guest] = {
            "since": since,
            **_sums(entries.get(guest, ())),
            "entries": [
                {"date": one.on, "points": one.points, "why": one.action_or_kind}
                for one in entries.get(guest, [])[-LONGEST_LIST:]
            ],
            "lots": [
                {"points": points, "expires_on": last_day}
                for last_day, points in ending.get(guest, [])[:N_LAST_DAYS]
            ],
            "reward_credit_cents": mine["total_cents"] or None,
            "rewards": mine["rewards"],
        }
    return values


def _sums(entries: Iterable[PointsEntry]) -> dict[str, int]:
    """Awarded is net of what was taken back, used net of what came back."""
    found = {"earned": 0, "used": 0, "expired": 0}
    signs = {
        "accrual": ("earned", 1),
        "reversal": ("earned", 1),
        "redemption": ("used", -1),
        "redemption_return": ("used", -1),
        "expiry": ("expired", -1),
    }
    for one in entries:
        name, sign = signs.get(one.kind, (None, 0))
        if name is not None:
            found[name] += sign * one.points
    return found


def statement_occasions(
    company: Company, guests: Sequence[UUID], *, on: date, since: date
) -> list[Occasion]:
    """The occasion of each guest's statement as of `on`; named by the day alone."""
    values = statement_values(company, guests, on=on, since=since)
    return [
        Occasion(guest, "statement", f"statement/{on}", on, values[guest]) for guest in guests
    ]
