"""Facts by PUT and GET: applied once, refused with a problem that helps, paged."""

import pytest

from tests.faces.api.shop import Shop
from tests.services.short_histories import guest

pytestmark = pytest.mark.usefixtures("each_database")

BEA = {"name": "Bea Stone", "email": "bea@example.com", "birthday": "1990-03-02"}


def test_a_guest_is_put_and_read_back():
    shop = Shop()
    answer = shop.put("/guests/bea", BEA)
    assert (answer.status_code, answer.json()["status"]) == (200, "applied")
    assert shop.put("/guests/bea", BEA).json()["status"] == "unchanged"
    found = shop.get("/guests/bea").json()
    assert {name: found[name] for name in BEA} == BEA
    assert found["id"] == "bea"


def test_an_invoice_is_put_and_what_it_will_earn_is_pending():
    shop = Shop()
    today = {
        "guest": "ann",
        "center": "soho",
        "opened_at": "2026-11-02T10:00",
        "status": "open",
        "lines": [{"id": "l1", "kind": "service", "price": "50.00"}],
    }
    answer = shop.put("/invoices/i2", today)
    assert answer.json()["status"] == "applied"
    state = shop.get("/invoices/i2/loyalty").json()
    assert (state["status"], state["total"], state["due"]) == ("open", "50.00", "50.00")
    assert shop.get("/invoices/i2").json()["lines"][0]["price"] == "50.00"
    assert shop.get("/guests/ann/loyalty").json()["tier"] == "silver"


def test_a_refusal_is_a_problem_with_field_and_value():
    shop = Shop()
    answer = shop.put("/guests/bea", {"name": "Bea", "colour": "red"})
    problem = answer.json()
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert (problem["code"], problem["field"]) == ("invalid_record", "colour")
    assert problem["result"]["record"] == "guest/bea"
    wrong = shop.put("/invoices/i9", {"guest": "zoe", "center": "soho"})
    assert wrong.status_code == 422


def test_what_is_not_known_is_not_found():
    shop = Shop()
    assert shop.get("/guests/zoe").status_code == 404
    assert shop.get("/guests/zoe/loyalty").json()["code"] == "unknown_reference"
    assert shop.get("/nothing").status_code == 404


@pytest.mark.parametrize("path", ["/guests/%00", "/guests?after=a%00", "/guests/a%00/loyalty"])
def test_a_nul_is_in_no_id(path):
    answer = Shop().get(path)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_record")


def test_a_trial_is_answered_alike_and_leaves_no_trace():
    shop = Shop()
    assert shop.put("/guests/bea?dry_run=true", BEA).json()["status"] == "applied"
    assert shop.get("/guests/bea").status_code == 404


def test_guests_come_in_pages():
    shop = Shop(*[guest(f"g{n}", at="2026-01-06") for n in range(5)])
    first = shop.get("/guests?limit=4").json()
    assert [one["id"] for one in first["items"]] == ["ann", "g0", "g1", "g2"]
    rest = shop.get(f"/guests?limit=4&after={first['next']}").json()
    assert ([one["id"] for one in rest["items"]], rest["next"]) == (["g3", "g4"], None)


def test_address_and_body_must_not_differ():
    shop = Shop()
    answer = shop.put("/guests/bea", {"id": "zoe", "name": "Zoe"})
    assert (answer.status_code, answer.json()["field"]) == (422, "id")


def test_an_appointment_says_with_whom_for_what_and_how_long():
    shop = Shop()
    shop.put("/items/cut", {"kind": "service", "name": "Cut", "price": "60.00"})
    booked = {
        "guest": "ann",
        "center": "soho",
        "booked_at": "2026-11-02T10:00",
        "channel": "desk",
        "starts_at": "2026-11-09T10:00",
        "status": "booked",
        "staff": "mei.tanaka",
        "services": ["cut"],
        "minutes": 45,
        "note": "By the window",
    }
    assert shop.put("/appointments/ap7", booked).json()["status"] == "applied"
    assert shop.put("/appointments/ap7", booked).json()["status"] == "unchanged"
    found = shop.get("/appointments/ap7").json()
    told = ("staff", "services", "minutes", "note")
    assert [found[name] for name in told] == [booked[name] for name in told]
    moved = shop.put("/appointments/ap7", booked | {"staff": "leo.park", "note": None})
    assert moved.json()["status"] == "applied"
    found = shop.get("/appointments/ap7").json()
    assert (found["staff"], found["note"], found["minutes"]) == ("leo.park", None, 45)
