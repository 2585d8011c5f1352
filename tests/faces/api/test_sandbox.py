"""A sandbox is emptied and begins anew; nothing else ever is."""

import json

from django.apps import apps
from django.test import Client

from regulars.records.scope import every_organization
from regulars.services.emptying import KEPT
from tests.faces.api.shop import Shop
from tests.served import found_sandbox
from tests.services.short_histories import guest, invoice, program

RECORDS = [
    {"type": "center", "id": "soho", "name": "Soho", "at": "2026-01-01"},
    program(),
    guest("ann"),
    invoice("i1", "ann", "126.00", "2026-01-05"),
    {"type": "redeem_points", "id": "rd1", "guest": "ann", "points": 10, "at": "2026-01-07"},
]


def ask(key, path, body):
    return Client(headers={"Authorization": f"Bearer {key}"}).post(
        f"/api/v1{path}",
        b"" if body is None else json.dumps(body),
        content_type="application/json",
    )


def rows_left():
    with every_organization():
        return {
            model.__name__: n_rows
            for model in apps.get_app_config("records").get_models()
            if getattr(model, "placement", None) == "organization" and model not in KEPT
            if (n_rows := model.objects.count())
        }


def test_all_that_came_in_is_forgotten_and_it_comes_out_the_same_again(each_database):
    key = found_sandbox()
    first = ask(key, "/records", RECORDS).json()
    ask(key, "/sandbox/clock", {"to": "2026-01-20T12:00Z"})
    assert len(rows_left()) > 10

    trial = ask(key, "/sandbox/reset?dry_run=true", {"currency": "EUR"})
    assert (trial.status_code, trial.json()["currency"]) == (200, "EUR")
    assert len(rows_left()) > 10

    told = ask(key, "/sandbox/reset", {"currency": "EUR", "time_zone": "UTC"})
    assert told.json() == {
        "organization": "tryout",
        "name": "Try out",
        "currency": "EUR",
        "time_zone": "UTC",
    }
    assert rows_left() == {"Record": 1, "DeskChange": 1}  # that it was emptied, and by whom
    assert ask(key, "/records", RECORDS).json() == first


def test_what_is_no_sandbox_is_never_emptied(sqlite_database):
    shop = Shop()
    answer = shop.ask("POST", "/sandbox/reset", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert shop.get("/guests/ann").status_code == 200


def test_who_may_not_set_up_empties_nothing(sqlite_database):
    shop = Shop(scope="till")
    assert shop.ask("POST", "/sandbox/reset", {}).status_code == 403


def test_a_field_nobody_knows_or_no_currency_is_refused(sqlite_database):
    key = found_sandbox()
    for body in ({"id": "other"}, {"currency": "XXQ"}, {"time_zone": "Mars/Olympus"}):
        answer = ask(key, "/sandbox/reset", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_record"), body


def test_the_clock_of_a_sandbox_does_not_go_behind_days_that_are_closed(sqlite_database):
    key = found_sandbox()
    sent = ask(key, "/records", [{"type": "guest", "id": "bea", "name": "Bea Kim"}])
    assert sent.json()[0]["status"] == "applied"
    past = {"to": "2026-01-20T12:00Z"}
    refused = ask(key, "/sandbox/clock", past)
    assert (refused.status_code, refused.json()["field"]) == (409, "to")
    assert "closed for good" in refused.json()["detail"]
    # Emptied without a word, it begins again.
    assert ask(key, "/sandbox/reset", None).status_code == 200
    assert ask(key, "/sandbox/clock", past).json()["closed_through"] is None


def test_a_day_that_is_over_in_the_last_center_keeps_no_clock_from_the_same_date(
    sqlite_database,
):
    key = found_sandbox()
    ask(key, "/sandbox/reset", {"time_zone": "UTC"})
    ask(key, "/sandbox/clock", {"to": "2026-03-01T06:00Z"})
    ponsonby = {"type": "center", "id": "ponsonby", "name": "Ponsonby", "at": "2026-03-01"}
    sent = [{**ponsonby, "time_zone": "Pacific/Auckland"}, guest("ann", at="2026-03-01")]
    assert [told["status"] for told in ask(key, "/records", sent).json()] == ["applied"] * 2

    noon = ask(key, "/sandbox/clock", {"to": "2026-03-03T12:00Z"})
    evening = ask(key, "/sandbox/clock", {"to": "2026-03-03T18:00Z"})

    assert noon.json()["closed_through"] == "2026-03-03"
    assert (evening.status_code, evening.json()["closed_through"]) == (200, "2026-03-03")
