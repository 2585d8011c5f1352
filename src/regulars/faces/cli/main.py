"""The `regulars` program: its commands, a file for each group, put together.

Nothing here may import Django: `regulars --help` answers at once.
"""

from collections.abc import Callable
from typing import Annotated

import typer

from regulars.faces.cli import (
    conforming,
    consenting,
    days,
    demonstrating,
    hooks,
    importing,
    mapping,
    people,
    programs,
    proving,
    replaying,
    reports,
    rewarding,
    rewards,
    samples,
    sending,
    serving,
    starting,
    statuses,
    working,
)
from regulars.faces.cli.running import put, reporting

app = typer.Typer(
    name="regulars",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)


def _put_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        put(f"regulars {version('regulars')}")
        raise typer.Exit


@app.callback()
def regulars(
    asked: Annotated[
        bool,
        typer.Option(
            "--version", callback=_put_version, is_eager=True, help="Print it and leave."
        ),
    ] = False,
) -> None:
    """Points and tiers for salons, spas and studios.

    Begin with `regulars demo` to look around, or with `regulars init` and `regulars import`.
    Exit codes: 0 done, 1 refused or different, 2 not understood, 3 trouble with the database
    or the disk, 130 interrupted.
    """


COMMANDS: list[tuple[str, Callable[..., None], str]] = [
    ("demo", demonstrating.demo, "Look around in a company with two years of history."),
    ("init", starting.init, "Make the database and an organization."),
    ("import", importing.import_, "Take in a file of records."),
    ("export", importing.export, "Write everything out as records."),
    ("close-day", days.close_day, "Close a business day."),
    ("month-end", days.month_end, "Close a month and check the tiers."),
    ("expire", days.expire, "Let points lapse whose time is over."),
    ("process-rewards", rewarding.process_rewards, "Give rewards for past sales."),
    ("consent", consenting.consent, "Record what a guest wants to be told."),
    ("worker", working.worker, "Do what every day asks for, by itself."),
    ("jobs", working.jobs, "List what the worker did, and what is next."),
    ("events", hooks.events, "List what happened, as webhooks tell it."),
    ("report", reports.report, "Show what is owed, what moved, what ends."),
    ("explain", proving.explain, "Say why a guest has these points."),
    ("serve", serving.serve, "Serve the desk, and the API for other programs."),
    ("verify", proving.verify, "Prove that the books are right."),
    ("replay", replaying.replay, "Try a history out, apart from your data."),
    ("conformance", conforming.conformance, "Try whether a server keeps to the contract."),
    ("sample", samples.sample, "Write a published purchase history."),
]

for name, function, summary in COMMANDS:
    app.command(name, short_help=summary)(reporting(function))
app.add_typer(sending.app, name="messages")
app.add_typer(mapping.app, name="mappings")
app.add_typer(programs.app, name="program")
app.add_typer(rewards.app, name="rewards")
app.add_typer(statuses.app, name="statuses")
app.add_typer(serving.keys, name="keys")
app.add_typer(people.app, name="staff")
app.add_typer(hooks.app, name="webhooks")


def main() -> None:
    app()
