"""`regulars verify` and `regulars explain`: are the books right, and why (rules 1.4, 1.5)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import day_named
from regulars.faces.cli.running import (
    DIFFERENT,
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    console,
    put,
    put_json,
)

if TYPE_CHECKING:
    from regulars.services.explaining_lines import Section
    from regulars.services.verifying import Progress
    from regulars.services.verifying_report import Report, Totals

    Money = Callable[[int], str]


def verify(
    deep: Annotated[
        bool,
        typer.Option("--deep", help="Also work the whole history out anew and compare."),
    ] = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Prove the books: every balance, lot, tier and bonus against facts and ledger.

    Names the first entry that differs. Exit code 1 on any difference.
    """
    open_database(database)
    from regulars.services import upkeep, verifying

    with upkeep.at_work(organization) as company, _watching() as progress:
        report = verifying.verify(company, deep=deep, progress=progress)
        money = company.money
    if as_json:
        put_json(_report_as_json(report, money))
    else:
        _put_report(report, money)
    if not report.is_clean:
        raise typer.Exit(DIFFERENT)


@contextmanager
def _watching() -> "Iterator[Progress | None]":
    """On a terminal, a line that says what is being looked at and how far it is."""
    screen = console()
    if not screen.is_terminal:
        yield None
        return
    with screen.status("Verifying …") as status:
        yield lambda what, n_done, n_all: status.update(f"{what}: {n_done:,} of {n_all:,}")


def _report_as_json(report: "Report", money: "Money") -> dict[str, Any]:
    return {
        "clean": report.is_clean,
        "guests": report.n_guests,
        "entries": report.n_entries,
        "lots": report.n_lots,
        "invoices": report.n_invoices,
        "records": report.n_records,
        "replayed": report.n_replayed,
        "n_differences": report.n_differences,
        "totals": _totals_as_json(report.totals, money),
        "differences": [
            {
                "guest": one.guest,
                "entry": one.entry,
                "place": one.place,
                "what": one.what,
                "expected": one.expected,
                "found": one.found,
                "message": str(one),
            }
            for one in report.differences
        ],
    }


def _totals_as_json(totals: "Totals", money: "Money") -> dict[str, Any]:
    by_kind = sorted(totals.by_kind.items())
    return {
        "open_points": totals.open_points,
        "debt_points": totals.debt_points,
        "points": {kind: value for (unit, kind), value in by_kind if unit == "points"},
        "open_credit": money(totals.credit_cents),
        "credit_ended": money(totals.ended_cents),
        "rewards_outstanding": money(totals.outstanding_cents),
        "credit": {kind: money(value) for (unit, kind), value in by_kind if unit == "credit"},
        "tier_moves": totals.n_moves,
    }


def _put_totals(totals: "Totals", money: "Money") -> None:
    """What reports must agree with, in three lines."""
    kinds: dict[str, list[str]] = {"points": [], "credit": []}
    for (unit, kind), value in sorted(totals.by_kind.items()):
        name = kind.replace("_", " ")
        kinds[unit].append(f"{name} {f'{value:,}' if unit == 'points' else money(value)}")
    put(
        f"Open points {totals.open_points:,}, owed by guests {totals.debt_points:,}"
        f" ({', '.join(kinds['points']) or 'no entries'})."
    )
    put(
        f"Rewards outstanding {money(totals.outstanding_cents)}, ended and never used"
        f" {money(totals.ended_cents)} ({', '.join(kinds['credit']) or 'no entries'})."
    )
    put(f"Tier moves {totals.n_moves:,}.")


def _put_report(report: "Report", money: "Money") -> None:
    for one in report.differences:
        put(str(one))
    left_out = report.n_differences - len(report.differences)
    if left_out:
        put(f"… and {left_out:,} more.")
    _put_totals(report.totals, money)
    looked_at = (
        f"{report.n_guests:,} guests, {report.n_entries:,} entries, {report.n_lots:,} lots,"
        f" {report.n_invoices:,} invoices, {report.n_records:,} records"
    )
    if report.n_replayed is not None:
        looked_at += f", {report.n_replayed:,} of them replayed"
    found = f"{report.n_differences:,} differences" if report.n_differences else "all is right"
    put(f"{looked_at}: {found}.")


def explain(
    guest: Annotated[str, typer.Argument(metavar="GUEST", help="The guest's id.")],
    invoice: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this invoice: why these points.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="As of the end of this day; as things stand if not said."
        ),
    ] = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Say why a guest has these points, or none, and why this tier, in sentences."""
    day = day_named(on) if on else None
    open_database(database)
    from regulars.services import explaining_guests, upkeep

    with upkeep.at_work(organization) as company:
        sections = explaining_guests.explain_guest(
            company,
            guest,
            invoice_ref=invoice,
            on=day or upkeep.day_at_hand(company, datetime.now(UTC)),
        )
    if as_json:
        put_json([{"title": section.title, "lines": section.lines} for section in sections])
    else:
        put_sections(sections)


def put_sections(sections: "Sequence[Section]") -> None:
    """Titles with their sentences under them, folded to the terminal."""
    width = max(60, get_terminal_size().columns)
    fold = partial(fill, width=width, break_on_hyphens=False, break_long_words=False)
    for place, section in enumerate(sections):
        if place:
            put()
        put(section.title)
        for line in section.lines:
            put(fold(line, initial_indent="  ", subsequent_indent="    "))
