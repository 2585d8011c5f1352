"""`regulars process-rewards`: look at what a run would give, then make it (rules 10.3-10.4)."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import day_named
from regulars.faces.cli.running import (
    DIFFERENT,
    MISUSED,
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    console,
    leave,
    operator,
    put,
    put_json,
    put_table,
    refusal_line,
    say,
)

if TYPE_CHECKING:
    from regulars.services.organizations import Company
    from regulars.services.reward_office import Plan
    from regulars.services.reward_sales import RunLine

SHOWN = 20
"""Lines of a long list that are shown unless all are asked for."""

ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="STAFF", help="Who does it; who is at the shell if not said."),
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
AllOption = Annotated[bool, typer.Option("--all", help="Show every line of a long list.")]


class Letters(StrEnum):
    PDF = "pdf"
    EMAIL = "email"


OutputOption = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Where to write the letters, as one PDF."),
]


def process_rewards(
    threshold: Annotated[
        str, typer.Option(metavar="AMOUNT", help="Sales that give one reward: 500 or 499.50.")
    ],
    amount: Annotated[
        str, typer.Option(metavar="AMOUNT", help="What each reward is worth: 25 or 12.50.")
    ],
    expires_on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day; never if not said.")
    ] = None,
    guests: Annotated[
        str | None,
        typer.Option(metavar="IDS", help="Only these: a,b,c or @FILE with an id a line."),
    ] = None,
    without: Annotated[
        str | None,
        typer.Option(metavar="IDS", help="All but these; they consume nothing. @FILE as well."),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what would be given, and leave no trace.")
    ] = False,
    letters: Annotated[
        Letters | None, typer.Option(help="Tell the guests: letters to print, or e-mails.")
    ] = None,
    output: OutputOption = None,
    name: Annotated[
        str | None, typer.Option("--id", metavar="NAME", help="The run's name; its day if not.")
    ] = None,
    by: ByOption = None,
    yes: YesOption = False,
    show_all: AllOption = False,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Give a reward for each full threshold of qualifying sales, and consume it.

    Shows first who would be given what, and asks. Sales that no reward was given for carry
    over, so running it again gives nothing new. A run can be undone while none of its rewards
    is redeemed: `regulars rewards undo-run`.
    """
    now = datetime.now(UTC)
    check_output(letters, output)
    listed, unticked = ids_in(guests), ids_in(without)
    last_day = day_named(expires_on) if expires_on else None
    open_database(database)
    from regulars.services import reward_office, upkeep

    wish = reward_office.Wish(threshold, amount, last_day, listed, unticked or ())
    with upkeep.at_work(organization) as company:
        plan = reward_office.plan_run(company, name, wish, now=now, by=by or operator())
        if as_json and (preview or not plan.lines):
            put_json({"created": False, **plan_as_json(company, plan)})
            return
        if not as_json:
            put_plan(company, plan, show_all=show_all)
        if preview or not plan.lines:
            return
        _make_sure(company, plan, is_sure=yes)
        _create(company, plan, letters=letters, output=output, as_json=as_json)


def check_output(letters: Letters | None, output: Path | None) -> None:
    """Before anything is created: a PDF needs a file that can be written."""
    if (letters == Letters.PDF) != (output is not None):
        raise typer.BadParameter(
            "--letters pdf and --output FILE belong together: letters are written to the file."
        )
    if output is not None and not output.absolute().parent.is_dir():
        raise typer.BadParameter(f"--output {output}: there is no such folder.")


def ids_in(text: str | None) -> list[str] | None:
    """The ids in `a,b,c`, or on the lines of the file that `@FILE` names."""
    if text is None:
        return None
    if not text.startswith("@"):
        return [one.strip() for one in text.split(",") if one.strip()]
    try:
        lines = Path(text[1:]).read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{text[1:]} is no UTF-8 text.") from None
    except OSError as problem:
        raise typer.BadParameter(f"{text[1:]}: {problem.strerror}.") from None
    return [line.strip() for line in lines if line.strip()]


# -- looking ----------------------------------------------------------------------------------


def put_plan(company: "Company", plan: "Plan", *, show_all: bool) -> None:
    for left in plan.left_out:
        put(f"Given nothing: {left.guest} ({left.name}), {left.because}.")
    if not plan.lines:
        put("Nobody reaches the threshold: there is nothing to create.")
        return
    put_lines(company, plan.lines, show_all=show_all)
    put(f"{total_of(company, plan)}.")
    on = plan.record.known_on
    if on != datetime.now(company.zone).date():
        say(f"The books are closed through {company.closed_through}: this counts for {on}.")


def put_lines(company: "Company", lines: "Sequence[RunLine]", *, show_all: bool) -> None:
    """Guest, qualifying sales, what rewards consumed of them, rewards, carry-over."""
    shown = lines if show_all else lines[:SHOWN]
    put_table(
        {
            "guest": "left",
            "name": "left",
            "qualifying sales": "right",
            "used before": "right",
            "rewards": "right",
            "carry-over": "right",
        },
        [
            [
                line.guest,
                line.name,
                company.money(line.total_cents),
                company.money(line.consumed_cents),
                str(line.n_rewards),
                company.money(line.carry_cents),
            ]
            for line in shown
        ],
    )
    put_more(len(lines) - len(shown))


def put_more(n_left_out: int) -> None:
    if n_left_out > 0:
        put(f"  … and {n_left_out:,} more; --all shows them.")


