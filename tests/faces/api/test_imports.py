"""Files of other systems over HTTP: sent in, mapped, tried, done by the worker, watched."""

from datetime import UTC, datetime

import pytest

from regulars.records.scope import organization_scope
from regulars.services.organizations import find_organization, load_company
from regulars.services.worker import run_due
from tests.faces.api.shop import Shop

pytestmark = pytest.mark.usefixtures("each_database")

CLIENTS = b"Client ID,Name,Mobile\nbea,Bea Kim,212-555-0144\ncid,,212-555-0145\n"


@pytest.fixture
def shop(each_database):
    return Shop()


def _work():
    row = find_organization("lumen")
    with organization_scope(row.id):
        ended = run_due(load_company(row), now=datetime.now(UTC), worker="w1")
    return [one for one in ended if one.job == "imports"]


def test_a_file_is_sent_in_tried_and_taken_in_by_the_worker(shop):
    made = shop.ask(
        "POST", "/imports?kind=guests&name=clients.csv", CLIENTS, Content_Type="text/csv"
    )
    assert made.status_code == 201, made.content
    state = made.json()
    address = f"/imports/{state['id']}"
    assert [one["field"] for one in state["files"][0]["guesses"]] == ["id", "name", "phone"]

    begun = shop.ask("POST", f"{address}/start?dry_run=true", {"expect": {"rows": 2}})
    assert (begun.status_code, begun.json()["state"]) == (202, "waiting")
    [ended] = _work()
    assert ended.state == "done"
    tried = shop.get(address).json()
    assert (tried["state"], tried["counts"]) == ("done", {"applied": 1, "refused": 1})
    assert shop.get("/guests/bea").status_code == 404

    shop.ask("POST", f"{address}/start", {"expect": {"guests": 2}})
    _work()
    done = shop.get(address).json()
    totals = {one["name"]: one for one in done["totals"]}
    assert totals["guests"] == {
        "name": "guests",
        "read": "1",
        "stated": "2",
        "held": "1",
        "differs": True,
    }
    [refused] = shop.get(f"{address}/rows?status=refused").json()["items"]
    assert (refused["line"], refused["number"], refused["field"]) == (2, 3, "name")
    report = b"".join(shop.get(f"{address}/report.csv").streaming_content).decode()
    assert report.splitlines()[1] == "clients.csv,2,guest/bea,applied,,,,"
    assert shop.get("/guests/bea").json()["phone"] == "+12125550144"
    assert shop.ask("POST", f"{address}/start", {}).status_code == 409


def test_a_mapping_is_said_and_kept(shop):
    strange = b"Who,What they are called\nbea,Bea Kim\n"
    made = shop.ask("POST", "/imports?kind=guests", strange, Content_Type="text/csv").json()
    address = f"/imports/{made['id']}"
    assert shop.ask("POST", f"{address}/start", {}).status_code == 422

    columns = {"Who": "id", "What they are called": "name"}
    assert shop.put("/mappings/strange?kind=guests", {"columns": columns}).status_code == 200
    again = shop.ask("POST", "/imports?kind=guests", strange, Content_Type="text/csv").json()
    assert again["files"][0]["mapping_name"] == "strange"
    assert shop.put(f"{address}/mapping", {"columns": columns}).status_code == 200
    wrong = shop.put(f"{address}/mapping", {"columns": {"Who": "nobody"}})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "Who")
    assert shop.ask("DELETE", "/mappings/strange").status_code == 200
    assert shop.get("/mappings").json() == {"items": []}


def test_an_import_that_waits_can_be_cancelled(shop):
    made = shop.ask("POST", "/imports?kind=guests", CLIENTS, Content_Type="text/csv").json()
    shop.ask("POST", f"/imports/{made['id']}/start", {})

    cancelled = shop.ask("POST", f"/imports/{made['id']}/cancel")

    assert cancelled.json()["state"] == "cancelled"
    assert _work() == []


def test_only_a_key_with_the_import_right_may_bring_in_or_take_out(shop):
    key = shop.make_key("till")
    for method, path in (
        ("POST", "/imports?kind=guests"),
        ("GET", "/imports"),
        ("GET", "/exports/guests.csv"),
    ):
        assert shop.ask(method, path, CLIENTS, key=key).status_code == 403


def test_a_kind_is_taken_out_as_csv(shop):
    response = shop.get("/exports/lines.csv")

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0].startswith("invoice,line,kind")
    assert lines[1].startswith("i1,l1,service")
    assert shop.get("/exports/secrets.csv").status_code == 404


@pytest.mark.parametrize("asked", ["limit=-1", "limit=0", "limit=101", "limit=x"])
def test_a_page_has_a_size(shop, asked):
    answer = shop.get(f"/imports?{asked}")
    assert (answer.status_code, answer.json()["field"]) == (422, "limit")


def test_the_same_key_sends_in_maps_and_begins_once(shop):
    def sent(key: str, content: bytes = CLIENTS):
        csv = {"Content_Type": "text/csv", "Idempotency_Key": key}
        return shop.ask("POST", "/imports?kind=guests", content, **csv)

    first, again = sent("k1"), sent("k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")
    assert sent("k1", CLIENTS + b"dan,Dan,212-555-0146\n").status_code == 409
    assert len(shop.get("/imports").json()["items"]) == 1

    address = f"/imports/{first.json()['id']}"
    begun = [
        shop.ask("POST", f"{address}/start", {}, Idempotency_Key="k2").content for _ in "ab"
    ]
    assert begun[0] == begun[1]
    assert shop.ask("POST", f"{address}/start", {}).status_code == 409
    cancelled = [
        shop.ask("POST", f"{address}/cancel", Idempotency_Key="k3").status_code for _ in "ab"
    ]
    assert cancelled == [200, 200]
    refused = [sent("k4", b"").status_code for _ in "ab"]
    assert refused == [422, 422]


def test_a_part_of_a_form_is_known_again_whatever_parts_it(shop):
    def sent(border: str):
        head = 'Content-Disposition: form-data; name="file"; filename="clients.csv"'
        parts = [f"--{border}", head, "", CLIENTS.decode(), f"--{border}--", ""]
        form = {"Content_Type": f"multipart/form-data; boundary={border}"}
        body = "\r\n".join(parts).encode()
        return shop.ask("POST", "/imports?kind=guests", body, Idempotency_Key="k1", **form)

    first, again = sent("one"), sent("other")

    assert first.json()["files"][0]["name"] == "clients.csv"
    assert (again.status_code, again.content) == (201, first.content)
