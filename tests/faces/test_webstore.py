"""What everybody may read without signing in: feedback that guests allow to be published."""

import pytest
from django.test import Client

import regulars.site.pages  # noqa: F401 - registers the pages
from tests import databases
from tests.journeys.salon import Salon, furnish
from tests.services.short_histories import guest


def said(ref: str, of: str, rating: int, comment: str, **fields) -> dict:
    on_the_page = [{"to": "webstore", "at": "2026-01-20T10:00"}]
    fact = {"type": "feedback", "id": ref, "guest": of, "at": "2026-01-12", "channel": "guest"}
    shared = {"share_permission": True, "published": on_the_page}
    return {**fact, "rating": rating, "comment": comment, **shared, **fields}


@pytest.fixture
def salon(sqlite_database) -> Salon:
    salon = Salon("http://testserver", sqlite_database.url, furnish(sqlite_database.url))
    with databases.in_use(salon.database):
        salon.tell(
            [
                guest("vera", name="Vera Castellanos", at="2026-01-10"),
                said("f1", "vera", 5, "<b>Lovely</b>"),
                said("f2", "vera", 2, "Waited long.", published=[]),
                said("f3", "vera", 1, "Not for others.", share_permission=False),
            ]
        )
    return salon


def test_the_words_of_those_who_allow_it_beneath_the_average_of_all(salon: Salon):
    answer = Client().get("/said/lumen")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "Vera C." in text
    assert "Castellanos" not in text
    assert "&lt;b&gt;Lovely&lt;/b&gt;" in text
    assert "Waited long." not in text
    assert "Not for others." not in text
    assert "2.7" in text  # of 5, 2 and 1
    assert "from 3 ratings" in text


def test_it_can_be_kept_by_whoever_stands_between(salon: Salon):
    answer = Client().get("/said/lumen")
    again = Client().get("/said/lumen", headers={"if-none-match": answer["ETag"]})

    assert answer["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in answer.get("Vary", "")
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert (again.status_code, again.content) == (304, b"")


def test_there_is_none_of_a_company_that_nobody_knows(salon: Salon):
    assert Client().get("/said/nobody").status_code == 404
    assert Client().get("/said/lumen?after=nonsense").status_code == 404
    assert Client().post("/said/lumen").status_code == 405
