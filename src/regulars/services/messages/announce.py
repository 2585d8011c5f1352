"""Guests told of the rewards of a run, when staff ask for it (rule 10.3)."""

from datetime import datetime

from regulars.records import models
from regulars.records.queries import told_guests
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services.messages.kinds import EMAIL
from regulars.services.messages.making import Occasion, make_messages
from regulars.services.messages.values import reward_values
from regulars.services.organizations import Company
from regulars.services.transactions import write


def tell_rewards_of_run(company: Company, run: str, *, at: datetime) -> int:
    """Queue an e-mail for every guest of a run, listing all her rewards of it; how many rows.

    Whatever the switches say, but not against a guest's will. Asked again it adds nothing.
    """
    return write(lambda: make_messages(company, occasions_of_run(run), at=at, channels={EMAIL}))


def occasions_of_run(run_ref: str) -> list[Occasion]:
    """One occasion a guest, by the guests' row ids; refused for a run unknown or undone."""
    run = models.RewardRun.objects.filter(external_id=run_ref).first()
    if run is None:
        raise unknown_reference("run", run_ref, field="run")
    if run.is_undone:
        raise Refused(
            "conflict",
            said(
                "Run {run} was undone: its rewards are void, so there is nothing to tell.",
                run=run_ref,
            ),
            field="run",
            value=run_ref,
        )
    return [
        Occasion(
            guest,
            "reward_issued",
            f"process_rewards/{run}",
            run.run_on,
            reward_values(rewards),
        )
        for guest, rewards in sorted(told_guests.rewards_of_run(run.id).items())
    ]
