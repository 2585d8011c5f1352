"""The demo's book: when guests come, how they book, who cancels, moves or does not show up."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from regulars.services.samples.demo_calendar import (
    FIRST_DAY,
    WEEKDAY_HOURS,
    WEEKDAYS,
    WEEKEND_HOURS,
    is_open,
    season,
)
from regulars.services.samples.demo_catalog import HANDS, ITEMS, MENU, Center
from regulars.services.samples.demo_people import Guest
from regulars.services.samples.demo_records import (
    Appointment,
    Timeline,
    command,
    exact,
    minutes,
)

HELD_POINTS = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """A visit that will take place. A walk-in has no appointment."""

    guest: Guest
    center: Center
    starts_at: datetime
    appointment: Appointment | None


@dataclass(slots=True)
class World:
    """What the generator carries from day to day."""

    rng: Random
    timeline: Timeline
    people: list[Guest] = field(default_factory=list)
    hands: Counter[tuple[str, date]] = field(default_factory=Counter)
    """How often each pair of hands is asked for on a day."""
    plans: defaultdict[date, list[Plan]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)

    def new_id(self, letter: str) -> str:
        self.counts[letter] += 1
        return f"{letter}{self.counts[letter]:05d}"

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


def open_day_near(world: World, day: date, *, after: date) -> date:
    """An open day within four of the wish, after the other; Saturdays are asked for most."""
    near = [day + timedelta(days=n) for n in range(-4, 5)]
    days = [d for d in near if d > after and is_open(d)]
    if not days:
        return next(d for n in range(1, 9) if is_open(d := after + timedelta(days=n)))
    return world.rng.choices(days, weights=[WEEKDAYS[d.weekday()] for d in days])[0]


def slot(world: World, day: date, center: Center) -> datetime:
    """A quarter hour of that center's opening hours, in the organization's time."""
    hours = WEEKEND_HOURS if day.weekday() >= 5 else WEEKDAY_HOURS
    hour = world.rng.choices(list(hours), weights=list(hours.values()))[0]
    start = datetime.combine(day, time(hour, world.rng.choice((0, 15, 30, 45))))
    return start + minutes(60 if center.time_zone else 0)


def introduce(world: World, guest: Guest, at: datetime) -> None:
    """The guest's record, made with the first booking or at the till."""
    if guest.known:
        return
    guest.known = True
    if guest.online:
        channel = "mobile_app" if world.chance(0.35) else "webstore"
        guest.signup = (channel, at)
    world.timeline.put(at, guest.record())


def plan_first_visit(world: World, guest: Guest) -> None:
    day = open_day_near(world, guest.first_on, after=FIRST_DAY - timedelta(days=1))
    if guest.buys_only:
        return
    starts_at = slot(world, day, guest.home)
    if world.chance(0.07):
        walk_in(world, guest, starts_at)
        return
    booked_at = starts_at - timedelta(days=world.rng.randint(1, 12), minutes=37)
    opening = datetime.combine(FIRST_DAY, time(8)) + minutes(world.rng.randrange(50))
    booked_at = min(max(booked_at, opening), starts_at - minutes(15))
    introduce(world, guest, booked_at)
    book(world, guest, starts_at=starts_at, booked_at=booked_at, channel=_channel(world, guest))


def plan_next_visit(world: World, guest: Guest, left_at: datetime) -> None:
    """By the guest's rhythm, rather in a busy month; booked at once, later, or not at all."""
    day = _next_day(world, guest, left_at.date())
    if day is None:
        return
    center = guest.home
    starts_at = slot(world, day, center)
    rebooks = 0.42 if (guest.rhythm_days or 999) < 60 else 0.12
    soon = day - left_at.date() < timedelta(days=120)
    if soon and world.chance(rebooks):
        # At the desk while paying, or with the phone on the way home.
        later = minutes(world.rng.randint(20, 150)) if guest.online else minutes(2)
        channel = _channel(world, guest) if guest.online else "desk"
        book(world, guest, starts_at=starts_at, booked_at=left_at + later, channel=channel)
    elif world.chance(0.08):
        walk_in(world, guest, starts_at)
    else:
        ahead = timedelta(days=world.rng.randint(1, 15), minutes=world.rng.randrange(200))
        booked_at = max(starts_at - ahead, left_at + timedelta(hours=14))
        channel = _channel(world, guest)
        book(world, guest, starts_at=starts_at, booked_at=booked_at, channel=channel)


