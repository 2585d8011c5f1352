"""Everything that is due in an organization, done: closes, expiry, messages, tidying up.

There is no queue: each piece looks at the state of the books and does what they call for, so
days without a worker are caught up, and two workers at once do no harm (docs/decisions/0011).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from regulars.records import (
    feed,
    in_line,
    models,
    outbox,
    statistics,
    telling,
    webhook_rows,
    work_runs,
)
from regulars.records.scope import organization_scope
from regulars.services import answers, closing, reward_orders, reward_work, schedule, upkeep
from regulars.services.figures import counting
from regulars.services.imports import waiting
from regulars.services.messages import occasions, reminding
from regulars.services.messages.making import Occasion, make_messages
from regulars.services.messages.sending import send_due
from regulars.services.messages.statements import statement_occasions
from regulars.services.organizations import Company, find_organization
from regulars.services.schedule import (
    CLOSE,
    EXPIRY,
    FIGURES,
    IMPORTS,
    MESSAGES,
    REMINDERS,
    SENDING,
    STATEMENTS,
    TIDY,
    Due,
    Timetable,
)
from regulars.services.shifts import Ended, Hold, Outcome, Shift, Stopping
from regulars.services.webhooks import events, notices

ACTOR = "worker"
"""Who did it, in the ledger: the same whichever process it was."""

CHUNK = 500
"""Guests told of something in one transaction."""
SEND_BATCH = 50
MOST_DAYS_AT_ONCE = 400
"""A gap longer than this is taken for a clock that is wrong."""
KEEP_WORK_DAYS = 90
KEEP_EVENTS_DAYS = 30
KEEP_ATTEMPTS_DAYS = 30


def run_due(
    company: Company,
    *,
    now: datetime,
    worker: str,
    table: Timetable | None = None,
    must_stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Ended], None] = lambda ended: None,
) -> list[Ended]:
    """Do all that is due at `now`, in the organization's scope; what was done, in order.

    Nothing due gives an empty list. A piece that fails is among the answers and does not keep
    others from being done. `must_stop` is asked between chunks.
    """
    shift = Shift(company, now, worker, table or Timetable(), must_stop, tell)
    try:
        for step in _STEPS:
            step(shift)
    except Stopping:
        pass
    return shift.ended


def go_on_with_imports(
    company: Company, *, now: datetime, worker: str, must_stop: Callable[[], bool]
) -> list[Ended]:
    """Carry files that wait on, and nothing else: for a sandbox, which no worker serves."""
    shift = Shift(company, now, worker, Timetable(), must_stop)
    with suppress(Stopping):
        _import(shift)
    return shift.ended


def has_news(organization: str, *, now: datetime) -> bool:
    """Whether something waits that no calendar knows of: five short statements."""
    with organization_scope(find_organization(organization).id):
        return (
            outbox.is_waiting()
            or telling.is_message_due(now=now)
            or waiting.is_waiting()
            or reward_work.is_waiting()
            or webhook_rows.is_notice_due(now=now)
        )


# -- closes -----------------------------------------------------------------------------------


def _close_days(shift: Shift) -> None:
    """Rule 4.4: every date that is over everywhere, in order; after each its expiry."""
    company = shift.company
    if company.closed_through is None:
        return
    last = schedule.last_day_to_close(company, shift.table, shift.now)
    if (last - company.closed_through).days > MOST_DAYS_AT_ONCE:
        day = company.closed_through + timedelta(days=1)
        shift.do((CLOSE, day, ""), partial(_refuse_gap, company, last))
        return
    _expire_through(shift, company.closed_through)  # a worker may have died after its close
    while (day_or_none := closing.next_open_day(company, last)) is not None:
        day = day_or_none
        is_open = partial(_is_open, company, day)
        act = partial(_close_day, company, day)
        is_done = shift.do((CLOSE, day, ""), act, is_due=is_open, is_again=True)
        if not is_done and is_open():
            return  # it failed, or another worker is at it; what comes after must wait
        _expire_through(shift, day)


def _expire_through(shift: Shift, day: date) -> None:
    """Rule 9.1: before anything of a later day, so that lots lapse before awards are made."""
    if in_line.guests_with_lapsing_lots(through=day):
        expire = partial(_expire, shift.company, day)
        shift.do((EXPIRY, day, ""), expire, is_again=True)


def _is_open(company: Company, day: date) -> bool:
    """Whether a date is still to be made final; somebody else may have been quicker."""
    rows = models.Organization.objects.filter(id=company.id)
    company.closed_through, company.expired_through = rows.values_list(
        "closed_through", "expired_through"
    ).get()
    assert company.closed_through is not None
    return day > company.closed_through


def _refuse_gap(company: Company, last: date, hold: Hold) -> Outcome:
    assert company.closed_through is not None
    raise closing.too_far(company.closed_through, last)


def _close_day(company: Company, day: date, hold: Hold) -> Outcome:
    n_guests = closing.close_day(company, day, by=ACTOR)
    return Outcome(f"{counted(n_guests, 'guest')} settled.", n_guests)


def _expire(company: Company, day: date, hold: Hold) -> Outcome:
    n_guests = closing.expire_through(company, day, by=ACTOR)
    return Outcome(f"Points of {counted(n_guests, 'guest')} ended.", n_guests)


def _settle_centers(shift: Shift) -> None:
    """Rule 4.4: centers whose hour has come, on days that are not over everywhere."""
    company = shift.company
    if company.closed_through is None:
        return
    hours = schedule.centers_to_settle(company, shift.table, shift.now)
    if not hours:
        return
    done = work_runs.done_pieces(CLOSE, since=min(due.day for due in hours))
    for due in hours:
        if (due.day, due.center) not in done and due.day > company.closed_through:
            act = partial(_settle_center, company, due, shift.now)
            shift.do((CLOSE, due.day, due.center or ""), act)


def _settle_center(company: Company, due: Due, now: datetime, hold: Hold) -> Outcome:
    assert due.center is not None
    closed = upkeep.close_center(company, due.center, day=due.day, now=now, by=ACTOR)
    return Outcome(f"{counted(closed.n_guests, 'guest')} settled early.", closed.n_guests)


# -- figures ----------------------------------------------------------------------------------


def _count_figures(shift: Shift) -> None:
    """What the dashboard shows, of the days that have been closed."""
    if counting.is_behind(shift.company):
        act = partial(_count, shift.company)
        shift.do((FIGURES, shift.today, ""), act, is_again=True)


def _count(company: Company, hold: Hold) -> Outcome:
    counted = counting.count(company, now=hold.shift.moment())
    return Outcome(f"Figures counted through {counted.last}.")


# -- messages ---------------------------------------------------------------------------------


def _queue_messages(shift: Shift) -> None:
    """What the outbox has, as messages."""
    if outbox.is_waiting():
        act = partial(_tell_outbox, shift.company)
        shift.do((MESSAGES, shift.today, ""), act, is_again=True)


def _tell_outbox(company: Company, hold: Hold) -> Outcome:
    rows: list[int] = []
    turn = occasions.Turn(1, 0)

    def pass_over() -> int:
        rows[:] = [occasions.pass_over_past(company)]
        return 0

    def tell() -> int:
        nonlocal turn
        turn = occasions.tell_next(company, at=hold.shift.moment())
        return turn.n_messages

    hold.chunk(pass_over)
    while turn.n_rows:
        hold.chunk(tell)
        rows.append(turn.n_rows)
    what = counted(sum(rows), "transaction")
    return Outcome(f"{what} looked at, {counted(hold.n_done, 'message')} queued.")


def _remind(shift: Shift) -> None:
    """Rule 9.1: points and rewards that end soon, once a day from the hour of telling on."""
    company = shift.company
    today = schedule.last_telling_day(company, shift.table, shift.now)
    after = schedule.reminders_from(company, today)
    if after is None:
        return
    program = company.versions.on(today)
    assert program is not None
    last_days = schedule.reminders_due(program, after=after, today=today)

    def act(hold: Hold) -> Outcome:
        found = reminding.reminders(company, last_days, today=today)
        n_messages = _tell_all(company, hold, found)
        return Outcome(f"{counted(n_messages, 'reminder')} queued.")

    shift.do((REMINDERS, today, ""), act)


def _tell_all(company: Company, hold: Hold, found: Sequence[Occasion]) -> int:
    n_messages = 0
    for start in range(0, len(found), CHUNK):
        chunk = found[start : start + CHUNK]
        make = partial(make_messages, company, chunk, at=hold.shift.moment())
        n_messages += hold.chunk(make)
    return n_messages


def _state(shift: Shift) -> None:
    """Rule 2: statements as of a month's last day, once that month is final."""
    company = shift.company
    if company.closed_through is None:
        return
    over = schedule.last_telling_day(company, shift.table, shift.now) - timedelta(days=1)
    day = schedule.statement_due(company, through=over)
    if day is None or day > company.closed_through:
        return
    since = schedule.statement_since(company, day)

    def act(hold: Hold) -> Outcome:
        n_messages = 0
        for guests in _statement_guests():
            make = partial(_make_statements, company, guests, on=day, since=since, hold=hold)
            n_messages += hold.chunk(make)
        return Outcome(f"{counted(n_messages, 'statement')} queued.")

    shift.do((STATEMENTS, day, ""), act)


