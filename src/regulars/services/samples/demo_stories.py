"""Guests of the demo with a story each, told to the cent, so that screens can show them.

They go to the Hoboken Spa, where services are not taxed: prices are what is paid. What is known
of each on the last day stands in the docstring of `demo` and in docs/use/demo.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from regulars.services.samples.common import Record
from regulars.services.samples.demo_catalog import (
    HOBOKEN,
    ITEMS,
    MARKETING,
    OWNER,
    WICKER,
    Center,
)
from regulars.services.samples.demo_people import slug
from regulars.services.samples.demo_records import (
    Appointment,
    Invoice,
    Payment,
    Refund,
    Timeline,
    command,
    minutes,
    sold,
)

_DESK = HOBOKEN.desk[0]
_MANAGER = "ingrid.solberg"


@dataclass(frozen=True, slots=True)
class Told:
    """A guest of a story; visits are (day, item ids)."""

    name: str
    visits: tuple[tuple[str, str], ...]
    status: str | None = None
    birthday: str | None = None
    referred_by: str | None = None
    center: Center = HOBOKEN

    @property
    def id(self) -> str:
        return slug(self.name)

    def record(self) -> Record:
        record: Record = {"type": "guest", "id": self.id, "name": self.name}
        record |= {"email": f"{self.id}@example.com", "home_center": self.center.id}
        optional = {"status": self.status, "birthday": self.birthday}
        optional |= {"referred_by": self.referred_by}
        return record | {field: value for field, value in optional.items() if value}


# Every second Saturday of the month.
_GRACE = tuple(
    (f"{2025 + n // 12}-{n % 12 + 1:02d}-{day:02d}", "balayage cut" if n % 2 else "keratin")
    for n, day in enumerate((11, 8, 8, 12, 10, 14, 12, 9, 13, 11, 8, 13, 10, 14, 14, 11, 9, 13))
)
_FRIENDS = tuple(
    Told(name, ((day, items),), referred_by="grace-adeyemi")
    for name, day, items in (
        ("Temi Balogun", "2025-03-08", "facial"),
        ("Lucy Hargreaves", "2025-06-07", "massage-90 manicure"),
        ("Nadine Fournier", "2025-09-13", "massage-series"),
        ("Sunita Rao", "2026-01-17", "glow-club express-facial"),
        ("Bianca Moretti", "2026-05-23", "hot-stone"),
    )
)
TOLD = (
    Told(
        "Vivian Castellanos",
        (
            ("2024-11-09", "spa-day"),
            ("2025-02-15", "balayage massage-90"),
            ("2025-06-14", "keratin facial lash-lift manicure"),
            ("2025-07-12", "spa-day cut"),
            ("2025-10-18", "balayage"),
            ("2026-02-14", "facial brows"),
            ("2026-05-16", "keratin"),
        ),
        status="regular",
    ),
    Told(
        "Priya Raman",
        (
            ("2025-09-13", "balayage"),
            ("2025-12-06", "half-highlights cut gloss manicure brows"),
            ("2026-03-14", "keratin"),
            ("2026-06-27", "spa-day root-color"),
        ),
    ),
    Told("Colin Brandt", ()),
    Told(
        "Mei-Ling Zhao",
        (
            ("2025-02-08", "bridal massage-90"),
            ("2025-06-21", "spa-day hot-stone facial"),
            ("2025-11-15", "massage-series facial lash-lift"),
            ("2025-12-20", "color-series balayage cut"),
            ("2026-03-21", "spa-day spa-day massage-series gloss half-highlights facial"),
        ),
        status="vip",
    ),
    Told(
        "Tobias Lindqvist",
        (("2025-07-05", "massage-series facial"), ("2026-02-07", "root-color blow-dry")),
        status="regular",
    ),
    Told("Grace Adeyemi", _GRACE, status="vip"),
    *_FRIENDS,
    Told("Jonathan Mercer", (("2025-08-09", "massage-90 hot-stone short-cut"),)),
    Told("Jon Mercer", (("2025-10-11", "massage-60 facial short-cut"),)),
    Told("Salma Haddad", (("2024-12-14", "bridal spa-day"), ("2025-05-17", "balayage cut"))),
    Told("Felix Nakagawa", (("2026-02-21", "massage-90"),)),
    Told("Dana Whitlock", (("2025-11-08", "spa-day keratin"), ("2026-04-11", "peel manicure"))),
    Told(
        "Oscar Beltrán",
        (
            ("2024-10-05", "massage-90 hot-stone facial short-cut manicure"),
            ("2025-02-28", "massage-90"),
            ("2025-06-07", "massage-90 hot-stone"),
            ("2025-11-22", "massage-60 facial"),
            ("2026-02-28", "hot-stone short-cut"),
        ),
        birthday="2000-02-29",
        status="regular",
    ),
    Told("Ruth Goldberg", (("2025-11-01", "peel"),), status="press"),
    Told("Hannah Kowalski", (("2025-08-16", "spa-day massage-90 peel"),)),
    Told(
        "Inês Duarte",
        (
            ("2025-03-15", "massage-series brows"),
            ("2025-06-14", "keratin facial manicure"),
            ("2026-05-30", "balayage half-highlights cut"),
        ),
        status="regular",
    ),
    Told("Andre Baptiste", (), center=WICKER),
)
NAMES = frozenset(told.id for told in TOLD)


@dataclass(slots=True)
class Teller:
    """Puts visits and commands of the stories onto the timeline."""

    timeline: Timeline

    def visit(
        self, guest: str, day: str, items: Iterable[str], *, center: Center = HOBOKEN
    ) -> Invoice:
        """Booked by telephone five days ahead, attended; the invoice is opened, not yet put."""
        starts_at = datetime.fromisoformat(f"{day}T14:00")
        booked = Appointment(
            id=f"{guest}-{day}",
            guest=guest,
            center=center,
            booked_at=starts_at - timedelta(days=5),
            starts_at=starts_at,
        )
        invoice_id = f"{guest}-{day}-bill"
        done = replace(booked, status="completed", invoice=invoice_id)
        self.timeline.put(booked.booked_at, booked.record(), center=center)
        self.timeline.put(starts_at + minutes(115), done.record(), center=center)
        lines = tuple(sold(ITEMS[item], center, appointment=booked.id) for item in items)
        return Invoice(invoice_id, guest, center, starts_at + minutes(115), lines=lines)

    def put(self, invoice: Invoice, at: datetime) -> None:
        self.timeline.put(at, invoice.record(), center=invoice.center)

    def paid(self, invoice: Invoice, *, less: int = 0, tender: str = "card") -> Invoice:
        """Paid but for what points or a reward cover, and closed three minutes later."""
        at = invoice.opened_at + minutes(3)
        payment = Payment("p1", tender, invoice.total_cents - less, at)
        payments = (payment,) if payment.cents else ()
        closed = invoice.closed(at, *payments)
        self.put(closed, at)
        return closed

    def act(self, at: datetime | str, kind: str, name: str, by: str, **fields: object) -> None:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        self.timeline.put(moment, command(kind, name, by, **fields))


def tell(timeline: Timeline, first_day: date) -> None:
    """All stories, onto the timeline."""
    teller = Teller(timeline)
    opening = datetime.combine(first_day, time(8))
    for told in TOLD:
        days = [day for day, _ in told.visits] or ["2026-04-10"]
        first = datetime.fromisoformat(f"{days[0]}T10:00") - timedelta(days=6)
        timeline.put(max(first, opening), told.record())
        for day, items in told.visits:
            teller.paid(teller.visit(told.id, day, items.split(), center=told.center))
    for story in (_colin, _mei_ling, _tobias, _grace, _mercer, _felix, _dana):
        story(teller)
    for story in (_ruth, _hannah, _ines, _andre):
        story(teller)


def _colin(teller: Teller) -> None:
    """The wedding was called off after its points had been spent."""
    bill = teller.paid(teller.visit("colin-brandt", "2026-04-10", ["bridal"]))
    facial = teller.visit("colin-brandt", "2026-05-02", ["peel"])
    _ask_points(teller, facial, "colin-points-1", 900)
    teller.paid(facial, less=45_00)
    at = datetime.fromisoformat("2026-05-20T15:20")
    refund = Refund("r1", "p1", bill.total_cents, at)
    teller.put(replace(bill, refunds=(refund,)), at)
    again = teller.visit("colin-brandt", "2026-06-19", ["express-facial"])
    _ask_points(teller, again, "colin-points-2", 100)
    teller.paid(again)
    asked = {"guest": "colin-brandt", "points": 680, "reason": "goodwill"}
    asked |= {"comment": "He would like to start again at zero."}
    teller.act("2026-06-23T11:00", "add_points", "colin-fresh-start", _DESK, **asked)
    request = "add_points/colin-fresh-start"
    teller.act("2026-06-23T17:30", "reject", "colin-rejected", OWNER, request=request)


def _ask_points(teller: Teller, bill: Invoice, name: str, points: int) -> None:
    teller.put(bill, bill.opened_at)
    fields = {"guest": bill.guest, "invoice": bill.id, "points": points}
    teller.act(bill.opened_at + minutes(1), "redeem_points", name, _DESK, **fields)


def _mei_ling(teller: Teller) -> None:
    """Rewards: two used, a rest that lapsed, three from runs and one by hand waiting."""
    for day, items, quarter, covered in (
        ("2025-05-10", ["half-highlights", "keratin", "cut"], "q1", 25_00),
        ("2025-09-06", ["fringe"], "q2", 18_00),
    ):
        bill = teller.visit("mei-ling-zhao", day, items)
        teller.put(bill, bill.opened_at)
        reward = f"rewards-2025-{quarter}:mei-ling-zhao:1"
        fields = {"reward": reward, "invoice": bill.id}
        at = bill.opened_at + minutes(1)
        teller.act(at, "redeem_reward", f"mei-ling-{quarter}", _DESK, **fields)
        teller.paid(bill, less=covered)
    thanks = {"guest": "mei-ling-zhao", "amount": "15.00", "expires_on": "2026-07-10"}
    note = "Brought cake for the whole team."
    teller.act(
        "2026-06-12T10:30", "issue_reward", "mei-ling-cake", MARKETING, **thanks, note=note
    )


def _tobias(teller: Teller) -> None:
    """Five massages paid at once, three of them taken: credits are no spend."""
    for day in ("2025-08-16", "2025-09-20", "2025-11-22"):
        bill = teller.visit("tobias-lindqvist", day, ["massage-60"])
        teller.paid(bill, tender="package_credit")


def _grace(teller: Teller) -> None:
    """Points above the limit by hand, approved by the owner; praise, published twice."""
    asked = {"guest": "grace-adeyemi", "points": 600, "reason": "promotion"}
    asked |= {"comment": "Five friends in a year."}
    teller.act("2026-05-26T10:00", "add_points", "grace-five-friends", _MANAGER, **asked)
    request = "add_points/grace-five-friends"
    teller.act("2026-05-26T18:10", "approve", "grace-approved", OWNER, request=request)
    praise: Record = {
        "type": "feedback",
        "id": "grace-praise",
        "guest": "grace-adeyemi",
        "appointment": "grace-adeyemi-2026-06-13",
        "channel": "guest_app",
        "rating": 5,
        "comment": "I send everybody here, and everybody thanks me.",
        "share_permission": True,
    }
    teller.timeline.put(datetime.fromisoformat("2026-06-14T09:12"), praise)
    published = [
        {"to": "webstore", "at": "2026-06-17T11:00"},
        {"to": "facebook", "at": "2026-06-17T11:05"},
    ]
    teller.timeline.put(
        datetime.fromisoformat("2026-06-17T11:05"), praise | {"published": published}
    )


def _mercer(teller: Teller) -> None:
    """One man, two records; neither had spent enough for Silver, together they had."""
    merge = {"from": "jon-mercer", "into": "jonathan-mercer"}
    teller.act("2026-01-20T09:30", "merge_guests", "mercer-merge", _MANAGER, **merge)
    bill = teller.visit("jonathan-mercer", "2026-03-07", ["short-cut", "manicure"])
    teller.paid(bill)


def _felix(teller: Teller) -> None:
    """A stage tier: the points wait until Silver."""
    bill = teller.visit("felix-nakagawa", "2026-04-25", ["facial"])
    _ask_points(teller, bill, "felix-points", 100)
    teller.paid(bill)


def _dana(teller: Teller) -> None:
    """Points held for a booking in July."""
    booked_at = datetime.fromisoformat("2026-06-24T16:40")
    starts_at = datetime.fromisoformat("2026-07-03T11:00")
    booking = Appointment("dana-july", "dana-whitlock", HOBOKEN, booked_at, starts_at=starts_at)
    teller.timeline.put(booked_at, booking.record(), center=HOBOKEN)
    fields = {"guest": "dana-whitlock", "appointment": "dana-july", "points": 300}
    until = "2026-07-04T12:00"
    teller.act(booked_at + minutes(1), "hold", "dana-hold", _DESK, **fields, until=until)


def _ruth(teller: Teller) -> None:
    """Straight into Platinum, by the owner; the downgrade check passes her by."""
    fields = {"guest": "ruth-goldberg", "tier": "highest"}
    comment = "Writes the column in the Sunday paper."
    at = "2025-10-27T11:00"
    teller.act(at, "enroll", "ruth-enrolled", OWNER, **fields, comment=comment)


def _hannah(teller: Teller) -> None:
    fields = {"guest": "hannah-kowalski", "comment": "Does not want to be in any program."}
    teller.act("2026-03-10T13:00", "cancel_enrollment", "hannah-left", _MANAGER, **fields)


def _ines(teller: Teller) -> None:
    """A broken wrist kept her away: what would have lapsed in March lasts until September."""
    fields = {"guest": "ines-duarte", "from_expires_on": "2026-03-15"}
    to = "2026-09-15"
    teller.act(
        "2026-03-02T12:00", "extend_expiry", "ines-wrist", _MANAGER, **fields, to_expires_on=to
    )
    # 578 points are above the limit of the 2025 program: the owner's yes makes it happen.
    request = "extend_expiry/ines-wrist"
    teller.act("2026-03-02T17:30", "approve", "ines-wrist-approved", OWNER, request=request)


def _andre(teller: Teller) -> None:
    """Deposit, balance, then the album exchanged for prints: reopened and closed again."""
    bill = teller.visit("andre-baptiste", "2026-05-09", ["family-session"], center=WICKER)
    deposit = Payment("p1", "card", 160_00, bill.opened_at + minutes(2))
    part_paid = replace(bill, payments=(deposit,))
    teller.put(part_paid, deposit.at)
    collected_at = datetime.fromisoformat("2026-05-23T15:30")
    with_album = replace(part_paid, lines=(*bill.lines, sold(ITEMS["album"], WICKER)))
    rest = Payment("p2", "card", with_album.total_cents - deposit.cents, collected_at)
    teller.put(with_album.closed(collected_at, rest), collected_at)
    reopened_at = datetime.fromisoformat("2026-05-30T12:15")
    prints = sold(ITEMS["print"], WICKER, quantity=3)
    reopened = replace(part_paid, lines=(*bill.lines, prints))
    teller.put(reopened, reopened_at)
    again = Payment(
        "p3", "card", reopened.total_cents - deposit.cents, reopened_at + minutes(9)
    )
    teller.put(reopened.closed(again.at, again), again.at)
