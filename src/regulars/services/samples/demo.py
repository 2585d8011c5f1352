"""Alder & Rue, a salon, spa and photo studio with three centers: the demo organization.

Two years, July 2024 to June 2026, the same every time: all chance comes from one seeded source,
no clock is read. A program with four tiers (the lowest is a stage) is replaced by a second
version after a year; money rewards are issued every quarter. About 1,200 guests come by rhythms
of their own, most of them once; Saturdays and December are full.

Guests with a story, as they stand at the end of LAST_DAY (the numbers are worked out by hand in
docs/use/demo.md):

- `vivian-castellanos`: Gold, about to lose it. 367.00 to spend by 31 July 2026.
- `priya-raman`: became Gold three days ago.
- `colin-brandt`: -680 points. The wedding was called off after its points had been spent.
- `mei-ling-zhao`: 90.00 in rewards, three from runs and one by hand; two used before.
- `tobias-lindqvist`: 670 of his 817 points lapse after 5 July 2026.
- `grace-adeyemi`: Platinum; five friends, points approved by the owner, praise published twice.
- `jonathan-mercer`: two records of one man, merged; Silver with the next visit.
- `salma-haddad`: un-enrolled by the check; 363 points frozen.
- `felix-nakagawa`: in the stage tier; 165 points that wait for Silver, and a refusal.
- `dana-whitlock`: 798 points, 300 of them held for a booking on 3 July.
- `oscar-beltran`: born on 29 February; earns double on the 28th.
- `ruth-goldberg`: enrolled straight into Platinum; never checked for downgrade.
- `hannah-kowalski`: cancelled her enrollment; opted out.
- `ines-duarte`: 578 of her 1,026 points, due to lapse in March, were extended to September.
- `andre-baptiste`: a deposit, the balance, an exchange: his invoice was closed twice.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from regulars.services.samples.common import Record, program
from regulars.services.samples.demo_calendar import FIRST_DAY, LAST_DAY, is_open, season
from regulars.services.samples.demo_catalog import CENTERS, ITEMS, STATUSES
from regulars.services.samples.demo_days import World, plan_first_visit
from regulars.services.samples.demo_office import run_the_office
from regulars.services.samples.demo_people import population
from regulars.services.samples.demo_records import TIME_ZONE, Timeline, item_record, minutes
from regulars.services.samples.demo_stories import NAMES, tell
from regulars.services.samples.demo_visits import renew_club, sell_over_the_counter, serve

__all__ = ["FIRST_DAY", "LAST_DAY", "ORGANIZATION", "records"]

ORGANIZATION = "alder-rue"
_SEED = 20240701
_N_GUESTS = 1_180
# The second program is published two weeks before it takes effect.
_SECOND_PROGRAM_AT = datetime.fromisoformat("2025-06-16T09:00")


def records() -> Iterator[Record]:
    """Contract records in order of `at`, day by day, up to the end of LAST_DAY."""
    world = World(Random(_SEED), Timeline([]))
    days = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    yield from _setting_up()
    second = program("demo_2025", at=_SECOND_PROGRAM_AT.isoformat(timespec="minutes"))
    world.timeline.put(_SECOND_PROGRAM_AT, second)
    tell(world.timeline, FIRST_DAY)
    world.people = population(world.rng, _N_GUESTS, days, taken=set(NAMES))
    for guest in world.people:
        plan_first_visit(world, guest)
    for day in days:
        _open_the_doors(world, day)
        yield from world.timeline.take_until(datetime.combine(day, time.max))


def _setting_up() -> Iterator[Record]:
    at = f"{FIRST_DAY}T07:00"
    yield {
        "type": "organization",
        "id": ORGANIZATION,
        "name": "Alder & Rue",
        "currency": "USD",
        "time_zone": TIME_ZONE,
        "at": at,
    }
    yield program("demo_2024", at=at)
    for center in CENTERS.values():
        record = {"type": "center", "id": center.id, "name": center.name}
        # Explicit: in Chicago it is still an hour earlier.
        zone = {"time_zone": center.time_zone} if center.time_zone else {}
        yield record | zone | {"at": f"{at}-04:00"}
    for status, (name, included) in STATUSES.items():
        record = {"type": "status", "id": status, "name": name}
        yield record | {"include_in_loyalty_rewards": included, "at": at}
    for item in ITEMS.values():
        yield item_record(item) | {"at": at}


def _open_the_doors(world: World, day: date) -> None:
    """The day's visits in their order, then the counter, the clubs and the office."""
    run_the_office(world, day)
    for plan in sorted(world.plans.pop(day, []), key=lambda plan: plan.starts_at):
        serve(world, plan)
    morning = datetime.combine(day, time(9))
    for guest in world.people:
        if guest.club_day == day.day and (guest.treat_on and guest.treat_on < day):
            left = guest.leaves_on is not None and guest.leaves_on < day
            guest.club_day = None if left else guest.club_day
            if not left:
                renew_club(world, guest, morning - minutes(30))
    if is_open(day):
        _sell_over_the_counter(world, day)


def _sell_over_the_counter(world: World, day: date) -> None:
    rng = world.rng
    for guest in world.people:
        if guest.buys_only and guest.first_on == day:
            at = datetime.combine(day, time(rng.randrange(11, 18), rng.randrange(60)))
            sell_over_the_counter(world, guest, at=at, craft=guest.craft)
    for center in CENTERS.values():
        if not world.chance(0.26 * season(day)):
            continue
        here = [g for g in world.people if g.known and g.home is center and g.n_visits]
        if here:
            at = datetime.combine(day, time(rng.randrange(11, 18), rng.randrange(60)))
            guest = rng.choice(here)
            sell_over_the_counter(world, guest, at=at, craft=guest.craft)
