"""`regulars rewards …`: rewards and runs listed, issued by hand, edited, voided (rule 10)."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import day_named
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

if TYPE_CHECKING:
    from regulars.records.queries.reward_lists import RewardLine
    from regulars.services.organizations import Company

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Money rewards: list, issue, edit, void, and the runs that made them.",
)

CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="The reward's code.")]
AmountOption = Annotated[
    str | None, typer.Option(metavar="AMOUNT", help="What it is worth: 25 or 12.50.")
]
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
        day = _day(company, on)
        _require(guest=guest, run=run)
        found = list(reward_lines(Wanted(day, guest=guest, run=run, status=asked)))
    if as_json:
        put_json([_as_json(company, one) for one in found])
        return
    shown = found if show_all else found[:SHOWN]
    if shown:
        put_table(_HEADS, [_cells(company, one) for one in shown])
    put_more(len(found) - len(shown))
    total = company.money(sum(one.amount_cents for one in found))
    put(f"{counted(len(found), 'reward')}, {total} {company.currency} of face value.")


@app.command()
@reporting
def show(
    code: CodeArgument,
    on: OnOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show one reward and what happened to it."""
    open_database(database)
    from regulars.services import reward_office, upkeep

    with upkeep.at_work(organization) as company:
        day = _day(company, on)
        reward = reward_office.find_reward(code, on=day)
        story = reward_office.story_of(company, reward, on=day)
    if as_json:
        put_json(_as_json(company, reward) | {"story": story})
        return
    for name, value in _as_json(company, reward).items():
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
        chunks = reward_sales.for_review(company, on=_day(company, None))
        found = [line for chunk in chunks for line in chunk]
    if as_json:
        put_json([line_as_json(company, line) for line in found])
    elif found:
        put_review(company, found, show_all=show_all)
    else:
        put("Nothing to review: no guest's sales are below what rewards were given for.")


# -- by hand ----------------------------------------------------------------------------------


@app.command()
@reporting
def issue(
    guest: Annotated[str, typer.Argument(metavar="GUEST", help="The guest's id.")],
    amount: Annotated[str, typer.Option(metavar="AMOUNT", help="What it is worth.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why: kept as its note.")],
    expires_on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day; never if not said.")
    ] = None,
    code: Annotated[
        str | None, typer.Option(metavar="CODE", help="Its code; one is made if not said.")
    ] = None,
    set_status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="Give the guest this status as well.")
    ] = None,
    by: ByOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Give a guest of any status a reward. It consumes no sales and changes no status."""
    last_day = day_named(expires_on).isoformat() if expires_on else None
    fields: dict[str, Any] = {
        "guest": guest,
        "amount": amount,
        "expires_on": last_day,
        "note": reason,
    }
    now, who = datetime.now(UTC), by or operator()
    open_database(database)
    from regulars.services import orders, rewards, upkeep

    with upkeep.at_work(organization) as company:
        if set_status is not None:
            orders.check_status(company, set_status)
        ref = code or rewards.new_code()
        record = orders.order(company, "issue_reward", ref, now=now, by=who, **fields)
        told = orders.carry_out(company, record).detail
        if set_status is not None:
            orders.give_status(company, guest, set_status, now=now, by=who)
    if as_json:
        put_json({"reward": ref, "set_status": set_status} | told)
        return
    put(f"Reward {ref} of {amount} {company.currency} issued to {guest}.")
    if set_status is not None:
        put(f"The status of {guest} is {set_status} now.")
    elif told:
        _remind(guest, told)


def _remind(guest: str, told: dict[str, Any]) -> None:
    """Rule 10.6: after a reward by hand, of the status and of the way to set it."""
    status, is_included = told["status"], told["include_in_loyalty_rewards"]
    if is_included:
        put(f"The status of {guest} is {status}: in loyalty rewards.")
        return
    which = f"is {status}: not" if status else "is none: not"
    put(
        f"The status of {guest} {which} in loyalty rewards, so runs pass over this guest."
        f" `regulars statuses give {guest} STATUS` or --set-status changes it."
    )


@app.command()
@reporting
def edit(
    code: CodeArgument,
    amount: AmountOption = None,
    expires_on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The new last day; `never` for none.")
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="The new note.")] = None,
    by: ByOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Change amount, last day or note of a reward that is not redeemed."""
    fields: dict[str, Any] = {"reward": code}
    if amount is not None:
        fields["amount"] = amount
    if expires_on is not None:
        never = expires_on == "never"
        fields["expires_on"] = None if never else day_named(expires_on).isoformat()
    if note is not None:
        fields["note"] = note
    open_database(database)
    _command("edit_reward", organization, by, fields, as_json=as_json, code=code)


@app.command()
@reporting
def void(
    code: CodeArgument,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    by: ByOption = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Make a reward void that is not redeemed."""
    open_database(database)
    fields = {"reward": code, "reason": reason}
    _command("void_reward", organization, by, fields, as_json=as_json, code=code)


def _command(
    kind: str,
    organization: str | None,
    by: str | None,
    fields: dict[str, Any],
    *,
    as_json: bool,
    code: str,
) -> None:
    """Carry out a command on a reward, and show what the reward is then."""
    from regulars.services import orders, reward_office, upkeep

    now = datetime.now(UTC)
    with upkeep.at_work(organization) as company:
        ref = orders.new_id()
        record = orders.order(company, kind, ref, now=now, by=by or operator(), **fields)
        orders.carry_out(company, record)
        reward = reward_office.find_reward(code, on=record.known_on)
    if as_json:
        put_json(_as_json(company, reward))
    else:
        put_table(_HEADS, [_cells(company, reward)])


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
            on = _day(company, None)
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
        on = _day(company, None)
        n_letters = send_letters(company, run, Letters.PDF, output, on=on, at=now)
    say(said_of_letters(Letters.PDF, n_letters, output))


# -- shared -----------------------------------------------------------------------------------

_HEADS = {
    "reward": "left",
    "guest": "left",
    "name": "left",
    "amount": "right",
    "applied": "right",
    "status": "left",
    "issued": "left",
    "expires": "left",
    "from": "left",
    "invoice": "left",
}


def _cells(company: "Company", one: "RewardLine") -> list[str]:
    return [
        one.id,
        one.guest,
        one.name,
        company.money(one.amount_cents),
        company.money(one.applied_cents),
        one.status,
        str(one.issued_on),
        str(one.expires_on or "never"),
        one.run or one.source,
        one.invoice or "-",
    ]


def _as_json(company: "Company", one: "RewardLine") -> dict[str, Any]:
    return {
        "id": one.id,
        "guest": one.guest,
        "name": one.name,
        "amount": company.money(one.amount_cents),
        "applied": company.money(one.applied_cents),
        "status": one.status,
        "issued_on": one.issued_on,
        "expires_on": one.expires_on,
        "source": one.source,
        "run": one.run,
        "invoice": one.invoice,
        "rest_of": one.rest_of,
        "note": one.note,
        "void_reason": one.void_reason,
        "issued_by": one.issued_by,
    }


def _day(company: "Company", on: str | None) -> date:
    from regulars.services import upkeep

    return day_named(on) if on else upkeep.day_at_hand(company, datetime.now(UTC))


def _require(*, guest: str | None, run: str | None) -> None:
    from regulars.services import reward_office

    if run is not None:
        reward_office.find_run(run)
    if guest is not None:
        reward_office.require_guest(guest)
