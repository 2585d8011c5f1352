"""The demo's back office: reward runs, points by hand, rewards by hand, holds."""

from datetime import date, datetime, time, timedelta

from regulars.services.samples.demo_catalog import MANAGERS, MARKETING, OWNER
from regulars.services.samples.demo_days import World
from regulars.services.samples.demo_people import Guest
from regulars.services.samples.demo_records import command, minutes

THRESHOLD_CENTS = 1_000_00
REWARD_CENTS = 25_00
# On Mondays, when the centers are closed: (run, day, the rewards' last day).
RUNS = (
    ("rewards-2025-q1", date(2025, 4, 7), date(2025, 12, 31)),
    ("rewards-2025-q2", date(2025, 7, 7), date(2026, 3, 31)),
    ("rewards-2025-q3", date(2025, 10, 6), date(2026, 6, 30)),
    ("rewards-2025-q4", date(2026, 1, 12), date(2026, 9, 30)),
    ("rewards-2026-q1", date(2026, 4, 6), date(2026, 12, 31)),
)
_INCLUDED = frozenset({"regular", "vip"})
# How far the generator's own sum of qualifying sales may be off before it stops guessing.
_DOUBT_CENTS = 40_00
_GOODWILL = (
    ("goodwill", "Waited twenty minutes."),
    ("goodwill", "Birthday of her daughter."),
    ("service_recovery", "Color had to be corrected."),
    ("service_recovery", "Double booked, sent to the other center."),
    ("promotion", "Drew the winning ticket at the open evening."),
    ("correction", "Points of the old paper card."),
)
_NOTES = (
    "Sorry about the burst pipe.",
    "Modelled for the autumn pictures.",
    "Five years with us.",
)


def run_the_office(world: World, day: date) -> None:
    """What the office does on a day; most days nothing."""
    morning = datetime.combine(day, time(10))
    for run, on, last_day in RUNS:
        if on == day:
            _process_rewards(world, run, morning, last_day=last_day)
    if day == date(2025, 10, 6):
        _run_by_mistake(world, morning - minutes(40))
    if day.weekday() == 0:
        _correct_points(world, morning + minutes(45))
    if day.weekday() == 3 and world.chance(0.13):
        _issue_reward(world, morning + minutes(95), day)


def _process_rewards(world: World, run: str, at: datetime, *, last_day: date) -> None:
    """The run names nobody: whoever qualifies. What each got is worked out for later visits."""
    fields = {"threshold": "1000.00", "amount": "25.00", "expires_on": last_day.isoformat()}
    world.timeline.put(at, command("process_rewards", run, MARKETING, **fields))
    for guest in world.people:
        if guest.status not in _INCLUDED or guest.unsure:
            continue
        free = guest.qualifying_cents - guest.consumed_cents
        n_rewards, carry = divmod(free, THRESHOLD_CENTS)
        if not _DOUBT_CENTS < carry < THRESHOLD_CENTS - _DOUBT_CENTS and free > _DOUBT_CENTS:
            guest.unsure = True
            continue
        guest.consumed_cents += n_rewards * THRESHOLD_CENTS
        for n in range(1, n_rewards + 1):
            guest.rewards.append((f"{run}:{guest.id}:{n}", REWARD_CENTS, last_day))


def _run_by_mistake(world: World, at: datetime) -> None:
    """A zero too few in the threshold, seen in time and taken back."""
    fields = {"threshold": "100.00", "amount": "25.00", "expires_on": "2026-06-30"}
    run = command("process_rewards", "rewards-2025-q3-typo", MARKETING, **fields)
    world.timeline.put(at, run)
    undo = command("undo_process_rewards", "undo-typo", OWNER, run="rewards-2025-q3-typo")
    world.timeline.put(at + minutes(12), undo)


def _correct_points(world: World, at: datetime) -> None:
    guest = _somebody(world, at.date())
    if guest is None:
        return
    if world.chance(0.5):
        reason, comment = world.rng.choice(_GOODWILL)
        points = world.rng.choice((25, 50, 50, 75, 100, 100, 150, 200))
        fields = {"guest": guest.id, "points": points, "reason": reason, "comment": comment}
        added = command("add_points", world.new_id("p"), MANAGERS[guest.home.id], **fields)
        world.timeline.put(at, added)
    elif world.chance(0.3) and guest.points_on(at.date()) > 120:
        fields = {"guest": guest.id, "points": 20, "reason": "correction"}
        comment = "Feedback given twice for one visit."
        taken = command(
            "remove_points",
            world.new_id("p"),
            MANAGERS[guest.home.id],
            **fields,
            comment=comment,
        )
        guest.take_points(20, at.date())
        world.timeline.put(at, taken)


def _issue_reward(world: World, at: datetime, day: date) -> None:
    guest = _somebody(world, day)
    if guest is None or day < date(2025, 1, 1):
        return
    reward = world.new_id("w")
    last_day = day + timedelta(days=world.rng.choice((60, 90, 180)))
    fields = {"guest": guest.id, "amount": "20.00", "expires_on": last_day.isoformat()}
    note = world.rng.choice(_NOTES)
    issued = command("issue_reward", reward, MANAGERS[guest.home.id], **fields, note=note)
    world.timeline.put(at, issued)
    fate = world.rng.random()
    if fate < 0.12:
        void = {"reward": reward, "reason": "Issued to the wrong guest."}
        voided = command("void_reward", world.new_id("v"), MANAGERS[guest.home.id], **void)
        world.timeline.put(at + minutes(15), voided)
    elif fate < 0.24:
        longer = {"reward": reward, "expires_on": (last_day + timedelta(days=90)).isoformat()}
        edited = command("edit_reward", world.new_id("v"), MARKETING, **longer)
        world.timeline.put(at + timedelta(days=3), edited)
        guest.rewards.append((reward, 20_00, last_day))
    else:
        guest.rewards.append((reward, 20_00, last_day))


def _somebody(world: World, day: date) -> Guest | None:
    """A guest who comes often and was here in the last three months."""
    here = [
        guest
        for guest in world.people
        if guest.n_visits >= 4 and guest.spent_since(day - timedelta(days=90)) > 0
    ]
    return world.rng.choice(here) if here else None
