"""The reports there are, by name, and how one is opened."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from regulars.records.queries import ledgers
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
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
from regulars.services.reports.names import SENTENCES
from regulars.services.reports.report import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """One report: what it takes, and how it is made."""

    question: Question
    make: Callable[[Company, Asked], Report]


REPORTS: Mapping[str, Entry] = {
    "liability": Entry(liability.QUESTION, liability.report),
    "points": Entry(points.QUESTION, points.report),
    "expirations": Entry(expirations.QUESTION, expirations.report),
    "reward-activity": Entry(reward_activity.QUESTION, reward_activity.report),
    "rewards-outstanding": Entry(rewards_outstanding.QUESTION, rewards_outstanding.report),
    "tier-movements": Entry(tier_movements.QUESTION, tier_movements.report),
    "guests": Entry(guest_list.QUESTION, guest_list.report),
}
assert list(REPORTS) == list(SENTENCES)


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


def check(company: Company, request: Request) -> None:
    """Refuse what opening the report would refuse of the request, before anything is read."""
    understand(company, request, entry_of(request.name).question)


def entry_of(name: str) -> Entry:
    if name not in REPORTS:
        raise Refused(
            "unknown_reference",
            said(
                "There is no report {name!r}; there are {known}.",
                name=name,
                known=", ".join(REPORTS),
            ),
            field="name",
            value=name,
        )
    return REPORTS[name]
