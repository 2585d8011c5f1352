"""What has to be done every evening and every month, asked for by hand or by a timer."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from regulars.records import in_line
from regulars.records.queries import movements
from regulars.records.queries.movements import TierMovement
from regulars.records.scope import organization_scope
from regulars.rules.periods import is_month_end, month_end
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services import closing
from regulars.services.closing import Progress
from regulars.services.organizations import Company, find_organization, load_company


@contextmanager
def at_work(organization: str | None) -> Iterator[Company]:
    """The organization of this id, or the only one, with everything inside in its scope."""
    row = find_organization(organization)
    with organization_scope(row.id):
        yield load_company(row)


def last_day_over(company: Company, now: datetime) -> date:
    """The last business date that is over in every center."""
    day = closing.last_final_day(company, now)
    assert day is not None
    return day


def day_at_hand(company: Company, now: datetime) -> date:
    """The day that a question about "now" is about: today, or where the books have stopped.

    What came after the last close is of the first day that waits for it.
    """
    today = now.astimezone(company.zone).date()
    closed = company.closed_through
    if closed is None or closed >= today - timedelta(days=1):
        return today
    waiting = in_line.first_unsettled()
    return waiting if waiting is not None and closed < waiting <= today else closed


def last_month_over(company: Company, now: datetime) -> date:
    """The last day of the last month that is over in every center."""
    day = last_day_over(company, now)
    return day if is_month_end(day) else day.replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """What a close came to. `last` is the last final date, `n_days` how many became so."""

    last: date
    n_days: int
    n_guests: int


def close_days(company: Company, day: date, *, by: str, progress: Progress) -> Closed:
    """Rule 4.4: close every day up to this one, missed ones first; closed ones stay closed."""
    before = opened_books(company)
    n_guests = closing.close_through(company, day, progress=progress, by=by)
    last = company.closed_through
    assert last is not None
    return Closed(last, (last - before).days, n_guests)


def close_center(
    company: Company, ref: str, *, day: date | None, now: datetime, by: str
) -> Closed:
    """Rule 4.4: settle one center's guests of a day now; the date is final when all are over.

    Without a day it is the center's own today.
    """
    center = company.center(ref)
    last = opened_books(company)
    on = day or now.astimezone(center.zone).date()
    if on <= last:
        return Closed(last, 0, 0)
    n_guests = closing.close_day(company, on, center=ref, by=by)
    return Closed(last, 0, n_guests)


def opened_books(company: Company) -> date:
    """The last final date; refused while nothing has ever been recorded."""
    if company.closed_through is None:
        raise Refused(
            "conflict",
            said("Nothing is known yet, so there is no day to close: import records first."),
        )
    return company.closed_through


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The check of a month's last day. `was_made` says that it had been made before."""

    day: date
    moves: Sequence[TierMovement]
    was_made: bool


def check_month(
    company: Company, day: date, *, is_trial: bool, by: str, progress: Progress
) -> MonthEnd:
    """Rule 4.11: close every day of the month and check who stays; a trial leaves no trace."""
    last_day = month_end(day)
    was_made = last_day <= opened_books(company)
    with transaction.atomic() if is_trial else _as_it_comes():
        if not was_made:
            closing.close_through(company, last_day, progress=progress, by=by)
        moves = list(movements.moves_by_check(last_day, last_day))
        if is_trial:
            transaction.set_rollback(True)
    return MonthEnd(last_day, moves, was_made)


@contextmanager
def _as_it_comes() -> Iterator[None]:
    """Each step commits by itself."""
    yield


def expire_points(company: Company, day: date, *, by: str, progress: Progress) -> int:
    """Rule 9.1: lots whose last day is over lapse; returns how many guests lost some.

    The days before are closed first, so that what they earned and used comes before.
    """
    opened_books(company)
    closing.close_through(company, day, progress=progress, by=by)
    return closing.expire_through(company, day, by=by)
