"""`regulars conformance`: whether a server keeps to the contract, by histories played on it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from regulars.faces.cli import conforming_protocol as protocol
from regulars.faces.cli import conforming_scenarios as scenarios
from regulars.faces.cli.conforming_server import Different, Server, connect
from regulars.faces.cli.running import DIFFERENT, JsonOption, put, put_json


def conformance(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The server, as http://localhost:8000.")
    ] = "",
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO]...", help="By name or as a file; all if none."),
    ] = None,
    key: Annotated[
        str,
        typer.Option(
            envvar="REGULARS_KEY",
            help="A key of a SANDBOX, scope back_office. The sandbox is emptied, many times.",
        ),
    ] = "",
    with_protocol: Annotated[
        bool,
        typer.Option(
            "--protocol/--no-protocol",
            help="Check what holds for every address, too.",
        ),
    ] = True,
    list_them: Annotated[bool, typer.Option("--list", help="Name the scenarios.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Play the scenarios on a server, over HTTP, and compare what it answers.

    For whoever writes a server of their own, or wants to see that one is sound. It needs a
    sandbox that has POST /sandbox/reset and /sandbox/clock; see docs/use/conformance.md. Exit
    code 1 if anything differs.
    """
    if list_them:
        for name in scenarios.shipped():
            put(name)
        return
    if not url or not key:
        raise typer.BadParameter("Say which server, and its --key (or REGULARS_KEY).")
    played = scenarios.chosen(names or [])
    server = connect(url, key)
    found = []
    for kind, name, differences in _played(server, played, with_protocol=with_protocol):
        found.append({"kind": kind, "name": name, "differences": differences})
        if not as_json:
            _put(found[-1])
    n_bad = sum(1 for one in found if one["differences"])
    if as_json:
        put_json({"server": url, "checks": found, "failed": n_bad})
    else:
        put(f"{len(found) - n_bad} of {len(found)} passed.")
    if n_bad:
        raise typer.Exit(DIFFERENT)


def _played(
    server: Server, played: dict[str, Path], *, with_protocol: bool
) -> Iterator[tuple[str, str, list[str]]]:
    """(protocol or scenario, its name, its differences), as they come."""
    if with_protocol:
        protocol.prepare(server)
        for check in protocol.CHECKS:
            name = str(check.__name__).replace("_", " ")
            yield "protocol", name, _caught(check, server)
    for name, path in played.items():
        yield "scenario", name, _caught(scenarios.differences, server, path)


def _caught(act: Callable[..., list[str] | None], *what: object) -> list[str]:
    try:
        return act(*what) or []
    except Different as difference:
        return [str(difference)]


def _put(one: dict[str, Any]) -> None:
    differences = one["differences"]
    put(f"  {'FAILED' if differences else 'passed'}  {one['kind']}  {one['name']}")
    for line in differences[:1]:
        put(f"          {line}")
    if len(differences) > 1:
        put(f"          and {len(differences) - 1} more; --json shows all")
