"""`regulars statuses list | set | give`: who is in loyalty rewards (rules 10.2, 10.6)."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.rewarding import ByOption
from regulars.faces.cli.running import (
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    operator,
    put,
    put_json,
    put_table,
    reporting,
)

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Client statuses, and which of them are in loyalty rewards.",
)

StatusArgument = Annotated[str, typer.Argument(metavar="STATUS", help="The status's id.")]


@app.command("list")
@reporting
def list_(
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """List the statuses: how many guests have them, and are they in loyalty rewards."""
    open_database(database)
    from regulars.records.queries.reward_lists import status_lines
    from regulars.services import upkeep

    with upkeep.at_work(organization):
        found = status_lines()
    if as_json:
        put_json(
            [
                {
                    "status": one.id,
                    "name": one.name,
                    "include_in_loyalty_rewards": one.is_included,
                    "guests": one.n_guests,
                }
                for one in found
            ]
        )
        return
    put_table(
        {"status": "left", "name": "left", "in loyalty rewards": "left", "guests": "right"},
        [
            [
                one.id or "(none)",
                one.name,
                "yes" if one.is_included else "no",
                f"{one.n_guests:,}",
            ]
            for one in found
        ],
    )


@app.command("set")
@reporting
def set_(
    status: StatusArgument,
    include: Annotated[
        bool,
        typer.Option(
            "--include/--exclude", help="Whether guests of this status are in loyalty rewards."
        ),
    ],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What it is called; stays if not said.")
    ] = None,
    by: ByOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Make a status, or say whether an existing one is in loyalty rewards."""
    now = datetime.now(UTC)
    open_database(database)
    from regulars.services import orders, upkeep

    with upkeep.at_work(organization) as company:
        result = orders.set_status(
            company, status, name=name, is_included=include, now=now, by=by or operator()
        )
    if as_json:
        put_json(result.as_dict())
        return
    which = "in" if include else "not in"
    already = " already" if result.status == "unchanged" else ""
    put(f"Guests of status {status} are {which} loyalty rewards{already}.")


@app.command()
@reporting
def give(
    guest: Annotated[str, typer.Argument(metavar="GUEST", help="The guest's id.")],
    status: Annotated[
        str, typer.Argument(metavar="STATUS", help="The status's id; - for none.")
    ],
    by: ByOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Give a guest a status, or none."""
    now = datetime.now(UTC)
    chosen = None if status == "-" else status
    open_database(database)
    from regulars.services import orders, upkeep

    with upkeep.at_work(organization) as company:
        result = orders.give_status(company, guest, chosen, now=now, by=by or operator())
    if as_json:
        put_json(result.as_dict())
    else:
        put(f"The status of {guest} is {chosen or 'none'} now.")
