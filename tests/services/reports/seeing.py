"""What a company owes as one sees it on the day, from the tables as they then stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulars.records import models
from regulars.rules import rewards
from regulars.services import upkeep
from regulars.services.organizations import Company
from regulars.services.reports import catalog
from regulars.services.reports.asking import Request
from regulars.services.reports.report import Report
from regulars.services.stream import Stream

Fact = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """Guests with points as (tier, points); open rewards as (guest, amount, last day)."""

    guests: dict[str, tuple[str | None, int]]
    rewards: dict[str, tuple[str, int, date | None]]

    @property
    def points(self) -> int:
        return sum(max(0, points) for _, points in self.guests.values())

    @property
    def debt(self) -> int:
        return sum(max(0, -points) for _, points in self.guests.values())

    @property
    def cents(self) -> int:
        return sum(cents for _, cents, _ in self.rewards.values())


def look(day: date) -> Seen:
    accounts = models.Account.objects.select_related("guest")
    rows = models.Reward.objects.select_related("guest").filter(state__in=["issued", "held"])
    return Seen(
        {one.guest.external_id: (one.tier, one.points) for one in accounts if one.points},
        {
            one.external_id: (one.guest.external_id, one.amount_cents, one.expires_on)
            for one in rows
            if rewards.status_on(one.state, one.expires_on, day) != "expired"
        },
    )


def live_through(
    records: Iterable[Fact], until: date, days: Sequence[date]
) -> dict[date, Seen]:
    """Run a history, and look at the end of each of these days, right after its close."""
    seen: dict[date, Seen] = {}

    def at_close(company: Company, day: date) -> None:
        if day in days:
            seen[day] = look(day)

    with Stream(lambda place, result: None, at_close, snapshots=sorted(days)) as stream:
        stream.run(((None, one) for one in records), last=None)
        stream.finish(until)
    return seen


def read(name: str, today: date, actor: Any = None, **said: str) -> tuple[Report, list[Any]]:
    """A report with its rows read; `from_` is from."""
    asked = {field.rstrip("_"): text for field, text in said.items()}
    with (
        upkeep.at_work(None) as company,
        catalog.opened(company, Request(name, today, asked, actor)) as report,
    ):
        return report, [dict(zip(names(report), row, strict=True)) for row in report.rows]


def names(report: Report) -> list[str]:
    return [column.name for column in report.columns]
