"""`regulars verify` and `regulars explain`: are the books right, and why (rules 1.4, 1.5)."""

from datetime import UTC, datetime
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
    from regulars.services.verifying_report import Report


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

    with upkeep.at_work(organization) as company:
        screen = console()
        if screen.is_terminal:
            with screen.status("Verifying …"):
                report = verifying.verify(company, deep=deep)
        else:
            report = verifying.verify(company, deep=deep)
    if as_json:
        put_json(_report_as_json(report))
    else:
        _put_report(report)
    if not report.is_clean:
        raise typer.Exit(DIFFERENT)


def _report_as_json(report: "Report") -> dict[str, Any]:
    return {
        "clean": report.is_clean,
        "guests": report.n_guests,
        "entries": report.n_entries,
        "lots": report.n_lots,
        "invoices": report.n_invoices,
        "records": report.n_records,
        "replayed": report.n_replayed,
        "n_differences": report.n_differences,
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


def _put_report(report: "Report") -> None:
    for one in report.differences:
        put(str(one))
    left_out = report.n_differences - len(report.differences)
    if left_out:
        put(f"… and {left_out:,} more.")
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
        typer.Option(metavar="DATE", help="As of the end of this day; now if not said."),
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
        day = day or company.closed_through or datetime.now(UTC).date()
        sections = explaining_guests.explain_guest(company, guest, invoice, on=day)
    if as_json:
        put_json(sections)
    else:
        put_sections(sections)


def put_sections(sections: Any) -> None:
    for place, section in enumerate(sections):
        if place:
            put()
        put(section.title)
        for sentence in section.sentences:
            put(f"  {sentence}")
