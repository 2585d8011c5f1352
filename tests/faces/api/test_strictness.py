"""What is no more than nearly right is refused: it would be taken for something else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from regulars.records import models
from regulars.records.scope import every_organization
from tests.faces.api.shop import Shop

pytestmark = pytest.mark.usefixtures("sqlite_database")
DAYS = [
    "/audit?to=",
    "/entries?as_of=",
    "/guests/ann/entries?as_of=",
    "/guests/ann/loyalty?as_of=",
    "/rewards?as_of=",
    "/program?as_of=",
    "/programs?after=",
    "/programs/",
]


def closed_through() -> date:
    with every_organization():
        day: date = models.Organization.objects.get().closed_through
    return day


@pytest.mark.parametrize("day", ["0", "1767225600", "20260101", "2026-1-1", "2026-01-01T00:00"])
def test_a_day_is_written_in_one_way(day):
    shop = Shop()
    for path in DAYS:
        told = shop.get(f"{path}{day}").json()
        assert (told["status"], told["code"]) == (422, "invalid_record"), path
        assert "a date is written like 2026-01-31" in told["detail"]


def test_the_name_of_a_staff_member_is_not_cut_off():
    shop = Shop()
    refused = shop.put("/guests/bea", {"name": "Bea Kim"}, X_Staff="m" * 101)
    assert (refused.status_code, refused.json()["field"]) == (422, "X-Staff")
    assert shop.get("/guests/bea").status_code == 404
    assert shop.put("/guests/bea", {"name": "Bea Kim"}, X_Staff="m" * 100).status_code == 200


@pytest.mark.parametrize("staff", ["", "  ", "%20", "%FF", "J%0Arg"])
def test_a_staff_member_who_cannot_be_read_is_not_lost(staff):
    refused = Shop().put("/guests/bea", {"name": "Bea Kim"}, X_Staff=staff)
    assert (refused.status_code, refused.json()["field"]) == (422, "X-Staff")
    assert "J%C3%B6rg" in refused.json()["detail"]


def test_a_staff_member_may_have_any_letters():
    shop = Shop()
    for ref, staff in (("bea", "J%C3%B6rg M."), ("cara", "100%")):
        assert shop.put(f"/guests/{ref}", {"name": "Bea Kim"}, X_Staff=staff).status_code == 200
    told = {one["record"]: one["by"] for one in shop.get("/audit?kind=guest").json()["items"]}
    assert told["guest/bea"].startswith("Jörg M. (key ")
    assert told["guest/cara"].startswith("100% (key ")


def test_a_form_without_a_boundary_is_told_so():
    refused = Shop().ask(
        "POST", "/imports?kind=guests", b"x", Content_Type="multipart/form-data"
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")


def test_a_wrong_year_does_not_close_the_books_for_all_of_it():
    shop = Shop()
    before = closed_through()
    soon = datetime.now(UTC) + timedelta(days=400)
    at = soon.isoformat(timespec="seconds")
    [result] = shop.ask(
        "POST", "/records", [{"type": "guest", "id": "bea", "name": "Bea Kim", "at": at}]
    ).json()
    assert (result["status"], result["detail"]["field"]) == ("refused", "at")
    assert shop.get("/guests/bea").status_code == 404
    assert before <= closed_through() < datetime.now(UTC).date()


def test_a_parameter_that_is_no_utf_8_is_refused():
    told = Shop().get("/guests?find=%F0%9F").json()
    assert (told["status"], told["detail"]) == (422, "The parameters have to be UTF-8.")
    assert Shop().get("/guests?find=%F0%9F%90%87").status_code == 200


def test_a_percent_sign_in_an_id_is_one():
    shop = Shop()
    assert shop.put("/guests/%25FF", {"name": "Bea Kim"}).json()["record"] == "guest/%FF"
    assert shop.get("/guests/%25FF").json()["id"] == "%FF"
    assert shop.get("/guests?after=%25FE&fields=id").json()["items"][0]["id"] == "%FF"


def test_a_parameter_that_is_said_twice_is_not_chosen_from():
    told = Shop().get("/guests?after=a&after=b").json()
    assert (told["status"], told["field"]) == (422, "after")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_document_is_for_reading(method):
    answer = Shop().ask(method, "/openapi.json", {})
    assert (answer.status_code, answer.json()["code"]) == (405, "not_allowed")
    assert answer["Allow"] == "GET"