def _statement_guests() -> Iterator[list[UUID]]:
    cursor: UUID | None = None
    while guests := telling.guests_with_something(cursor, limit=CHUNK):
        cursor = guests[-1]
        yield guests


def _make_statements(
    company: Company, guests: Sequence[UUID], *, on: date, since: date, hold: Hold
) -> int:
    found = statement_occasions(company, guests, on=on, since=since)
    return make_messages(company, found, at=hold.shift.moment())


def _send(shift: Shift) -> None:
    if telling.is_message_due(now=shift.moment()):
        shift.do((SENDING, shift.today, ""), partial(_send_all, shift.company), is_again=True)


def _send_all(company: Company, hold: Hold) -> Outcome:
    """By the batch; between two of them the worker may be asked to stop.

    A channel that is down is a failure, but nothing waits for it: each message knows when it
    may be tried again, and those of other channels go on.
    """
    shift, totals = hold.shift, [0, 0, 0, 0]
    problems: dict[str, None] = {}
    has_more = True
    while has_more:
        one = send_due(company, now=shift.moment(), limit=SEND_BATCH, worker=shift.worker)
        hold.chunk(partial(int, one.n_sent))
        counts = (one.n_sent, one.n_failed, one.n_dead, one.n_withheld)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        if one.problem:
            problems[one.problem] = None
        has_more = one.has_more and (any(counts) or one.problem is not None)
    sentence = " ".join([_sent(*totals), *problems])
    return Outcome(sentence, is_failure=bool(problems), may_wait=False)


