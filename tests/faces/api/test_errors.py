"""Whatever goes wrong, the answer is a problem document, and its code stands in one table."""

import re
from pathlib import Path

import pytest
from django.test import Client

from regulars.faces.api import limits
from regulars.faces.api.limits import Buckets
from regulars.faces.api.problems import STATUS_OF
from regulars.rules.refusals import CODES
from tests.faces.api.shop import Shop

GUIDE = Path(__file__).parents[3] / "docs" / "use" / "api.md"
one = pytest.mark.usefixtures("sqlite_database")


def test_every_code_has_a_status():
    assert set(STATUS_OF) >= CODES


def test_the_guide_has_the_very_table():
    rows = re.findall(r"^\| `([a-z_]+)` \| (\d{3}) \|", GUIDE.read_text(), flags=re.M)
    assert {code: int(status) for code, status in rows} == STATUS_OF
    assert len(rows) == len(STATUS_OF)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/", "/api/v1/guests/a/b/c/d"])
def test_an_unknown_path_is_a_problem(path):
    answer = Client().get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "OPTIONS", "PROPFIND"])
def test_another_method_is_a_problem_that_names_the_right_ones(method):
    answer = Client().generic(method, "/api/v1/guests/ann")
    assert (answer.status_code, answer.json()["code"]) == (405, "not_allowed")
    assert {one.strip() for one in answer["Allow"].split(",")} == {"GET", "PUT"}


def test_another_host_is_a_problem():
    answer = Client().get("/api/v1/guests", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@one
def test_head_is_get_without_the_body():
    shop = Shop()
    head, get = shop.ask("HEAD", "/guests/ann"), shop.get("/guests/ann")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == get["Content-Type"]
    assert shop.ask("HEAD", "/guests/zoe").status_code == 404


@one
@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ({"Content_Type": "application/x-www-form-urlencoded"}, "Content-Type"),
        ({"Content_Type": "text/plain"}, "Content-Type"),
        ({"Content_Type": "application/json; charset=latin-1"}, "Content-Type"),
        ({"Content_Encoding": "gzip"}, "Content-Encoding"),
    ],
)
def test_another_form_is_not_read(headers, field):
    answer = Shop().put("/guests/bea", {"name": "Bea"}, **headers)
    assert (answer.status_code, answer.json()["field"]) == (415, field)


@one
def test_bad_bodies_are_refused_whatever_they_are():
    shop = Shop()
    bodies = [
        b'{"name": ' + b"9" * 5000 + b"}",
        b'{"name": 1e999}',
        b'{"name": -0.1e-999}',
        b'{"name": NaN}',
        b'{"name": "\\ud800"}',
        b'{"name": "' + b"x" * 100_000 + b'"}',
        b"[" * 50_000,
        b'{"name":' * 50_000,
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b'{"name": "a", "name": "b", "referred_by": []}',
        b"null",
    ]
    for body in bodies:
        answer = shop.put("/guests/bea", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_record"), body[:40]


@one
def test_our_own_mistake_shows_nothing_of_itself(monkeypatch):
    shop = Shop()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the inside of the house")

    monkeypatch.setattr("regulars.faces.api.resources.said.one", fail)
    answer = shop.get("/guests/ann")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert b"inside" not in answer.content


# -- how often --------------------------------------------------------------------------------


def test_a_bucket_gives_what_is_in_it_and_fills_again():
    buckets = Buckets(per_second=2, at_once=4)
    told = [buckets.take("till", now=100.0) for _ in range(5)]
    assert [(one.is_over, one.remaining) for one in told] == [
        (False, 3),
        (False, 2),
        (False, 1),
        (False, 0),
        (True, 0),
    ]
    assert (told[-1].next_in, told[-1].full_in, told[-1].window) == (1, 2, 2)
    assert not buckets.take("other", now=100.0).is_over
    assert [buckets.take("till", now=100.5).is_over for _ in range(2)] == [False, True]
    assert buckets.take("till", now=900.0).remaining == 3


@one
def test_a_key_that_asks_too_often_is_told_when_to_come_again(monkeypatch):
    shop = Shop()
    monkeypatch.setattr(limits, "of_keys", Buckets(per_second=0.1, at_once=2))
    answers = [shop.get("/guests/ann") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    assert answers[0]["RateLimit-Policy"] == '"key";q=2;w=20'
    assert answers[0]["RateLimit"] == '"key";r=1;t=10'
    assert (answers[2].json()["code"], answers[2]["Retry-After"]) == ("too_many_requests", "10")


@one
def test_wrong_keys_are_counted_and_keep_no_till_out(monkeypatch):
    shop = Shop()
    monkeypatch.setattr(limits, "of_wrong_keys", Buckets(per_second=0.1, at_once=2))
    answers = [shop.get("/guests/ann", key="reg_wrong") for _ in range(3)]
    assert [one.status_code for one in answers] == [401, 401, 429]
    assert answers[2]["Retry-After"] == "10"
    assert shop.get("/guests/ann").status_code == 200
