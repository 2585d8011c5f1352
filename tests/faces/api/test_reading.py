"""What can be read: books, rewards, runs, set-up, reports, audit; and the frame of it all."""

import jsonschema_rs
import pytest
from django.test import Client

from tests.faces.api.shop import Shop
from tests.services.short_histories import command

pytestmark = pytest.mark.usefixtures("each_database")

UPTOWN = {"type": "center", "id": "uptown", "name": "Uptown", "at": "2026-01-05"}
VIP = {
    "type": "status",
    "id": "vip",
    "name": "VIP",
    "include_in_loyalty_rewards": True,
    "at": "2026-01-05",
}
FACIAL = {
    "type": "item",
    "id": "facial",
    "kind": "service",
    "name": "Facial",
    "price": "120.00",
    "at": "2026-01-05",
}
REWARD = command("issue_reward/w1", "2026-01-06", guest="ann", amount="25.00", note="Sorry")
MERGE = ("/guests/ann/entries", "/guests/ann/lots", "/entries")

ALL = (
    "/organization",
    "/centers",
    "/centers/soho",
    "/statuses",
    "/statuses/vip",
    "/items",
    "/items/facial",
    "/program",
    "/programs",
    "/programs/2026-01-01",
    "/programs/2026-01-01/diff",
    "/guests",
    "/guests?find=ann",
    "/guests/ann",
    "/invoices",
    "/invoices/i1",
    "/appointments",
    "/feedback",
    "/guests/ann/entries?expand=lots,draws",
    "/guests/ann/lots",
    "/entries",
    "/rewards",
    "/rewards/w1",
    "/runs",
    "/runs?expand=tally",
    "/reports",
    "/reports/liability",
    "/reports/points",
    "/reports/expirations",
    "/reports/reward-activity",
    "/reports/rewards-outstanding",
    "/reports/tier-movements",
    "/reports/guests",
    "/audit",
)


def test_every_answer_is_as_the_document_says():
    shop = Shop(UPTOWN, VIP, FACIAL, REWARD)
    document = Client().get("/api/v1/openapi.json").json()
    for address in ALL:
        answer = shop.get(address)
        assert answer.status_code == 200, (address, answer.content)
        operation = _operation(document, address.partition("?")[0])
        [said] = operation["responses"]["200"]["content"].values()
        schema = {**said["schema"], "components": document["components"]}
        jsonschema_rs.validate(schema, answer.json())


def _operation(document, path):
    parts = path.strip("/").split("/")
    for pattern, operations in document["paths"].items():
        known = pattern.removeprefix("/api/v1/").split("/")
        pairs = zip(known, parts, strict=False)
        if len(known) == len(parts) and all(a == b or a[0] == "{" for a, b in pairs):
            return operations["get"]
    raise AssertionError(path)


def test_what_nobody_knows_is_refused_by_name_everywhere():
    shop = Shop(UPTOWN, VIP, FACIAL, REWARD)
    for address in ALL:
        joined = "&" if "?" in address else "?"
        answer = shop.get(f"{address}{joined}colour=red")
        assert (answer.status_code, answer.json()["field"]) == (422, "colour"), address
    put = shop.put("/guests/bea?dryrun=true", {"name": "Bea"})
    assert (put.status_code, put.json()["field"]) == (422, "dryrun")
    fields = shop.get("/guests/ann/entries?fields=points,colour").json()
    assert (fields["field"], fields["value"]) == ("fields", "colour")
    assert "why" in fields["numbers"]["allowed"]
    expand = shop.get("/entries?expand=guests").json()
    assert expand["numbers"]["allowed"] == ["lots", "draws"]
    assert shop.get("/guests?limit=0").status_code == 422
    assert shop.get("/guests?limit=201").status_code == 422


def test_the_books_are_read_page_by_page_with_their_why():
    shop = Shop(REWARD)
    first = shop.get("/guests/ann/entries?limit=2&expand=lots").json()
    assert [(one["kind"], one["points"]) for one in first["items"]] == [
        ("accrual", 20),
        ("accrual", 100),
    ]
    entry = first["items"][0]
    assert (entry["source"], entry["program"]) == ("invoice/i1", "2026-01-01")
    assert "20 points" in entry["why"]
    assert entry["lots"][0]["remaining"] == 20
    rest = shop.get(f"/guests/ann/entries?after={first['next']}").json()
    assert [(one["unit"], one["amount"]) for one in rest["items"]] == [("credit", "25.00")]
    assert rest["next"] is None
    told, after = [], ""
    while after is not None:
        found = shop.get(f"/entries?limit=1&fields=id&after={after}").json()
        told += found["items"]
        after = found["next"]
    assert told == [{"id": "ann:1"}, {"id": "ann:2"}, {"id": "ann:3"}]
    assert shop.get("/entries?after=x").status_code == 422
    assert shop.get("/runs?after=x").status_code == 422
    before = shop.get("/guests/ann/entries?as_of=2026-01-04").json()
    assert before["items"] == []
    assert shop.get("/guests/zoe/entries").status_code == 404


