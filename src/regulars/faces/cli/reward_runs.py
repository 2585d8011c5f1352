"""What is shown of the runs of rewards: all of them, or one guest by guest (rule 10.5)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from regulars.faces.cli.rewarding import SHOWN, put_more
from regulars.faces.cli.running import put, put_json, put_table

if TYPE_CHECKING:
    from regulars.records.queries.reward_lists import RunFigures, RunSummary
    from regulars.services.organizations import Company

_RUNS = {
    "run": "left",
    "on": "left",
    "by": "left",
    "threshold": "right",
    "amount": "right",
    "expires": "left",
    "guests": "right",
    "rewards": "right",
    "undone": "left",
}
_FIGURES = {
    "guest": "left",
    "name": "left",
    "qualifying sales": "right",
    "used before": "right",
    "rewards": "right",
    "carry-over": "right",
}


def put_runs(company: "Company", *, show_all: bool, as_json: bool) -> None:
    from regulars.records.queries import reward_lists

    found = reward_lists.runs()
    if as_json:
        put_json([_as_json(company, one) for one in found])
        return
    if not found:
        put("No run was made yet.")
        return
    shown = found if show_all else found[:SHOWN]
    put_table(_RUNS, [_cells(company, one) for one in shown])
    put_more(len(found) - len(shown))


def put_run(company: "Company", ref: str, *, on: date, show_all: bool, as_json: bool) -> None:
    from regulars.records.queries import reward_lists
    from regulars.services import reward_office

    run = reward_office.find_run(ref)
    figures = list(reward_lists.figures_of_run(run))
    tally = reward_lists.tally_of_run(run, on=on)
    if as_json:
        lines = [_figures_as_json(company, one) for one in figures]
        now = {one.status: one.n_rewards for one in tally}
        put_json(_as_json(company, run) | {"now": now, "lines": lines})
        return
    put_table(_RUNS, [_cells(company, run)])
    now_text = ", ".join(
        f"{one.n_rewards:,} {one.status} ({company.money(one.cents)})" for one in tally
    )
    put(f"  Its rewards and their rests now: {now_text or 'none'}.")
    put()
    shown = figures if show_all else figures[:SHOWN]
    if shown:
        put_table(_FIGURES, [_figures_cells(company, one) for one in shown])
    put_more(len(figures) - len(shown))


def _cells(company: "Company", run: "RunSummary") -> list[str]:
    return [
        run.id,
        str(run.on),
        run.by or "-",
        company.money(run.threshold_cents),
        company.money(run.amount_cents),
        str(run.expires_on or "never"),
        f"{run.n_guests:,}",
        f"{run.n_rewards:,}",
        "yes" if run.is_undone else "no",
    ]


def _as_json(company: "Company", run: "RunSummary") -> dict[str, Any]:
    return {
        "run": run.id,
        "on": run.on,
        "at": run.at,
        "by": run.by,
        "threshold": company.money(run.threshold_cents),
        "amount": company.money(run.amount_cents),
        "expires_on": run.expires_on,
        "guests": run.n_guests,
        "rewards": run.n_rewards,
        "undone": run.is_undone,
    }


def _figures_cells(company: "Company", one: "RunFigures") -> list[str]:
    return [
        one.guest,
        one.name,
        _money(company, one.total_cents) or "-",
        _money(company, one.consumed_cents) or "-",
        str(one.n_rewards),
        _money(company, one.carry_cents) or "-",
    ]


def _figures_as_json(company: "Company", one: "RunFigures") -> dict[str, Any]:
    return {
        "guest": one.guest,
        "name": one.name,
        "qualifying_sales": _money(company, one.total_cents),
        "consumed_before": _money(company, one.consumed_cents),
        "rewards": one.n_rewards,
        "carry": _money(company, one.carry_cents),
    }


def _money(company: "Company", cents: int | None) -> str | None:
    return None if cents is None else company.money(cents)
