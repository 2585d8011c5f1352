"""Feedback is a fact that a till records; publishing it elsewhere is marketing's."""

import pytest

from tests.faces.api.shop import Shop

GIVEN = {
    "guest": "ann",
    "at": "2026-01-06",
    "channel": "guest_app",
    "rating": 5,
    "comment": "Lovely",
    "share_permission": True,
}
WEBSTORE = [{"to": "webstore", "at": "2026-01-07"}]


@pytest.fixture
def shop(each_database):
    found = Shop({"type": "feedback", "id": "f1", **GIVEN})
    found.till = found.make_key("till")
    found.marketing = found.make_key("marketing")
    return found


def put(shop, ref, key, **changes):
    says = {k: v for k, v in (GIVEN | changes).items() if k != "at"}
    answer = shop.put(f"/feedback/{ref}", says, key=key).json()
    return answer.get("status"), answer.get("code")


def test_a_till_records_and_marketing_publishes(shop):
    assert put(shop, "f2", shop.till) == ("applied", None)
    status, code = put(shop, "f1", shop.till, published=WEBSTORE)
    assert (status, code) == (403, "not_permitted")
    assert put(shop, "f3", shop.till, published=WEBSTORE)[1] == "not_permitted"

    assert put(shop, "f1", shop.marketing, published=WEBSTORE) == ("applied", None)
    assert shop.get("/feedback/f1").json()["published"][0]["to"] == "webstore"


def test_a_till_may_send_again_what_is_published_but_not_take_it_back(shop):
    put(shop, "f1", shop.marketing, published=WEBSTORE)
    assert put(shop, "f1", shop.till, published=WEBSTORE, rating=4) == ("applied", None)
    assert put(shop, "f1", shop.till, published=[], rating=4)[1] == "not_permitted"

    # What it does not speak of stays where it is.
    assert put(shop, "f1", shop.till, rating=4) == ("unchanged", None)
    assert shop.get("/feedback/f1").json()["published"][0]["to"] == "webstore"


def test_marketing_records_nothing_and_changes_no_word(shop):
    assert put(shop, "f9", shop.marketing)[1] == "not_permitted"
    assert put(shop, "f1", shop.marketing, rating=1)[1] == "not_permitted"
    changed = put(shop, "f1", shop.marketing, rating=1, published=WEBSTORE)
    assert changed[1] == "not_permitted"
