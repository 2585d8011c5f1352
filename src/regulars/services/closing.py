"""Close of business, month-end check and expiry: one day after the other (rules 4.4, 4.11,
9.1).

Every step looks at the state, so each may be run again, goes on where a crash stopped it, and
catches up on missed days in order, each as of its own date.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from regulars.records import in_line, jobs, load, locks, outbox, save
from regulars.rules import events, settlement, tiers
from regulars.rules.facts import Standing
from regulars.rules.periods import is_month_end, month_end_on_or_after
from regulars.rules.program import Program
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.rules.settling import Settling
from regulars.services import transactions
from regulars.services.holding import free_all_timed_out
from regulars.services.organizations import Company
from regulars.services.settling import Stamp, settle_guests

CHUNK = 1000
"""Guests settled in one transaction; the check, which reads less, takes more at a time."""
CHECK_CHUNK = 5000

Progress = Callable[[date, int], None]


def close_through(
    company: Company, last: date, *, progress: Progress | None = None, by: str | None = None
) -> int:
    """Close every day up to `last` that is not final yet; returns how many guests were
    settled.
    """
    day = next_open_day(company, last)
    n_guests = 0
    while day is not None and day <= last:
        n_settled = close_day(company, day, by=by)
        n_guests += n_settled
        if progress:
            progress(day, n_settled)
        day = next_open_day(company, last)
    return n_guests


def next_open_day(company: Company, last: date) -> date | None:
    """The next day worth closing: idle days in between are passed over at once."""
    assert company.closed_through is not None
    day = company.closed_through + timedelta(days=1)
    if day > last:
        return None
    return min(max(day, _next_event(company, day)), last)


def _next_event(company: Company, day: date) -> date:
    """The first day from `day` on with something to settle, to check or to lapse."""
    program = company.versions.on(day)
    if program is not None and program.downgrade_check == "validity_end":
        return day
    starts = [
        one.effective_from for one in company.versions.programs if one.effective_from >= day
    ]
    events = [month_end_on_or_after(day), in_line.first_unsettled(), *starts]
    return max(day, min(event for event in events if event is not None))


def close_day(
    company: Company,
    day: date,
    *,
    center: str | None = None,
    by: str | None = None,
    settle_first: Callable[[Stamp], int] | None = None,
) -> int:
    """Close one business date, or one center's part of it (rule 4.4); returns guests settled.

    A center's close settles its own guests early; the date is final, checked and lapsed when
    all are over, and comes out as if all had closed together. `settle_first` brings in the last
    facts of the day; it answers how many guests it has settled already.
    """
    stamp = Stamp(company.day_ends_at(day), by, f"close/{day}")
    if center is not None:
        row = company.center(center)
        ids = in_line.guests_to_settle(on=day, center=row.id)
        return settle_all(company, ids, day, stamp, is_final=False)
    if company.closed_through is not None and day < company.closed_through:
        raise Refused(
            "conflict",
            said(
                "{day} is closed already; the last final day is {closed_through}.",
                day=day,
                closed_through=company.closed_through,
            ),
            field="day",
            value=str(day),
        )
    transactions.write(partial(jobs.begin, "close", day, at=stamp.at), may_refuse=False)
    expire_through(company, day - timedelta(days=1), by=by)
    n_guests = _retire(company, day, stamp)
    if settle_first:
        n_guests += settle_first(stamp)
    n_guests += settle_all(company, in_line.guests_to_settle(on=day), day, stamp)
    run_tier_check(company, day, stamp=stamp)
    free_all_timed_out(at=stamp.at)
    transactions.write(partial(_finalize, company, day, n_guests, stamp), may_refuse=False)
    company.closed_through = day
    return n_guests


def settle_all(
    company: Company, ids: Sequence[UUID], day: date, stamp: Stamp, *, is_final: bool = True
) -> int:
    """All guests with work, then the referring guests in a turn of their own."""
    for chunk in chunks(ids, CHUNK):
        settle = partial(settle_chunk, company, chunk, day=day, stamp=stamp, is_final=is_final)
        transactions.write(settle, may_refuse=False)
    settle_referrers(
        company, None if is_final else ids, day=day, stamp=stamp, is_final=is_final
    )
    return len(ids)


def settle_referrers(
    company: Company, about: Sequence[UUID] | None, *, day: date, stamp: Stamp, is_final: bool
) -> None:
    """The referring guests' own turn; before the day is over only that of these guests."""
    for chunk in chunks(in_line.guests_in_referral_turn(on=day, about=about), CHUNK):
        settle = partial(
            settle_chunk,
            company,
            chunk,
            day=day,
            stamp=stamp,
            referrals=True,
            is_final=is_final,
        )
        transactions.write(settle, may_refuse=False)


def settle_chunk(
    company: Company,
    chunk: Sequence[UUID],
    *,
    day: date,
    stamp: Stamp,
    referrals: bool = False,
    is_final: bool = True,
) -> None:
    """Lock guests and settle them, in the caller's transaction."""
    locks.lock_guests(chunk)
    settle_guests(company, chunk, on=day, stamp=stamp, referrals=referrals, is_final=is_final)


