"""Close of business as staff see it: what tonight will do, run now, what last night did.

Tonight is worked out by the close itself, in a transaction that is rolled back: the very same
code decides, and nothing stays. Where too many guests wait for that to be quick, only the
numbers of those who wait are told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from regulars.records import in_line
from regulars.records.queries import closes
from regulars.records.queries.closes import (
    Change,
    EntrySum,
    Lapsing,
    MoveSum,
    RefusedLine,
    Waiting,
)
from regulars.records.queries.work import WorkLine
from regulars.rules.permissions import Actor, Permission, require
from regulars.services import closing, schedule, transactions, upkeep
from regulars.services.organizations import Company, find_organization, load_company
from regulars.services.schedule import Timetable
from regulars.services.worker import MOST_DAYS_AT_ONCE

MOST_GUESTS_TRIED = 500
"""With more guests waiting, tonight is not tried out: others would wait for the page."""
MOST_CHANGES_SHOWN = 100
_TRIAL = "preview"


@dataclass(frozen=True, slots=True)
class CenterTonight:
    """A center on the next day to close. `due_at`: when the worker settles its guests."""

    ref: str
    due_at: datetime
    is_over: bool
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Preview:
    """What a close would come to; `lapsing` are the points that end after the day."""

    n_guests: int
    entries: Sequence[EntrySum]
    moves: Sequence[MoveSum]


@dataclass(frozen=True, slots=True)
class Tonight:
    """The next day to be made final, at `due_at`; `n_over`: days that could be by now.

    `preview` is None where too many guests wait.
    """

    day: date
    due_at: datetime
    n_over: int
    n_guests: int
    centers: Sequence[CenterTonight]
    lapsing: Lapsing
    is_check: bool
    preview: Preview | None


def tonight(
    company: Company,
    *,
    now: datetime,
    table: Timetable | None = None,
    most_guests: int = MOST_GUESTS_TRIED,
) -> Tonight:
    """What the next close has before it. Refused while nothing is known yet."""
    day = upkeep.opened_books(company) + timedelta(days=1)
    table = table or Timetable()
    last = upkeep.last_day_over(company, now)
    n_over = max(0, (last - day).days + 1)
    if n_over:
        day = closing.next_open_day(company, last) or day
    program = company.versions.on(day)
    n_guests = len(in_line.guests_to_settle(on=day))
    return Tonight(
        day=day,
        due_at=table.close_due_at(company, day),
        n_over=n_over,
        n_guests=n_guests,
        centers=_centers(company, day, table, now),
        lapsing=closes.lapsing_through(day),
        is_check=program is not None and closing.may_check_on(program, day),
        preview=_preview(company, day) if n_guests <= most_guests else None,
    )


def _centers(
    company: Company, day: date, table: Timetable, now: datetime
) -> list[CenterTonight]:
    waiting = closes.waiting_by_center(day)
    return [
        CenterTonight(
            center.ref,
            table.center_due_at(center.zone, day),
            now.astimezone(center.zone).date() > day,
            waiting.get(center.id, Waiting()),
        )
        for center in company.centers.values()
    ]


def _preview(company: Company, day: date) -> Preview:
    """The close itself, with its expiry, undone again."""

    def attempt() -> Preview:
        trial = load_company(find_organization(company.ref))
        n_guests = closing.close_day(trial, day, by=_TRIAL)
        closing.expire_through(trial, day, by=_TRIAL)
        entries = closes.entry_sums([day, day + timedelta(days=1)], by=_TRIAL)
        preview = Preview(n_guests, entries, closes.move_sums(day, by=_TRIAL))
        transaction.set_rollback(True)
        return preview

    return transactions.write(attempt)


# -- run now ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One day made final; None where none was left. `n_left` days could still be."""

    day: date | None
    n_guests: int
    n_left: int


def close_next(company: Company, *, now: datetime, by: Actor) -> Step:
    """Rule 4.4: make the next date final that is over in every center, in order.

    Days on which nothing happened are passed over in the same step. Refused: `not_permitted`,
    and `conflict` where the gap is so long that the clock may be wrong.
    """
    require(by, Permission.SET_UP)
    before = upkeep.opened_books(company)
    last = upkeep.last_day_over(company, now)
    day = closing.next_open_day(company, last)
    if day is None:
        return Step(None, 0, 0)
    if (last - before).days > MOST_DAYS_AT_ONCE:
        raise closing.too_far(before, last)
    n_guests = closing.close_day(company, day, by=by.name)
    closing.expire_through(company, day, by=by.name)
    return Step(day, n_guests, (last - day).days)


def settle_center(company: Company, center: str, *, now: datetime, by: Actor) -> int:
    """Settle one center's guests of its own today now; how many. The close comes tonight."""
    require(by, Permission.SET_UP, center=center)
    return upkeep.close_center(company, center, day=None, now=now, by=by.name).n_guests


# -- last night -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LastNight:
    """What the last final day came to, and who was at work on it.

    `late` and `taken_back` are a hundred at most; `refused` are commands of files.
    """

    day: date
    n_guests: int
    work: Sequence[WorkLine]
    entries: Sequence[EntrySum]
    moves: Sequence[MoveSum]
    late: Sequence[Change]
    taken_back: Sequence[Change]
    refused: Sequence[RefusedLine]


def last_night(company: Company, *, day: date | None = None) -> LastNight:
    """What a final day came to, without a day the last one. Refused before the first close."""
    last = upkeep.opened_books(company)
    day = last if day is None else min(day, last)
    begins, ends = company.day_begins_at(day), company.day_ends_at(day)
    return LastNight(
        day=day,
        n_guests=closes.guests_settled(day),
        work=closes.work_of(day),
        entries=closes.entry_sums([day]),
        moves=closes.move_sums(day),
        late=closes.late_awards(day, limit=MOST_CHANGES_SHOWN),
        taken_back=closes.taken_back(day, limit=MOST_CHANGES_SHOWN),
        refused=closes.refused_between(begins, ends, limit=MOST_CHANGES_SHOWN),
    )


def upcoming(company: Company, *, now: datetime) -> list[schedule.Due]:
    """What the calendar has next, the soonest first."""
    return schedule.upcoming(company, Timetable(), now)
