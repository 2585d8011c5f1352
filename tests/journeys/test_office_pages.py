"""Every page of marketing and the back office, with something to show, on every screen."""

import shutil
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error

import regulars.site.pages  # noqa: F401 - registers the pages
from regulars.faces.shared.pages import PAGES
from regulars.records import models
from regulars.records.scope import every_organization
from regulars.rules.permissions import Role
from tests import databases
from tests.faces.desk import busy, screens
from tests.journeys.desk import WIDTHS, Desk
from tests.journeys.salon import Salon, served

OFFICE = "regulars.faces.office"


@pytest.fixture(scope="module")
def company(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[Salon]:
    folder = tmp_path_factory.mktemp("company")
    path = folder / "regulars.sqlite3"
    shutil.copyfile(sqlite_template, path)
    database = f"sqlite:///{path}"
    with django_db_blocker.unblock(), databases.in_use(database):
        busy.furnish(3)
        with every_organization():
            row = models.StaffMember.objects.filter(role=Role.OWNER).order_by("user_id").first()
        users = {Role.OWNER: row.user_id}
    with served(database, folder) as address:
        urlopen(f"{address}/account/login/", timeout=120).close()  # the first takes long
        yield Salon(address, database, users)


def of_office(database: str) -> dict[str, str]:
    """Addresses by the names of pages, and lists that were narrowed to something."""
    answers = {name: page.answer.__module__ for name, page in PAGES.items()}
    theirs = {name for name, module in answers.items() if module.startswith(OFFICE)}
    started = ("/dashboard", "/reports/", "/program/", "/rewards", "/feedback")
    with databases.in_use(database):
        known = screens.addresses()
    return {
        name: address
        for name, address in known.items()
        if name in theirs or (name not in PAGES and address.startswith(started))
    }


def test_each_is_as_wide_as_the_screen_and_usable_by_everybody(
    browser: Browser, company: Salon
):
    window = Desk(browser, company)
    window.enter(Role.OWNER)
    wrong: list[str] = []
    n_seen = 0
    for name, address in of_office(company.database).items():
        try:
            window.go(address).wait_for_load_state("networkidle")
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            continue  # a file, nothing to look at
        if not window.page.locator("html[lang]").count():
            continue  # a piece that a page loads into itself
        n_seen += 1
        wrong += [f"{name}: {told}" for told in _wrong_with(window)]
    window.context.close()
    assert not wrong, "\n".join(wrong)
    assert window.troubles == []
    assert n_seen > 40


def _wrong_with(window: Desk) -> Iterator[str]:
    """What is wider than a screen; what does not serve everybody, widest and narrowest."""
    for width, (wide, high) in WIDTHS.items():
        window.page.set_viewport_size({"width": wide, "height": high})
        over = window.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 1:
            yield f"{over} px wider than {wide}"
        if width != "tablet":
            for fault in Axe().run(window.page).response["violations"]:
                yield f"{fault['id']} at {wide}: {fault['nodes'][0]['html'][:200]}"
