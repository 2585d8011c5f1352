"""What follows a visit of the demo: feedback, joining, refunds, voids, exchanges."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from regulars.services.samples.common import Record
from regulars.services.samples.demo_calendar import is_open
from regulars.services.samples.demo_catalog import Center, retail
from regulars.services.samples.demo_days import World
from regulars.services.samples.demo_people import Guest
from regulars.services.samples.demo_records import (
    Appointment,
    Invoice,
    Payment,
    Refund,
    command,
    exact,
    minutes,
    sold,
)

_COMMENTS = {
    5: (
        "Exactly what I asked for.",
        "Best hour of my month.",
        "Everybody remembered my name.",
        "I keep getting compliments.",
        "Worth crossing the river for.",
        "Calm, clean, on time.",
        "My daughter wants to come back tomorrow.",
        "The pictures made my mother cry, in the good way.",
    ),
    4: (
        "Lovely, though we started ten minutes late.",
        "Good as always; the music was a bit loud.",
        "Happy with it. Parking is hard on Saturdays.",
    ),
    3: ("Fine, but the color is warmer than we said.", "All right. The room was cold."),
    2: ("I waited half an hour.", "Not what we had agreed on."),
    1: ("I had to come back to have it put right.",),
}
_RATINGS = {5: 62, 4: 24, 3: 8, 2: 4, 1: 2}
_CHANNELS = {"guest_app": 40, "guest": 30, "desk": 18, "employee_app": 12}
_PLACES = {"webstore": 60, "facebook": 25, "x": 8, "other": 7}


def attended(world: World, appointment: Appointment, invoice: Invoice, *, at: datetime) -> None:
    """Checked in now and then, completed always; most bookings name their invoice."""
    if world.chance(0.05):
        here = replace(appointment, status="checked_in")
        arrived_at = appointment.starts_at - minutes(4)
        world.timeline.put(arrived_at, here.record(), center=appointment.center)
    named = invoice.id if world.chance(0.8) else None
    done = replace(appointment, status="completed", invoice=named)
    world.timeline.put(at, done.record(), center=appointment.center)


def visited(world: World, guest: Guest, *, at: datetime) -> None:
    """The desk labels regulars; some join on the spot, some do not want to collect anything."""
    if guest.n_visits == 3 and guest.status is None:
        vip = guest.purse == "generous" and (guest.rhythm_days or 999) < 40
        guest.status = "vip" if vip else "regular"
        if world.chance(0.05):
            guest.status = "friends"
        world.timeline.put(at + minutes(3), guest.record())
    if guest.n_visits != 1:
        return
    spend = sum(cents for _, cents in guest.spent)
    by = world.rng.choice(guest.home.desk)
    if guest.loyalty_opt_in and spend >= 150_00 and world.chance(0.02):
        comment = "Wanted to see the points at once."
        fields = {"guest": guest.id, "tier": "applicable", "comment": comment}
        world.timeline.put(at + minutes(1), command("enroll", world.new_id("e"), by, **fields))
    elif (
        guest.loyalty_opt_in and spend < 90_00 and not guest.rhythm_days and world.chance(0.04)
    ):
        wish = {"guest": guest.id, "loyalty_opt_in": False}
        world.timeline.put(
            at + minutes(1), command("set_opt_in", world.new_id("o"), by, **wish)
        )
        guest.loyalty_opt_in = False


def maybe_feedback(world: World, appointment: Appointment, left_at: datetime) -> None:
    if not world.chance(0.17):
        return
    rng = world.rng
    rating = rng.choices(list(_RATINGS), weights=list(_RATINGS.values()))[0]
    channel = rng.choices(list(_CHANNELS), weights=list(_CHANNELS.values()))[0]
    at = left_at + minutes(1)
    if channel in ("guest", "guest_app"):
        # At home the same night, or over breakfast within the next days.
        breakfast = datetime.combine(left_at.date() + timedelta(rng.randint(1, 3)), time(8))
        at += minutes(rng.randint(50, 130)) if world.chance(0.5) else breakfast - left_at
        at += minutes(rng.randrange(45))
    feedback: Record = {
        "type": "feedback",
        "id": world.new_id("f"),
        "guest": appointment.guest,
        "appointment": appointment.id,
        "channel": channel,
        "rating": rating,
        "share_permission": rating >= 4 and world.chance(0.45),
    }
    if world.chance(0.55):
        feedback["comment"] = rng.choice(_COMMENTS[rating])
    _put_feedback(world, feedback, at, center=appointment.center)


def _put_feedback(world: World, feedback: Record, at: datetime, *, center: Center) -> None:
    world.timeline.put(at, feedback, center=center)
    if feedback["share_permission"] and feedback.get("comment") and world.chance(0.7):
        place = world.rng.choices(list(_PLACES), weights=list(_PLACES.values()))[0]
        later = at + timedelta(days=world.rng.randint(2, 9))
        published = [{"to": place, "at": exact(later, center)}]
        world.timeline.put(later, feedback | {"published": published}, center=center)


def maybe_undo(
    world: World, guest: Guest, invoice: Invoice, *, known_at: datetime, credited: int
) -> None:
    """Few invoices have a second life: refunded, voided, exchanged."""
    fate = world.rng.random()
    if credited or not invoice.payments or not invoice.closed_at:
        return
    if fate < 0.014:
        _refund(world, guest, invoice, known_at=known_at)
    elif fate < 0.018:
        _void(world, guest, invoice, known_at=known_at)
    elif fate < 0.023 and len(invoice.payments) == 1:
        _exchange(world, guest, invoice, known_at=known_at)


def _refund(world: World, guest: Guest, invoice: Invoice, *, known_at: datetime) -> None:
    """A product brought back, else something off the bill; a rare guest gets all of it."""
    payment = max(invoice.payments, key=lambda p: p.cents)
    at = _a_day_later(world, known_at, within=12)
    goods = [(n, line) for n, line in enumerate(invoice.lines, 1) if line.kind == "product"]
    if goods and goods[0][1].due_cents <= payment.cents:
        n, line = goods[0]
        refund = Refund("r1", payment.id, line.due_cents, at, line=f"l{n}")
    elif world.chance(0.25):
        refund = Refund("r1", payment.id, payment.cents, at)
    else:
        refund = Refund("r1", payment.id, max(payment.cents // 4_00 * 1_00, 1_00), at)
    guest.unsure = True
    guest.take_points(refund.cents // 100, at.date())
    guest.spent.append((payment.at.date(), -refund.cents))
    refunded = replace(invoice, refunds=(refund,))
    world.timeline.put(at, refunded.record(), center=invoice.center)


def _void(world: World, guest: Guest, invoice: Invoice, *, known_at: datetime) -> None:
    """Rung up twice, or on the wrong guest: mostly seen the same day."""
    later = known_at + minutes(world.rng.randint(3, 25))
    at = later if world.chance(0.6) else _a_day_later(world, known_at, within=3)
    guest.unsure = True
    guest.points.clear()
    guest.spent.append((invoice.opened_at.date(), -invoice.total_cents))
    void = replace(invoice, status="void", closed_at=None)
    world.timeline.put(at, void.record(), center=invoice.center)


def _exchange(world: World, guest: Guest, invoice: Invoice, *, known_at: datetime) -> None:
    """Reopened: another product added, paid, and closed again."""
    at = _a_day_later(world, known_at, within=6)
    more = sold(world.rng.choice(retail(guest.craft)), invoice.center)
    reopened = replace(invoice, status="open", closed_at=None, lines=(*invoice.lines, more))
    guest.unsure = True
    paid = Payment("p2", "card", more.due_cents, at + minutes(4))
    world.timeline.put(at, reopened.record(), center=invoice.center)
    again = reopened.closed(at + minutes(5), paid)
    world.timeline.put(at + minutes(5), again.record(), center=invoice.center)


def _a_day_later(world: World, at: datetime, *, within: int) -> datetime:
    """On an open day, in the hours after lunch."""
    day = at.date() + timedelta(days=world.rng.randint(1, within))
    while not is_open(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(13)) + minutes(world.rng.randrange(240))
