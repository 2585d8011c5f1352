"""A salon with its catalog, a guest who collects, and tills to stand at."""

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from regulars.records.queries.desk_invoices import DeskInvoice
from regulars.records.scope import organization_scope
from regulars.rules.facts import Line
from regulars.rules.permissions import Role, actor_of
from regulars.services import importing
from regulars.services.desk import checkout, opening, tills
from regulars.services.desk.opening import Chosen, Opening
from regulars.services.desk.tills import Shown, Till
from regulars.services.organizations import find_organization, load_company
from regulars.services.receiving import Sender
from tests.books import faults
from tests.services.short_histories import GOLD, SILVER, START, guest, invoice, program

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
"""Noon at Lumen Spa, New York."""
ACTIONS = SILVER["accruals"] | {"rebook": {"points": 25}, "online_booking": {"points": 15}}
TIERS = [SILVER | {"accruals": ACTIONS}, GOLD]
CATALOG = [
    {"type": "item", "id": "facial", "kind": "service", "name": "Facial", "price": "120.00"},
    {"type": "item", "id": "serum", "kind": "product", "name": "Serum", "price": "40.00"},
    {"type": "item", "id": "card", "kind": "gift_card", "name": "Gift card"},
]
Fact = dict[str, Any]


def line_of(chosen: Chosen) -> Line:
    return opening.line_of(chosen, center="soho")


class English:
    """Numbers as a test reads them."""

    def money(self, cents: int) -> str:
        return f"${cents / 100:.2f}"

    def points(self, points: int) -> str:
        return str(points)

    def day(self, day: date) -> str:
        return day.isoformat()


class Salon:
    """Ann has spent 200.00: she is Silver with 140 points. Use it inside `open()`."""

    def __init__(self, *records: Fact, **settings: Any) -> None:
        history = [
            *START,
            *(one | {"at": "2026-01-01"} for one in CATALOG),
            program(**{"tiers": TIERS, **settings}),
            guest("ann", name="Ann Lee"),
            guest("bea", name="Bea Ray"),
            invoice("i1", "ann", "200.00", "2026-02-20"),
            *records,
        ]
        told: list[Any] = []
        importing.import_records(iter([(None, one) for one in history]), emit=told.append)
        self.id = find_organization("lumen").id
        self.minutes = 0

    def open(self) -> AbstractContextManager[Any]:
        return organization_scope(self.id)

    def till(self, role: Role = Role.FRONT_DESK, **options: Any) -> Till:
        """A till a minute later than the one before."""
        self.minutes += 1
        company = load_company(find_organization("lumen"))
        now = NOON + timedelta(minutes=self.minutes)
        return Till(company, Sender(actor_of("Mia", role, **options)), now)

    # -- short ways ----------------------------------------------------------------------------

    def start(self, *lines: Line, of: str = "ann", appointment: str | None = None) -> str:
        lines = lines or (line_of(Chosen("facial", tax_cents=600)),)
        return opening.open_invoice(self.till(), Opening(of, "soho", appointment), lines)

    def shown(self, ref: str) -> Shown:
        return Shown(ref, tills.look(ref).version)

    def do(self, act: Any, ref: str, *args: Any, **options: Any) -> DeskInvoice:
        """At a till that shows the invoice as it is; answers how it is then."""
        act(self.till(), self.shown(ref), *args, **options)
        return tills.look(ref)

    def visit(self, ref: str) -> checkout.Visit:
        seen = checkout.visit(self.till(), tills.look(ref), write=English())
        assert seen is not None
        return seen


def check_books() -> None:
    assert faults() == []
