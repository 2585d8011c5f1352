"""What the demo's front desks keep: columns of the book, opening hours, lengths, labels."""

from datetime import datetime

from regulars.records.queries import book_columns as columns
from regulars.records.queries import said
from regulars.rules import categories
from regulars.rules.categories import TERMS, Category
from regulars.rules.permissions import EVERYTHING, Actor
from regulars.services import book_columns, catalog, guest_categories, receiving
from regulars.services.organizations import Company
from regulars.services.samples.demo_catalog import CENTERS, HANDS, ITEMS

_WEEKDAY, _WEEKEND = (10 * 60, 20 * 60), (9 * 60, 18 * 60)
HOURS = dict.fromkeys(range(1, 5), _WEEKDAY) | {5: _WEEKEND, 6: _WEEKEND}
"""Closed on Mondays."""
OPEN_BILL = "vivian-today"
HIGH_SPENDER_CENTS = 1_500_00


def furnish(company: Company, *, at: datetime) -> None:
    """Once: what somebody has changed since stays as it is."""
    if columns.providers(with_retired=True):
        return
    by = Actor("demo", EVERYTHING)
    for one in HANDS:
        book_columns.add_provider(company, one.center, one.name, at=at, by=by, ref=one.id)
    for item in ITEMS.values():
        if item.minutes:
            catalog.offer_item(
                company, item.id, minutes=item.minutes, is_retired=False, at=at, by=by
            )
    for center in CENTERS:
        catalog.set_hours(company, center, HOURS, at=at, by=by)
        for category in _categories():
            guest_categories.define_category(company, center, category, at=at, by=by)


def welcome(company: Company, *, now: datetime) -> None:
    """Somebody stands at the desk already: an open bill with everything to choose from."""
    lines = [
        {"id": f"l{place}", "item": ITEMS[ref].id, "price": company.money(ITEMS[ref].cents)}
        for place, ref in enumerate(("facial", "serum"), start=1)
    ]
    bill = {
        "type": "invoice",
        "id": OPEN_BILL,
        "guest": "vivian-castellanos",
        "center": "hoboken",
        "opened_at": now.isoformat(),
        "status": "open",
        "lines": lines,
    }
    if said.one("invoice", OPEN_BILL, exponent=company.exponent) is None:
        sender = receiving.Sender(Actor("demo", EVERYTHING))
        receiving.receive_all(company, [bill], sender=sender, now=now)


def _categories() -> list[Category]:
    """Of each kind one, as they begin; only money is for the company to say."""
    found = []
    for kind in categories.KINDS:
        terms = TERMS[kind]
        limit = HIGH_SPENDER_CENTS if terms.is_limit_open else terms.limit
        found.append(Category(kind, terms.label, terms.icon, limit, terms.days))
    return found