def _sent(n_sent: int, n_failed: int, n_dead: int, n_withheld: int) -> str:
    others = {"to be tried again": n_failed, "given up": n_dead, "withheld": n_withheld}
    told = [f"{count:,} {what}" for what, count in others.items() if count]
    return ", ".join([f"{counted(n_sent, 'message')} sent", *told]) + "."


def _number_events(shift: Shift) -> None:
    """Events get their places in the feed, whether anybody reads it or not."""
    events.number_new(at=shift.moment())


# -- imports ----------------------------------------------------------------------------------


def _import(shift: Shift) -> None:
    """Files that were sent in, one after another."""
    while (run := waiting.next_waiting()) is not None:
        act = partial(_go_on, shift.company, run)
        if not shift.do((IMPORTS, shift.today, ""), act, is_again=True):
            return  # another worker is at it, or it waits to be tried again


def _go_on(company: Company, run: UUID, hold: Hold) -> Outcome:
    shift = hold.shift
    n_rows = waiting.go_on(
        company, run, now=shift.moment, write=hold.keep, must_stop=shift.must_stop
    )
    if shift.must_stop():
        raise Stopping
    return Outcome(f"{counted(n_rows, 'row')} of a file taken in.")


# -- tidying up -------------------------------------------------------------------------------


def _tidy(shift: Shift) -> None:
    """Once a day: what is over and old is removed, and the planner learns what is left."""
    day = schedule.last_telling_day(shift.company, shift.table, shift.now)
    last = work_runs.last_done(TIDY)
    if last is None or day > last:
        shift.do((TIDY, day, ""), partial(_forget, day))


def _forget(day: date, hold: Hold) -> Outcome:
    at = hold.shift.now

    def forget() -> int:
        n_rows = feed.forget(before=at - timedelta(days=KEEP_EVENTS_DAYS))
        n_rows += webhook_rows.forget_attempts(before=at - timedelta(days=KEEP_ATTEMPTS_DAYS))
        n_rows += answers.prune(now=at)
        n_rows += waiting.forget(now=at)
        statistics.refresh()
        n_rows += reward_orders.forget(now=at)
        return n_rows + work_runs.forget(before=day - timedelta(days=KEEP_WORK_DAYS))

    return Outcome(f"{counted(hold.chunk(forget), 'old row')} removed.")


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


_STEPS: Sequence[Callable[[Shift], None]] = (
    _close_days,
    _settle_centers,
    _count_figures,
    _queue_messages,
    _remind,
    _state,
    _send,
    reward_work.work_through,
    _number_events,
    notices.tell_owners,
    _import,
    _tidy,
)
