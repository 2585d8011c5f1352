"""`/webhooks` and `/events` as other programs use them."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

from regulars.rules.events import TYPES
from tests.faces.api.shop import Shop
from tests.services.webhooks.receiver import Receiver

pytestmark = pytest.mark.usefixtures("each_database")
GUIDE = Path(__file__).parents[3] / "docs" / "use" / "webhooks.md"


@pytest.fixture
def receiver():
    with override_settings(WEBHOOKS_ALLOW_PRIVATE=True):
        found = Receiver()
        yield found
        found.close()


def test_an_endpoint_lives_its_life(receiver):
    shop = Shop()
    wish = {"url": receiver.url, "name": "CRM", "types": ["tier.changed"]}
    made = shop.ask("POST", "/webhooks", wish).json()
    receiver.secrets.append(made["secret"])
    at = f"/webhooks/{made['id']}"
    known = shop.get(at).json()
    assert known == {name: value for name, value in made.items() if name != "secret"}
    assert (known["state"], known["waiting"], known["types"]) == ("on", 0, ["tier.changed"])
    assert shop.get("/webhooks").json() == {"items": [known]}

    tried = shop.ask("POST", f"{at}/test").json()
    assert (tried["is_accepted"], tried["status"], tried["answer"]) == (True, 200, "thank you")
    assert receiver.accepted[0]["data"] == {"endpoint": made["id"]}
    [line] = shop.get(f"{at}/deliveries").json()["items"]
    assert (line["type"], line["outcome"], line["status"]) == ("endpoint.test", "accepted", 200)

    changed = shop.ask("PATCH", at, {"types": []}).json()
    assert (changed["types"], changed["name"]) == ([], "CRM")
    fresh = shop.ask("POST", f"{at}/rotate", {"hours": 1}).json()
    assert fresh["secret"] != made["secret"]
    assert fresh["old_secret_until"] is not None
    assert shop.ask("POST", f"{at}/disable").json()["state"] == "off"
    assert shop.ask("POST", f"{at}/enable").json()["state"] == "on"
    last = shop.get("/events").json()["last"]
    assert shop.ask("POST", f"{at}/replay", {"after": 0}).json()["told_through"] == 0
    refused = shop.ask("POST", f"{at}/replay", {"after": last + 1})
    assert (refused.status_code, refused.json()["numbers"]["maximum"]) == (422, last)
    assert shop.ask("DELETE", at).json() == {"id": made["id"]}
    assert shop.get(at).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "https://127.0.0.1/"}, "url"),
        ({"url": "http://example.com/"}, "url"),
        ({"url": 7}, "url"),
        ({"url": "https://8.8.8.8/", "types": ["points.vanished"]}, "types"),
        ({"url": "https://8.8.8.8/", "types": [7]}, "types"),
        ({"url": "https://8.8.8.8/", "secret": "mine"}, "secret"),
    ],
)
def test_what_is_wrong_is_named(body, field):
    answer = Shop().ask("POST", "/webhooks", body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


@pytest.mark.parametrize("scope", ["till", "marketing", "finance", "read"])
def test_only_the_back_office_says_who_is_told(scope):
    shop = Shop(scope=scope)
    assert shop.ask("POST", "/webhooks", {"url": "https://8.8.8.8/"}).status_code == 403
    assert shop.get("/webhooks").status_code == 403
    assert shop.get("/webhooks/ep_1/deliveries").status_code == 403


def test_the_feed_is_followed_page_by_page():
    shop = Shop()
    page = shop.get("/events?limit=2").json()
    assert [one["sequence"] for one in page["items"]] == [1, 2]
    found = page["items"]
    while page["next"] < page["last"]:
        page = shop.get(f"/events?limit=2&after={page['next']}").json()
        found += page["items"]
    assert found == shop.get("/events").json()["items"]
    assert {one["type"] for one in found} <= set(TYPES)
    assert shop.get(f"/events?after={page['last']}").json() == {
        "items": [],
        "next": page["last"],
        "last": page["last"],
    }
    assert shop.get("/events?after=999999").status_code == 422
    closed = shop.get("/events?types=day.closed").json()["items"]
    assert {one["type"] for one in closed} == {"day.closed"}


def test_the_document_has_every_event():
    document = Client().get("/api/v1/openapi.json").json()
    assert set(document["webhooks"]) == set(TYPES)
    refs = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert refs <= set(document["components"]["schemas"])


def test_the_guide_names_every_event():
    text = GUIDE.read_text()
    for type_ in TYPES:
        group, _, name = type_.partition(".")
        assert f"`{type_}`" in text or (f"`{group}." in text and f"`.{name}`" in text), type_
