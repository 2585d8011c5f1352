"""A page costs the same number of statements whether it shows one row or fifty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from regulars.faces.shared.pages import PAGES
from tests.faces.desk import busy, screens

# It is worked out by trying the close, in as many steps as there are guests it is about.
TRIED_OUT = {"close_preview"}
# One less: who has no rewards is asked for only where those who have some do not fill the page.
FULL_SOONER = {"clients_by_rewards": 1}
IN_PLACE = {"HX-Request": "true"}


def counts(n_rows: int) -> dict[str, int]:
    """Statements of each page."""
    busy.furnish(n_rows)
    client = busy.owner()
    client.get("/")  # from now on the session knows where they work
    found = {}
    asked = [(name, address, {}) for name, address in screens.addresses().items()]
    asked += [(*pair, IN_PLACE) for pair in screens.SHOWN_IN_PLACE.items()]
    for name, address, headers in asked:
        if name in TRIED_OUT:
            continue
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address, headers=headers)
            if answer.streaming:
                b"".join(answer)
        assert answer.status_code == 200, (name, address, answer.status_code)
        found[name] = len(seen.captured_queries)
    return found


@pytest.fixture
def of_one_row(sqlite_database) -> dict[str, int]:
    found = counts(1)
    sqlite_database.renew()
    return found


def test_one_row_costs_as_many_statements_as_fifty(of_one_row):
    of_fifty = counts(50)

    grown = {
        name: (few, of_fifty[name])
        for name, few in of_one_row.items()
        if of_fifty[name] != few - FULL_SOONER.get(name, 0)
    }
    assert grown == {}


def test_every_page_is_asked_for_and_answers(each_database):
    """`./run bench pages` takes the same addresses: a page that is added has its place here."""
    assert min(counts(1).values()) > 0
    asked = [*screens.addresses().values(), *screens.SHOWN_IN_PLACE.values()]
    names = {resolve(address.partition("?")[0]).url_name for address in asked}
    shown = {page.name for page in PAGES.values() if "GET" in page.methods}
    assert shown - names == set()
