"""Runs of rewards: all that were made, and of each its result, letters, e-mails, undoing."""

from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _

from regulars.faces.office import carrying
from regulars.faces.office.reward_tabs import tabs
from regulars.faces.office.rewards import rows_of
from regulars.faces.shared.listing import PER_PAGE, Column, listing_of
from regulars.faces.shared.pages import page
from regulars.faces.shared.reward_words import REWARD_STATES, STATE_COLORS
from regulars.faces.shared.sending import new_token, token_of
from regulars.faces.shared.visits import Visit
from regulars.records.queries import reward_lists, reward_orders, reward_table, run_results
from regulars.records.queries.reward_lists import RunSummary
from regulars.records.queries.reward_table import Asked
from regulars.rules.permissions import Permission
from regulars.services import reward_office
from regulars.services import reward_orders as orders
from regulars.services.messages import letters

PROCESS = Permission.PROCESS_REWARDS
EXAMPLE = {"ref": "rewards-2026-q1"}
LETTERS_IN_A_FILE = 1000
"""More take too long to draw, and too long to print in one go."""
COLUMNS = (
    Column("code", _("Code")),
    Column("guest", _("Guest"), is_sortable=False),
    Column("amount", _("Amount"), "number"),
    Column("state", _("State"), is_sortable=False),
    Column("issued", _("Given on"), "day"),
    Column("ends", _("Good through"), "day"),
    Column("from", _("From"), is_sortable=False),
)
MESSAGE_STATES = {
    "waiting": _("to be sent"),
    "sending": _("to be sent"),
    "sent": _("sent"),
    "withheld": _("not told"),
    "dead": _("could not be delivered"),
}
REASONS = {
    "The guest was merged into another, who is told instead.": _(
        "Merged into another guest, who is told instead."
    ),
    "The guest has opted out of the loyalty program.": _("Does not take part in the program."),
    "The guest has no e-mail address.": _("No e-mail address is known."),
    "The guest does not want to be told by e-mail.": _("Does not want e-mails."),
    "The guest has not agreed to be told reward_issued by e-mail.": _(
        "Has not agreed to be told by e-mail."
    ),
    "Messages came back.": _("E-mails to this address came back."),
}


@page("rewards/runs", under="rewards")
def reward_runs(visit: Visit) -> HttpResponse:
    """Every run, the last first, and what is prepared or under way."""
    context = {
        "runs": reward_lists.runs(),
        "open": reward_orders.unfinished() if visit.may(PROCESS) else [],
        "tabs": tabs(visit, "reward_runs"),
    }
    return visit.show("office/reward_runs.html", context)


@page("rewards/run/<path:ref>", example=EXAMPLE, under="rewards")
def reward_run(visit: Visit, ref: str) -> HttpResponse:
    """What a run gave, what became of it, and who could be told."""
    run = reward_office.find_run(ref)
    listing = listing_of(visit.request, COLUMNS, order="code")
    asked = Asked(on=visit.today, run=run.key)
    found = reward_table.reward_page(
        asked,
        order=listing.order,
        is_descending=listing.is_descending,
        offset=listing.offset,
        limit=PER_PAGE,
    )
    tally = reward_lists.tally_of_run(run, on=visit.today)
    context = {
        "run": run,
        "total_cents": run.n_rewards * run.amount_cents,
        "tally": [_tally(one) for one in tally],
        "n_used": orders.redeemed_in(tally),
        "parts": [] if run.is_undone else _parts(run),
        "told": [_told(one) for one in run_results.told_of_run(run)],
        "open": [one for one in reward_orders.of_run(ref) if one.state != orders.DONE],
        "shown": listing.of(rows_of(visit, found), sum(one.n_rewards for one in tally)),
        "back": visit.request.get_full_path(),
        "token": new_token(),
        "tabs": tabs(visit, "reward_runs"),
    }
    return visit.show("office/reward_run.html", context)


def _tally(one: reward_lists.Tally) -> dict[str, Any]:
    return {"one": one, "state": REWARD_STATES[one.status], "color": STATE_COLORS[one.status]}


def _told(one: run_results.Told) -> dict[str, Any]:
    return {
        "state": MESSAGE_STATES.get(one.state, one.state),
        "why": REASONS.get(one.problem, one.problem),
        "n": one.n_guests,
        "is_good": one.state == "sent",
    }


def _parts(run: RunSummary) -> list[dict[str, int]]:
    """The files of letters: number, and the first and last letter in it."""
    n_letters = run_results.guests_with_letters(run)
    return [
        {
            "number": number,
            "first": first + 1,
            "last": min(first + LETTERS_IN_A_FILE, n_letters),
        }
        for number, first in enumerate(range(0, n_letters, LETTERS_IN_A_FILE), start=1)
    ]


@page("rewards/letters/<int:part>/<path:ref>", needs=PROCESS, under="rewards")
def reward_letters(visit: Visit, part: int, ref: str) -> Any:
    """Letters with coupons to cut out, a thousand to a file."""
    first = max(part - 1, 0) * LETTERS_IN_A_FILE
    chosen = slice(first, first + LETTERS_IN_A_FILE)
    out = TemporaryFile()  # noqa: SIM115 - the response closes it
    letters.letters_of_run(visit.company, ref, out, on=visit.today, part=chosen)
    out.seek(0)
    name = f"letters-{ref}-{part}.pdf"
    return FileResponse(out, as_attachment=True, filename=name)


@page("rewards/tell/<path:ref>", needs=PROCESS, methods=("POST",))
def reward_tell(visit: Visit, ref: str) -> HttpResponse:
    """E-mail the guests of a run who have agreed to it."""
    key = UUID(token_of(visit))
    orders.place_telling(key, ref, now=visit.now, by=visit.actor)
    return _under_way(visit, ref)


@page(
    "rewards/undo/<path:ref>",
    needs=PROCESS,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="rewards",
)
def reward_undo(visit: Visit, ref: str) -> HttpResponse:
    """What would be taken back and what cannot be, then taken back (rule 10.5)."""
    run = reward_office.find_run(ref)
    if visit.request.method == "POST":
        key = UUID(token_of(visit))
        orders.place_undo(visit.company, key, ref, now=visit.now, by=visit.actor)
        return _under_way(visit, ref)
    tally = {one.status: one for one in reward_lists.tally_of_run(run, on=visit.today)}
    going = [tally[state] for state in ("issued", "held", "expired") if state in tally]
    used = Asked(on=visit.today, run=run.key, status="redeemed")
    shown: dict[str, Any] = {"order": "code", "is_descending": False, "offset": 0, "limit": 10}
    context = {
        "run": run,
        "going": [_tally(one) for one in going],
        "n_going": sum(one.n_rewards for one in going),
        "going_cents": sum(one.cents for one in going),
        "void": tally.get("void"),
        "redeemed": tally.get("redeemed"),
        "used": reward_table.reward_page(used, **shown),
        "sales_cents": run.n_rewards * run.threshold_cents,
        "token": new_token(),
        "tabs": tabs(visit, "reward_runs"),
    }
    return visit.show("office/reward_undo.html", context)


def _under_way(visit: Visit, ref: str) -> HttpResponse:
    """To the progress of what was just ordered about a run."""
    carrying.take_up(visit.company.ref)
    [order, *_earlier] = reward_orders.of_run(ref)
    return visit.go("reward_order", ref=str(order.key))
