"""One visit of the demo: what is done, sold and tipped, and how it is paid."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from regulars.services.samples import demo_after as after
from regulars.services.samples.common import Record
from regulars.services.samples.demo_calendar import LAST_DAY, season
from regulars.services.samples.demo_catalog import (
    CLUB_TREAT,
    ITEMS,
    MENU,
    SERIES,
    Center,
    retail,
)
from regulars.services.samples.demo_days import (
    HELD_POINTS,
    Plan,
    World,
    introduce,
    plan_next_visit,
)
from regulars.services.samples.demo_people import Guest
from regulars.services.samples.demo_records import (
    Invoice,
    Line,
    Payment,
    command,
    minutes,
    sold,
    tip,
)

_POINT_CENTS = 5  # the programs' point_value
_TENDERS = {"card": 80, "cash": 13, "check": 2, "custom": 5}
_EARNING = frozenset(_TENDERS)
_REDEEMABLE = frozenset({"service", "product", "day_package", "series_package"})
_NOT_QUALIFYING = frozenset({"tip", "gift_card", "prepaid_card"})
_REWARDS_START = date(2025, 1, 1)


@dataclass(slots=True)
class Bill:
    """An invoice being paid: what is still due, and by what the rest was covered."""

    invoice: Invoice
    due_cents: int
    credited_cents: int = 0  # by points and rewards

    def pay(self, tender: str, cents: int, at: datetime) -> None:
        payment = Payment(f"p{len(self.invoice.payments) + 1}", tender, cents, at)
        self.invoice = replace(self.invoice, payments=(*self.invoice.payments, payment))
        self.due_cents -= cents

    def credit(self, cents: int) -> None:
        self.due_cents -= cents
        self.credited_cents += cents


def serve(world: World, plan: Plan) -> None:
    """The visit from arrival to the next booking."""
    guest = plan.guest
    introduce(world, guest, plan.starts_at - minutes(5))
    lines = _lines(world, plan)
    length = sum(ITEMS[line.item].minutes for line in lines if line.item)
    paid_at = plan.starts_at + minutes(max(length, 15) + world.rng.randint(2, 11))
    invoice = Invoice(
        id=world.new_id("i"),
        guest=guest.id,
        center=plan.center,
        opened_at=plan.starts_at,
        lines=tuple(lines),
    )
    if plan.appointment:
        after.attended(world, plan.appointment, invoice, at=paid_at)
    left_at = check_out(world, guest, invoice, paid_at=paid_at)
    guest.n_visits += 1
    after.visited(world, guest, at=left_at)
    if plan.appointment:
        after.maybe_feedback(world, plan.appointment, left_at)
    plan_next_visit(world, guest, left_at)


def _lines(world: World, plan: Plan) -> list[Line]:
    guest, center = plan.guest, plan.center
    craft = guest.craft if world.chance(0.88) else world.rng.choice(center.crafts)
    menu = MENU[craft]
    services = world.rng.choices(list(menu), weights=list(menu.values()))[0]
    services = _what_is_paid_already(guest, plan.starts_at.date(), craft) or services
    off = world.rng.choice((10, 20)) if world.chance(0.07) else 0
    named = plan.appointment.id if plan.appointment else None
    lines = [sold(ITEMS[item], center, percent_off=off, appointment=named) for item in services]
    lines += _extras(world, guest, plan, craft=craft)
    tip_share = {"modest": 0.15, "usual": 0.18, "generous": 0.22}[guest.purse]
    if world.chance(0.62):
        base = sum(line.price_cents for line in lines if line.kind == "service")
        lines.append(tip(max(round(base * tip_share / 500) * 500, 300)))
    return lines


def _what_is_paid_already(guest: Guest, day: date, craft: str) -> tuple[str, ...] | None:
    """Guests with a series come for it; club members take this month's treat."""
    if guest.series and guest.series[1]:
        return (SERIES[guest.series[0]][0],)
    treat_waits = guest.treat_on is None or guest.treat_on.month != day.month
    if guest.club_day and treat_waits and craft == "spa":
        guest.treat_on = day
        return (CLUB_TREAT, "brows")
    return None


