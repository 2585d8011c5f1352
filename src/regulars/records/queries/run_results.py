"""What became of a run's letters and e-mails, and how many guests still hold its rewards."""

from dataclasses import dataclass

from regulars.records.bulk import select
from regulars.records.queries.reward_lists import RunSummary
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class Told:
    """How many e-mails about a run are in a state, and why if they were withheld or failed.

    `state` is as in `records_message`; `problem` is "" where there is none, and
    "Messages came back." whatever the address.
    """

    state: str
    problem: str
    n_guests: int


def told_of_run(run: RunSummary) -> list[Told]:
    """E-mails about a run, the most first. One query."""
    org = current_organization()
    rows = select(
        """SELECT m.state, CASE WHEN m.problem IS NULL OR m.state NOT IN ('withheld', 'dead')
            THEN '' WHEN m.problem LIKE 'Messages to %%' THEN 'Messages came back.'
            ELSE m.problem END AS why, COUNT(*) AS n
        FROM records_message m WHERE m.organization_id = %s AND m.kind = 'reward_issued'
        AND m.channel = 'email' AND m.occasion = %s AND m.guest_id IN (
            SELECT guest_id FROM records_reward WHERE organization_id = %s AND run_id = %s)
        GROUP BY m.state, why ORDER BY n DESC, m.state, why""",
        [org, f"process_rewards/{run.id}", org, run.key],
        types="text text int",
    )
    return [Told(*row) for row in rows]


def guests_with_letters(run: RunSummary) -> int:
    """How many guests have a reward of it that may still be used. One query."""
    [row] = select(
        """SELECT COUNT(DISTINCT guest_id) FROM records_reward WHERE organization_id = %s
        AND run_id = %s AND state = 'issued' AND rest_of IS NULL""",
        [current_organization(), run.key],
    )
    return int(row[0])
