"""`regulars messages`: what guests are told, from which day on, and what went out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from regulars.faces.cli.consenting import consents
from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import day_named
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
from regulars.faces.cli.wording import app as template_app

if TYPE_CHECKING:
    from regulars.records.queries.messages import MessageLine
    from regulars.services.messages.switches import Switch
    from regulars.services.organizations import Company

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What guests are told: kinds, words, switches, and what went out.",
)
app.add_typer(template_app, name="template")
app.command()(reporting(consents))

KindArgument = Annotated[str, typer.Argument(metavar="KIND", help="Such as points_awarded.")]
ChannelArgument = Annotated[str, typer.Argument(metavar="CHANNEL", help="email or sms.")]


@contextmanager
def _company(organization: str | None, database: str | None) -> "Iterator[Company]":
    open_database(database)
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        yield company


@app.command()
@reporting
def kinds(as_json: JsonOption = False) -> None:
    """List the kinds of messages with the fields that their templates may name."""
    from regulars.services.messages.kinds import KINDS, STANDING

    if as_json:
        put_json(
            [
                {
                    "name": kind.name,
                    "channels": kind.channels,
                    "marketing": kind.is_marketing,
                    "fields": dict(kind.fields),
                }
                for kind in KINDS.values()
            ]
        )
        return
    put("Every kind:")
    _put_fields([[name, text] for name, (_, text) in STANDING.items()])
    for kind in KINDS.values():
        put()
        consent = "; needs the guest's consent" if kind.is_marketing else ""
        put(f"{kind.name}: {kind.summary} ({', '.join(kind.channels)}{consent})")
        _put_fields([[name, kind.fields[name]] for name in kind.own])


def _put_fields(rows: list[list[str]]) -> None:
    width = max((len(name) for name, _ in rows), default=0)
    for name, text in rows:
        put(f"  {name:<{width}}  {text}")


# -- switches ---------------------------------------------------------------------------------


@app.command()
@reporting
def on(
    kind: KindArgument,
    channel: ChannelArgument,
    first: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help="The first day told of; today if not said."
        ),
    ] = None,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Tell guests of a kind through a channel. What happened before that day stays untold."""
    now = datetime.now(UTC)
    day = day_named(first) if first else None
    with _company(organization, database) as company:
        from regulars.services.messages import switches

        told_from = day or now.astimezone(company.zone).date()
        switches.switch_on(company, kind, channel, told_from=told_from, at=now, by=operator())
        put(f"{kind} goes by {channel} for what happens from {told_from} on.")
        _say_what_is_missing(company, kind, told_from)


def _say_what_is_missing(company: "Company", kind: str, day: date) -> None:
    program = company.versions.on(day)
    reminders = program.expiry_reminder_days if program else ()
    months = program.statement_every_months if program else None
    if kind in ("points_expiring", "reward_expiring") and not reminders:
        put("No reminder will go until the program has `expiry_reminder_days`.")
    if kind == "statement" and not months:
        put("No statement will go until the program has `statement_every_months`.")


@app.command()
@reporting
def off(
    kind: KindArgument,
    channel: ChannelArgument,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Tell guests of a kind no more. What waits to be sent already still goes."""
    now = datetime.now(UTC)
    with _company(organization, database) as company:
        from regulars.services.messages import switches

        today = now.astimezone(company.zone).date()
        switches.switch_off(company, kind, channel, on=today, at=now, by=operator())
    put(f"{kind} goes by {channel} no more.")


@app.command()
@reporting
def settings(
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show what is switched on, since when, and how many messages there are of it."""
    with _company(organization, database):
        from regulars.records.queries.messages import counts
        from regulars.services.messages.switches import switches

        counts_now = counts()
        found = [(one, _counted(counts_now, one)) for one in switches()]
    if as_json:
        put_json(
            [
                {
                    "kind": one.kind,
                    "channel": one.channel,
                    "on": one.is_on,
                    "told_from": one.told_from if one.is_on else None,
                    "changed_by": one.changed_by,
                    "messages": counted,
                }
                for one, counted in found
            ]
        )
        return
    rows = [
        [
            one.kind,
            one.channel,
            f"from {one.told_from}" if one.is_on else "off",
            ", ".join(f"{n:,} {state}" for state, n in counted.items()),
        ]
        for one, counted in found
    ]
    put_table({"kind": "left", "channel": "left", "told": "left", "messages": "left"}, rows)


def _counted(counts: dict[tuple[str, str, str], int], switch: "Switch") -> dict[str, int]:
    from regulars.records.queries.messages import STATES

    by_state = {state: counts.get((switch.kind, switch.channel, state), 0) for state in STATES}
    return {state: n for state, n in by_state.items() if n}


@app.command()
@reporting
def language(
    tag: Annotated[
        str | None,
        typer.Argument(metavar="LANGUAGE", help="Such as de; shown if not said."),
    ] = None,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Set the language of messages to guests who chose none; English at first."""
    with _company(organization, database) as company:
        from regulars.services.messages.editing import set_organization_language
        from regulars.services.messages.wording import read_wordbook

        if tag is not None:
            now = datetime.now(UTC)
            set_organization_language(company, tag, at=now, by=operator())
        put(read_wordbook(company).language or "en")


# -- what went out ----------------------------------------------------------------------------


@app.command("list")
@reporting
def list_(
    state: Annotated[
        str | None,
        typer.Option(metavar="STATE", help="waiting, sending, sent, withheld or dead."),
    ] = None,
    guest: Annotated[str | None, typer.Option(metavar="ID", help="Of one guest.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Of one kind.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")] = 50,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """List messages, the latest first."""
    from regulars.records.queries.messages import STATES

    if state is not None and state not in STATES:
        raise typer.BadParameter(f"{state} is no state; there are {', '.join(STATES)}.")
    with _company(organization, database) as company:
        from regulars.records.queries.messages import messages

        states = STATES if state is None else (state,)
        found = messages(states=states, guest=guest, kind=kind, limit=limit)
        if as_json:
            put_json([_line_as_json(one) for one in found])
            return
        for one in found:
            at = (one.sent_at or one.made_at).astimezone(company.zone)
            to = f"{one.guest} <{one.recipient}>" if one.recipient else one.guest
            put(
                f"{one.id}  {at:%Y-%m-%d %H:%M}  {one.state}: {one.kind} by {one.channel}, {to}"
            )
            if one.problem:
                put(f"    {one.problem}")
    if not found:
        put("There are no such messages.")


def _line_as_json(one: "MessageLine") -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


@app.command()
@reporting
def show(
    id_: Annotated[UUID, typer.Argument(metavar="ID", help="As `list` shows it.")],
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show one message as it was worded."""
    with _company(organization, database):
        from regulars.records.queries.messages import message
        from regulars.rules.refusals import unknown_reference

        found = message(id_)
    if found is None:
        raise unknown_reference("message", str(id_), field="id")
    line = found.line
    if as_json:
        put_json(_line_as_json(line) | {"subject": found.subject, "body": found.body})
        return
    put(f"To {line.name} ({line.guest}) <{line.recipient}>, {line.kind} by {line.channel}")
    put(f"About {line.occasion}, made {line.made_at:%Y-%m-%d %H:%M} UTC, {line.state}")
    if line.problem:
        put(line.problem)
    if found.subject:
        put(f"\nSubject: {found.subject}")
    if found.body:
        put(f"\n{found.body.rstrip()}")
