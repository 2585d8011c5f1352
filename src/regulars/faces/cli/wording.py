"""`regulars messages template show | set | reset | preview`: the words of a company's own."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import day_named, require_file
from regulars.faces.cli.running import (
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    operator,
    put,
    put_json,
    reporting,
    say,
)

if TYPE_CHECKING:
    from regulars.services.messages.previewing import Preview
    from regulars.services.messages.wording import Words

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The words of messages: show, set, reset, preview.",
)

KindArgument = Annotated[str, typer.Argument(metavar="KIND", help="Such as points_awarded.")]
ChannelArgument = Annotated[
    str, typer.Argument(metavar="CHANNEL", help="email, sms; for reward_issued also letter.")
]
LanguageOption = Annotated[
    str, typer.Option("--language", metavar="LANGUAGE", help="Such as en, de or de-CH.")
]
FILE_HELP = "For e-mails and letters `Subject: …`, an empty line, the body. - reads from input."


@app.command()
@reporting
def show(
    kind: KindArgument,
    channel: ChannelArgument,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Print the words in use as a file that can be edited and set."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.messages import editing

    with upkeep.at_work(organization) as company:
        found = editing.template(company, kind, channel, language)
    if as_json:
        put_json(
            {
                "kind": found.kind,
                "channel": found.channel,
                "language": found.language,
                "own": found.is_own,
                "subject": found.words.subject,
                "body": found.words.body,
                "changed_at": found.changed_at,
                "changed_by": found.changed_by,
            }
        )
        return
    whose = "your own" if found.is_own else "those that come with Regulars"
    say(f"The words are {whose}, in {found.language}.")
    put(editing.text_of(found.words, channel).rstrip("\n"))


@app.command("set")
@reporting
def set_(
    kind: KindArgument,
    channel: ChannelArgument,
    file: Annotated[str, typer.Argument(metavar="FILE", help=FILE_HELP)],
    language: LanguageOption = "en",
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Use the words of a file from now on. `regulars messages kinds` lists the fields."""
    now = datetime.now(UTC)
    require_file(file)
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.messages import editing

    words = _words_in(file, channel)
    with upkeep.at_work(organization) as company:
        editing.set_template(company, kind, channel, language, words, at=now, by=operator())
    put(f"{kind} by {channel} in {language} has your words now.")


@app.command()
@reporting
def reset(
    kind: KindArgument,
    channel: ChannelArgument,
    language: LanguageOption = "en",
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Go back to the words that come with Regulars."""
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.messages import editing

    now = datetime.now(UTC)
    with upkeep.at_work(organization) as company:
        had_own = editing.reset_template(
            company, kind, channel, language, at=now, by=operator()
        )
    has = "has" if had_own else "had no words of yours; it has"
    put(f"{kind} by {channel} in {language} {has} the words that come with Regulars.")


@app.command()
@reporting
def preview(
    kind: KindArgument,
    channel: ChannelArgument,
    guest: Annotated[str, typer.Argument(metavar="GUEST", help="Whose numbers to show.")],
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="A draft, not saved.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="LANGUAGE", help="The guest's if not said."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="As of this day.")
    ] = None,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show a message as a real guest would get it now. Nothing is sent or kept."""
    now = datetime.now(UTC)
    if file is not None:
        require_file(file)
    day = None if on is None else day_named(on)
    open_database(database)
    from regulars.services import upkeep
    from regulars.services.messages import previewing

    with upkeep.at_work(organization) as company:
        found = previewing.preview(
            company,
            kind,
            channel,
            guest,
            on=day or upkeep.day_at_hand(company, now),
            language=language,
            draft=None if file is None else _words_in(file, channel),
        )
    _put_preview(found)


def _put_preview(found: "Preview") -> None:
    if found.is_made_up:
        say("The guest has no such occasion yet; some of the numbers are made up.")
    if found.withheld:
        say(f"It would not be sent: {found.withheld}")
    put(f"To: {found.recipient or '-'}")
    if found.worded.subject:
        put(f"Subject: {found.worded.subject}")
    put(f"\n{found.worded.body.rstrip()}")


def _words_in(path: str, channel: str) -> "Words":
    from regulars.rules.refusals import Refused
    from regulars.services.messages.editing import words_of

    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return words_of(data.decode("utf-8-sig"), channel)
    except UnicodeDecodeError:
        raise Refused("invalid_record", f"{path} is no UTF-8 text.") from None
