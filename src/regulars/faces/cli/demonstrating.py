"""`regulars demo`: a company with two years of history, built once, summed up and served."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, unquote, urlsplit

import typer

from regulars.faces.cli import supervising
from regulars.faces.cli.databases import address, open_database
from regulars.faces.cli.importing import stoppable
from regulars.faces.cli.proving import put_sections
from regulars.faces.cli.running import (
    INTERRUPTED,
    MISUSED,
    Trouble,
    console,
    operator,
    put,
    put_table,
    say,
)

if TYPE_CHECKING:
    from regulars.services.formats.results import Result
    from regulars.services.organizations import Company
    from regulars.services.summary import Summary

SHOWN_GUEST = "vivian-castellanos"
_HOST = "127.0.0.1"
N_SECTIONS = 4
"""Tier, moves, points and lots; `regulars explain` tells the rest."""


def demo(
    days: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only the first N days of the 730.")
    ] = None,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Throw the one that is there away and build it anew."),
    ] = False,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            metavar="URL",
            help="Where to build it; a SQLite file of its own in your data folder if not said.",
        ),
    ] = None,
    build_only: Annotated[
        bool, typer.Option("--build-only", help="Do not serve it afterwards.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Where to serve it, or the next free one.")
    ] = 8000,
) -> None:
    """Build a salon group with three centers and two years of history, and let you look around.

    The same every time. If it is there already, it is summed up and served at once; this
    machine alone can reach it.
    """
    from regulars.services.samples import demo as company

    url = database or _demo_url()
    if fresh:
        _throw_away(url)
    open_database(url, make=True)
    last = company.LAST_DAY
    if days is not None:
        last = min(last, company.FIRST_DAY + timedelta(days=days - 1))
    if _closed_through() is None or _closed_through() < last:
        _build(company.FIRST_DAY, last)
    else:
        say("The demo company is there already; `regulars demo --fresh` builds it anew.")
    _open_the_doors()
    _show()
    if not build_only:
        _serve(port)


def _open_the_doors() -> None:
    from regulars.services import upkeep
    from regulars.services.figures import counting
    from regulars.services.samples import demo_staff
    from regulars.services.samples.demo import ORGANIZATION

    with upkeep.at_work(ORGANIZATION) as company:
        demo_staff.open_the_doors(company, at=datetime.now(UTC))
    with upkeep.at_work(ORGANIZATION) as company:
        if counting.is_behind(company):  # there is no worker that would
            counting.count(company, now=company.clock_at or datetime.now(UTC))


def _serve(port: int) -> None:
    """Without a worker: the clock of the demo stands, so nothing becomes due by itself."""
    from django.db import connection

    from regulars.site.setup import show_the_demo

    port = supervising.free_port(_HOST, port)
    put()
    put(f"Open http://localhost:{port}/ to look around (Ctrl-C ends it).")
    show_the_demo()
    connection.close()
    supervising.serve_alone(supervising.server_command(_HOST, port))


def _demo_url() -> str:
    from regulars.site.setup import demo_file

    return f"sqlite:///{quote(str(demo_file()))}"


def _throw_away(url: str) -> None:
    if url != _demo_url():
        raise Trouble(
            "--fresh only throws away the demo's own SQLite file; this database is yours.",
            MISUSED,
        )
    path = unquote(urlsplit(url).path)
    for suffix in ("", "-wal", "-shm", "-gate", "-line"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _closed_through() -> Any:
    """The demo company's last final date; None if it is not there."""
    from regulars.services import founding, upkeep
    from regulars.services.samples.demo import ORGANIZATION

    if ORGANIZATION not in founding.organization_refs():
        return None
    with upkeep.at_work(ORGANIZATION) as company:
        return company.closed_through


# -- building ---------------------------------------------------------------------------------