def test_rewards_and_their_state_on_a_day():
    shop = Shop(REWARD)
    assert shop.get("/rewards/w1?fields=id,status,amount").json() == {
        "id": "w1",
        "status": "issued",
        "amount": "25.00",
    }
    assert shop.get("/rewards?guest=ann&status=outstanding").json()["items"][0]["id"] == "w1"
    assert shop.get("/rewards?as_of=2026-01-05").json()["items"] == []
    assert shop.get("/rewards?as_of=2990-01-01").status_code == 422
    assert shop.get("/rewards/w2").status_code == 404
    assert shop.get("/runs/r1").status_code == 404


def test_the_set_up_is_not_written_over_unseen():
    shop = Shop()
    seen = shop.get("/centers/soho")
    tag = seen["ETag"]
    assert shop.get("/centers/soho", If_None_Match=tag).status_code == 304
    body = {"name": "Soho", "time_zone": "America/New_York"}
    first = shop.put("/centers/soho", body | {"name": "Soho One"}, If_Match=tag)
    assert first.status_code == 200
    late = shop.put("/centers/soho", body | {"name": "Soho Two"}, If_Match=tag)
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    assert late["ETag"] == first["ETag"] == shop.get("/centers/soho")["ETag"]
    assert shop.get("/centers/soho").json()["name"] == "Soho One"
    new = shop.put("/centers/soho", body, If_None_Match="*")
    assert new.status_code == 412
    assert shop.put("/centers/nowhere", body, If_Match=tag).status_code == 412
    assert shop.put("/centers/soho", body, If_Match="").status_code == 412
    assert shop.put("/centers/soho", body, If_Match=" ,").status_code == 412
    assert shop.get("/centers/nowhere").status_code == 404
    assert shop.get("/centers/soho").json()["name"] == "Soho One"


@pytest.mark.parametrize("name", ["points", "expirations", "reward-activity"])
@pytest.mark.parametrize("days", ["from=0001-01-01", "to=0001-01-01"])
def test_a_report_may_begin_with_the_first_day_of_all(name, days):
    answer = Shop(REWARD).get(f"/reports/{name}?{days}")

    assert answer.status_code == 200


def test_a_program_is_published_once_for_a_day():
    shop = Shop()
    document = shop.get("/program").json()["program"]
    del document["effective_from"]
    assert document["point_value"] == "0.10"
    changed = document | {"point_value": "0.20"}
    day = "/programs/2990-01-01"
    assert shop.put(day, changed, If_None_Match="*").status_code == 200
    assert shop.put(day, document, If_None_Match="*").status_code == 412
    assert shop.get("/program?as_of=2990-06-01").json()["program"]["point_value"] == "0.20"
    changes = shop.get(f"{day}/diff").json()["items"]
    told = {one["path"]: (one["before"], one["after"]) for one in changes}
    assert told["point_value"] == ("0.10", "0.20")
    assert [one["effective_from"] for one in shop.get("/programs").json()["items"]] == [
        "2026-01-01",
        "2990-01-01",
    ]
    reader = shop.make_key("read")
    assert shop.put(day, document, key=reader).status_code == 403


def test_who_did_what_and_why():
    shop = Shop(REWARD)
    shop.put("/guests/bea", {"name": "Bea"}, X_Staff="maria")
    found = shop.get("/audit").json()["items"]
    assert [one["record"] for one in found[:2]] == ["guest/bea", "issue_reward/w1"]
    assert found[0]["by"].startswith("maria (key ")
    assert (found[1]["why"], found[1]["says"]["amount"]) == ("Sorry", "25.00")
    of_ann = shop.get("/audit?guest=ann&fields=record").json()["items"]
    assert of_ann == [
        {"record": "issue_reward/w1"},
        {"record": "invoice/i1"},
        {"record": "guest/ann"},
    ]
    assert len(shop.get("/audit?kind=guest").json()["items"]) == 2
    assert len(shop.get("/audit?from=2026-01-06&to=2026-01-06").json()["items"]) == 1
    assert shop.get("/audit?from=9999-12-31").json()["items"] == []
    assert shop.get("/audit?to=0001-01-01").json()["items"] == []
    assert shop.get("/audit?from=0001-01-01&to=9999-12-31").json()["items"] == found
    page = shop.get("/audit?limit=1").json()
    assert shop.get(f"/audit?after={page['next']}").json()["items"][0] == found[1]


def test_who_may_read_what():
    shop = Shop(UPTOWN, REWARD)
    reader, finance = shop.make_key("read"), shop.make_key("finance")
    bound = shop.make_key("till", "uptown")
    assert shop.get("/reports/liability", key=reader).status_code == 403
    assert shop.get("/reports/liability", key=finance).json()["report"] == "liability"
    for address in ("/audit", "/entries", "/rewards", "/runs"):
        assert shop.get(address, key=reader).status_code == 200
        assert shop.get(address, key=bound).json()["code"] == "not_permitted", address
    for address in ("/guests/ann/entries", "/rewards?guest=ann", "/rewards/w1", "/program"):
        assert shop.get(address, key=bound).status_code == 200, address