def total_of(company: "Company", plan: "Plan") -> str:
    rewards, guests = counted(plan.n_rewards, "reward"), counted(len(plan.lines), "guest")
    amount, total = company.money(plan.amount_cents), company.money(plan.total_cents)
    return f"{rewards} of {amount} {company.currency} for {guests}: {total} in all"


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def plan_as_json(company: "Company", plan: "Plan") -> dict[str, Any]:
    return {
        "run": plan.record.id,
        "on": plan.record.known_on,
        "guests": len(plan.lines),
        "rewards": plan.n_rewards,
        "amount": company.money(plan.total_cents),
        "lines": [line_as_json(company, line) for line in plan.lines],
        "left_out": [
            {"guest": one.guest, "name": one.name, "because": one.because}
            for one in plan.left_out
        ],
    }


def line_as_json(company: "Company", line: "RunLine") -> dict[str, Any]:
    return {
        "guest": line.guest,
        "name": line.name,
        "qualifying_sales": company.money(line.total_cents),
        "consumed_before": company.money(line.consumed_cents),
        "rewards": line.n_rewards,
        "carry": company.money(line.carry_cents),
    }


# -- creating ---------------------------------------------------------------------------------


def _make_sure(company: "Company", plan: "Plan", *, is_sure: bool) -> None:
    make_sure(f"Create {total_of(company, plan)}, as run {plan.record.id}?", is_sure=is_sure)


def make_sure(question: str, *, is_sure: bool) -> None:
    """Ask the person; where nobody can answer, --yes has to."""
    if is_sure:
        return
    if not sys.stdin.isatty():
        leave(f"{question} Nobody is there to ask: say --yes to go on.", MISUSED)
    if not typer.confirm(question, err=True):
        leave("Nothing was changed.", DIFFERENT)


def _create(
    company: "Company",
    plan: "Plan",
    *,
    letters: Letters | None,
    output: Path | None,
    as_json: bool,
) -> None:
    from regulars.services import reward_office, reward_sales

    with counting(len(plan.lines), "Creating") as progress:
        result = reward_office.make_run(company, plan, progress=progress)
    made = result.detail or {"guests": 0, "rewards": 0, "amount": company.money(0)}
    run, on = plan.record.id, plan.record.known_on
    if not as_json:
        rewards, guests = counted(made["rewards"], "reward"), counted(made["guests"], "guest")
        put(f"Run {run}: {rewards} for {guests} created, {made['amount']} in all.")
    told = None
    if letters is not None:
        told = _tell(company, plan, letters, output)
    review = [line for chunk in reward_sales.for_review(company, on=on) for line in chunk]
    if as_json:
        lines = [line_as_json(company, line) for line in review]
        about = {"created": result.status == "applied", **plan_as_json(company, plan), **made}
        put_json({**about, "told": told, "review": lines})
        return
    if told is not None:
        put(said_of_letters(letters, told, output))
    if review:
        put_review(company, review, show_all=False)


def _tell(
    company: "Company", plan: "Plan", letters: Letters, output: Path | None
) -> int | None:
    """The run stands, whatever becomes of its letters: trouble with them is only said."""
    from regulars.rules.refusals import Refused

    run, record = plan.record.id, plan.record
    try:
        return send_letters(company, run, letters, output, on=record.known_on, at=record.at)
    except Refused as refused:
        say(f"The rewards are created, and nobody is told. {refusal_line(refused)}")
    except OSError as problem:
        say(f"The rewards are created, but {output} cannot be written: {problem.strerror}.")
        say(f"`regulars rewards letters {run} --output FILE` writes the letters again.")
    return None


@contextmanager
def counting(total: int, what: str) -> Iterator[Callable[[int], None] | None]:
    """A progress callback; on a terminal it moves a bar."""
    screen = console()
    if not screen.is_terminal:
        yield None
        return
    from rich.progress import Progress

    with Progress(console=screen, transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda n_done: progress.update(task, completed=n_done)


def put_review(company: "Company", review: "Sequence[RunLine]", *, show_all: bool) -> None:
    """Rule 10.4: rewards are not taken back by a refund; staff decide."""
    put(
        f"For review: sales of {counted(len(review), 'guest')} are below what rewards were"
        " given for."
    )
    put_lines(company, review, show_all=show_all)


# -- letters ----------------------------------------------------------------------------------


def send_letters(
    company: "Company",
    run: str,
    letters: Letters,
    output: Path | None,
    *,
    on: date,
    at: datetime,
) -> int:
    """Write or queue what tells the guests of a run; how many letters or e-mails."""
    if letters == Letters.EMAIL:
        from regulars.services.messages.announce import tell_rewards_of_run

        return tell_rewards_of_run(company, run, at=at)
    from regulars.services.messages.letters import letters_of_run

    assert output is not None
    # Under another name until it is whole, so that nobody prints half of it.
    draft = output.with_name(f"{output.name}.part")
    try:
        with draft.open("wb") as out:
            n_letters = letters_of_run(company, run, out, on=on)
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
    return n_letters


def said_of_letters(letters: Letters | None, told: int, output: Path | None) -> str:
    if letters == Letters.EMAIL:
        return f"{counted(told, 'e-mail')} queued; `regulars worker` sends them."
    return f"{counted(told, 'letter')} written to {output}."