def _build(first: date, last: date) -> None:
    from regulars.services import upkeep
    from regulars.services.importing import import_records
    from regulars.services.samples import demo as company
    from regulars.services.samples import demo_messages

    end = f"{last + timedelta(days=1)}"
    wanted = takewhile(lambda record: record["at"] < end, company.records())
    n_records = 0

    def count(result: "Result") -> None:
        nonlocal n_records
        n_records += 1

    say(f"Building the demo company from {first} to {last}. This takes a few minutes, once.")
    with stoppable() as must_stop, _progressing(wanted, first, last) as entries:
        imported = import_records(entries, emit=count, must_stop=must_stop)
    if imported.ended == "interrupted":
        say("Stopped. `regulars demo` goes on from here.")
        raise typer.Exit(INTERRUPTED)
    with upkeep.at_work(company.ORGANIZATION) as built:
        upkeep.close_days(built, last, by=operator(), progress=lambda day, n_guests: None)
        n_messages = demo_messages.tell_guests(built, at=built.day_ends_at(last))
    told = f", {n_messages:,} messages made" if n_messages else ""
    say(f"{n_records:,} records, {(last - first).days + 1} days closed{told}.")


@contextmanager
def _progressing(records: Any, first: date, last: date) -> Iterator[Iterator[Any]]:
    """The records as entries; on a terminal with a bar that follows their days."""
    screen = console()
    if not screen.is_terminal:
        yield ((None, record) for record in records)
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = [TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()]
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task("", total=(last - first).days + 1)

        def followed() -> Iterator[Any]:
            day = ""
            for record in records:
                if record["at"][:10] != day:
                    day = record["at"][:10]
                    done = (date.fromisoformat(day) - first).days
                    progress.update(task, description=day, completed=done)
                yield None, record

        yield followed()


# -- showing ----------------------------------------------------------------------------------


def _show() -> None:
    from regulars.rules.refusals import Refused
    from regulars.services import explaining_guests, upkeep
    from regulars.services.samples.demo import ORGANIZATION
    from regulars.services.summary import summary_of

    with upkeep.at_work(ORGANIZATION) as company:
        on = upkeep.opened_books(company)
        put_summary(company, summary_of(company))
        put()
        try:
            told = explaining_guests.explain_guest(company, SHOWN_GUEST, on=on)
            put_sections(told[:N_SECTIONS])
        except Refused:  # with --days she may not have come yet
            say(f"{SHOWN_GUEST} has not come yet.")
    put()
    put("Look further, for example:")
    put(f"  export REGULARS_DATABASE_URL={address()}")
    put(f"  regulars explain {SHOWN_GUEST}")
    put("  regulars explain mei-ling-zhao")
    put("  regulars messages list --guest tobias-lindqvist")
    put("  regulars verify")


def put_summary(company: "Company", summary: "Summary") -> None:
    """Guests by tier, then what became of all points, each with its sum."""
    put(f"{summary.organization}, as of the end of {summary.on}")
    put()
    rows = [[one.name, f"{one.n_guests:,}", f"{one.points:,}"] for one in summary.tiers]
    n_guests = sum(one.n_guests for one in summary.tiers)
    points = sum(one.points for one in summary.tiers)
    rows.append(["all guests", f"{n_guests:,}", f"{points:,}"])
    put_table({"tier": "left", "guests": "right", "points": "right"}, rows)
    put()
    put_table({"points": "left", "": "right", "worth": "right"}, _lines(company, summary))
    if summary.credit_cents:
        put(f"  Rewards still to be used: {company.money(summary.credit_cents)}")


def _lines(company: "Company", summary: "Summary") -> list[list[str]]:
    worth = "-" if summary.value_cents is None else company.money(summary.value_cents)
    return [
        ["issued", f"{summary.issued:,}", ""],
        ["redeemed", f"{summary.redeemed:,}", ""],
        ["expired", f"{summary.expired:,}", ""],
        ["ended with an enrollment", f"{summary.forfeited:,}", ""],
        ["open", f"{summary.open:,}", worth],
        ["owed by guests", f"{summary.owed:,}", ""],
    ]
