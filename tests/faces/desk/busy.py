"""A front desk with so many rows of everything: one center, one busy day, one busy guest.

The ids are those that pages name as their examples, so that every screen has something to show.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.test import Client

from regulars.records import models
from regulars.rules import categories
from regulars.rules.categories import TERMS, Category
from regulars.rules.permissions import EVERYTHING, Actor, Role
from regulars.services import book_columns, catalog, guest_categories, staff, upkeep
from regulars.services import program_drafts as drafts
from regulars.services.figures import counting
from regulars.services.organizations import Company
from regulars.services.stream import Stream
from tests.faces.desk import busy_office
from tests.services.short_histories import SILVER, START, command, guest, invoice, program

Fact = dict[str, Any]

TODAY = date(2026, 6, 30)
NOW = datetime.combine(TODAY, time(9, 30), tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)
CENTER, GUEST = "hudson", "vivian-castellanos"
# However many visits there were, the busy guest is in the first tier and stays in it.
_LASTING = SILVER | {"icon": "star", "validity_days": 365}
TIERS = [
    _LASTING,
    _LASTING | {"id": "gold", "name": "Gold", "icon": "crown", "minimum_spend": "90000.00"},
]
_AT_THE_SHELL = Actor("shell", EVERYTHING)


def furnish(n_rows: int, n_visits: int | None = None) -> Company:
    """Make it in the database in use, which is empty; the clock stands on the busy morning.

    The busy guest came `n_visits` times, as often as there are rows unless it is said.
    """
    results = []
    with Stream(lambda _, result: results.append(result)) as stream:
        stream.run((None, one) for one in history(n_rows, n_visits or n_rows))
        stream.finish(TODAY - timedelta(days=1))
    refused = [one for one in results if one.status == "refused"]
    assert not refused, refused[:3]
    with upkeep.at_work(None) as company:
        _furnish_the_desk(company, n_rows)
        _hire(company, n_rows)
        busy_office.furnish(company, n_rows, now=NOW)
        counting.count(company, now=NOW)
        models.Organization.objects.update(is_sandbox=True, clock_at=NOW)
        return company


def owner() -> Client:
    """A browser in which the owner has signed in."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="mara@lumen.example"))
    return client


def history(n_rows: int, n_visits: int) -> list[Fact]:
    """Contract records in order of `at`."""
    numbers = range(n_rows)
    many = [*_guests(n_rows), *chain.from_iterable(_of_the_day(n) for n in numbers)]
    many += chain.from_iterable(_visit_of_the_guest(n) for n in range(n_visits))
    many += chain.from_iterable(_acts_on_the_guest(n) for n in numbers)
    many.append(_open_bill("vivian-today", GUEST))
    many += busy_office.history()
    many += _runs_for_everybody()
    return [*_setting_up(n_rows), *sorted(many, key=lambda one: one["at"])]


def _setting_up(n_rows: int) -> list[Fact]:
    at = "2026-01-01"
    items = ["cut", *(f"item-{n}" for n in range(1, n_rows))]
    labels = ["regular", *(f"label-{n}" for n in range(1, n_rows))]
    return [
        START[0],
        {"type": "center", "id": CENTER, "name": "A Hudson", "at": at},
        *(
            {"type": "center", "id": f"center-{n}", "name": f"Center {n}", "at": at}
            for n in range(1, n_rows)
        ),
        *(
            {
                "type": "status",
                "id": ref,
                "name": ref.title(),
                "include_in_loyalty_rewards": True,
                "at": at,
            }
            for ref in labels
        ),
        *(
            {"type": "item", "id": ref, "kind": "service", "name": ref, "price": "80.00"}
            | {"at": at}
            for ref in items
        ),
        program(tiers=TIERS, approval_above_points=500),
    ]


def _guests(n_rows: int) -> list[Fact]:
    known = {"status": "regular", "phone": "+1 212 555 0100", "home_center": CENTER}
    friend = {"referred_by": GUEST, "email": "vivian@example.com", "status": "regular"}
    return [
        guest(GUEST, name="Vivian Castellanos", email="vivian@example.com", **known),
        *(guest(f"friend-{n}", name=f"Friend {n}", **friend) for n in range(n_rows)),
    ]


def _of_the_day(n: int) -> list[Fact]:
    """Somebody who comes today, has paid once, and whose bill is open."""
    whose = f"friend-{n}"
    starts = f"{TODAY}T{10 + n % 8}:{n // 8 % 4}5"
    return [
        invoice(f"first-{n}", whose, "150.00", "2026-05-20T12:00", center=CENTER),
        _appointment(f"today-{n}", whose, starts, n, status="booked"),
        _open_bill(f"open-{n}", whose),
    ]


