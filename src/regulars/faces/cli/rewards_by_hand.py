"""`regulars rewards issue | edit | void`: rewards by hand (rules 10.6, 10.10)."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import day_named
from regulars.faces.cli.reward_tables import HEADS, cells, reward_as_json
from regulars.faces.cli.rewarding import ByOption
from regulars.faces.cli.running import (
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    operator,
    put,
    put_json,
    put_table,
)

CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="The reward's code.")]
AmountOption = Annotated[
    str | None, typer.Option(metavar="AMOUNT", help="What it is worth: 25 or 12.50.")
]


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
        put_json(reward_as_json(company, reward))
    else:
        put_table(HEADS, [cells(company, reward)])
