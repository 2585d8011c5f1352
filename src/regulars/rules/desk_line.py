"""The desk line: the one sentence worth saying to this guest while she pays.

What she is about to lose comes first, soonest first, when something can be done about it now;
then what is within reach, then what she earns by booking again. Facts in, reasons out, best
first: the desk shows the first, and whoever wants to know sees them all.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

from regulars.rules.program import AccrualTerms
from regulars.rules.redemption import value_of
from regulars.rules.sentences import Said, said

SOON_DAYS = 30
"""A last day so near is worth a word."""
CHECK_DAYS = 60
"""A tier that may go at a check so near is, too."""
NEAR_SHARE = 4
"""Within reach is what is missing of a tier when it is at most one in so many of its minimum
spend."""


class Writing(Protocol):
    """How the desk writes numbers."""

    def money(self, cents: int) -> str: ...

    def points(self, points: int) -> str: ...

    def day(self, day: date) -> str: ...


@dataclass(frozen=True, slots=True)
class Value:
    """Points, or the cents of a reward, that are good through a day."""

    amount: int
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """What is known of a guest who is paying.

    `visit_cents` is the spend that this invoice will still add; `spend_to_stay_cents` and
    `spend_to_next_cents` are missing before it. `point_value` is in minor units.
    """

    today: date
    name: str
    tier: str | None = None
    points: tuple[Value, ...] = ()
    rewards: tuple[Value, ...] = ()
    can_use_points: bool = False
    point_value: Fraction | None = None
    visit_cents: int = 0
    spend_to_stay_cents: int = 0
    next_check_on: date | None = None
    next_tier: str | None = None
    spend_to_next_cents: int = 0
    next_minimum_cents: int = 0
    rebooking: AccrualTerms | None = None
    has_booked_again: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing worth saying. `kind` is use_points, use_reward, stay, lifts, reach, rebook or
    far; `rank` orders them, lowest first.
    """

    kind: str
    rank: tuple[int, int]
    sentence: str


def reasons(checkout: Checkout, write: Writing) -> list[Reason]:
    """Everything worth saying, the most urgent first; empty when there is nothing."""
    found: Iterable[Reason] = (reason for rule in _RULES for reason in rule(checkout, write))
    return sorted(found, key=lambda one: one.rank)


def _use_reward(checkout: Checkout, write: Writing) -> Iterator[Reason]:
    """A reward that ends soon (rule 10.7): it can be ticked now."""
    for one in _soonest(checkout.rewards, checkout.today):
        days = (one.last_day - checkout.today).days
        yield Reason(
            "use_reward",
            (0, 2 * days),
            said(
                "{name} has a reward of {amount} that is good {through}: use it today.",
                name=checkout.name,
                amount=write.money(one.amount),
                through=_through(one, checkout, write),
            ),
        )


def _use_points(checkout: Checkout, write: Writing) -> Iterator[Reason]:
    """Points that end soon (rules 5.5, 9.1), where they can be used on this invoice."""
    for one in _soonest(checkout.points, checkout.today):
        days = (one.last_day - checkout.today).days
        yield Reason(
            "use_points",
            (0 if checkout.can_use_points else 3, 2 * days + 1),
            _points_end(one, checkout, write),
        )


def _points_end(one: Value, checkout: Checkout, write: Writing) -> Said:
    told = {
        "points": write.points(one.amount),
        "name": checkout.name,
        "through": _through(one, checkout, write),
    }
    if checkout.point_value:
        told["worth"] = write.money(value_of(one.amount, checkout.point_value))
        if checkout.can_use_points:
            return said(
                "{points} points of {name}'s, worth {worth}, are good {through}:"
                " use them today.",
                **told,
            )
        return said("{points} points of {name}'s, worth {worth}, are good {through}.", **told)
    if checkout.can_use_points:
        return said("{points} points of {name}'s are good {through}: use them today.", **told)
    return said("{points} points of {name}'s are good {through}.", **told)


def _through(one: Value, checkout: Checkout, write: Writing) -> Said:
    if one.last_day == checkout.today:
        return said("today only")
    return said("through {day}", day=write.day(one.last_day))


def _soonest(values: tuple[Value, ...], today: date) -> Iterator[Value]:
    """What ends on the first of the days that are near, as one."""
    near = [one for one in values if today <= one.last_day <= today + timedelta(SOON_DAYS)]
    if near:
        first = min(one.last_day for one in near)
        yield Value(sum(one.amount for one in near if one.last_day == first), first)


def _stay(checkout: Checkout, write: Writing) -> Iterator[Reason]:
    """Rule 4.15: what keeps the tier, and by when."""
    missing = checkout.spend_to_stay_cents - checkout.visit_cents
    by = checkout.next_check_on
    if missing <= 0 or by is None or by > checkout.today + timedelta(CHECK_DAYS):
        return
    days = (by - checkout.today).days
    yield Reason(
        "stay",
        (1, days),
        said(
            "{missing} more by {by} and {name} stays {tier}.",
            missing=write.money(missing),
            by=write.day(by),
            name=checkout.name,
            tier=checkout.tier,
        ),
    )


def _reach(checkout: Checkout, write: Writing) -> Iterator[Reason]:
    """Rule 4.15: the next tier, reached by this visit, near, or far."""
    if checkout.next_tier is None:
        return
    missing = checkout.spend_to_next_cents - checkout.visit_cents
    if missing <= 0:
        if checkout.visit_cents:
            told = said(
                "This visit makes {name} {next_tier}.",
                name=checkout.name,
                next_tier=checkout.next_tier,
            )
            yield Reason("lifts", (2, 0), told)
        return
    is_near = missing * NEAR_SHARE <= checkout.next_minimum_cents
    told = said(
        "{missing} more and {name} is {next_tier}.",
        missing=write.money(missing),
        name=checkout.name,
        next_tier=checkout.next_tier,
    )
    yield Reason("reach" if is_near else "far", (3 if is_near else 5, missing), told)


def _rebook(checkout: Checkout, write: Writing) -> Iterator[Reason]:
    """Rule 6.3: booked again on the day of the visit, and later attended."""
    terms = checkout.rebooking
    if terms is None or checkout.has_booked_again or not terms.points:
        return
    told = said(
        "Book {name}'s next visit today: it brings {points} points.",
        name=checkout.name,
        points=write.points(terms.points),
    )
    if terms.per_cents is not None:
        told = said(
            "Book {name}'s next visit today: it brings {points} points per {amount}.",
            **told.values,
            amount=write.money(terms.per_cents),
        )
    yield Reason("rebook", (4, 0), told)


_RULES: tuple[Callable[[Checkout, Writing], Iterator[Reason]], ...] = (
    _use_reward,
    _use_points,
    _stay,
    _reach,
    _rebook,
)