def _runs_for_everybody() -> list[Fact]:
    """Friends have spent 150.00 each by then. What the first run gave is over by today."""
    first = {"threshold": "100.00", "amount": "5.00", "expires_on": "2026-06-25"}
    rest = {"threshold": "50.00", "amount": "5.00"}
    return [
        command("process_rewards/rewards-2025", "2026-06-19T09:00", **first),
        command("process_rewards/rewards-2026-q1", "2026-06-20T09:00", **rest),
    ]


def _open_bill(ref: str, whose: str) -> Fact:
    at = f"{TODAY}T09:00"
    bill = invoice(ref, whose, "80.00", at, status="open", payments=[], center=CENTER)
    del bill["closed_at"]
    return bill


def _visit_of_the_guest(n: int) -> list[Fact]:
    """One visit of the busy guest, and what she said of it."""
    day = _day_of_the_guest(n)
    visit, bill = f"a{n + 1:05}", f"i{n + 1:05}"
    line = {"id": "l1", "kind": "service", "item": "cut", "price": "150.00"}
    return [
        _appointment(visit, GUEST, f"{day}T11:00", n, status="completed"),
        invoice(
            bill,
            GUEST,
            "150.00",
            f"{day}T12:00",
            center=CENTER,
            lines=[line | {"appointment": visit}],
        ),
        {
            "type": "feedback",
            "id": f"f{n + 2:05}",
            "guest": GUEST,
            "appointment": visit,
            "at": f"{day}T13:00",
            "channel": "guest",
            "rating": 5,
            "comment": "As always.",
            "share_permission": True,
        },
    ]


def _acts_on_the_guest(n: int) -> list[Fact]:
    """A reward, and points that wait for a second person."""
    day, of = _day_of_the_guest(n), {"guest": GUEST}
    return [
        command(f"issue_reward/R{n + 1}", f"{day}T14:00", **of, amount="5.00"),
        command(f"add_points/p{n}", f"{day}T15:00", "clerk", **of, points=900),
    ]


def _day_of_the_guest(n: int) -> date:
    """Every other day up to the busy one; then from the beginning again."""
    return date(2026, 2, 1) + timedelta(days=2 * n % 148)


def _appointment(ref: str, whose: str, starts: str, n: int, *, status: str) -> Fact:
    booked = f"{starts[:10]}T08:00"
    return {
        "type": "appointment",
        "id": ref,
        "guest": whose,
        "center": CENTER,
        "booked_at": booked,
        "channel": "desk",
        "starts_at": starts,
        "status": status,
        "staff": f"hand-{n % 8}",
        "services": ["cut"],
        "minutes": 45,
        "at": booked if status == "booked" else starts,
    }


def _furnish_the_desk(company: Company, n_rows: int) -> None:
    when: dict[str, Any] = {"at": NOW, "by": _AT_THE_SHELL}
    for n in range(n_rows):
        book_columns.add_provider(company, CENTER, f"Hand {n}", ref=f"hand-{n}", **when)
    catalog.offer_item(company, "cut", minutes=45, is_retired=False, **when)
    catalog.set_hours(company, CENTER, dict.fromkeys(range(7), (540, 1200)), **when)
    _begin_a_draft(company)
    for kind, terms in TERMS.items():
        limit = 100_00 if terms.is_limit_open else terms.limit
        label = Category(kind, terms.label, terms.icon, limit, terms.days)
        guest_categories.define_category(company, CENTER, label, **when)
    assert len(TERMS) == len(categories.KINDS)


def _begin_a_draft(company: Company) -> None:
    part = drafts.Part("settings", lambda document: document.get("statement_every_months"))
    seen = part.version(drafts.current(company, on=TODAY).document)
    wanted = drafts.Change(
        part, lambda said: {**said, "statement_every_months": 6}, seen, lambda _said, _one: True
    )
    drafts.change(company, wanted, on=TODAY, at=NOW, by=_AT_THE_SHELL)


def _hire(company: Company, n_rows: int) -> None:
    people = [staff.Person("Mara Keller", "mara@lumen.example", Role.OWNER)]
    people += [
        staff.Person(f"Desk {n}", f"desk-{n}@lumen.example", Role.FRONT_DESK, CENTER)
        for n in range(1, n_rows)
    ]
    nadia = staff.Person("Nadia", "nadia@lumen.example", Role.MARKETING, None, "nadia.rahman")
    for person in [*people, nadia]:
        staff.add_member(company, person, by=_AT_THE_SHELL, at=NOW)
