"""Points posted at once or at the close: the same per invoice and action once the day is over
(rule 5.3), whatever came in between.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from regulars.services import replaying, stream
from tests.scenarios import ways
from tests.services.short_histories import GOLD, SILVER, START, guest, invoice, open_invoice
from tests.services.short_histories import program as program_of

pytestmark = pytest.mark.usefixtures("sqlite_database")

RATES = {"amount_spent": {"points": 33, "per": "100.00"}}
TIERS = [
    SILVER
    | {
        "accruals": SILVER["accruals"]
        | {"rebook": {"points": 25}, "online_booking": {"points": 7}}
    },
    GOLD
    | {
        "accruals": GOLD["accruals"]
        | RATES
        | {"amount_spent_birthday": {"points": 70, "per": "100.00"}}
    },
]
GUESTS = ["ann", "bea", "cal"]
DAYS = ["2026-03-02", "2026-03-03", "2026-03-04"]


def outcome(records: list[Any], timing: str, **settings: Any) -> dict[str, Any]:
    """What the ledger nets to; each fact is applied on its own."""
    program = program_of(award_timing=timing, tiers=TIERS, **settings)
    everything = [*START, program, *records]
    days = [date.fromisoformat(day) for day in DAYS]
    replayed = replaying.replay([(None, one) for one in everything], days)
    for result in replayed.results.values():
        assert result.status != "refused", result
    return ways.settled(ways.Came({}, replayed.as_of, ways.ledger()))


@pytest.fixture
def compare(sqlite_database, monkeypatch):
    monkeypatch.setattr(stream, "BATCH", 1)

    def both(*records: Any, **settings: Any) -> dict[str, Any]:
        at_close = outcome(list(records), "day_close", **settings)
        sqlite_database.renew()
        at_once = outcome(list(records), "immediate", **settings)
        sqlite_database.renew()
        assert at_once == at_close
        return {
            ref: one["points"] for ref, one in at_once["states"][DAYS[-1]]["guests"].items()
        }

    return both


def paid_by(ref: str, of: str, *amounts: str, at: str) -> list[Any]:
    """An invoice paid in several steps, each told on its own; the last closes it."""
    told = []
    payments: list[Any] = []
    total = f"{sum(float(amount) for amount in amounts):.2f}"
    for number, amount in enumerate(amounts, start=1):
        moment = f"{at}T{9 + number:02}:00"
        payments = [
            *payments,
            {"id": f"p{number}", "tender": "card", "amount": amount, "at": moment},
        ]
        told.append(
            open_invoice(ref, of, total, f"{at}T09:00") | {"payments": payments, "at": moment}
        )
    told[-1] |= {"status": "closed", "closed_at": told[-1]["at"]}
    return told


def test_an_upgrade_later_in_the_day_raises_what_was_posted_before(compare):
    points = compare(
        guest("ann"),
        invoice("i1", "ann", "400.00", f"{DAYS[0]}T10:00"),
        invoice("i2", "ann", "700.00", f"{DAYS[0]}T15:00"),
    )
    # 400 and 700 at Gold's 33 per 100, and Gold's welcome alone
    assert points == {"ann": 132 + 231 + 100}


def test_a_void_undoes_the_tier_its_rate_and_its_welcome(compare):
    lost = invoice("i2", "ann", "700.00", f"{DAYS[0]}T15:00")
    points = compare(
        guest("ann"),
        invoice("i1", "ann", "400.00", f"{DAYS[0]}T10:00"),
        lost,
        lost | {"status": "void", "at": f"{DAYS[0]}T16:00"},
    )
    assert points == {"ann": 80 + 100}


def test_an_enrollment_undone_keeps_welcome_and_sign_up_for_the_next(compare):
    lost = invoice("i1", "ann", "400.00", f"{DAYS[0]}T10:00")
    points = compare(
        guest("ann", signup={"channel": "webstore", "at": "2026-01-02"}),
        lost,
        lost | {"status": "void", "at": f"{DAYS[0]}T16:00"},
        invoice("i2", "ann", "100.00", f"{DAYS[2]}T10:00"),
    )
    assert points == {"ann": 20 + 100 + 50}


def test_a_refund_on_the_day_of_its_payment_is_netted(compare):
    bill = invoice("i1", "ann", "133.33", f"{DAYS[0]}T10:00")
    refund = {"id": "r1", "payment": "p1", "amount": "10.00", "at": f"{DAYS[0]}T12:00"}
    points = compare(guest("ann"), bill, bill | {"refunds": [refund], "at": f"{DAYS[0]}T12:00"})
    # floor(123.33 x 0.2), not floor(133.33 x 0.2) less its share
    assert points == {"ann": 24 + 100}


def test_three_payments_lose_nothing_to_rounding(compare):
    points = compare(guest("ann"), *paid_by("i1", "ann", "66.66", "66.67", "33.34", at=DAYS[0]))
    assert points == {"ann": 33 + 100}


def test_the_referring_guests_tier_is_the_one_after_the_close(compare):
    points = compare(
        guest("ann"),
        guest("bea", referred_by="ann"),
        invoice("i1", "bea", "50.00", f"{DAYS[0]}T10:00"),
        invoice("i2", "ann", "100.00", f"{DAYS[0]}T15:00"),
    )
    assert points == {"ann": 20 + 100 + 200, "bea": 0}


def test_slices_of_a_jump_follow_the_whole_day(compare):
    points = compare(
        guest("ann"),
        *paid_by("i1", "ann", "600.00", "600.00", at=DAYS[0]),
        award_on="closed_invoices",
        split_rate_on_tier_jump=True,
    )
    # up to 1000 at Silver's 20 per 100, the rest at Gold's 33; Gold's welcome
    assert points == {"ann": 200 + 66 + 100}


@pytest.mark.parametrize("seed", range(8))
def test_any_three_days(compare, seed):
    random = Random(seed)
    records = [guest("ann"), guest("bea", referred_by="ann", birthday="1990-03-03")]
    records.append(guest("cal", signup={"channel": "mobile_app", "at": "2026-01-02"}))
    known: dict[str, Any] = {}
    for day in DAYS:
        for hour in range(9, 9 + random.randint(3, 9)):
            minute = random.randint(0, 59)
            records.append(a_fact(random, known, f"{day}T{hour:02}:{minute:02}"))
    settings = {}
    if seed % 3 == 2:
        settings = {"award_on": "closed_invoices", "split_rate_on_tier_jump": seed % 2 == 0}
    compare(*records, **settings)


def a_fact(random: Random, known: dict[str, Any], at: str) -> Any:
    """Something new, or what may become of an invoice."""
    living = [one for one in known.values() if one["status"] != "void"]
    chance, of = random.random(), random.choice(GUESTS)
    if chance < 0.08:
        return {
            "type": "feedback",
            "id": f"f{at}",
            "guest": of,
            "channel": "guest_app",
            "at": at,
        }
    if chance < 0.2:
        return a_booking(of, at)
    if living and chance > 0.55:
        fact = changed(random, random.choice(living), at) | {"at": at}
    else:
        amount = random.choice(["33.33", "80.00", "100.00", "450.55", "999.99", "1200.00"])
        fact = invoice(f"i{len(known)}", of, amount, at)
        if random.random() < 0.3:
            fact = fact | {"status": "open"}
        if random.random() < 0.5:
            fact["lines"] = [fact["lines"][0] | {"appointment": f"{of}{at[:10]}"}]
    known[fact["id"]] = fact
    return fact


def a_booking(of: str, at: str) -> Any:
    """Booked the day before and kept, which the invoices of the day may be for."""
    before = str(date.fromisoformat(at[:10]) - timedelta(days=1))
    head = {
        "type": "appointment",
        "id": f"{of}{at[:10]}",
        "guest": of,
        "center": "soho",
        "at": at,
    }
    booked = {"booked_at": f"{before}T12:00", "channel": "webstore"}
    return {**head, **booked, "starts_at": f"{at[:10]}T09:00", "status": "completed"}


def changed(random: Random, fact: Any, at: str) -> Any:
    refunds, payments = fact.get("refunds", []), fact["payments"]
    act = random.choice(["void", "refund", "refund", "pay", "unpay", "close", "reopen"])
    if act == "void":
        return fact | {"status": "void"}
    if act == "refund" and payments:
        one = {"id": f"r{len(refunds)}{at}", "payment": payments[0]["id"], "at": at}
        return fact | {"refunds": [*refunds, one | {"amount": random.choice(["3.33", "7.00"])}]}
    if act == "unpay" and not refunds:
        return fact | {"payments": payments[1:]}
    if act == "pay":
        one = {"id": f"p{at}", "tender": "card", "amount": "55.55", "at": at}
        return fact | {"payments": [*payments, one]}
    if act == "reopen":
        return fact | {"status": "open"}
    return fact | {"status": "closed", "closed_at": at}
