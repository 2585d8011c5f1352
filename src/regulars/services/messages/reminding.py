"""Reminders of points and rewards that end soon (rule 9.1): as occasions, by day."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import floor

from regulars.records import telling
from regulars.services.messages.making import Occasion
from regulars.services.messages.values import reward_values
from regulars.services.organizations import Company


def reminders(
    company: Company, last_days: Mapping[date, int], *, today: date
) -> list[Occasion]:
    """One for each guest and last day, of points and of rewards; two statements.

    `last_days` are the days that something may end on, each with the number of days before it
    that the reminder is named after.
    """
    program = company.versions.on(today)
    value = None if program is None else program.point_value
    found = [*_of_points(last_days, value, today), *_of_rewards(last_days, today)]
    return sorted(found, key=lambda one: one.guest)


def _of_points(
    last_days: Mapping[date, int], value: Fraction | None, today: date
) -> Iterator[Occasion]:
    for one in telling.points_ending(last_days):
        values = {
            "expiring": one.points,
            "expiring_value_cents": None if value is None else floor(one.points * value),
            "expires_on": one.expires_on,
            "days": (one.expires_on - today).days,
        }
        name = _name(one.expires_on, last_days)
        yield Occasion(one.guest, "points_expiring", name, today, values)


def _of_rewards(last_days: Mapping[date, int], today: date) -> Iterator[Occasion]:
    rows = telling.rewards_ending(last_days)
    for (guest, expires_on), mine in groupby(rows, key=lambda one: (one.guest, one.expires_on)):
        values = reward_values(mine)
        values |= {"expires_on": expires_on, "days": (expires_on - today).days}
        name = _name(expires_on, last_days)
        yield Occasion(guest, "reward_expiring", name, today, values)


def _name(expires_on: date, last_days: Mapping[date, int]) -> str:
    return f"{expires_on}/{last_days[expires_on]}"