def _extras(world: World, guest: Guest, plan: Plan, *, craft: str) -> list[Line]:
    center, day = plan.center, plan.starts_at.date()
    extras = []
    if world.chance({"modest": 0.0, "usual": 0.1, "generous": 0.7}[guest.purse]):
        also = world.rng.choice(list(MENU[craft]))[0]
        extras.append(sold(ITEMS[also], center))
    if world.chance({"modest": 0.1, "usual": 0.2, "generous": 0.34}[guest.purse]):
        extras.append(sold(world.rng.choice(retail(craft)), center))
    if world.chance(0.028 * season(day) ** 4):
        extras.append(_gift_card(world, guest, center))
    package = {"spa": "massage-series", "hair": "color-series"}.get(craft)
    is_regular = guest.n_visits >= 2 and guest.rhythm_days
    if package and is_regular and not guest.series and world.chance(0.035):
        extras.append(sold(ITEMS[package], center))
        guest.series = (package, SERIES[package][1])
    if craft == "spa" and is_regular and not guest.club_day and world.chance(0.04):
        extras.append(sold(ITEMS["glow-club"], center))
        guest.club_day = min(day.day, 28)
        guest.treat_on = day
    return extras


def _gift_card(world: World, guest: Guest, center: Center) -> Line:
    item = ITEMS[world.rng.choice(("gift-50", "gift-100", "gift-100", "gift-150"))]
    friend = world.rng.choice(world.people)
    if friend is not guest:
        friend.gift_cents += item.cents
    return sold(item, center)


def check_out(world: World, guest: Guest, invoice: Invoice, *, paid_at: datetime) -> datetime:
    """Credits first, then points or a reward, then money. Returns when the guest leaves."""
    bill = Bill(invoice, invoice.total_cents)
    _pay_with_credits(bill, guest, paid_at)
    day = paid_at.date()
    if bill.due_cents and (asked := _reward_or_points(world, guest, bill, day=day)):
        world.timeline.put(paid_at, bill.invoice.record(), center=invoice.center)
        _redeem(world, bill, *asked, at=paid_at + minutes(1))
        paid_at += minutes(3)
    _pay_with_money(world, bill, guest, at=paid_at)
    return _close(world, guest, bill, at=paid_at)


def _redeem(world: World, bill: Bill, kind: str, fields: Record, *, at: datetime) -> None:
    center = bill.invoice.center
    by = world.rng.choice(center.desk)
    redemption = world.new_id("r")
    asked = command(kind, redemption, by, **fields, invoice=bill.invoice.id)
    world.timeline.put(at, asked, center=center)
    if kind == "redeem_points" and world.chance(0.05):
        # The guest would rather keep them.
        undone = command("undo_redeem_points", world.new_id("r"), by, redemption=redemption)
        world.timeline.put(at + minutes(1), undone)
        bill.due_cents += bill.credited_cents
        bill.credited_cents = 0


def _pay_with_credits(bill: Bill, guest: Guest, at: datetime) -> None:
    for line in bill.invoice.lines:
        if guest.series and guest.series[1] and line.item == SERIES[guest.series[0]][0]:
            bill.pay("package_credit", line.due_cents, at)
            left = guest.series[1] - 1
            guest.series = (guest.series[0], left) if left else None
        elif guest.treat_on == at.date() and line.item == CLUB_TREAT and line.due_cents:
            bill.pay("membership_credit", line.due_cents, at)
    if guest.gift_cents and bill.due_cents:
        cents = min(guest.gift_cents, bill.due_cents)
        bill.pay("gift_card", cents, at)
        guest.gift_cents -= cents


