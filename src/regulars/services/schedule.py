"""When what is due: closes at each center's own hour, what guests are told in the morning.

Everything is worked out from the calendar and from how far the books have come; nothing here
writes, and no clock is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from regulars.records import telling, work_runs
from regulars.rules.periods import add_months, is_month_end, month_end
from regulars.rules.program import Program
from regulars.services.messages.occasions import told_from
from regulars.services.organizations import Company

CLOSE, EXPIRY, MESSAGES, SENDING = "close", "expiry", "messages", "sending"
REMINDERS, STATEMENTS, TIDY = "reminders", "statements", "tidy"
WEBHOOKS, IMPORTS, FIGURES = "webhooks", "imports", "figures"
REWARDS = "rewards"
JOBS = (
    CLOSE,
    EXPIRY,
    FIGURES,
    MESSAGES,
    REMINDERS,
    STATEMENTS,
    SENDING,
    WEBHOOKS,
    IMPORTS,
    REWARDS,
    TIDY,
)

REMINDED = ("points_expiring", "reward_expiring")
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The hours of the day's work.

    `close_at` is each center's own time; before noon it is that of the morning after. `tell_at`
    is the hour, in the organization's zone, from which reminders and statements are made.
    """

    close_at: time = time(0, 5)
    tell_at: time = time(9)

    def center_due_at(self, zone: ZoneInfo, day: date) -> datetime:
        """When a center's guests of a day are settled (rule 4.4)."""
        is_next = self.close_at < _NOON
        return _instant(day + timedelta(days=1) if is_next else day, self.close_at, zone)

    def close_due_at(self, company: Company, day: date) -> datetime:
        """When a date is made final: over in every center, and every center's hour has come."""
        hours = [self.center_due_at(zone, day) for zone in company.zones]
        return max(company.day_ends_at(day), *hours)

    def tell_due_at(self, company: Company, day: date) -> datetime:
        return _instant(day, self.tell_at, company.zone)


def _instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """An hour that clocks skip is the same length of time after midnight as on other days."""
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """A piece of work and the instant from which it may be done; `center` None: all."""

    job: str
    day: date
    center: str | None
    at: datetime


# -- days -------------------------------------------------------------------------------------


def last_day_to_close(company: Company, table: Timetable, now: datetime) -> date:
    """The last date that may be made final at `now`."""
    day = now.date() + timedelta(days=1)
    while table.close_due_at(company, day) > now:
        day -= timedelta(days=1)
    return day


def centers_to_settle(company: Company, table: Timetable, now: datetime) -> list[Due]:
    """Centers whose hour has come on days that are not over everywhere yet, the first first."""
    first = last_day_to_close(company, table, now) + timedelta(days=1)
    return sorted(
        (due for due in _center_hours(company, table, first) if due.at <= now),
        key=lambda due: (due.at, due.center or ""),
    )


def _center_hours(company: Company, table: Timetable, first: date) -> Iterator[Due]:
    """The hours of each center, but for those at which the date is made final anyway.

    Zones lie at most 26 hours apart, so three days see every center's next one.
    """
    for day in (first + timedelta(days=n) for n in range(3)):
        final_at = table.close_due_at(company, day)
        for center in company.centers.values():
            at = table.center_due_at(center.zone, day)
            if at < final_at:
                yield Due(CLOSE, day, center.ref, at)


def last_telling_day(company: Company, table: Timetable, now: datetime) -> date:
    """The last day whose hour for telling has come."""
    day = now.astimezone(company.zone).date()
    return day if table.tell_due_at(company, day) <= now else day - timedelta(days=1)


# -- reminders --------------------------------------------------------------------------------


def reminders_due(program: Program, *, after: date, today: date) -> Mapping[date, int]:
    """Last days that guests are reminded of today, each with the number that is due.

    Due is what falls after `after`, up to today; of several numbers that days without a worker
    have let pass, the nearest (rule 9.1: once each).
    """
    found: dict[date, int] = {}
    for number in sorted(program.expiry_reminder_days, reverse=True):
        first = max(after + timedelta(days=1) + timedelta(days=number), today)
        for n in range((today + timedelta(days=number) - first).days + 1):
            found[first + timedelta(days=n)] = number
    return found


def reminders_from(company: Company, today: date) -> date | None:
    """The day after which reminders have not been made yet; None: none are due today."""
    program = company.versions.on(today)
    first = told_from(REMINDED)
    if program is None or not program.expiry_reminder_days or first is None or first > today:
        return None
    last = work_runs.last_done(REMINDERS) or today - timedelta(days=1)
    return max(last, first - timedelta(days=1)) if last < today else None


# -- statements -------------------------------------------------------------------------------


def is_statement_month(program: Program | None, day: date) -> bool:
    """Whether statements are made as of the end of that month.

    Months are counted from January: every 3 months is March, June, September and December,
    every 5 is May and October.
    """
    every = None if program is None else program.statement_every_months
    return every is not None and day.month % every == 0


def statement_due(company: Company, *, through: date) -> date | None:
    """The last month's end up to `through` whose statements are to be made.

    Of several that were missed only the last: it tells of the months of all.
    """
    first = told_from(["statement"])
    last = work_runs.last_done(STATEMENTS)
    day = through if is_month_end(through) else month_end(add_months(through, -1))
    while first is not None and day >= first and (last is None or day > last):
        if is_statement_month(company.versions.on(day), day):
            return day
        day = month_end(add_months(day, -1))
    return None


def statement_since(company: Company, day: date) -> date:
    """The first day that statements of a month's end tell of: after those before, a year at
    most.
    """
    program = company.versions.on(day)
    before = month_end(add_months(day, -1))
    while program is not None and not is_statement_month(program, before):
        before = month_end(add_months(before, -1))
    last = work_runs.last_done(STATEMENTS)
    if last is not None:
        before = max(last, month_end(add_months(day, -12)))
    return before + timedelta(days=1)


# -- what comes next --------------------------------------------------------------------------


def upcoming(company: Company, table: Timetable, now: datetime) -> list[Due]:
    """What the calendar has next, the soonest first; work that is due already comes as it was
    due.
    """
    found = []
    if company.closed_through is not None:
        day = company.closed_through + timedelta(days=1)
        found.append(Due(CLOSE, day, None, table.close_due_at(company, day)))
        hours = _center_hours(company, table, day)
        found += [due for due in hours if due.at > now]
    found += _tellings(company, table, now)
    return sorted(found, key=lambda due: (due.at, JOBS.index(due.job), due.center or ""))


def _tellings(company: Company, table: Timetable, now: datetime) -> Iterator[Due]:
    day = last_telling_day(company, table, now) + timedelta(days=1)
    at = table.tell_due_at(company, day)
    yield Due(TIDY, day, None, at)
    program = company.versions.on(day)
    if program is None:
        return
    if program.expiry_reminder_days and told_from(REMINDED) is not None:
        yield Due(REMINDERS, day, None, at)
    if program.statement_every_months and told_from(["statement"]) is not None:
        end = month_end(day - timedelta(days=1))
        while not is_statement_month(program, end):
            end = month_end(add_months(end, 1))
        yield Due(STATEMENTS, end, None, table.tell_due_at(company, end + timedelta(days=1)))


def next_look_at(company: Company, table: Timetable, now: datetime) -> datetime | None:
    """The first instant after `now` at which there may be something to do; None: unknown."""
    instants = [due.at for due in upcoming(company, table, now)]
    instants += [at for at in (work_runs.next_try_at(), telling.next_message_at()) if at]
    return min((at for at in instants if at > now), default=None)