def _next_day(world: World, guest: Guest, today: date) -> date | None:
    rng = world.rng
    rhythm = guest.rhythm_days
    if rhythm is None:
        if not world.chance(0.13):
            return None
        rhythm = rng.randint(60, 300)
    around = range(max(rhythm * 3 // 4, 5), max(rhythm * 5 // 4, 9))
    days = [d for n in around if is_open(d := today + timedelta(days=n))]
    weights = [WEEKDAYS[d.weekday()] * season(d) ** 2 for d in days]
    day = rng.choices(days, weights=weights)[0]
    return None if guest.leaves_on and day > guest.leaves_on else day


def _channel(world: World, guest: Guest) -> str:
    if not guest.online or world.chance(0.15):
        return "desk"
    return guest.signup[0] if guest.signup else "webstore"


def walk_in(world: World, guest: Guest, starts_at: datetime) -> None:
    plan = Plan(guest=guest, center=guest.home, starts_at=starts_at, appointment=None)
    world.plans[starts_at.date()].append(plan)


def book(
    world: World, guest: Guest, *, starts_at: datetime, booked_at: datetime, channel: str
) -> None:
    """The booking, and what becomes of it before the day."""
    appointment = Appointment(
        id=world.new_id("a"),
        guest=guest.id,
        center=guest.home,
        booked_at=booked_at,
        starts_at=starts_at,
        channel=channel,
    )
    appointment = _with_whom(world, guest, appointment)
    _put(world, appointment, booked_at)
    fate = world.rng.random()
    notice = starts_at - timedelta(days=world.rng.randint(1, 3), hours=2)
    if fate < 0.07 and notice > booked_at:
        _put(world, replace(appointment, status="cancelled"), notice)
        _come_another_day(world, guest, starts_at)
    elif fate < 0.11:
        _put(world, replace(appointment, status="no_show"), starts_at + minutes(40))
        _come_another_day(world, guest, starts_at)
    else:
        if fate < 0.15 and notice > booked_at:
            appointment = _move(world, appointment, notice)
        elif fate < 0.24 and notice > booked_at:
            _put(world, replace(appointment, status="confirmed"), notice)
        else:
            _maybe_hold(world, guest, appointment)
        plan = Plan(guest, guest.home, appointment.starts_at, appointment=appointment)
        world.plans[appointment.starts_at.date()].append(plan)


def _with_whom(world: World, guest: Guest, appointment: Appointment) -> Appointment:
    """The least asked for that day of those who know the craft, and a service they give."""
    able = [one for one in HANDS if (one.center, one.craft) == (guest.home.id, guest.craft)]
    day = appointment.starts_at.date()
    chosen = min(able, key=lambda one: world.hands[one.id, day])
    world.hands[chosen.id, day] += 1
    services = list(MENU[guest.craft])[world.counts["a"] % len(MENU[guest.craft])]
    return replace(
        appointment,
        staff=chosen.id,
        services=services,
        minutes=sum(ITEMS[item].minutes for item in services),
    )


def _move(world: World, appointment: Appointment, notice: datetime) -> Appointment:
    day = appointment.starts_at.date()
    day = open_day_near(world, day + timedelta(days=5), after=day)
    starts_at = slot(world, day, appointment.center)
    moved = replace(appointment, starts_at=starts_at)
    _put(world, moved, notice)
    return moved


def _come_another_day(world: World, guest: Guest, missed_at: datetime) -> None:
    """Half of them call again; first-timers who never came are not asked twice."""
    if guest.rhythm_days is None or world.chance(0.25):
        return
    day = missed_at.date() + timedelta(days=world.rng.randint(5, 20))
    day = open_day_near(world, day, after=missed_at.date() + timedelta(days=1))
    starts_at = slot(world, day, guest.home)
    booked_at = missed_at + timedelta(days=1, minutes=world.rng.randrange(90))
    booked_at = min(booked_at, starts_at - minutes(30))
    book(world, guest, starts_at=starts_at, booked_at=booked_at, channel=_channel(world, guest))


def _put(world: World, appointment: Appointment, at: datetime) -> None:
    world.timeline.put(at, appointment.record(), center=appointment.center)


def _maybe_hold(world: World, guest: Guest, appointment: Appointment) -> None:
    """Points set aside for a booking: used on its invoice, freed by hand, or by time."""
    day = appointment.booked_at.date()
    is_silver = guest.spent_since(day - timedelta(days=365)) >= 700_00
    if not is_silver or guest.points_on(day) < 400 or not world.chance(0.05):
        return
    center = appointment.center
    at = appointment.booked_at + minutes(1)
    hold = world.new_id("h")
    until = exact(appointment.starts_at + timedelta(hours=8), center)
    fields = {"guest": guest.id, "appointment": appointment.id, "points": HELD_POINTS}
    by = world.rng.choice(center.desk)
    world.timeline.put(at, command("hold", hold, by, **fields, until=until), center=center)
    guest.take_points(HELD_POINTS, day)
    if world.chance(0.7):
        guest.held = hold
    elif world.chance(0.7):
        release = command("release_hold", world.new_id("h"), by, hold=hold)
        world.timeline.put(appointment.starts_at - minutes(90), release)
