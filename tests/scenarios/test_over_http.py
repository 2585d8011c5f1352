"""The scenarios once more, sent to a sandbox over HTTP as `regulars conformance` sends them:
what goes over the wire comes to the same.

The run here has half of those in this folder on each engine.

    pytest --hypothesis-profile=long tests/scenarios/test_over_http.py

plays every scenario, those in `extra` as well, on both.
"""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import settings

from regulars.faces.cli.conforming_scenarios import differences
from regulars.faces.cli.conforming_server import Server
from regulars.site.wsgi import application
from tests import databases
from tests.served import found_sandbox

IS_LONG = settings.get_current_profile_name() == "long"
FOLDER = Path(__file__).parent
SCENARIOS = sorted(FOLDER.glob("**/*.yaml" if IS_LONG else "*.yaml"))
STEP = 1 if IS_LONG else 2


def sandbox(ref: str) -> Server:
    """An organization of its own, among all that were tried before it: neighbours must not
    matter.
    """
    return Server(
        httpx.Client(
            transport=httpx.WSGITransport(app=application),
            base_url="http://testserver/api/v1",
            headers={"Authorization": f"Bearer {found_sandbox(ref)}"},
        )
    )


@pytest.fixture(scope="module")
def one_sqlite(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("scenarios")
    with django_db_blocker.unblock(), databases.sqlite_database(sqlite_template, folder):
        yield


@pytest.fixture(scope="module")
def one_postgresql(
    postgresql_server, postgresql_template, worker, django_db_blocker
) -> Iterator[None]:
    name = f"scenarios_{worker}"
    database = databases.postgresql_database(
        postgresql_server, template=postgresql_template, name=name
    )
    with django_db_blocker.unblock(), database:
        yield


@pytest.mark.usefixtures("one_sqlite")
@pytest.mark.parametrize("path", SCENARIOS[::STEP], ids=lambda path: path.stem)
def test_a_scenario_comes_out_the_same_over_http(path):
    assert differences(sandbox(path.stem), path) == []


@pytest.mark.usefixtures("one_postgresql")
@pytest.mark.parametrize("path", SCENARIOS[STEP - 1 :: STEP], ids=lambda path: path.stem)
def test_a_scenario_comes_out_the_same_on_a_server(path):
    assert differences(sandbox(path.stem), path) == []
