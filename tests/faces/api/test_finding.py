"""Guests looked for over HTTP."""

import pytest

from tests.faces.api.shop import Shop
from tests.services.short_histories import guest

pytestmark = pytest.mark.usefixtures("each_database")


def test_guests_are_found_and_never_made():
    shop = Shop(guest("bea", name="Beatrice Ann", phone="(212) 555-0123", at="2026-01-06"))
    till = shop.make_key("till")
    found = shop.get("/guests?find=ann", key=till).json()
    assert [one["id"] for one in found["items"]] == ["ann", "bea"]
    assert [one["found_by"] for one in found["items"]] == ["id", "name"]
    assert shop.get("/guests?phone=%2B12125550123").json()["items"][0]["id"] == "bea"
    assert shop.get("/guests?phone=0123").json() == {"items": [], "next": None}
    assert shop.get("/guests?email=zoe@example.com").json()["items"] == []
    assert len(shop.get("/guests").json()["items"]) == 2


def test_finding_has_no_further_pages():
    problem = Shop().get("/guests?find=ann&after=ann")
    assert (problem.status_code, problem.json()["field"]) == (422, "after")
