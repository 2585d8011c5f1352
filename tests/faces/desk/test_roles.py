"""Every page in every role: allowed or refused as the table in docs/use/roles.md says."""

import re
from pathlib import Path

import pytest
from django.test import Client

import regulars.site.pages  # noqa: F401 - registers the pages
from regulars.faces.shared.pages import PAGES
from regulars.rules.permissions import Role
from tests.journeys.salon import Salon, furnish

TABLE = Path(__file__).parents[3] / "docs" / "use" / "roles.md"
HEAD = "| page | what | " + " | ".join(Role) + " |"


def rows_of_the_table() -> dict[str, list[str]]:
    """The marks of each page, by its name."""
    lines = TABLE.read_text().partition(HEAD)[2].strip().splitlines()[1:]
    rows = {}
    for line in lines:
        if not line.startswith("|"):
            break
        name, _, *marks = [cell.strip() for cell in line.strip("|").split("|")]
        rows[name.strip("`")] = marks
    return rows


def test_the_table_of_roles_is_the_register_of_pages():
    said = rows_of_the_table()

    assert said == {
        name: ["yes" if role in page.roles else "–" for role in Role]
        for name, page in PAGES.items()
    }


@pytest.fixture
def salon(sqlite_database) -> Salon:
    return Salon("http://testserver", sqlite_database.url, furnish(sqlite_database.url))


def path_of(page: str) -> str:
    """Its address, with names that nobody has where the address has names."""
    return "/" + re.sub(
        r"<(?:(\w+):)?\w+>", lambda m: "1" if m[1] == "int" else "nobody", PAGES[page].path
    )


def test_every_page_lets_in_the_roles_it_is_for(salon: Salon):
    wrong = []
    for role in Role:
        client = Client(raise_request_exception=False)
        cookie = salon.cookie(role)
        client.cookies[cookie["name"]] = cookie["value"]
        for name, page in PAGES.items():
            for method in page.methods:
                status = client.generic(method, path_of(name)).status_code
                is_refused = status == 403
                if is_refused == (role in page.roles) or status >= 500:
                    wrong.append((role.value, method, name, status))

    assert wrong == []


def test_nobody_gets_in_without_signing_in(salon: Salon):
    client = Client()

    for name, page in PAGES.items():
        answer = client.generic(page.methods[0], path_of(name))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (
            302,
            "/account/login/",
        ), name
