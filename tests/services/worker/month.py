"""A small company's March, day by day: two coasts, points that end, reminders, statements.

`live` is for a process of its own, in the database of the environment: facts as they come in,
and a worker at each hour that matters. It says each step that it begins, and goes on where an
earlier one stopped, so that it may be killed at any moment.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from tests.services.short_histories import (
    GOLD,
    SILVER,
    START,
    Fact,
    command,
    guest,
    invoice,
    open_invoice,
    program,
)

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
NEW_YORK, LOS_ANGELES = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
GUESTS = [f"g{n:02}" for n in range(30)]
ENROLLED = [ref for n, ref in enumerate(GUESTS) if n % 3 and n % 5]
_SHORT = {"points_expire_after_days": 12, "validity_days": 20}
_SETTINGS = {
    "tiers": [SILVER | _SHORT, GOLD | _SHORT],
    "expiry_reminder_days": [5, 1],
    "statement_every_months": 1,
}


def beginning() -> list[Fact]:
    """The company, its guests and what they bought in February."""
    venice = {"type": "center", "id": "venice", "name": "Venice", "at": "2026-01-01"}
    west = {**venice, "time_zone": "America/Los_Angeles"}
    status = {"type": "status", "id": "regular", "name": "Regular", "at": "2026-01-01"}
    included = {**status, "include_in_loyalty_rewards": True}
    people = [
        guest(ref, email=f"{ref}@example.com", phone=f"+1212555{n:04}", status="regular")
        for n, ref in enumerate(GUESTS)
    ]
    bought = [
        invoice(f"feb-{ref}", ref, f"{90 + 40 * (n % 5)}.00", f"2026-02-{14 + n % 14}")
        for n, ref in enumerate(GUESTS)
        if n % 3
    ]
    bought.sort(key=lambda one: one["at"])
    return [*START, west, included, program(**_SETTINGS), *people, *bought]


def facts_of(day: date) -> list[Fact]:
    """What comes in on a day: the same whenever it is asked for."""
    rng = Random(day.toordinal())
    found: list[Fact] = []
    for ref in rng.sample(GUESTS, 3):
        center = rng.choice(["soho", "venice"])
        amount = f"{rng.choice([40, 75, 130, 480, 900])}.00"
        found.append(invoice(f"{day}-{ref}", ref, amount, f"{day}", center=center))
    if day.day % 4 == 0:
        found.append(_by_hand("add_points", day, rng, points=300, expires_on=f"{LAST}"))
        one = _by_hand("issue_reward", day, rng, amount="15.00")
        found.append(one | {"expires_on": f"{day + timedelta(days=7)}"})
    if day.day % 4 == 1 and day > FIRST:
        earlier = _by_hand("add_points", day - timedelta(days=1), rng)["guest"]
        bill = open_invoice(f"bill-{day}", earlier, "200.00", f"{day}")
        terms = {"guest": earlier, "invoice": bill["id"], "points": 100}
        found += [bill, command(f"redeem_points/{day}", f"{day}T12:30", **terms)]
    if day.day == 20:
        terms = {"threshold": "400.00", "amount": "20.00", "expires_on": "2026-04-01"}
        found.append(command("process_rewards/spring", f"{day}T18:00", **terms))
    return found


def _by_hand(what: str, day: date, rng: Random, **fields: object) -> Fact:
    ref = ENROLLED[day.day % len(ENROLLED)]
    return command(f"{what}/{day}", f"{day}T12:00", guest=ref, **fields)


@dataclass(frozen=True)
class Step:
    """Facts come in on a day, or a worker looks in at an instant."""

    day: date | None
    at: datetime | None


def steps() -> Iterator[Step]:
    day = FIRST
    while day <= LAST:
        yield Step(day, None)
        after = day + timedelta(days=1)
        hours = [
            (after, time(0, 5), NEW_YORK),
            (after, time(0, 5), LOS_ANGELES),
            (after, time(9), NEW_YORK),
        ]
        for on, hour, zone in hours:
            yield Step(None, datetime.combine(on, hour, tzinfo=zone).astimezone(UTC))
        day = after
    # What a worker that died was sending is sent again when its time is up.
    yield Step(None, datetime(2026, 4, 1, 15, tzinfo=UTC))


# -- living through it ------------------------------------------------------------------------


def begin() -> None:
    """February, everybody's consent, and every kind switched on from March."""
    from regulars.services import importing, upkeep
    from regulars.services.messages import consent, kinds, switches

    refused = []

    def note(result) -> None:
        if result.status != "applied":
            refused.append(result)

    importing.import_records(enumerate(beginning()), emit=note)
    assert not refused, refused
    at = datetime(2026, 3, 1, tzinfo=UTC)
    with upkeep.at_work("lumen") as company:
        for ref in GUESTS[:8]:
            for channel in ("email", "sms"):
                terms = {"channel": channel, "state": "given", "how": "desk"}
                consent.record_consent(company, ref, at=at, by="owner", **terms)
        for kind in kinds.KINDS:
            switches.switch_on(company, kind, "email", told_from=FIRST, at=at, by="owner")
        for kind in ("reward_expiring", "reward_issued"):
            switches.switch_on(company, kind, "sms", told_from=FIRST, at=at, by="owner")


def take(step: Step) -> list:
    """One step; what the worker ended in it."""
    from regulars.services import importing, upkeep, worker, workers

    if step.day is not None:
        refused = []

        def note(result) -> None:
            if result.status == "refused":
                refused.append(result)

        importing.import_records(enumerate(facts_of(step.day)), emit=note, organization="lumen")
        assert not refused, refused
        return []
    assert step.at is not None
    with upkeep.at_work("lumen") as company:
        name = workers.name_of_this_process()
        return worker.run_due(company, now=step.at, worker=name)


def live(progress: Path, say: Callable[[int], None]) -> None:
    """All steps from the one that was begun last; it may have been done, or half of it."""
    first = int(progress.read_text()) if progress.exists() else 0
    for place, step in enumerate(steps()):
        if place < first:
            continue
        draft = progress.with_suffix(".draft")
        draft.write_text(str(place))
        draft.replace(progress)
        say(place)
        failed = [one for one in take(step) if one.state != "done"]
        assert not failed, failed
