"""Acts at addresses of their own: redeem, hold, adjust, enroll, each with the numbers after."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.faces.api.shop import Shop
from tests.services.short_histories import command, guest, program

both = pytest.mark.usefixtures("each_database")
one = pytest.mark.usefixtures("sqlite_database")

SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()


def shop_with_a_bill(*records: Any, amount: str = "50.00", **settings: Any) -> Shop:
    """Ann has 120 points, worth 12.00, and an open bill."""
    shop = Shop(*records, **settings)
    lines = [{"id": "l1", "kind": "service", "price": amount}]
    now = datetime.now(UTC).isoformat()
    bill = {"guest": "ann", "center": "soho", "opened_at": now, "status": "open"}
    assert shop.put("/invoices/i2", bill | {"lines": lines}).status_code == 200
    return shop


@both
def test_points_are_redeemed_and_given_back():
    shop = shop_with_a_bill()
    till = shop.make_key("till")
    answer = shop.ask(
        "POST", "/invoices/i2/redemptions", {"id": "rd1", "points": 100}, key=till
    )
    told = answer.json()
    assert (answer.status_code, told["id"], told["result"]["status"]) == (200, "rd1", "applied")
    assert told["result"]["record"] == "redeem_points/rd1"
    assert (told["guest"]["id"], told["guest"]["points"]) == ("ann", 20)
    assert (told["invoice"]["due"], told["invoice"]["points_paid"]) == ("40.00", "10.00")
    back = shop.ask("POST", "/redemptions/rd1/undo", {"id": "u1"}, key=till).json()
    assert (back["guest"]["points"], back["invoice"]["due"]) == (120, "50.00")
    again = shop.ask("POST", "/redemptions/rd1/undo", {"id": "u2"}, key=till)
    assert (again.status_code, again.json()["code"]) == (409, "not_undoable")


@one
def test_a_refusal_has_the_numbers_that_would_do():
    shop = shop_with_a_bill()
    answer = shop.ask("POST", "/invoices/i2/redemptions", {"id": "rd1", "points": 500})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "insufficient_points")
    assert (problem["numbers"]["available"], problem["numbers"]["missing"]) == (120, 380)
    assert problem["guest"]["points"] == 120


@one
def test_a_bill_nobody_knows():
    answer = Shop().ask("POST", "/invoices/i9/redemptions", {"id": "rd1", "points": 5})
    assert (answer.status_code, answer.json()["field"]) == (404, "invoice")


@one
def test_an_id_is_needed_or_follows_from_the_idempotency_key():
    shop = shop_with_a_bill()
    path = "/invoices/i2/redemptions"
    without = shop.ask("POST", path, {"points": 10})
    assert (without.status_code, without.json()["field"]) == (422, "id")
    first = shop.ask("POST", path, {"points": 10}, Idempotency_Key="k1").json()
    again = shop.ask("POST", path, {"points": 10}, Idempotency_Key="k1").json()
    assert again == first
    assert first["result"]["record"] == f"redeem_points/{first['id']}"
    other = shop.ask("POST", path, {"points": 10}, Idempotency_Key="k2").json()
    assert (other["guest"]["points"], other["id"] == first["id"]) == (100, False)


@one
def test_address_and_body_must_agree():
    shop = shop_with_a_bill()
    body = {"id": "rd1", "points": 10, "invoice": "i7"}
    answer = shop.ask("POST", "/invoices/i2/redemptions", body)
    assert (answer.status_code, answer.json()["field"]) == (422, "invoice")


@one
def test_a_trial_says_the_same_and_leaves_no_trace():
    shop = shop_with_a_bill()
    path = "/invoices/i2/redemptions?dry_run=true"
    told = shop.ask("POST", path, {"id": "rd1", "points": 100}).json()
    assert (told["result"]["status"], told["guest"]["points"]) == ("applied", 20)
    assert shop.get("/guests/ann/loyalty").json()["points"] == 120


@both
def test_points_are_held_captured_and_released():
    shop = shop_with_a_bill()
    held = shop.ask("POST", "/invoices/i2/holds", {"id": "h1", "points": 80, "until": SOON})
    assert (held.status_code, held.json()["guest"]["redeemable_points"]) == (200, 40)
    taken = shop.ask("POST", "/holds/h1/capture", {"id": "c1"}).json()
    assert (taken["guest"]["points"], taken["invoice"]["due"]) == (40, "42.00")
    over = shop.ask("POST", "/holds/h1/release", {"id": "x1"})
    assert (over.status_code, over.json()["code"]) == (409, "hold_not_open")
    shop.ask("POST", "/invoices/i2/holds", {"id": "h2", "points": 40, "until": SOON})
    free = shop.ask("POST", "/holds/h2/release", {"id": "x2"}).json()
    assert free["guest"]["redeemable_points"] == 40


@one
def test_a_booking_holds_points():
    shop = Shop()
    now = datetime.now(UTC).isoformat()
    booking = {"guest": "ann", "center": "soho", "booked_at": now, "starts_at": SOON}
    booked = shop.put("/appointments/a1", booking | {"channel": "desk", "status": "booked"})
    assert booked.status_code == 200
    told = shop.ask("POST", "/appointments/a1/holds", {"id": "h1", "points": 20, "until": SOON})
    assert told.json()["guest"]["redeemable_points"] == 100


@both
def test_rewards_are_given_used_and_taken_off():
    shop = shop_with_a_bill()
    given = shop.ask("POST", "/guests/ann/rewards", {"id": "w1", "amount": "20.00"}).json()
    assert given["guest"]["reward_credit"] == "20.00"
    used = shop.ask("POST", "/invoices/i2/rewards", {"id": "u1", "reward": "w1"}).json()
    assert (used["invoice"]["due"], used["guest"]["reward_credit"]) == ("30.00", "0.00")
    body = {"id": "u2", "invoice": "i2"}
    freed = shop.ask("POST", "/rewards/w1/unredeem", body).json()
    assert (freed["invoice"]["due"], freed["guest"]["reward_credit"]) == ("50.00", "20.00")
    shop.ask("POST", "/rewards/w1/edit", {"id": "e1", "amount": "25.00"})
    gone = shop.ask("POST", "/rewards/w1/void", {"id": "v1", "reason": "wrong guest"}).json()
    assert (gone["guest"]["reward_credit"], gone["guest"]["rewards"]) == ("0.00", [])


@both
def test_above_the_limit_a_second_person_says_yes():
    limited = program(since="2026-01-06", at="2026-01-06", approval_above_points=50)
    shop = Shop(limited)
    body = {"id": "a1", "points": 80, "reason": "goodwill", "expires_on": None}
    waits = shop.ask("POST", "/guests/ann/points/add", body, X_Staff="maria")
    assert (waits.status_code, waits.json()["result"]["status"]) == (202, "pending")
    assert waits.json()["guest"]["points"] == 120
    request = {"request": "add_points/a1"}
    own = shop.ask("POST", "/approvals", request | {"id": "p1"}, X_Staff="maria")
    assert (own.status_code, own.json()["code"]) == (403, "not_permitted")
    done = shop.ask("POST", "/approvals", request | {"id": "p2"}, X_Staff="zoe").json()
    assert done["guest"]["points"] == 200
    late = shop.ask("POST", "/rejections", request | {"id": "p3"}, X_Staff="zoe")
    assert (late.status_code, late.json()["code"]) == (409, "conflict")


@one
def test_points_by_hand_are_removed_and_given_more_time():
    shop = Shop(command("add_points/a0", "2026-01-06", guest="ann", points=30, reason="other"))
    less = shop.ask("POST", "/guests/ann/points/remove", {"id": "r1", "points": 30}).json()
    assert less["guest"]["points"] == 120
    last_day = shop.get("/guests/ann/loyalty").json()["lots"][0]["expires_on"]
    body = {"id": "x1", "from_expires_on": last_day, "to_expires_on": "2030-01-01"}
    more = shop.ask("POST", "/guests/ann/points/extend", body).json()
    assert more["result"]["status"] == "applied"
    till = shop.make_key("till")
    answer = shop.ask("POST", "/guests/ann/points/add", {"id": "a9", "points": 5}, key=till)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


@one
def test_a_guest_is_enrolled_and_the_enrollment_cancelled():
    shop = Shop(guest("bea"))
    low = shop.ask("POST", "/guests/bea/enrollment", {"id": "e1", "tier": "applicable"})
    assert (low.status_code, low.json()["code"]) == (409, "no_matching_tier")
    off = shop.ask("POST", "/guests/bea/enrollment", {"id": "e2", "tier": "highest"})
    assert (off.status_code, off.json()["code"]) == (409, "direct_enrollment_off")
    gone = shop.ask("POST", "/guests/ann/enrollment/cancel", {"id": "c1"}).json()
    assert (gone["guest"]["tier"], gone["guest"]["points"]) == (None, 0)
    back = shop.ask("POST", "/guests/ann/opt-in", {"id": "o1", "loyalty_opt_in": True}).json()
    assert back["result"]["status"] == "applied"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"id": "rd1", "points": "ten"}'])
@one
def test_a_body_that_says_nothing_good_is_refused(body):
    answer = shop_with_a_bill().ask("POST", "/invoices/i2/redemptions", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_record")
