"""Whatever a salon has called its guests, staff and services: the CSV files of an export say it
all, and an import of them into an empty organization comes to the same.
"""

from datetime import date
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.properties.effort import examples
from tests.services.imports_shop import (
    at_salon,
    everything_said,
    found_salon,
    take_in_all,
    tell,
    written,
)

DAY, NOON = "2026-11-02", "2026-11-16T12:00:00Z"
# What CSV, spreadsheets, and readers of numbers and days stumble over.
TEXTS = st.text("aZéß 012,;|\"'=+-@./\\", min_size=1, max_size=8).map(str.strip).filter(bool)
REFS = st.text("aZé01-.,'\"=+@", min_size=1, max_size=5)
SUMS = st.integers(1, 999_999).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
DAYS = st.dates(date(1930, 1, 1), date(2026, 10, 31)).map(str)
GUESTS = st.fixed_dictionaries(
    {"name": TEXTS},
    optional={
        "birthday": DAYS,
        "anniversary": DAYS,
        "status": st.just("vip"),
        "home_center": st.just("mitte"),
        "referred_by": REFS,
        "loyalty_opt_in": st.booleans(),
        "signup": st.fixed_dictionaries(
            {"channel": st.sampled_from(["desk", "webstore"]), "at": DAYS}
        ),
    },
)
LINES = st.fixed_dictionaries(
    {"kind": st.sampled_from(["service", "product"]), "price": SUMS, "tax": SUMS},
    optional={"item": st.just("a, b"), "staff": REFS, "quantity": st.integers(1, 9)},
)
VISITS = st.fixed_dictionaries(
    {"starts_at": DAYS, "booked_at": st.just(DAY)},
    optional={
        "staff": REFS,
        "services": st.lists(st.sampled_from(["cut", "a, b"]), max_size=3),
        "minutes": st.integers(1, 500),
        "note": TEXTS,
    },
)
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # to shrink takes minutes
ITEMS = [
    {"type": "item", "id": ref, "kind": "service", "name": "Cut", "at": DAY}
    for ref in ("cut", "a, b")
]
SHOPS = st.dictionaries(
    REFS, st.tuples(GUESTS, st.lists(LINES, max_size=3), VISITS), min_size=1, max_size=4
)


def facts(shop: dict[str, Any]) -> list[dict[str, Any]]:
    """Every guest with a booking and, where there are lines, a bill that is paid in two."""
    told: list[dict[str, Any]] = list(ITEMS)
    for ref, (guest, lines, visit) in shop.items():
        told.append({"type": "guest", "id": ref, "at": DAY, **guest})
        whose = {"guest": ref, "center": "mitte"}
        head = {"channel": "desk", "status": "booked", "at": DAY}
        told.append({"type": "appointment", "id": f"{ref}-a", **whose, **head, **visit})
        parts = [{"id": f"l{number}", **line} for number, line in enumerate(lines)]
        paid = [
            {"id": f"{tender}1", "tender": tender, "amount": "7.50", "at": NOON}
            for tender in ("cash", "card")
        ]
        back = [{"id": "r1", "payment": "card1", "amount": "2.05", "at": NOON}]
        bill = {"opened_at": NOON, "status": "closed", "closed_at": NOON, "lines": parts}
        money = {"payments": paid, "refunds": back} if lines else {}
        told.append({"type": "invoice", "id": f"{ref}-i", **whose, **bill, **money})
    return told


@given(shop=SHOPS)
@settings(examples(8), phases=PHASES)
def test_an_export_says_all_that_an_import_takes(shop, sqlite_database, tmp_path):
    sqlite_database.renew()
    found_salon()
    with at_salon() as company:
        tell(company, facts(shop))
        paths, before = written(company, tmp_path), everything_said(company)
    sqlite_database.renew()
    found_salon()
    with at_salon() as company:
        tell(company, ITEMS)
        for progress in take_in_all(company, paths):
            assert set(progress.counts) <= {"applied"}
        assert everything_said(company) == before
