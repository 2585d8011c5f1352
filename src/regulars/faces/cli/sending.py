"""`regulars messages send`, `dead`, `retry`: messages on their way, and those given up."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.messaging import app
from regulars.faces.cli.running import (
    TROUBLED,
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    leave,
    operator,
    put,
    put_json,
    reporting,
)

if TYPE_CHECKING:
    from regulars.services.messages.sending import Sending

__all__ = ["app", "dead", "retry", "send"]


@app.command()
@reporting
def send(
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="No more than this.")
    ] = None,
    at_once: Annotated[
        bool,
        typer.Option("--at-once", help="Do not wait until the time of the next try has come."),
    ] = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Send the messages that are due, once; the worker does the same by itself.

    How is said by REGULARS_EMAIL_URL, REGULARS_EMAIL_FROM and REGULARS_SMS_URL.
    """
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.messages import dead_letters
    from regulars.services.messages.sending import send_all

    with upkeep.at_work(organization) as company:
        if at_once:
            dead_letters.hurry(now=datetime.now(UTC))
        went = send_all(
            company, clock=lambda: datetime.now(UTC), limit=limit, worker=operator()
        )
    if as_json:
        put_json({name: getattr(went, name) for name in went.__slots__})
    else:
        put(_words(went))
    if went.problem:
        leave(went.problem, TROUBLED)


def _words(went: "Sending") -> str:
    told = {
        "to be tried again": went.n_failed,
        "given up": went.n_dead,
        "withheld": went.n_withheld,
    }
    others = "".join(f", {count:,} {words}" for words, count in told.items() if count)
    more = " More are due." if went.has_more else ""
    return (
        f"{went.n_sent:,} {'message' if went.n_sent == 1 else 'messages'} sent{others}.{more}"
    )


@app.command()
@reporting
def dead(
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")] = 50,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """List the messages that were given up, and why; the latest first."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.messages import dead_letters

    with upkeep.at_work(organization) as company:
        found = dead_letters.dead_letters(limit=limit)
    if as_json:
        put_json([{name: getattr(one, name) for name in one.__slots__} for one in found])
        return
    for one in found:
        tried = "once" if one.attempts == 1 else f"{one.attempts} times"
        at = one.made_at.astimezone(company.zone)
        put(f"{one.id}  {at:%Y-%m-%d %H:%M}  {one.kind} by {one.channel}, tried {tried}")
        put(f"    to {one.name} ({one.guest}) <{one.recipient}>: {one.problem}")
    if not found:
        put("No message was given up.")


@app.command()
@reporting
def retry(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="As `dead` lists them.")
    ] = None,
    all_dead: Annotated[
        bool, typer.Option("--all-dead", help="Every message that was given up.")
    ] = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Let messages that were given up wait again, for the guest's address of today."""
    if bool(ids) == all_dead:
        raise typer.BadParameter("name messages, or say --all-dead.")
    now = datetime.now(UTC)
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.messages import dead_letters

    with upkeep.at_work(organization):
        n_waiting = (
            dead_letters.retry_all(now=now)
            if all_dead
            else dead_letters.retry(ids or [], now=now)
        )
    put(f"{n_waiting:,} {'message waits' if n_waiting == 1 else 'messages wait'} again.")
