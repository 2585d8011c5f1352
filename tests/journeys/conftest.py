"""Journeys through the desk with a real browser, a real server, and a database built once.

Playwright keeps an event loop in this thread, which makes Django refuse to touch a database
here: what the tests prepare is no request, so it may.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import appointments
from tests.journeys.desk import Desk, launched
from tests.journeys.salon import Salon, opened


@pytest.fixture(scope="session", autouse=True)
def _database_beside_a_browser() -> Iterator[None]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def _behind_the_counter(django_db_blocker) -> Iterator[None]:
    """A journey may look at its salon's database; no other test of this process may then."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def salon(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[Salon]:
    folder = tmp_path_factory.mktemp("salon")
    with opened(sqlite_template, folder, django_db_blocker) as salon:
        yield salon


@pytest.fixture(scope="session")
def till_salon(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[Salon]:
    """One for the till: where others close days, what is told of the past comes too late."""
    folder = tmp_path_factory.mktemp("till")
    with opened(sqlite_template, folder, django_db_blocker) as salon:
        with django_db_blocker.unblock():
            appointments.furnish(salon)
        yield salon


@pytest.fixture(scope="session")
def furnished(salon: Salon, django_db_blocker) -> Salon:
    """The same salon, with people who give services in its book."""
    with django_db_blocker.unblock():
        appointments.furnish(salon)
    return salon


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def desk(browser: Browser, salon: Salon) -> Iterator[Desk]:
    """A window on the screen of the front desk; its troubles are the test's."""
    window = Desk(browser, salon)
    yield window
    window.context.close()
    assert window.troubles == []


@pytest.fixture(params=["desk", "tablet", "phone"])
def window(request: pytest.FixtureRequest, browser: Browser, salon: Salon) -> Iterator[Desk]:
    """The same on each width of screen."""
    window = Desk(browser, salon, request.param)
    yield window
    window.context.close()
    assert window.troubles == []
