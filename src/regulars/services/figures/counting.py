"""Figures for people to look at, counted from the books day by day and kept (rule 12).

What is counted is what the reports count, by their own statements. A closed day is counted
once; days still open, and the visits of the last months, each time. What happened on a day and
how things stood at its end are figures alike, so a page of years costs what one of a week does.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from time import monotonic

from regulars.records import figure_rows
from regulars.records.figure_rows import Ahead, Count, Key
from regulars.records.queries import day_counts, ledgers, reports_ledger, reports_points
from regulars.records.queries.reports_credit import guests_with_credit
from regulars.rules.credit_history import DAY, CreditLot, events_of
from regulars.rules.periods import is_month_end
from regulars.services import transactions
from regulars.services.figures import ahead, owing
from regulars.services.organizations import Company

POINTS, REWARD, VISIT, TIER, OWED = "points", "reward", "visit", "tier", "owed"
CAME, AGAIN, NEW, REFERRED = "came", "again", "new", "referred"
OPEN, WORTH, DEBT, REWARDS = "points", "value", "debt", "rewards"
GUESTS = "guests"

VISITS_AGAIN = timedelta(days=92)
"""How far back visits are counted again: appointments are told of, or changed, later."""


@dataclass(slots=True)
class Tally:
    """Numbers and values by what they are of, of the days `first` to `last`; of visits they
    begin earlier.
    """

    first: date
    last: date
    visits_first: date
    figures: dict[Key, tuple[int, int]] = field(default_factory=dict)

    def add(self, key: Key, *, number: int = 0, value: int = 0) -> None:
        before = self.figures.get(key, (0, 0))
        self.figures[key] = (before[0] + number, before[1] + value)

    @property
    def days(self) -> list[date]:
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]


def last_count() -> Count | None:
    """When figures were counted last, None if never."""
    return figure_rows.last_count()


def is_behind(company: Company) -> bool:
    """Whether days have been closed that are not counted as closed ones yet."""
    if company.closed_through is None:
        return False
    before = figure_rows.last_count()
    return (
        before is None
        or before.settled_through is None
        or before.settled_through < company.closed_through
    )


def count(company: Company, *, now: datetime) -> Count:
    """Count what is not counted yet, in the company's scope; once a month all of it anew.

    Whoever counts at the same time and ends first is kept: the books are the same.
    """
    began = monotonic()
    with ledgers.one_moment():
        before = figure_rows.last_count()
        tally = _tally(company, before, now.astimezone(company.zone).date())
        is_all = before is None or tally.first <= before.first
        _count_points(company, tally, is_all=is_all)
        _count_rewards(tally)
        _count_tiers(tally)
        _count_visits(company, tally)
        going, check_on = ahead.downgrades(company)
    counted = Count(
        counted_at=now,
        first=tally.first if before is None else min(tally.first, before.first),
        last=tally.last,
        settled_through=company.closed_through,
        milliseconds=round((monotonic() - began) * 1000),
        check_on=check_on,
    )
    transactions.write(partial(_keep, before, counted, tally, going))
    return counted


def _keep(before: Count | None, counted: Count, tally: Tally, going: list[Ahead]) -> None:
    if figure_rows.last_count() != before:
        return
    firsts = dict.fromkeys((POINTS, REWARD, TIER, OWED), tally.first)
    figure_rows.replace_from({**firsts, VISIT: tally.visits_first}, tally.figures)
    figure_rows.replace_ahead(going)
    figure_rows.keep_count(counted)


def _tally(company: Company, before: Count | None, today: date) -> Tally:
    """From the first day that was not closed when it was counted, or from the very first."""
    last = max(today, company.closed_through or today)
    beginning = min(day_counts.first_day() or last, last)
    if before is None or before.settled_through is None or beginning < before.first:
        return Tally(beginning, last, beginning)
    first = max(beginning, min(before.settled_through + DAY, last))
    if _is_month_new(company, before.settled_through) or not owing.is_worth_the_same(
        company, first - DAY, last
    ):
        return Tally(beginning, last, beginning)
    return Tally(first, last, max(beginning, first - VISITS_AGAIN))


def _is_month_new(company: Company, settled: date) -> bool:
    """Whether a month has ended since: then all is counted again, what came late with it."""
    closed = company.closed_through
    if closed is None or closed <= settled:
        return False
    return is_month_end(closed) or (closed.year, closed.month) > (settled.year, settled.month)


# -- what happened ----------------------------------------------------------------------------


def _count_points(company: Company, tally: Tally, *, is_all: bool) -> None:
    for one in reports_points.movements_by_day(tally.first, tally.last):
        key = (one.day, POINTS, one.kind, one.action or "", one.center or "")
        n_entries = one.n_entries if one.kind == "accrual" else 0
        tally.add(key, number=n_entries, value=one.points)
    held = owing.Held()
    if not is_all:
        known = figure_rows.owed_on(tally.first - DAY)
        held = owing.Held(*[known.get(kind, (0, 0))[1] for kind in (OPEN, WORTH, DEBT)])
    changes = day_counts.point_changes(None if is_all else tally.first - DAY)
    changed = owing.changes_by_day(company, changes, first=tally.first, last=tally.last)
    for day in tally.days:
        held.add(changed.get(day))
        for kind, value in ((OPEN, held.points), (WORTH, held.cents), (DEBT, held.debt)):
            tally.add((day, OWED, kind, "", ""), value=value)


def _count_rewards(tally: Tally) -> None:
    centers = reports_ledger.centers_of_redeemed_rewards()
    number = cents = 0
    changed: dict[date, tuple[int, int]] = {}
    for guest in guests_with_credit():
        for lot in guest.lots:
            left = lot.open_cents_on(tally.first - DAY)
            number, cents = number + (left > 0), cents + left
            days = _count_events(tally, lot, centers)
            for day in sorted(days):
                now = lot.open_cents_on(day)
                so_far = changed.get(day, (0, 0))
                changed[day] = (so_far[0] + (now > 0) - (left > 0), so_far[1] + now - left)
                left = now
    for day in tally.days:
        more = changed.get(day, (0, 0))
        number, cents = number + more[0], cents + more[1]
        tally.add((day, OWED, REWARDS, "", ""), number=number, value=cents)


def _count_events(tally: Tally, lot: CreditLot, centers: dict[str, str]) -> set[date]:
    days = set()
    for event in events_of(lot, tally.first, tally.last):
        center = centers.get(event.invoice or "", "")
        tally.add((event.on, REWARD, event.happening, "", center), number=1, value=event.cents)
        days.add(event.on)
    return days


def _count_visits(company: Company, tally: Tally) -> None:
    first, last = tally.visits_first, tally.last
    for one in day_counts.visits_by_day(
        first, last, since=company.day_begins_at(first), until=company.day_ends_at(last)
    ):
        counts = {
            CAME: one.n_visits,
            AGAIN: one.n_rebooked,
            NEW: one.n_new,
            REFERRED: one.n_referred,
        }
        for kind, number in counts.items():
            tally.add((one.day, VISIT, kind, "", one.center), number=number)


# -- how things stood -------------------------------------------------------------------------


def _count_tiers(tally: Tally) -> None:
    """From how it is now back to the first day, move by move."""
    standing: Counter[tuple[str, str]] = Counter()
    for one in day_counts.guests_in_tiers():
        standing[one.tier, one.center] += one.n_guests
    later = sorted(day_counts.moves_after(tally.first - DAY), key=lambda move: move.day)
    for day in reversed(tally.days):
        while later and later[-1].day > day:
            move = later.pop()
            if move.after is not None:
                standing[move.after, move.center] -= move.n_moves
            if move.before is not None:
                standing[move.before, move.center] += move.n_moves
        for (tier, center), n_guests in standing.items():
            tally.add((day, TIER, GUESTS, tier, center), number=n_guests)
