"""`regulars close-day`, `month-end`, `expire`: days and months end (rules 4.4, 4.11, 9.1)."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import day_named
from regulars.faces.cli.running import (
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    console,
    operator,
    put,
    put_json,
    put_table,
    say,
)

if TYPE_CHECKING:
    from regulars.services.organizations import Company
    from regulars.services.upkeep import MonthEnd

DayArgument = Annotated[
    str | None,
    typer.Argument(metavar="[DATE]", help="YYYY-MM-DD; the last day that is over if not said."),
]
YesOption = Annotated[
    bool, typer.Option("--yes", help="Do not ask when the day is not over yet.")
]


def close_day(
    day: DayArgument = None,
    center: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Settle this center's guests only, for today there."),
    ] = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Close a business day: tiers, then points, for all who paid that day.

    Missed days are closed first, in order. A day that is closed stays as it is, so the command
    may run as often as it likes. A date is final when its last center's day is over.
    """
    now = datetime.now(UTC)
    open_database(database)
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        if center is not None:
            on = day_named(day) if day else None
            closed = upkeep.close_center(company, center, day=on, now=now, by=operator())
        else:
            last = _day_asked_for(company, day, now=now, is_sure=yes)
            with telling_days("Closing") as progress:
                closed = upkeep.close_days(company, last, by=operator(), progress=progress)
    if as_json:
        put_json(
            {
                "closed_through": closed.last,
                "days": closed.n_days,
                "guests": closed.n_guests,
                "center": center,
            }
        )
    elif center is not None:
        put(f"{_counted(closed.n_guests, 'guest')} of {center} settled.")
    else:
        put(
            f"{_counted(closed.n_days, 'day')} closed, {_counted(closed.n_guests, 'guest')}"
            f" settled. Closed through {closed.last}."
        )


def month_end(
    month: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", help="The last month that is over if not said."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List who would move, and leave no trace.")
    ] = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Close a month: all its days, then the check of who stays in which tier.

    A month's check is made once; asked for again, it lists what it came to.
    """
    now = datetime.now(UTC)
    asked_for = day_named(f"{month}-01") if month else None
    open_database(database)
    from regulars.rules.periods import month_end as end_of_month
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company, telling_days("Closing") as progress:
        day = asked_for or upkeep.last_month_over(company, now)
        if asked_for and not dry_run:
            _make_sure(company, end_of_month(day), now=now, is_sure=yes)
        done = upkeep.check_month(
            company, day, is_trial=dry_run, by=operator(), progress=progress
        )
    if as_json:
        put_json(_month_as_json(done, dry_run=dry_run))
    else:
        _put_month(done, dry_run=dry_run)


def expire(
    day: DayArgument = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Let points lapse whose last day is DATE or before it.

    The close of every day does the same for the day before; this is for who wants it at once.
    """
    now = datetime.now(UTC)
    open_database(database)
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company, telling_days("Closing") as progress:
        last = _day_asked_for(company, day, now=now, is_sure=yes)
        n_guests = upkeep.expire_points(company, last, by=operator(), progress=progress)
        through = company.expired_through
    if as_json:
        put_json({"expired_through": through, "guests": n_guests})
    else:
        put(f"Points of {_counted(n_guests, 'guest')} lapsed. Done through {through}.")


# -- which day --------------------------------------------------------------------------------


def _day_asked_for(
    company: "Company", text: str | None, *, now: datetime, is_sure: bool
) -> date:
    from regulars.services import upkeep

    if text is None:
        return upkeep.last_day_over(company, now)
    day = day_named(text)
    _make_sure(company, day, now=now, is_sure=is_sure)
    return day


def _make_sure(company: "Company", day: date, *, now: datetime, is_sure: bool) -> None:
    """A day closed too early cannot be opened again: ask the person, warn the script."""
    if is_sure or company.day_ends_at(day) <= now or day <= (company.closed_through or day.min):
        return
    warning = f"{day} is not over yet: what still happens on it will count as told late."
    if not sys.stdin.isatty():
        say(warning)
    elif not typer.confirm(f"{warning} Go on?", err=True):
        raise typer.Exit(1)


# -- what is said -----------------------------------------------------------------------------


def _month_as_json(done: "MonthEnd", *, dry_run: bool) -> dict[str, Any]:
    return {
        "month_end": done.day,
        "dry_run": dry_run,
        "made_before": done.was_made,
        "moves": [
            {"guest": move.guest, "from": move.tier_before, "to": move.tier_after}
            for move in done.moves
        ],
    }


def _put_month(done: "MonthEnd", *, dry_run: bool) -> None:
    n_out = sum(1 for move in done.moves if move.tier_after is None)
    would = "would move" if dry_run and not done.was_made else "moved"
    made = " The check had been made before." if done.was_made else ""
    put(f"{done.day}: {_counted(len(done.moves), 'guest')} {would}, {n_out} of them out.{made}")
    if done.moves:
        put_table(
            {"guest": "left", "name": "left", "from": "left", "to": "left"},
            [
                [move.guest, move.name, move.tier_before or "-", move.tier_after or "-"]
                for move in done.moves
            ],
        )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def telling_days(what: str) -> Iterator[Callable[[date, int], None]]:
    """A progress callback for a close; on a terminal it shows the day that was just closed."""
    screen = console()
    if not screen.is_terminal:
        yield lambda day, n_guests: None
        return
    with screen.status(f"{what} …") as status:
        yield lambda day, n_guests: status.update(f"{what} {day}: {n_guests:,} guests")
