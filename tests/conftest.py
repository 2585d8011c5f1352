"""The databases that tests can ask for.

`sqlite_database` and `postgresql_database` give one engine, `each_database` runs the test once
on each. A test that needs no name for it says `@pytest.mark.usefixtures("each_database")`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import databases, postgres

os.environ["REGULARS_DATABASE_URL"] = databases.NOWHERE
os.environ["REGULARS_SECRET_KEY"] = "only for the tests"
os.environ["DJANGO_SETTINGS_MODULE"] = "regulars.site.serving"
databases.configure()

# pytest --hypothesis-profile=long tests/properties: an hour or so instead of a minute.
hypothesis.settings.register_profile("long", max_examples=5000, deadline=None)
# How long one example takes says more of what else the machine does than of the example.
hypothesis.settings.register_profile("usual", deadline=None)
hypothesis.settings.load_profile("usual")

CLAIM = pytest.StashKey[postgres.Claim]()
ENGINES = ["sqlite", "postgresql"]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[CLAIM] = postgres.Claim()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """All workers share the server of the process that started them."""
    node.workerinput["postgres"] = str(node.config.stash[CLAIM].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    if claim := config.stash.get(CLAIM, None):
        claim.close()


@pytest.fixture(scope="session")
def worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def postgresql_server(request: pytest.FixtureRequest) -> str:
    config = request.config
    if hasattr(config, "workerinput"):
        return postgres.address(Path(config.workerinput["postgres"]))
    return postgres.address(config.stash[CLAIM].folder)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory, django_db_blocker) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.sqlite3"
    with django_db_blocker.unblock():
        databases.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server, worker, django_db_blocker) -> str:
    name = f"migrated_{worker}"
    databases.on_server(postgresql_server, f'CREATE DATABASE "{name}"')
    with django_db_blocker.unblock():
        databases.migrate(databases.postgresql_url(postgresql_server, name))
    return name


@pytest.fixture
def sqlite_database(sqlite_template, tmp_path_factory, django_db_blocker):
    folder = tmp_path_factory.mktemp("database")
    with (
        django_db_blocker.unblock(),
        databases.sqlite_database(sqlite_template, folder) as database,
    ):
        yield database


@pytest.fixture
def postgresql_database(postgresql_server, postgresql_template, worker, django_db_blocker):
    name = f"test_{worker}"
    with (
        django_db_blocker.unblock(),
        databases.postgresql_database(
            postgresql_server, template=postgresql_template, name=name
        ) as database,
    ):
        yield database


@pytest.fixture(params=ENGINES)
def each_database(request: pytest.FixtureRequest) -> Iterator[databases.Database]:
    return request.getfixturevalue(f"{request.param}_database")
