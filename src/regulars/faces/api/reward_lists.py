"""Rewards and the runs that issued them, looked up."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from regulars.faces.api import reading, schemas, shapes
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.ledger import instant
from regulars.faces.api.reading import After, Day, Document, Expand, Fields, Limit, json
from regulars.records.queries import reward_lists
from regulars.records.queries.reward_lists import RewardLine, RunSummary, Wanted
from regulars.rules.refusals import Refused, unknown_reference

router = Router(tags=["Rewards"])

Status = Literal["outstanding", "issued", "held", "redeemed", "void", "expired"]
_REWARD = shapes.some("Reward", shapes.REWARD)
_TALLY = shapes.whole("RunTally", shapes.TALLY)
_RUN = shapes.some("RewardRun", shapes.RUN, tally=shapes.list_of(_TALLY))
AsOf = Annotated[
    Day | None,
    Query(description="Those issued by this day, expired as of it; not in the future."),
]


@router.get(
    "/rewards",
    operation_id="list_rewards",
    summary="Rewards, of a guest, a run or a status",
    openapi_extra=schemas.answering(shapes.page_of(_REWARD), 422),
)
def rewards(
    request: HttpRequest,
    guest: Annotated[str | None, Query(max_length=200)] = None,
    run: Annotated[str | None, Query(max_length=200)] = None,
    status: Status | None = None,
    as_of: AsOf = None,
    after: After = "",
    limit: Limit = 50,
    fields: Fields = None,
) -> HttpResponse:
    """In the order of their codes; outstanding is issued or held, and not expired."""
    kept = reading.named(fields, shapes.REWARD, field="fields")
    with call_of(request) as call:
        if guest is None:
            reading.require_every_center(call, "a list of rewards of all guests")
        wanted = Wanted(_day(call, as_of), guest=guest, run=run, status=status)
        rows = reward_lists.rewards_after(after, wanted, limit=limit + 1)
        return reading.page(
            rows,
            limit,
            cursor=lambda one: one.id,
            told=lambda shown: [_reward(call, one) for one in shown],
            fields=kept,
        )


@router.get(
    "/rewards/{id}",
    operation_id="get_reward",
    summary="One reward by its code",
    openapi_extra=schemas.answering(_REWARD, 404, 422),
)
def reward(
    request: HttpRequest, id: str, as_of: AsOf = None, fields: Fields = None
) -> HttpResponse:
    """What it is worth, whose it is, and what became of it."""
    kept = reading.named(fields, shapes.REWARD, field="fields")
    with call_of(request) as call:
        wanted = Wanted(_day(call, as_of), code=id)
        rows = reward_lists.rewards_after("", wanted, limit=1)
        if not rows:
            raise unknown_reference("reward", id, field="id")
        return json(reading.only([_reward(call, rows[0])], kept)[0])


@router.get(
    "/runs",
    operation_id="list_runs",
    summary="Runs of Process Loyalty Rewards",
    openapi_extra=schemas.answering(shapes.page_of(_RUN), 422),
)
def runs(
    request: HttpRequest,
    after: After = "",
    limit: Limit = 50,
    expand: Expand = None,
    fields: Fields = None,
) -> HttpResponse:
    """The last first. `expand=tally`: what has become of their rewards."""
    wanted = reading.named(expand, ("tally",), field="expand")
    kept = reading.named(fields, shapes.RUN, field="fields")
    with call_of(request) as call:
        reading.require_every_center(call, "the list of runs")
        rows = reward_lists.runs()
        if after:
            places = [place for place, one in enumerate(rows) if one.id == after]
            if not places:
                raise reading.no_cursor(after)
            rows = rows[places[0] + 1 :]
        return reading.page(
            rows,
            limit,
            cursor=lambda one: one.id,
            told=lambda shown: [_run(call, one, with_tally=bool(wanted)) for one in shown],
            fields=[*kept, *wanted] if kept else (),
        )


@router.get(
    "/runs/{id}",
    operation_id="get_run",
    summary="One run",
    openapi_extra=schemas.answering(_RUN, 404, 422),
)
def run(
    request: HttpRequest, id: str, expand: Expand = None, fields: Fields = None
) -> HttpResponse:
    """Who ran it, when, with which parameters. `expand=tally`: what became of its rewards."""
    wanted = reading.named(expand, ("tally",), field="expand")
    kept = reading.named(fields, shapes.RUN, field="fields")
    with call_of(request) as call:
        reading.require_every_center(call, "a run")
        found = reward_lists.runs(id)
        if not found:
            raise unknown_reference("run", id, field="id")
        told = _run(call, found[0], with_tally=bool(wanted))
        return json(reading.only([told], [*kept, *wanted] if kept else ())[0])


def _day(call: Call, as_of: date | None) -> date:
    today = call.now.astimezone(call.company.zone).date()
    if as_of is not None and as_of > today:
        raise Refused(
            "invalid_record",
            f"This day is still to come; today is {today}.",
            field="as_of",
            value=as_of.isoformat(),
        )
    return as_of or today


def _reward(call: Call, one: RewardLine) -> Document:
    return {
        "id": one.id,
        "guest": one.guest,
        "amount": call.company.money(one.amount_cents),
        "applied": call.company.money(one.applied_cents),
        "status": one.status,
        "issued_on": one.issued_on.isoformat(),
        "expires_on": one.expires_on.isoformat() if one.expires_on else None,
        "source": one.source,
        "run": one.run,
        "invoice": one.invoice,
        "rest_of": one.rest_of,
        "note": one.note,
        "void_reason": one.void_reason,
        "by": one.issued_by,
    }


def _run(call: Call, one: RunSummary, *, with_tally: bool) -> Document:
    told: Document = {
        "id": one.id,
        "threshold": call.company.money(one.threshold_cents),
        "amount": call.company.money(one.amount_cents),
        "expires_on": one.expires_on.isoformat() if one.expires_on else None,
        "date": one.on.isoformat(),
        "at": instant(one.at),
        "by": one.by,
        "is_undone": one.is_undone,
        "guests": one.n_guests,
        "rewards": one.n_rewards,
    }
    if with_tally:
        told["tally"] = [
            {
                "status": tally.status,
                "rewards": tally.n_rewards,
                "amount": call.company.money(tally.cents),
            }
            for tally in reward_lists.tally_of_run(one, on=_day(call, None))
        ]
    return told
