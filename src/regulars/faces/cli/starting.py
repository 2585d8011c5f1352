"""`regulars init`: a database and an organization in it."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import available_timezones

import typer

from regulars.faces.cli.databases import address, open_or_update
from regulars.faces.cli.running import DatabaseOption, JsonOption, operator, put, put_json

if TYPE_CHECKING:
    from regulars.services.organizations import Company


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
    sandbox: Annotated[
        bool,
        typer.Option("--sandbox", help="For trials only: its clock is moved over the API."),
    ] = False,
    as_json: JsonOption = False,
    database: DatabaseOption = None,
) -> None:
    """Make the database, or bring an old one up to date, and an organization in it.

    Run again it changes nothing. Without --name nothing is added to a database that has an
    organization.
    """
    now = datetime.now(UTC)
    open_or_update(database)
    from regulars.services.founding import found_organization, organization_refs

    refs = organization_refs()
    if refs and name is None and ref is None:
        _report(refs[0] if len(refs) == 1 else None, refs, key=None, as_json=as_json)
        return
    company = found_organization(
        name or ref or "My salon",
        ref,
        currency=currency,
        time_zone=time_zone or local_zone(),
        at=now,
        by=operator(),
        is_sandbox=sandbox,
    )
    key = _first_key(company, now) if company.ref not in refs else None
    _report(company.ref, sorted({*refs, company.ref}), key=key, as_json=as_json)


def _first_key(company: "Company", now: datetime) -> str:
    """The owner's own: with it a program can do all that the shell can."""
    from regulars.services import upkeep
    from regulars.services.keys import create_key

    with upkeep.at_work(company.ref):
        _, text = create_key(company, "back_office", at=now, by=operator(), name="first key")
    return text


def _report(ref: str | None, refs: list[str], *, key: str | None, as_json: bool) -> None:
    if as_json:
        owner = operator() if key else None
        put_json({"organization": ref, "database": address(), "owner": owner, "key": key})
        return
    put(f"Database: {address()}")
    put(f"Organization: {', '.join(refs)}")
    if key:
        put(f"Key for the API, shown this once: {key}")
    put("Next: `regulars staff add YOU@EXAMPLE.COM --name YOU`, then `regulars serve`.")


def local_zone() -> str:
    """This machine's time zone by name, UTC if it has none that is known."""
    link = Path("/etc/localtime")
    said = os.environ.get("TZ", "").removeprefix(":")
    parts = str(link.resolve()).partition("zoneinfo/") if link.exists() else ("", "", "")
    for zone in (said, parts[2]):
        if zone in available_timezones():
            return zone
    return "UTC"