def _reward_or_points(
    world: World, guest: Guest, bill: Bill, *, day: date
) -> tuple[str, Record] | None:
    """A hold, a reward or points to use: the command without its invoice, or nothing."""
    held, guest.held = guest.held, None
    if held and bill.due_cents > HELD_POINTS * _POINT_CENTS:
        bill.credit(HELD_POINTS * _POINT_CENTS)
        return "capture_hold", {"hold": held}
    good = [reward for reward in guest.rewards if reward[2] >= day]
    if good and bill.due_cents > good[0][1] and world.chance(0.6):
        reward, cents, _ = good[0]
        guest.rewards.remove(good[0])
        bill.credit(cents)
        return "redeem_reward", {"reward": reward}
    eligible = sum(line.due_cents for line in bill.invoice.lines if line.kind in _REDEEMABLE)
    eligible = min(eligible // 2, bill.due_cents)
    points = min(guest.points_on(day) * 7 // 10, eligible // _POINT_CENTS, 1500) // 50 * 50
    is_silver = guest.spent_since(day - timedelta(days=365)) >= 650_00
    if not is_silver or points < 150 or not world.chance(0.3):
        return None
    guest.take_points(points, day)
    bill.credit(points * _POINT_CENTS)
    return "redeem_points", {"guest": guest.id, "points": points}


def _pay_with_money(world: World, bill: Bill, guest: Guest, *, at: datetime) -> None:
    rng = world.rng
    if not bill.due_cents:
        return
    tender = rng.choices(list(_TENDERS), weights=list(_TENDERS.values()))[0]
    if bill.due_cents > 300_00 and world.chance(0.25):
        # A part now, the rest with the next tender a moment later.
        bill.pay("card", bill.due_cents // 2, at)
        at += minutes(1)
    elif bill.due_cents > 60_00 and world.chance(0.05):
        bill.pay("cash", bill.due_cents // 2_000 * 1_000, at)
        tender = "card"
    bill.pay(tender, bill.due_cents, at)


def _close(world: World, guest: Guest, bill: Bill, *, at: datetime) -> datetime:
    closed_at = at + minutes(1)
    invoice = bill.invoice.closed(closed_at)
    waits = not bill.credited_cents and invoice.payments and world.chance(0.03)
    if waits and closed_at.date() < LAST_DAY:
        # Paid in the evening, closed by the manager next morning.
        world.timeline.put(closed_at, bill.invoice.record(), center=invoice.center)
        invoice = bill.invoice.closed(closed_at + timedelta(hours=14))
    # Now and then the till was offline, and the invoice becomes known a day late.
    offline = not bill.credited_cents and world.chance(0.004)
    known_at = (invoice.closed_at or closed_at) + timedelta(days=1 if offline else 0)
    world.timeline.put(known_at, invoice.record(), center=invoice.center)
    remember(guest, invoice, bill.credited_cents)
    after.maybe_undo(world, guest, invoice, known_at=known_at, credited=bill.credited_cents)
    return closed_at


def remember(guest: Guest, invoice: Invoice, credited_cents: int) -> None:
    """What the guest's spend, points and qualifying sales are at least."""
    day = invoice.opened_at.date()
    tips = sum(line.due_cents for line in invoice.lines if line.kind == "tip")
    money = sum(p.cents for p in invoice.payments if p.tender in _EARNING)
    spend = max(money - tips, 0)
    plain = sum(
        line.due_cents
        for line in invoice.lines
        if line.kind in _REDEEMABLE and not line.discount_cents
    )
    is_silver = guest.spent_since(day - timedelta(days=365)) >= 500_00
    guest.spent.append((day, spend))
    guest.points.append((day, min(plain, spend) // (100 if is_silver else 200)))
    if day >= _REWARDS_START:
        sales = sum(
            line.price_cents - line.discount_cents
            for line in invoice.lines
            if line.kind not in _NOT_QUALIFYING
        )
        guest.qualifying_cents += max(sales - credited_cents, 0)


def sell_over_the_counter(world: World, guest: Guest, *, at: datetime, craft: str) -> None:
    """A bottle of shampoo on the way past: no appointment, no service."""
    introduce(world, guest, at)
    items = world.rng.sample(retail(craft), world.rng.choice((1, 1, 1, 2)))
    quantity = 2 if world.chance(0.1) else 1
    lines = tuple(sold(item, guest.home, quantity=quantity) for item in items)
    invoice = Invoice(world.new_id("i"), guest.id, guest.home, at, lines=lines)
    check_out(world, guest, invoice, paid_at=at + minutes(2))


def renew_club(world: World, guest: Guest, at: datetime) -> None:
    """The membership renews itself, on the card on file."""
    lines = (sold(ITEMS["glow-club"], guest.home),)
    invoice = Invoice(world.new_id("i"), guest.id, guest.home, at, lines=lines)
    invoice = invoice.closed(at, Payment("p1", "card", invoice.total_cents, at))
    world.timeline.put(at, invoice.record(), center=guest.home)
    remember(guest, invoice, 0)
