"""A salon with guests to be told things, for tests of messages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from regulars.records import models
from regulars.records.scope import every_organization, organization_scope
from regulars.services.messages import consent, switches
from regulars.services.messages.kinds import KINDS
from regulars.services.messages.making import Occasion, make_messages
from regulars.services.organizations import Company, find_organization, load_company
from tests.services.histories import History, guest, invoice

ON = date(2026, 3, 31)
AT = datetime(2026, 4, 1, 6, tzinfo=UTC)

ANN = guest("ann", name="Ann Vance", email="ann@example.com", phone="+1 212 555 0101")
BEA = guest("bea", name="Bea Lindgren", email="bea@example.com", phone="+1 212 555 0102")
CLEO = guest("cleo", name="Cleo Marchetti", email="cleo@example.com", phone="+1 212 555 0103")
SPRING = (
    ANN,
    BEA,
    CLEO,
    invoice("a1", "ann", "1250.00", "2026-03-02"),
    invoice("b1", "bea", "300.00", "2026-03-02"),
    invoice("c1", "cleo", "40.00", "2026-03-02"),
)
"""ann is Gold with 350 points, bea Silver with 160, cleo in no tier."""

# Raw values for an occasion of each kind, as large as they usually are.
VALUES: dict[str, dict[str, Any]] = {
    "points_awarded": {
        "earned": 1250,
        "awards": [
            {"points": 1150, "why": "amount_spent", "expires_on": date(2027, 12, 20)},
            {"points": 100, "why": "welcome_bonus", "expires_on": None},
        ],
    },
    "points_redeemed": {"used": 1500, "worth_cents": 15_000},
    "points_expiring": {
        "expiring": 1250,
        "expiring_value_cents": 12_500,
        "expires_on": date(2026, 9, 30),
        "days": 30,
    },
    "enrolled": {},
    "upgraded": {"tier_before": "Silver", "safe_until": date(2026, 9, 30)},
    "statement": {
        "since": date(2026, 1, 1),
        "earned": 350,
        "used": 300,
        "expired": 20,
        "entries": [
            {"date": date(2026, 3, 2), "points": 250, "why": "amount_spent"},
            {"date": date(2026, 3, 9), "points": -300, "why": "redemption"},
        ],
        "lots": [{"points": 50, "expires_on": date(2027, 3, 2)}],
        "reward_credit_cents": 2_500,
        "rewards": [
            {"code": "spring:ann:1", "amount_cents": 2_500, "expires_on": date(2026, 9, 30)}
        ],
    },
    "reward_issued": {
        "count": 2,
        "total_cents": 5_000,
        "rewards": [
            {"code": "spring:ann:1", "amount_cents": 2_500, "expires_on": date(2026, 9, 30)},
            {"code": "spring:ann:2", "amount_cents": 2_500, "expires_on": None},
        ],
    },
    "reward_expiring": {
        "count": 1,
        "total_cents": 2_500,
        "expires_on": date(2026, 9, 30),
        "days": 7,
        "rewards": [
            {"code": "spring:ann:1", "amount_cents": 2_500, "expires_on": date(2026, 9, 30)}
        ],
    },
}
assert VALUES.keys() == KINDS.keys()


@contextmanager
def salon(*records: Any, until: str = "2026-03-31") -> Iterator[Company]:
    """The company after a history, in its scope; SPRING where nothing else is said."""
    History(*(records or SPRING), until=until)
    row = find_organization(None)
    with organization_scope(row.id):
        yield load_company(row)


def key_of(ref: str) -> Any:
    return models.Guest.objects.get(external_id=ref).id


def occasion(ref: str, kind: str, name: str = "test/1", on: date = ON, **more: Any) -> Occasion:
    return Occasion(key_of(ref), kind, name, on, VALUES[kind] | more)


def make(company: Company, *occasions: Occasion, channels: Any = None) -> int:
    return make_messages(company, occasions, at=AT, channels=channels)


def agree(company: Company, ref: str, channel: str = "email", state: str = "given") -> None:
    consent.record_consent(
        company, ref, channel=channel, state=state, at=AT, by="ella", how="desk"
    )


def switch_on(company: Company, kind: str, channel: str = "email", since: date = ON) -> None:
    switches.switch_on(company, kind, channel, told_from=since, at=AT, by="ella")


def bounce(ref: str, address: str, channel: str = "email") -> None:
    with transaction.atomic():
        problem = "550 no such mailbox"
        consent.note_bounce(key_of(ref), channel, address, at=AT, problem=problem)


def rows() -> list[tuple[Any, ...]]:
    """(guest, kind, channel, state, problem) of every message, in the order they were made."""
    with every_organization():
        made = models.Message.objects.select_related("guest").order_by("id")
        return [(m.guest.external_id, m.kind, m.channel, m.state, m.problem) for m in made]


def texts() -> list[tuple[str, str]]:
    """(subject, body) of every message, in the order they were made."""
    with every_organization():
        made = models.Message.objects.order_by("id")
        return list(made.values_list("subject", "body"))
