"""The reports there are, by name, and how one is opened."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from regulars.records.queries import ledgers
from regulars.rules.refusals import unknown_reference
from regulars.services.organizations import Company
from regulars.services.reports import (
    expirations,
    guest_list,
    liability,
    points,
    reward_activity,
    rewards_outstanding,
    tier_movements,
)
from regulars.services.reports.asking import Asked, Question, Request, understand
from regulars.services.reports.report import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """One report: what it takes, how it is made, and a sentence on what it is for."""

    question: Question
    make: Callable[[Company, Asked], Report]
    sentence: str


REPORTS: Mapping[str, Entry] = {
    "liability": Entry(
        liability.QUESTION,
        liability.report,
        "What is owed to guests at the end of a day: open points at their value, and rewards.",
    ),
    "points": Entry(
        points.QUESTION,
        points.report,
        "Points awarded, reversed, redeemed, expired … by tier, center, action, month or day.",
    ),
    "expirations": Entry(
        expirations.QUESTION,
        expirations.report,
        "Points and rewards that expired in a range of days, or will: by guest, day or month.",
    ),
    "reward-activity": Entry(
        reward_activity.QUESTION,
        reward_activity.report,
        "All that happened to rewards: issued, redeemed, void, expired … and what it leaves.",
    ),
    "rewards-outstanding": Entry(
        rewards_outstanding.QUESTION,
        rewards_outstanding.report,
        "The rewards open at the end of a day, with guest, amount and days left.",
    ),
    "tier-movements": Entry(
        tier_movements.QUESTION,
        tier_movements.report,
        "Who moved between tiers and why, and how many from where to where.",
    ),
    "guests": Entry(
        guest_list.QUESTION,
        guest_list.report,
        "The guests with rewards, points, tier and status; filtered and sorted.",
    ),
}


@contextmanager
def opened(company: Company, request: Request) -> Iterator[Report]:
    """A report, in the company's scope; its rows are read inside, all as of one moment.

    Raises Refused for a report nobody knows, for a field it does not take or cannot read, and
    for an actor who may not see it.
    """
    entry = entry_of(request.name)
    with ledgers.one_moment():
        asked = understand(company, request, entry.question)
        yield entry.make(company, asked)


def entry_of(name: str) -> Entry:
    if name not in REPORTS:
        raise unknown_reference("report", name, field="name")
    return REPORTS[name]
