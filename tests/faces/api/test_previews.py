"""Previews: what an act or a refund would change, the same as what then happens."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.faces.api.shop import Shop
from tests.faces.api.test_acts import shop_with_a_bill
from tests.services.short_histories import program

SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()


def paid_today(shop: Shop, *lines: dict[str, Any], amount: str) -> None:
    now = datetime.now(UTC).isoformat()
    bill = {
        "guest": "ann",
        "center": "soho",
        "opened_at": now,
        "status": "closed",
        "closed_at": now,
        "lines": lines,
        "payments": [{"id": "p1", "tender": "card", "amount": amount, "at": now}],
    }
    assert shop.put("/invoices/i7", bill).json()["status"] == "applied"


@pytest.mark.usefixtures("each_database")
def test_a_redemption_is_previewed_with_its_lots_and_nothing_is_kept():
    shop = shop_with_a_bill()
    told = shop.ask("POST", "/invoices/i2/redemptions/preview", {"points": 30}).json()
    assert (told["before"]["guest"]["points"], told["after"]["guest"]["points"]) == (120, 90)
    assert (told["before"]["invoice"]["due"], told["after"]["invoice"]["due"]) == (
        "50.00",
        "47.00",
    )
    assert [lot["points"] for lot in told["lots"]] == [-20, -10]
    assert [one["kind"] for one in told["entries"]] == ["redemption"]
    assert "The balance goes from 120 to 90 points (-30)." in told["sentences"]
    assert shop.get("/guests/ann/loyalty").json()["points"] == 120
    done = shop.ask("POST", "/invoices/i2/redemptions", {"id": "rd1", "points": 30}).json()
    assert {"guest": done["guest"], "invoice": done["invoice"]} == told["after"]


@pytest.mark.usefixtures("sqlite_database")
def test_a_hold_is_previewed_and_a_refusal_is_the_same():
    shop = shop_with_a_bill()
    body = {"points": 30, "until": SOON}
    told = shop.ask("POST", "/invoices/i2/holds/preview", body).json()
    assert [lot["held"] for lot in told["lots"]] == [20, 10]
    assert told["after"]["guest"]["redeemable_points"] == 90
    path = "/invoices/i2/redemptions"
    previewed = shop.ask("POST", f"{path}/preview", {"points": 999}).json()
    refused = shop.ask("POST", path, {"id": "rd1", "points": 999}).json()
    for name in ("status", "code", "detail", "numbers"):
        assert previewed[name] == refused[name]


@pytest.mark.usefixtures("each_database")
def test_a_refund_by_amount_is_previewed():
    shop = Shop()
    path = "/invoices/i1/refunds/preview"
    told = shop.ask("POST", path, {"amount": "50.00"}).json()
    # 20 for 100.00: half of it goes, and the spend falls to 50.00
    assert (told["before"]["guest"]["points"], told["after"]["guest"]["points"]) == (120, 110)
    assert [one["kind"] for one in told["entries"]] == ["reversal"]
    assert [(one["payment"], one["amount"]) for one in told["refunds"]] == [("p1", "50.00")]
    assert told["after"]["guest"]["tier"] == "silver"
    # Nothing of it stays, not even that the days since January were closed.
    assert shop.get("/guests/ann/loyalty").json()["entries"] == []
    stored = shop.get("/invoices/i1").json()
    assert stored["refunds"] == []
    stored["refunds"] = told["refunds"]
    assert shop.put("/invoices/i1", stored).json()["status"] == "applied"
    assert shop.get("/invoices/i1/loyalty").json()["points_pending"] == {"amount_spent": -10}


@pytest.mark.usefixtures("sqlite_database")
def test_a_refund_by_line_and_quantity_is_shared_pro_rata():
    shop = Shop()
    cut = {"id": "l1", "kind": "service", "price": "60.00"}
    oils = {"id": "l2", "kind": "product", "quantity": 3, "price": "30.00", "tax": "3.00"}
    paid_today(shop, cut, oils, amount="93.00")
    path = "/invoices/i7/refunds/preview"
    body = {"lines": [{"line": "l2", "quantity": 1}, {"line": "l1"}]}
    told = shop.ask("POST", path, body).json()
    assert [(one["line"], one["amount"]) for one in told["refunds"]] == [
        ("l2", "11.00"),
        ("l1", "60.00"),
    ]
    # 18 points for 93.00 by tonight, floor(20 x 22.00 / 100) = 4 after it
    assert (told["before"]["guest"]["points"], told["after"]["guest"]["points"]) == (138, 124)


@pytest.mark.usefixtures("sqlite_database")
def test_points_that_were_spent_become_a_debt():
    shop = shop_with_a_bill()
    shop.ask("POST", "/invoices/i2/redemptions", {"id": "rd1", "points": 115})
    told = shop.ask("POST", "/invoices/i1/refunds/preview", {"amount": "100.00"}).json()
    assert (told["before"]["guest"]["debt"], told["after"]["guest"]["debt"]) == (0, 15)
    assert "15 points are owed then: the next points clear that first." in told["sentences"]


@pytest.mark.usefixtures("sqlite_database")
def test_all_money_back_returns_the_points_that_paid():
    shop = Shop(program(since="2026-01-06", at="2026-01-06"))
    now = datetime.now(UTC).isoformat()
    bill = {"guest": "ann", "center": "soho", "opened_at": now, "status": "open"}
    bill["lines"] = [{"id": "l1", "kind": "service", "price": "50.00"}]
    shop.put("/invoices/i3", bill)
    shop.ask("POST", "/invoices/i3/redemptions", {"id": "rd1", "points": 100})
    paid = [{"id": "p1", "tender": "card", "amount": "40.00", "at": now}]
    closed = {"status": "closed", "closed_at": now, "payments": paid}
    assert shop.put("/invoices/i3", bill | closed).json()["status"] == "applied"
    told = shop.ask("POST", "/invoices/i3/refunds/preview", {"lines": [{"line": "l1"}]}).json()
    assert [one["amount"] for one in told["refunds"]] == ["40.00"]
    kinds = [(one["kind"], one["points"]) for one in told["entries"]]
    assert ("redemption_return", 100) in kinds
    assert told["after"]["guest"]["points"] == 120


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize(
    ("wish", "status", "field"),
    [
        ({}, 422, "amount"),
        ({"amount": "5.00", "lines": [{"line": "l1"}]}, 422, "amount"),
        ({"amount": "100.01"}, 422, "amount"),
        ({"amount": "-1"}, 422, "amount"),
        ({"amount": "0"}, 422, "amount"),
        ({"amount": 5}, 422, "amount"),
        ({"lines": []}, 422, "lines"),
        ({"lines": [{"line": "l9"}]}, 404, "line"),
        ({"lines": [{"line": "l1", "quantity": 2}]}, 422, "quantity"),
        ({"lines": [{"line": "l1", "quantity": True}]}, 422, "quantity"),
        ({"amount": "5.00", "payment": "p9"}, 404, "payment"),
        ({"amount": "5.00", "colour": "red"}, 422, "colour"),
    ],
)
def test_a_refund_that_cannot_be(wish, status, field):
    answer = Shop().ask("POST", "/invoices/i1/refunds/preview", wish)
    assert (answer.status_code, answer.json()["field"]) == (status, field)
