"""The CDNOW purchase log as records: 23,570 customers, 69,659 purchases, 1997 to mid-1998.

It ships with `lifetimes` (the extra `datasets`). A customer becomes a guest at the first
purchase, a purchase an invoice with one product line, paid by card and closed at once. Eighty
purchases cost 0.00 (free samples, it seems): they stay, as closed invoices without a payment.

The log has dates only. The purchases of a day are spread evenly over the opening hours, in the
order of the file, which lists them by customer.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter

from regulars.services.samples.common import Record, dataset_file, money, program

ORGANIZATION = "cdnow"
CENTER = "mail-order"
FIRST_DAY = date(1997, 1, 1)
LAST_DAY = date(1998, 6, 30)

_OPENS = time(8, 0)
_OPEN_SECONDS = 14 * 60 * 60

_Purchase = tuple[str, str, int, int]  # date as YYYYMMDD, customer, discs, cents


def records() -> Iterator[Record]:
    """Contract records in order of `at`: the organization, then guests and their invoices."""
    yield from _setting_up()
    known: set[str] = set()
    for day, purchases in groupby(sorted(_purchases(), key=itemgetter(0)), key=itemgetter(0)):
        bought = list(purchases)
        opening = datetime.combine(date.fromisoformat(day), _OPENS)
        for n, (_, customer, discs, cents) in enumerate(bought):
            at = (opening + timedelta(seconds=n * _OPEN_SECONDS // len(bought))).isoformat()
            if customer not in known:
                known.add(customer)
                yield _guest(customer, at)
            yield _invoice(f"{day}-{n + 1}", customer, discs, cents=cents, at=at)


def _setting_up() -> Iterator[Record]:
    at = f"{FIRST_DAY}T00:00:00"
    yield {
        "type": "organization",
        "id": ORGANIZATION,
        "name": "CDNOW",
        "currency": "USD",
        "time_zone": "America/New_York",
        "at": at,
    }
    yield {"type": "center", "id": CENTER, "name": "Mail order", "at": at}
    yield program("cdnow", at=at)


def _purchases() -> Iterator[_Purchase]:
    path = dataset_file("lifetimes", "datasets", "CDNOW_master.txt")
    with path.open(encoding="ascii") as lines:
        next(lines)
        for line in lines:
            customer, day, discs, dollars = line.split()
            whole, cents = dollars.split(".")
            yield day, customer, int(discs), int(whole) * 100 + int(cents)


def _guest(customer: str, at: str) -> Record:
    return {"type": "guest", "id": customer, "name": f"Customer {customer}", "at": at}


def _invoice(invoice: str, customer: str, discs: int, *, cents: int, at: str) -> Record:
    line = {"id": "l1", "kind": "product", "quantity": discs, "price": money(cents)}
    payment = {"id": "p1", "tender": "card", "amount": money(cents), "at": at}
    return {
        "type": "invoice",
        "id": invoice,
        "guest": customer,
        "center": CENTER,
        "opened_at": at,
        "status": "closed",
        "closed_at": at,
        "lines": [line | {"discount": "0.00", "tax": "0.00"}],
        "payments": [payment] if cents else [],
        "at": at,
    }
