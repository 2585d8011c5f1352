"""Quotes: what a bill would earn and take, the same as the posting that follows."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services.organizations import find_organization
from tests.faces.api.shop import Shop
from tests.services.short_histories import guest, program

pytestmark = pytest.mark.usefixtures("each_database")


def bill(of: str, amount: str, **fields: Any) -> dict[str, Any]:
    lines = [{"id": "l1", "kind": "service", "price": amount}]
    return {"guest": of, "center": "soho", "lines": lines, **fields}


def counts() -> list[int]:
    with organization_scope(find_organization("lumen").id):
        kept = (models.Invoice, models.LedgerEntry, models.Record, models.Outbox, models.Lot)
        return [kind.objects.count() for kind in kept]


def test_a_quote_says_what_the_bill_earns_and_takes():
    told = Shop().ask("POST", "/quotes", bill("ann", "50.00")).json()
    assert [(one["action"], one["points"]) for one in told["earns"]] == [("amount_spent", 10)]
    assert "10" in told["earns"][0]["why"]
    # 120 points at 0.10: 20 for 100.00 and 100 as welcome
    assert told["redeemable"] == {
        "minimum": 1,
        "maximum": 120,
        "increment": 1,
        "value": "12.00",
    }
    assert (told["tier"], told["due"], told["refusals"]) == ("silver", "50.00", [])


def test_nothing_of_it_is_stored():
    shop = Shop()
    before = counts()
    assert shop.ask("POST", "/quotes", bill("ann", "50.00")).status_code == 200
    assert counts() == before


def test_a_first_visit_enrolls_and_welcomes():
    told = Shop(guest("bea")).ask("POST", "/quotes", bill("bea", "200.00")).json()
    assert [(one["action"], one["points"]) for one in told["earns"]] == [
        ("amount_spent", 40),
        ("welcome_bonus", 100),
    ]
    assert told["redeemable"]["maximum"] == 0
    assert [one["code"] for one in told["refusals"]] == ["not_enrolled"]


def test_the_posting_that_follows_earns_what_was_quoted():
    shop = Shop()
    told = shop.ask("POST", "/quotes", bill("ann", "86.50")).json()
    now = datetime.now(UTC).isoformat()
    paid = [{"id": "p1", "tender": "card", "amount": told["due"], "at": now}]
    posted = bill("ann", "86.50", opened_at=now, status="closed", closed_at=now, payments=paid)
    assert shop.put("/invoices/i7", posted).json()["status"] == "applied"
    pending = shop.get("/invoices/i7/loyalty").json()["points_pending"]
    assert {one["action"]: one["points"] for one in told["earns"]} == pending


def test_a_bill_that_could_not_be_posted_is_refused_alike():
    shop = Shop()
    answer = shop.ask("POST", "/quotes", bill("zoe", "50.00"))
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_reference")
    answer = shop.ask("POST", "/quotes", bill("ann", "-50.00"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_record")


@pytest.mark.parametrize("guest", [None, 5, ["ann"], {"id": "ann"}, "a\x00"])
def test_a_guest_that_is_none_is_refused(guest):
    answer = Shop().ask("POST", "/quotes", bill(guest, "50.00"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_record")


def test_where_points_are_awarded_at_once_the_quote_still_has_them():
    at_once = program(since="2026-01-06", at="2026-01-06", award_timing="immediate")
    told = Shop(at_once).ask("POST", "/quotes", bill("ann", "50.00")).json()
    assert [(one["action"], one["points"]) for one in told["earns"]] == [("amount_spent", 10)]


def test_neither_a_quote_nor_a_paid_invoice_takes_many_statements():
    """Each is a way to the database and back; the limits are what they take, with COMMIT."""
    at_once = program(since="2026-01-06", at="2026-01-06", award_timing="immediate")
    shop = Shop(at_once, guest("bea"))
    now = datetime.now(UTC).isoformat()
    # The first to come closes the days that are over.
    first = bill("bea", "5.00", opened_at=now, status="open")
    assert shop.put("/invoices/i7", first).status_code == 200
    paid = [{"id": "p1", "tender": "card", "amount": "50.00", "at": now}]
    closed = {"opened_at": now, "status": "closed", "closed_at": now, "payments": paid}
    with CaptureQueriesContext(connection) as quoted:
        assert shop.ask("POST", "/quotes", bill("ann", "50.00")).status_code == 200
    with CaptureQueriesContext(connection) as posted:
        assert shop.put("/invoices/i8", bill("ann", "50.00", **closed)).status_code == 200
    assert len(quoted.captured_queries) <= 10, quoted.captured_queries
    assert len(posted.captured_queries) <= 15, posted.captured_queries
