"""`regulars webhooks` and `regulars events`: who is told of what happens, and what happened."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.running import (
    DIFFERENT,
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    operator,
    put,
    put_json,
    put_table,
    reporting,
    say,
)

if TYPE_CHECKING:
    from regulars.records.queries.webhooks import Attempt, Endpoint

app = typer.Typer(no_args_is_help=True, help="Tell other programs what happens.")

RefArgument = Annotated[str, typer.Argument(metavar="ID", help="The endpoint's.")]
TypesOption = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="Told of this type; again for more, all else."),
]
AfterOption = Annotated[
    int | None, typer.Option(metavar="N", min=0, help="A number of the feed.")
]


def _actor() -> Any:
    """The operator's shell is its permission."""
    from regulars.rules.permissions import Actor

    return Actor(operator())


@app.command("add")
@reporting
def add(
    url: Annotated[str, typer.Argument(help="https://…")],
    name: Annotated[str, typer.Option(help="What it is for.")] = "",
    types: TypesOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Tell this address of what happens from now on. Its secret is shown this once."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.webhooks import endpoints

    wish = endpoints.Wish(url, name, types or [])
    with upkeep.at_work(organization) as company:
        found, secret = endpoints.create(company, wish, at=datetime.now(UTC), actor=_actor())
    _put_secret(found, secret, as_json=as_json)


@app.command("list")
@reporting
def list_(
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """All endpoints, how they do, and how many events wait for each."""
    open_database(database)
    from regulars.records.queries import webhooks as queries
    from regulars.services import upkeep

    with upkeep.at_work(organization):
        found = queries.endpoints()
    if as_json:
        put_json([asdict(one) for one in found])
    elif not found:
        put("Nobody is told: `regulars webhooks add https://…` makes an endpoint.")
    else:
        _put_endpoints(found)


@app.command("change")
@reporting
def change(
    ref: RefArgument,
    url: Annotated[str | None, typer.Option(help="Another address.")] = None,
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    types: TypesOption = None,
    all_types: Annotated[bool, typer.Option("--all-types", help="Told of every type.")] = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Another address, name or choice of types; what is not said stays."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.webhooks import endpoints

    wish = endpoints.Wish(url, name, [] if all_types else types)
    with upkeep.at_work(organization):
        found = endpoints.change(ref, wish, at=datetime.now(UTC), actor=_actor())
    _put_one(found, as_json=as_json)


@app.command("remove")
@reporting
def remove(
    ref: RefArgument,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Tell it nothing any more; what waits for it and its log go."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.webhooks import endpoints

    with upkeep.at_work(organization):
        endpoints.remove(ref, at=datetime.now(UTC), actor=_actor())
    put(f"Endpoint {ref} is removed.")


@app.command("rotate")
@reporting
def rotate(
    ref: RefArgument,
    hours: Annotated[
        int, typer.Option(min=0, max=720, help="How long the old secret signs as well.")
    ] = 24,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Give it a new secret, shown this once."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.webhooks import endpoints

    now, overlap = datetime.now(UTC), timedelta(hours=hours)
    with upkeep.at_work(organization):
        found, secret = endpoints.rotate_secret(ref, at=now, actor=_actor(), overlap=overlap)
    _put_secret(found, secret, as_json=as_json)


@app.command("on")
@reporting
def on(
    ref: RefArgument,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Turn it on; it goes on where it was, as far as events are kept."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.webhooks import endpoints

    with upkeep.at_work(organization):
        found = endpoints.turn_on(ref, at=datetime.now(UTC), actor=_actor())
    _put_one(found, as_json=as_json)


@app.command("off")
@reporting
def off(
    ref: RefArgument,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Turn it off until it is turned on."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.webhooks import endpoints

    with upkeep.at_work(organization):
        found = endpoints.turn_off(ref, at=datetime.now(UTC), actor=_actor())
    _put_one(found, as_json=as_json)


@app.command("replay")
@reporting
def replay(
    ref: RefArgument,
    after: Annotated[int, typer.Option(metavar="N", min=0, help="A number of the feed.")],
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Tell it again everything after this number, under the ids it had."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.webhooks import endpoints

    with upkeep.at_work(organization):
        found = endpoints.replay(ref, after=after, at=datetime.now(UTC), actor=_actor())
    _put_one(found, as_json=as_json)


@app.command("test")
@reporting
def try_out(
    ref: RefArgument,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Send it a signed `endpoint.test` now, and show what it answers."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.webhooks import endpoints

    with upkeep.at_work(organization) as company:
        answer = endpoints.test(company, ref, at=datetime.now(UTC), actor=_actor())
    if not answer.is_good:
        say(f"Not accepted: {answer.problem}")
        raise typer.Exit(DIFFERENT)
    put(f"Accepted: it answered {answer.status} after {answer.milliseconds} ms.")


@app.command("log")
@reporting
def log(
    ref: RefArgument,
    failed: Annotated[bool, typer.Option("--failed", help="Only what was not taken.")] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many lines.")] = 30,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """What it was sent and how it answered, the latest first."""
    open_database(database)
    from regulars.records.queries import webhooks as queries
    from regulars.services import upkeep
    from regulars.services.webhooks import endpoints

    with upkeep.at_work(organization):
        endpoints.find(ref)
        found = queries.attempts(ref, limit=limit, only_failed=failed)
    if as_json:
        put_json([asdict(one) for one in found])
    else:
        _put_log(found)


def events(
    after: AfterOption = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1000)] = 30,
    types: TypesOption = None,
    guest: Annotated[str | None, typer.Option(metavar="ID", help="Only this guest's.")] = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """What happened, oldest first: what webhooks tell, to be fetched."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.webhooks import events as service

    with upkeep.at_work(organization) as company:
        page = service.page(
            company,
            after=after,
            limit=limit,
            now=datetime.now(UTC),
            types=types or [],
            guest=guest,
        )
        items = [one.as_dict(company.ref) for one in page.events]
    if as_json:
        put_json({"items": items, "next": page.next, "last": page.last})
        return
    heads = {"number": "right", "when": "left", "type": "left", "guest": "left"}
    rows = [
        [str(one["sequence"]), one["timestamp"], one["type"], one["guest"] or "-"]
        for one in items
    ]
    put_table(heads, rows)
    if page.next < page.last:
        put(f"More with --after {page.next}; the last is {page.last}.")


# -- showing ----------------------------------------------------------------------------------


def _put_secret(found: "Endpoint", secret: str, *, as_json: bool) -> None:
    if as_json:
        put_json({**asdict(found), "secret": secret})
        return
    say(f"Endpoint {found.id} for {found.url}. This is its secret; it is not shown again:")
    put(secret)


def _put_one(found: "Endpoint", *, as_json: bool) -> None:
    if as_json:
        put_json(asdict(found))
    else:
        _put_endpoints([found])


def _put_endpoints(found: Sequence["Endpoint"]) -> None:
    heads = ("id", "state", "waiting", "told through", "name", "address", "types")
    put_table(
        {head: "right" if head in ("waiting", "told through") else "left" for head in heads},
        [
            [
                one.id,
                one.state,
                str(one.waiting),
                str(one.told_through),
                one.name or "-",
                one.url,
                ", ".join(one.types) or "all",
            ]
            for one in found
        ],
    )
    for one in found:
        if one.problem:
            put(" ".join(filter(None, (f"{one.id}: {one.problem}", one.notice))))


def _put_log(found: Sequence["Attempt"]) -> None:
    heads = ("when", "type", "number", "try", "outcome", "status", "ms", "answer")
    right = ("number", "try", "status", "ms")
    put_table(
        {head: "right" if head in right else "left" for head in heads},
        [
            [
                one.at.strftime("%Y-%m-%d %H:%M:%SZ"),
                one.type,
                "-" if one.number is None else str(one.number),
                str(one.attempt),
                one.outcome,
                "-" if one.status is None else str(one.status),
                str(one.milliseconds),
                " ".join(one.answer.split())[:60],
            ]
            for one in found
        ],
    )
