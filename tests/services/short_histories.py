"""Short histories for tests of the services: records in, states and answers out."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services import replaying
from regulars.services.organizations import find_organization

SILVER = {
    "id": "silver",
    "name": "Silver",
    "minimum_spend": "100.00",
    "validity_days": 90,
    "points_expire_after_days": 365,
    "accruals": {
        "amount_spent": {"points": 20, "per": "100.00"},
        "welcome_bonus": {"points": 100},
        "online_signup": {"points": 50},
        "feedback": {"points": 10},
        "referral_visit": {"points": 200},
    },
}
GOLD = SILVER | {"id": "gold", "name": "Gold", "minimum_spend": "1000.00"}
START = [
    {
        "type": "organization",
        "id": "lumen",
        "name": "Lumen Spa",
        "currency": "USD",
        "time_zone": "America/New_York",
        "at": "2026-01-01",
    },
    {"type": "center", "id": "soho", "name": "Soho", "at": "2026-01-01"},
]

Fact = dict[str, Any]


def program(since: str = "2026-01-01", at: str | None = None, **settings: Any) -> Fact:
    return {
        "type": "program",
        "effective_from": since,
        "at": at or since,
        "point_value": "0.10",
        "tiers": [SILVER, GOLD],
        **settings,
    }


def guest(ref: str, **fields: Any) -> Fact:
    return {"type": "guest", "id": ref, "name": ref.title(), "at": "2026-01-02", **fields}


def invoice(ref: str, of: str, amount: str, at: str, **fields: Any) -> Fact:
    """One facial, paid by card and closed at once; `at` a date, noon is meant."""
    price = {"id": "l1", "kind": "service", "price": amount}
    paid = {"id": "p1", "tender": "card", "amount": amount, "at": at}
    closed = {"status": "closed", "closed_at": at, "lines": [price], "payments": [paid]}
    head = {"type": "invoice", "id": ref, "guest": of, "center": "soho", "opened_at": at}
    return {**head, "at": at, **closed, **fields}


def open_invoice(ref: str, of: str, amount: str, at: str) -> Fact:
    fact = invoice(ref, of, amount, at, status="open", payments=[])
    del fact["closed_at"]
    return fact


def command(name: str, at: str, by: str | None = "owner", **fields: Any) -> Fact:
    """`name` is the record name, as in "enroll/e1"."""
    kind, _, ref = name.partition("/")
    return {"type": kind, "id": ref, "at": at, "by": by, **fields}


class History:
    """What a list of records came to; every history is checked to add up."""

    def __init__(self, *records: Fact, until: str, on: tuple[str, ...] = ()) -> None:
        days = [date.fromisoformat(day) for day in (*on, until)]
        known = [START, [program()]] if not _has(records, "program") else [START]
        everything = [one for part in (*known, records) for one in part]
        self.output = replaying.replay([(None, one) for one in everything], days).output()
        self.until = until
        check_books()

    def answer(self, name: str) -> Fact:
        """The answer to a record, of a repeated name the last."""
        return [one for one in self.output["results"] if one["record"] == name][-1]

    def refusal(self, name: str) -> str:
        answer = self.answer(name)
        assert answer["status"] == "refused", answer
        return str(answer["code"])

    def guest(self, ref: str, *fields: str, on: str | None = None) -> Any:
        state = self.output["as_of"][on or self.until]["guests"][ref]
        values = tuple(state[field] for field in fields)
        return values[0] if len(values) == 1 else values

    def lots(self, ref: str, on: str | None = None) -> list[tuple[int, str | None]]:
        return [(lot["points"], lot["expires_on"]) for lot in self.guest(ref, "lots", on=on)]

    def invoice(self, ref: str) -> Fact:
        return self.output["as_of"][self.until]["invoices"][ref]


def _has(records: tuple[Fact, ...], kind: str) -> bool:
    return any(one["type"] == kind for one in records)


def day_after(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))


def check_books() -> None:
    """Every balance is the sum of its entries and of its lots less the debt (rule 1.4)."""
    with organization_scope(find_organization(None).id):
        for account in models.Account.objects.all():
            own = {"guest": account.guest_id}
            entries = models.LedgerEntry.objects.filter(**own)
            points = entries.filter(unit="points").aggregate(all=Sum("points"))["all"] or 0
            lots = list(models.Lot.objects.filter(**own))
            left = sum(lot.remaining_points for lot in lots if lot.unit == "points")
            credit = sum(lot.remaining_points for lot in lots if lot.unit == "credit")
            assert account.points == points == left - account.debt_points
            assert account.credit_cents == credit
            draws = models.Draw.objects.filter(**own)
            drawn = dict(draws.values_list("lot_number").annotate(Sum("points")))
            for lot in lots:
                assert lot.remaining_points == lot.size_points - drawn.get(lot.number, 0)
