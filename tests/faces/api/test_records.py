"""`POST /records`: arrays and lines, results in order, the same key answered alike."""

import json

import pytest

from regulars.faces.api import bodies, long_answers
from tests.faces.api.shop import Shop

pytestmark = pytest.mark.usefixtures("each_database")

BEA = {"type": "guest", "id": "bea", "name": "Bea Stone"}
ENROLL = {"type": "enroll", "id": "e1", "guest": "ann", "tier": "applicable"}


def lines(*records: object) -> bytes:
    return b"\n".join(
        one if isinstance(one, bytes) else json.dumps(one).encode() for one in records
    )


def test_an_array_is_answered_in_order():
    answer = Shop().ask("POST", "/records", [BEA, ENROLL, {"type": "mystery", "id": "x"}, 5])
    told = [(one["record"], one["code"] or one["status"]) for one in answer.json()]
    assert answer.status_code == 200
    assert told == [
        ("guest/bea", "applied"),
        ("enroll/e1", "already_enrolled"),
        ("mystery/x", "invalid_record"),
        ("?", "invalid_record"),
    ]


def test_lines_are_answered_in_order_and_a_broken_one_stops_nothing():
    body = lines(BEA, b"{oops", b"", BEA)
    answer = Shop().ask("POST", "/records", body, Content_Type="application/x-ndjson")
    told = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert [one["code"] or one["status"] for one in told] == [
        "applied",
        "invalid_record",
        "unchanged",
    ]


@pytest.mark.parametrize("body", [b" ", b"{", b'"x"', b"{}", b"\xff", b"[" * 100_000])
def test_what_is_no_array_is_said_so(body):
    answer = Shop().ask("POST", "/records", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_record")


def test_another_format_is_not_read():
    answer = Shop().ask("POST", "/records", b"a,b", Content_Type="text/csv")
    assert (answer.status_code, answer.json()["field"]) == (415, "Content-Type")


def test_the_same_key_is_answered_alike_and_done_once():
    shop = Shop()
    points = {"type": "add_points", "id": "a1", "guest": "ann", "points": 5, "reason": "other"}
    first = shop.ask("POST", "/records", [points], Idempotency_Key="k1")
    again = shop.ask("POST", "/records", [points], Idempotency_Key="k1")
    assert again.content == first.content
    assert again["Idempotent-Replayed"] == "true"
    assert shop.get("/guests/ann/loyalty").json()["points"] == 125
    other = shop.ask("POST", "/records", [BEA], Idempotency_Key="k1")
    assert (other.status_code, other.json()["field"]) == (409, "Idempotency-Key")


def test_too_much_at_once_is_refused_whole():
    answer = Shop().ask("POST", "/records", b"[" + b" " * (6 * 2**20) + b"]")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_lines_with_a_key_are_answered_alike_and_done_once():
    shop = Shop()
    points = {"type": "add_points", "id": "a1", "guest": "ann", "points": 5, "reason": "other"}
    body, ndjson = lines(BEA, b"{oops", points), "application/x-ndjson"

    def post(sent: bytes) -> bytes:
        answer = shop.ask("POST", "/records", sent, Content_Type=ndjson, Idempotency_Key="k1")
        assert answer.status_code == 200
        return b"".join(answer) if answer.streaming else answer.content

    first = post(body)
    assert [json.loads(line)["status"] for line in first.splitlines()] == [
        "applied",
        "refused",
        "applied",
    ]
    assert post(body) == first
    assert shop.get("/guests/ann/loyalty").json()["points"] == 125
    other = shop.ask("POST", "/records", lines(BEA), Content_Type=ndjson, Idempotency_Key="k1")
    assert (other.status_code, other.json()["field"]) == (409, "Idempotency-Key")


def test_an_answer_too_long_to_be_kept_is_told_anew(monkeypatch):
    monkeypatch.setattr(long_answers, "LONGEST_KEPT_ANSWER", 10)
    shop = Shop()
    headers = {"Content_Type": "application/x-ndjson", "Idempotency_Key": "k1"}
    first = shop.ask("POST", "/records", lines(BEA), **headers)
    assert json.loads(b"".join(first))["status"] == "applied"
    again = shop.ask("POST", "/records", lines(BEA), **headers)
    assert json.loads(b"".join(again))["status"] == "unchanged"
    assert again["Idempotent-Replayed"] == "unchanged"


def test_lines_may_be_tried():
    shop = Shop()
    ndjson = {"Content_Type": "application/x-ndjson"}
    answer = shop.ask("POST", "/records?dry_run=true", lines(BEA), **ndjson)
    assert json.loads(answer.content)["status"] == "applied"
    assert shop.get("/guests/bea").status_code == 404


def test_a_long_line_is_refused_by_itself():
    long = b'"' + b"x" * (2 * bodies.LONGEST_LINE) + b'"'
    shop = Shop()
    body = lines(BEA, long, BEA)
    answer = shop.ask("POST", "/records", body, Content_Type="application/x-ndjson")
    told = [json.loads(line)["status"] for line in b"".join(answer).splitlines()]
    assert told == ["applied", "refused", "unchanged"]
