"""A salon with a catalog and guests who collect, for journeys to the till."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from regulars.records import models
from regulars.rules.permissions import Role
from regulars.services.verifying import verify
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon
from tests.services.short_histories import SILVER, command, guest, invoice, program

TODAY = datetime.now(ZoneInfo("America/New_York")).date()
YESTERDAY, LONG_AGO = TODAY - timedelta(days=1), TODAY - timedelta(days=20)
ACTIONS = SILVER["accruals"] | {"rebook": {"points": 25}}
TIERS = [
    SILVER | {"icon": "star", "accruals": ACTIONS},
    SILVER | {"id": "gold", "name": "Gold", "icon": "crown", "minimum_spend": "1000.00"},
]
CATALOG = [
    {"id": "facial", "kind": "service", "name": "Facial", "price": "120.00"},
    {"id": "massage", "kind": "service", "name": "Massage, 60 minutes", "price": "110.00"},
    {"id": "serum", "kind": "product", "name": "Serum", "price": "40.00"},
    {"id": "voucher", "kind": "gift_card", "name": "Gift card"},
]
N_GUESTS = 24
NAMES = ("Ann Lee", "Bea Ray", "Cora Diaz", "Dina Wolf", "Elsa Bond", "Fay Okoro")
_left: dict[str, list["Visitor"]] = {}


class Visitor:
    """A guest of one test alone: Silver with 140 points, and two rewards."""

    def __init__(self, number: int) -> None:
        self.name = NAMES[number % len(NAMES)]
        self.ref = f"{self.name.split()[0].lower()}{number}"
        self.codes = [f"FALL-{number}", f"KIND-{number}"]

    def history(self) -> list[dict[str, Any]]:
        spent = str(LONG_AGO + timedelta(days=5))
        last = str(TODAY + timedelta(days=9))
        of = {"guest": self.ref}
        first, second = (f"issue_reward/{code}" for code in self.codes)
        at = str(YESTERDAY)
        return [
            guest(self.ref, name=self.name, at=spent),
            invoice(f"first-{self.ref}", self.ref, "200.00", spent),
            command(first, at, **of, amount="25.00", expires_on=last),
            command(second, at, **of, amount="10.00"),
        ]


def visitor(salon: Salon) -> Visitor:
    """The next guest whom no test has had yet; the first time all come, with the catalog."""
    if salon.database not in _left:
        _left[salon.database] = [Visitor(number) for number in range(N_GUESTS)]
        since = str(LONG_AGO)
        terms = program(since, tiers=TIERS, redemption={"minimum_points": 20, "increment": 10})
        items = [{"type": "item", "at": since, **one} for one in CATALOG]
        history = [one for each in _left[salon.database] for one in each.history()]
        later = {"effective_from": str(LONG_AGO + timedelta(days=1))}
        salon.tell([*items, terms | later, *sorted(history, key=lambda one: one["at"])])
    return _left[salon.database].pop()


def open_invoice(desk: Desk, whose: Visitor, role: Role = Role.FRONT_DESK) -> Page:
    """A facial for this guest, opened at the desk."""
    page = desk.enter(role, f"/new-invoice?guest={whose.ref}")
    page.get_by_role("button", name="Facial").click()
    page.wait_for_url("**/invoices/*")
    return page


def number_of(page: Page) -> str:
    return page.url.partition("/invoices/")[2].partition("?")[0]


def check_books(salon: Salon) -> None:
    """`verify` finds nothing."""
    with salon.at_work() as company:
        assert [str(one) for one in verify(company).differences] == []


def points_of(salon: Salon, whose: Visitor) -> int:
    with salon.at_work():
        return models.Account.objects.get(guest__external_id=whose.ref).points
