"""States as of days gone by, as they were then."""

import pytest

from tests.faces.api.shop import Shop
from tests.services.short_histories import command, guest, invoice

pytestmark = pytest.mark.usefixtures("each_database")

LATER = [
    guest("bea", referred_by="ann", at="2026-01-06"),
    invoice("i2", "bea", "300.00", "2026-01-07"),
    command("add_points/a1", "2026-01-08", guest="ann", points=30, reason="goodwill"),
    guest("zoe", at="2026-01-09"),
]


def points_on(shop: Shop, day: str) -> int:
    return int(shop.get(f"/guests/ann/loyalty?as_of={day}").json()["points"])


def test_the_past_is_told_as_it_was():
    shop = Shop(*LATER)
    # 20 for 100.00 and 100 as welcome; 200 for bringing Bea; 30 by hand
    days = ("2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-20")
    assert [points_on(shop, day) for day in days] == [120, 120, 320, 350, 350]
    state = shop.get("/invoices/i2/loyalty?as_of=2026-01-07").json()
    assert state["points_earned"] == {"amount_spent": 60}


def test_before_she_was_known_there_is_nothing_to_tell():
    answer = Shop(*LATER).get("/guests/bea/loyalty?as_of=2026-01-05")
    assert (answer.status_code, answer.json()["field"]) == (404, "as_of")


def test_a_day_to_come_is_refused():
    answer = Shop().get("/guests/ann/loyalty?as_of=2999-01-01")
    assert (answer.status_code, answer.json()["field"]) == (422, "as_of")
    answer = Shop().get("/guests/ann/loyalty?as_of=soon")
    assert (answer.status_code, answer.json()["field"]) == (422, "as_of")
