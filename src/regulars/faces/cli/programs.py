"""`regulars program check | show | diff | publish`: the program as a document (contract 2)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import day_named, require_file
from regulars.faces.cli.running import (
    DIFFERENT,
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    operator,
    put,
    put_json,
    reporting,
)

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The program: show, check, compare, publish.",
)

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="A program, YAML or JSON.")]
OnOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="As in force on this day; today if not said."),
]


@app.command()
@reporting
def check(
    file: FileArgument,
    currency: Annotated[
        str, typer.Option(metavar="CODE", help="Whose smallest coin amounts may have.")
    ] = "USD",
    as_json: JsonOption = False,
) -> None:
    """Say everything that is wrong with a program; needs no database. Exit code 1 if any is."""
    from regulars.rules.amounts import minor_units
    from regulars.rules.program_parsing import problems_in
    from regulars.services.formats.results import refused_result

    problems = problems_in(_document(file), minor_units(currency.upper()))
    told = [refused_result(f"program/{file}", problem) for problem in problems]
    if as_json:
        put_json(
            {
                "problems": [
                    {"code": one.code, "message": one.message, "detail": one.detail}
                    for one in told
                ]
            }
        )
    else:
        for one in told:
            put(f"{one.code}: {one.message}")
        put(f"{file}: {len(told) or 'no'} problem{'' if len(told) == 1 else 's'}.")
    if told:
        raise typer.Exit(DIFFERENT)


@app.command()
@reporting
def show(
    on: OnOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Print the program in force as a document that can be edited and published."""
    import yaml

    open_database(database)
    from regulars.rules.program_diff import program_document
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        program = _in_force(company, on)
        starts = [one.version for one in company.versions.programs]
    if program is None:
        _no_program(starts)
    document = program_document(program)
    if as_json:
        put_json(document)
    else:
        put(f"# In force from {program.version}. Versions: {', '.join(starts)}")
        put(yaml.safe_dump(document, sort_keys=False, allow_unicode=True).rstrip())


@app.command()
@reporting
def diff(
    file: FileArgument,
    on: OnOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Say what a program would change, compared with the one in force."""
    document = _document(file)
    open_database(database)
    from regulars.rules.program_diff import differences
    from regulars.rules.program_parsing import parse_program
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        before = _in_force(company, on)
        found = differences(before, parse_program(document, company.exponent))
    if as_json:
        put_json(
            [{"path": one.path, "before": one.before, "after": one.after} for one in found]
        )
        return
    for one in found:
        put(one.sentence)
    if not found:
        put("Nothing would change.")


@app.command()
@reporting
def publish(
    file: FileArgument,
    effective_from: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help="The first day it counts, if not the file's."
        ),
    ] = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Put a program in force from a business date on; what was earned before stays."""
    document = _document(file)
    if effective_from is not None:
        document["effective_from"] = day_named(effective_from).isoformat()
    now = datetime.now(UTC)
    open_database(database)
    from regulars.services import founding, upkeep

    with upkeep.at_work(organization) as company:
        result = founding.publish_program(company, document, at=now, by=operator())
    if as_json:
        put_json(result.as_dict())
    else:
        what = "is in force already" if result.status == "unchanged" else "is published"
        put(f"{result.record} {what}.")


def _document(path: str) -> dict[str, Any]:
    """The program in a file; refused when it holds anything else."""
    from regulars.rules.refusals import Refused
    from regulars.services.formats.yaml_documents import read_yaml

    require_file(path)
    try:
        text = Path("/dev/stdin" if path == "-" else path).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("invalid_record", f"{path} is no UTF-8 text.") from None
    value = read_yaml(text).value
    if not isinstance(value, dict):
        raise Refused("invalid_record", f"{path} holds no program: it must be named settings.")
    return value


def _in_force(company: Any, on: str | None) -> Any:
    today = datetime.now(company.zone).date()
    return company.versions.on(day_named(on) if on else today)


def _no_program(starts: list[str]) -> NoReturn:
    from regulars.rules.refusals import Refused

    later = f" The first is in force from {starts[0]}." if starts else ""
    raise Refused("unknown_reference", f"No program is in force on that day.{later}")
