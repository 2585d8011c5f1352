"""`regulars rewards …`: rewards and runs listed, issued by hand, edited, voided (rule 10)."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from regulars.faces.cli import rewards_by_hand
from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reward_tables import HEADS, cells, day_asked, reward_as_json
from regulars.faces.cli.rewarding import (
    SHOWN,
    AllOption,
    ByOption,
    Letters,
    YesOption,
    check_output,
    counted,
    line_as_json,
    make_sure,
    put_more,
    put_review,
    said_of_letters,
    send_letters,
)
from regulars.faces.cli.running import (
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

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Money rewards: list, issue, edit, void, and the runs that made them.",
)

OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="As of this day; today if not said.")
]


# -- looking ----------------------------------------------------------------------------------


@app.command("list")
@reporting
def list_(
    guest: Annotated[str | None, typer.Option(metavar="ID", help="Only this guest's.")] = None,
    status: Annotated[
        str | None,
        typer.Option(
            metavar="STATUS", help="issued, held, redeemed, void, expired or outstanding."
        ),
    ] = None,
    run: Annotated[str | None, typer.Option(metavar="RUN", help="Only this run's.")] = None,
    outstanding: Annotated[
        bool, typer.Option("--outstanding", help="Only what can still be redeemed, or is held.")
    ] = False,
    on: OnOption = None,
    show_all: AllOption = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """List rewards, with what they come to."""
    asked = "outstanding" if outstanding else status
    open_database(database)
    from regulars.records.queries.reward_lists import STATUSES, Wanted, reward_lines
    from regulars.services import upkeep

    if asked is not None and asked not in STATUSES:
        raise typer.BadParameter(f"--status {asked}: it must be one of {', '.join(STATUSES)}.")
    with upkeep.at_work(organization) as company:
        day = day_asked(company, on)
        _require(guest=guest, run=run)
        found = list(reward_lines(Wanted(day, guest=guest, run=run, status=asked)))
    if as_json:
        put_json([reward_as_json(company, one) for one in found])
        return
    shown = found if show_all else found[:SHOWN]
    if shown:
        put_table(HEADS, [cells(company, one) for one in shown])
    put_more(len(found) - len(shown))
    total = company.money(sum(one.amount_cents for one in found))
    put(f"{counted(len(found), 'reward')}, {total} {company.currency} of face value.")


@app.command()
@reporting
def show(
    code: rewards_by_hand.CodeArgument,
    on: OnOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show one reward and what happened to it."""
    open_database(database)
    from regulars.services import reward_office, upkeep

    with upkeep.at_work(organization) as company:
        day = day_asked(company, on)
        reward = reward_office.find_reward(code, on=day)
        story = reward_office.story_of(company, reward, on=day)
    if as_json:
        put_json(reward_as_json(company, reward) | {"story": story})
        return
    for name, value in reward_as_json(company, reward).items():
        if value is not None:
            put(f"{name.replace('_', ' ')}: {value}")
    put("story:")
    for line in story:
        put(f"  {line}")


@app.command()
@reporting
def review(
    show_all: AllOption = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """List guests whose sales have fallen below what rewards were given for.

    A refund takes no reward back: who is listed here, staff decide about.
    """
    open_database(database)
    from regulars.services import reward_sales, upkeep

    with upkeep.at_work(organization) as company:
        chunks = reward_sales.for_review(company, on=day_asked(company, None))
        found = [line for chunk in chunks for line in chunk]
    if as_json:
        put_json([line_as_json(company, line) for line in found])
    elif found:
        put_review(company, found, show_all=show_all)
    else:
        put("Nothing to review: no guest's sales are below what rewards were given for.")


# -- by hand ----------------------------------------------------------------------------------

BY_HAND: tuple[tuple[str, Callable[..., None]], ...] = (
    ("issue", rewards_by_hand.issue),
    ("edit", rewards_by_hand.edit),
    ("void", rewards_by_hand.void),
)
for name, by_hand in BY_HAND:
    app.command(name)(reporting(by_hand))


# -- runs -------------------------------------------------------------------------------------


@app.command()
@reporting
def runs(
    run: Annotated[
        str | None, typer.Option("--run", metavar="RUN", help="This one, guest by guest.")
    ] = None,
    show_all: AllOption = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """List the runs: who made them, when, with what, and what they came to."""
    open_database(database)
    from regulars.faces.cli import reward_runs
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        if run is None:
            reward_runs.put_runs(company, show_all=show_all, as_json=as_json)
        else:
            on = day_asked(company, None)
            reward_runs.put_run(company, run, on=on, show_all=show_all, as_json=as_json)


@app.command("undo-run")
@reporting
def undo_run(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run's name.")],
    by: ByOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Take a run back: its rewards become void, their sales are free again.

    Refused once one of its rewards, or a rest of one, is redeemed.
    """
    now = datetime.now(UTC)
    open_database(database)
    from regulars.services import orders, reward_office, upkeep

    with upkeep.at_work(organization) as company:
        found = reward_office.find_run(run)
        who = by or operator()
        record = orders.order(
            company, "undo_process_rewards", orders.new_id(), now=now, by=who, run=run
        )
        if not found.is_undone:
            what = f"{counted(found.n_rewards, 'reward')} of {counted(found.n_guests, 'guest')}"
            make_sure(f"Make {what} void, and free their sales?", is_sure=yes)
        told = orders.carry_out(company, record).detail
    if as_json:
        put_json({"run": run, "undone": True, **told})
    else:
        put(f"Run {run} is undone: {counted(told['rewards'], 'reward')} made void.")


@app.command()
@reporting
def letters(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run's name.")],
    output: Annotated[
        Path, typer.Option("--output", metavar="FILE", help="Where to write them, as one PDF.")
    ],
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write the letters of a run again, as one PDF."""
    now = datetime.now(UTC)
    check_output(Letters.PDF, output)
    open_database(database)
    from regulars.services import reward_office, upkeep

    with upkeep.at_work(organization) as company:
        reward_office.find_run(run)
        on = day_asked(company, None)
        n_letters = send_letters(company, run, Letters.PDF, output, on=on, at=now)
    say(said_of_letters(Letters.PDF, n_letters, output))


# -- shared ----------------------------------------------------------------------------------


def _require(*, guest: str | None, run: str | None) -> None:
    from regulars.services import reward_office

    if run is not None:
        reward_office.find_run(run)
    if guest is not None:
        reward_office.require_guest(guest)