def chunks(ids: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _finalize(company: Company, day: date, n_guests: int, stamp: Stamp) -> None:
    is_new = jobs.set_closed_through(company.id, day)
    jobs.end("close", day, n_guests=n_guests, at=stamp.at)
    if is_new:
        outbox.put(events.DAY_CLOSED, {"date": day, "guests": n_guests}, at=stamp.at)


# -- month end --------------------------------------------------------------------------------


def run_tier_check(company: Company, day: date, *, stamp: Stamp) -> int:
    """Rule 4.11: check who is due on `day`, in chunks by guest id; returns how many moved."""
    program = company.versions.on(day)
    if program is None or not program.tiers or not may_check_on(program, day):
        return 0
    n_moved = 0
    cursor: UUID | None = None
    while True:
        chunk = in_line.standings_after(cursor, limit=CHECK_CHUNK)
        if not chunk:
            return n_moved
        cursor = chunk[-1][0]
        due = {guest: one for guest, one in chunk if tiers.is_due(program, one, day)}
        going = going_down(program, due, day)
        if going:
            transactions.write(
                partial(_move_down, company, program, going, day, stamp), may_refuse=False
            )
            n_moved += len(going)


def may_check_on(program: Program, day: date) -> bool:
    return program.downgrade_check == "validity_end" or is_month_end(day)


def going_down(
    program: Program, due: dict[UUID, Standing], day: date
) -> dict[UUID, tiers.Check]:
    """Of the guests due, those who do not stay. One query."""
    if not due:
        return {}
    spend = load.spend_in(list(due), first=tiers.window_of(program, day), last=day)
    going = {}
    for guest, standing in due.items():
        check = tiers.downgrade_check(program, standing, spend.get(guest, 0))
        if not check.stays:
            going[guest] = check
    return going


def _move_down(
    company: Company,
    program: Program,
    going: dict[UUID, tiers.Check],
    day: date,
    stamp: Stamp,
) -> None:
    ids = sorted(going)
    locks.lock_guests(ids)
    work = load.guests(ids)
    expires = program.unenrolled_points == "expire"
    forfeits = {guest for guest in ids if expires and going[guest].tier is None}
    load.open_points(work.values(), lots_of=forfeits)
    changes = save.Changes(at=stamp.at, by=stamp.by, cause=f"check/{day}")
    for guest, one in work.items():
        if any(move.on == day and move.cause == "check" for move in one.facts.moves):
            continue
        settling = Settling(one.facts, one.points, company.versions, day)
        tier = going[guest].tier
        why = {"spend_cents": going[guest].spend_cents, "version": program.version}
        target = tier.id if tier else None
        settlement.move_to(settling, target, on=day, cause="check", why=why)
        if guest in forfeits:
            key = f"forfeiture:check:{day}"
            settlement.forfeit(one.points, on=day, key=key, source=f"check/{day}")
        changes.add(one)
    changes.write()


# -- retiring tiers ---------------------------------------------------------------------------


def _retire(company: Company, day: date, stamp: Stamp) -> int:
    """Rule 3.11: guests of a retired tier go where the new version says, on its first day."""
    targets = company.versions.gone_tiers(day)
    if not targets:
        return 0
    ids = in_line.guests_in_tiers(list(targets))
    for chunk in chunks(ids, CHUNK):
        transactions.write(
            partial(_retire_chunk, company, chunk, targets, day, stamp), may_refuse=False
        )
    return len(ids)


def _retire_chunk(
    company: Company,
    chunk: Sequence[UUID],
    targets: Mapping[str, str | None],
    day: date,
    stamp: Stamp,
) -> None:
    locks.lock_guests(chunk)
    work = load.guests(chunk)
    load.open_points(work.values(), lots_of=set())
    program = company.versions.on(day)
    assert program is not None
    cause = f"program/{program.version}"
    changes = save.Changes(at=stamp.at, by=stamp.by, cause=cause)
    for one in work.values():
        tier = one.facts.standing.tier
        if tier is not None and tier in targets:
            settling = Settling(one.facts, one.points, company.versions, day)
            settlement.move_to(settling, targets[tier], on=day, cause="retire")
            changes.add(one)
    changes.write()


# -- expiry -----------------------------------------------------------------------------------


def expire_through(company: Company, day: date, *, by: str | None = None) -> int:
    """Lots whose last day is `day` or before lapse, each dated the day after (rule 9.1)."""
    if company.expired_through is not None and company.expired_through >= day:
        return 0
    at = company.day_ends_at(day)
    ids = in_line.guests_with_lapsing_lots(through=day)
    for chunk in chunks(ids, CHUNK):
        stamp = Stamp(at, by, f"expiry/{day}")
        transactions.write(partial(_expire_chunk, chunk, day, stamp), may_refuse=False)
    transactions.write(partial(_expired, company, day, at), may_refuse=False)
    company.expired_through = day
    return len(ids)


def _expired(company: Company, day: date, at: datetime) -> None:
    """Rewards have nothing to post, since their end is computed: it is told all the same."""
    if jobs.set_expired_through(company.id, day):
        outbox.put_expired_rewards(after=company.expired_through, through=day, at=at)


def _expire_chunk(chunk: Sequence[UUID], day: date, stamp: Stamp) -> None:
    locks.lock_guests(chunk)
    work = load.guests(chunk)
    load.open_lapsing(work.values(), through=day)
    changes = save.Changes(at=stamp.at, by=stamp.by, cause=stamp.cause)
    for one in work.values():
        settlement.lapse(one.points, through=day)
        changes.add(one)
    changes.write()


def too_far(before: date, last: date) -> Refused:
    """The refusal where so many days would be closed that the clock may be wrong."""
    return Refused(
        "conflict",
        said(
            "The books are closed through {before}, and {last} would be the day to close:"
            " {days} days. If the clock is right, catch up once with `regulars close-day`; if"
            " not, set it.",
            before=before,
            last=last,
            days=(last - before).days,
        ),
    )


# -- calendars --------------------------------------------------------------------------------


def last_final_day(company: Company, now: datetime) -> date | None:
    """The last business date that is over in every center at `now`."""
    day = now.date() + timedelta(days=1)
    while company.day_ends_at(day) > now:
        day -= timedelta(days=1)
    return day
