"""`regulars mappings`: how the columns of other systems' files are read, under names."""

from typing import Annotated

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.running import (
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    put_json,
    put_table,
    reporting,
    say,
)

app = typer.Typer(
    no_args_is_help=True,
    help="Mappings of columns, kept by `regulars import --save-mapping NAME`.",
    short_help="List and remove mappings of columns.",
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(metavar="NAME")]


@app.command("list")
@reporting
def list_(
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """List all mappings."""
    open_database(database)
    from regulars.services.imports import mappings
    from regulars.services.upkeep import at_work

    with at_work(organization):
        found = mappings.kept_mappings()
    if as_json:
        put_json([{"name": one.name, "kind": one.kind} for one in found])
        return
    rows = [[one.name, one.kind, str(len(one.mapping.columns))] for one in found]
    put_table({"name": "left", "kind": "left", "columns": "right"}, rows)


@app.command()
@reporting
def show(
    name: Name,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Print one mapping as JSON, as the API takes it."""
    open_database(database)
    import msgspec

    from regulars.services.imports import mappings
    from regulars.services.upkeep import at_work

    with at_work(organization):
        found = mappings.mapping_named(name)
    put_json({"name": found.name, "kind": found.kind, **msgspec.to_builtins(found.mapping)})


@app.command()
@reporting
def remove(
    name: Name,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Forget a mapping. What was imported with it stays."""
    open_database(database)
    from regulars.services.imports import mappings
    from regulars.services.upkeep import at_work

    with at_work(organization):
        mappings.remove(name)
    say(f"{name} is forgotten.")
