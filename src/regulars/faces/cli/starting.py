"""`regulars init`: a database and an organization in it."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

import typer

from regulars.faces.cli.databases import address, open_or_update
from regulars.faces.cli.running import DatabaseOption, JsonOption, operator, put, put_json


def init(
    name: Annotated[
        str | None, typer.Option(help="What the company is called.", show_default=False)
    ] = None,
    ref: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Its id in files; made from the name."),
    ] = None,
    currency: Annotated[str, typer.Option(metavar="CODE", help="ISO 4217.")] = "USD",
    time_zone: Annotated[
        str | None,
        typer.Option(
            metavar="ZONE",
            help="Such as America/New_York; this machine's when not said.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
    database: DatabaseOption = None,
) -> None:
    """Make the database, or bring an old one up to date, and an organization in it.

    Run again it changes nothing. Without --name nothing is added to a database that has an
    organization.
    """
    open_or_update(database)
    from regulars.services.founding import found_organization, organization_refs

    refs = organization_refs()
    if refs and name is None and ref is None:
        _report(refs[0] if len(refs) == 1 else None, refs, as_json=as_json)
        return
    company = found_organization(
        name or ref or "My salon",
        ref,
        currency=currency,
        time_zone=time_zone or local_zone(),
        at=datetime.now(UTC),
        by=operator(),
    )
    _report(company.ref, sorted({*refs, company.ref}), as_json=as_json)


def _report(ref: str | None, refs: list[str], *, as_json: bool) -> None:
    if as_json:
        # Keys come with the web interface; until then there is no owner to give one to.
        put_json({"organization": ref, "database": address(), "owner": None, "key": None})
        return
    put(f"Database: {address()}")
    put(f"Organization: {', '.join(refs)}")
    put("Next: `regulars program publish FILE`, then `regulars import FILE`.")


def local_zone() -> str:
    """This machine's time zone by name, UTC if it has none that is known."""
    link = Path("/etc/localtime")
    said = os.environ.get("TZ", "").removeprefix(":")
    parts = str(link.resolve()).partition("zoneinfo/") if link.exists() else ("", "", "")
    for zone in (said, parts[2]):
        if zone in available_timezones():
            return zone
    return "UTC"
