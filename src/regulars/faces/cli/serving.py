"""`regulars serve` and `regulars keys`: the desk in a browser, the API for other programs."""

import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.faces.cli import supervising
from regulars.faces.cli.databases import open_database
from regulars.faces.cli.running import (
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    Trouble,
    operator,
    put,
    put_json,
    put_table,
    reporting,
    say,
)

if TYPE_CHECKING:
    from regulars.services.keys import Key

keys = typer.Typer(no_args_is_help=True, help="Keys for programs that use the API.")
_SHOWN = (
    "scope",
    "center",
    "name",
    "made_at",
    "made_by",
    "expires_at",
    "revoked_at",
    "used_at",
)


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes; SQLite is served by one.")
    ] = 1,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Requests at a time each.")] = 16,
    with_worker: Annotated[
        bool | None,
        typer.Option(
            "--worker/--no-worker",
            help="Run the worker as well; it does so on SQLite if nothing is said.",
            show_default=False,
        ),
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Serve the desk and the API, with the worker, until stopped with Ctrl-C.

    Other machines reach it only with --host; put a server that speaks HTTPS in front of it.
    """
    open_database(database, with_people=True)
    from django.db import connection

    if connection.vendor == "sqlite" and workers > 1:
        raise Trouble("A SQLite database is served by one process; leave out --workers.")
    supervising.check_port(host, port)
    if with_worker is None:
        with_worker = connection.vendor == "sqlite"
    connection.close()
    say(f"Regulars answers at http://{host}:{port}/ (Ctrl-C ends it).")
    os.environ["REGULARS_PROCESSES"] = str(workers)
    os.environ["REGULARS_THREADS"] = str(threads)
    server = supervising.server_command(host, port, workers=workers, threads=threads)
    if not with_worker:
        supervising.serve_alone(server)
    raise typer.Exit(supervising.serve_with_worker(server))


@keys.command("create")
@reporting
def create(
    scope: Annotated[str, typer.Option(help="till, back_office, marketing, finance or read.")],
    center: Annotated[
        str | None, typer.Option(metavar="ID", help="For this center only.")
    ] = None,
    name: Annotated[str, typer.Option(help="What it is for.")] = "",
    days: Annotated[
        int | None, typer.Option(min=1, help="Days until it ends; it does not, by itself.")
    ] = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Make a key. It is shown this once: only a hash of it is kept."""
    now = datetime.now(UTC)
    open_database(database)
    from regulars.services import keys as service
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        key, text = service.create_key(
            company,
            scope,
            at=now,
            by=operator(),
            center=center,
            name=name,
            expires_at=now + timedelta(days=days) if days else None,
        )
    _put_new(key, text, as_json=as_json)


@keys.command("list")
@reporting
def list_(
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """All keys, with when they were last used."""
    open_database(database)
    from regulars.services import keys as service
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        found = service.keys_of(company)
    if as_json:
        put_json([_as_json(key) for key in found])
    elif not found:
        put("There is no key yet: `regulars keys create --scope till` makes one.")
    else:
        rows = [[key.ref, *(_text(getattr(key, one)) for one in _SHOWN)] for key in found]
        put_table({one: one.replace("_", " ") for one in ("id", *_SHOWN)}, rows)


@keys.command("rotate")
@reporting
def rotate(
    ref: Annotated[str, typer.Argument(metavar="ID")],
    hours: Annotated[
        int, typer.Option(min=0, max=720, help="How long the old key still works.")
    ] = 24,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Make a new key like this one, which then ends."""
    now = datetime.now(UTC)
    open_database(database)
    from regulars.services import keys as service
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        overlap = timedelta(hours=hours)
        key, text = service.rotate_key(company, ref, at=now, by=operator(), overlap=overlap)
    _put_new(key, text, as_json=as_json)


@keys.command("revoke")
@reporting
def revoke(
    ref: Annotated[str, typer.Argument(metavar="ID")],
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """End a key at once."""
    now = datetime.now(UTC)
    open_database(database)
    from regulars.services import keys as service
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        key = service.revoke_key(company, ref, at=now, by=operator())
    put_json(_as_json(key)) if as_json else put(f"Key {ref} works no more.")


def _put_new(key: "Key", text: str, *, as_json: bool) -> None:
    if as_json:
        put_json(
            {
                "id": key.ref,
                "key": text,
                "scope": key.scope,
                "center": key.center,
                "expires_at": key.expires_at,
            }
        )
        return
    put(text)
    if sys.stdout.isatty():
        say("Copy it now: it is not shown again.")


def _as_json(key: "Key") -> dict[str, Any]:
    said = asdict(key)
    return {"id": key.ref, **{name: said[name] for name in _SHOWN}}


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
