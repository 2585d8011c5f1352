"""Every scenario, on both databases, in three ways: in bulk, record by record, and shuffled
with each fact twice and rows read in any order. Its expectations hold in each, and the
ledgers are the same to the last link of their chains.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from regulars.services import stream
from regulars.services.formats import expectations
from regulars.services.formats.files import open_records
from tests import databases
from tests.databases import Database, in_use
from tests.scenarios import ways
from tests.scenarios.ways import Came, Said

FOLDER = Path(__file__).parent
SCENARIOS = sorted(FOLDER.glob("**/*.yaml"))
# Shuffled otherwise on each, since both are held against the same ledger.
SEEDS = {"sqlite": (1, 2), "postgresql": (3,)}
BATCH = stream.BATCH


@pytest.fixture(scope="module")
def engines(
    sqlite_template,
    postgresql_server,
    postgresql_template,
    worker,
    tmp_path_factory,
    django_db_blocker,
):
    """One database on each engine for all scenarios; to make it anew each time takes longer."""
    with (
        django_db_blocker.unblock(),
        databases.sqlite_database(sqlite_template, tmp_path_factory.mktemp("ways")) as one,
        databases.postgresql_database(
            postgresql_server, template=postgresql_template, name=f"ways_{worker}"
        ) as other,
    ):
        yield one, other


def test_there_are_scenarios():
    assert len(SCENARIOS) > 100


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_comes_out_the_same_whichever_way_it_is_delivered(
    path, engines, monkeypatch
):
    source = open_records(str(path))
    said = ways.read(source)
    is_immediate = any("immediate" in one.raw.values() for one in said if one.record)
    days = {date.fromisoformat(one["as_of"]) for one in source.expect if "as_of" in one}
    days = sorted(days | {ways.last_day(said)})
    first = None
    for database in engines:
        for way, order, batch, rows in deliveries(said, SEEDS[database.vendor]):
            monkeypatch.setattr(stream, "BATCH", batch)
            with empty(database), rows:
                came = ways.deliver(order, days)
            where = f"{way} on {database.vendor}"
            assert expectations.differences(source.expect, came.output()) == [], where
            assert news(came) == [], where
            first = first or came
            assert came.results == first.results, where
            if is_immediate:
                assert ways.settled(came) == ways.settled(first), where
            else:
                assert ways.differences(first.ledger, came.ledger) == [], where
                assert came.as_of == first.as_of, where


def deliveries(
    said: list[Said], seeds: Iterable[int]
) -> Iterator[tuple[str, list[Said], int, AbstractContextManager[None]]]:
    """(name, records in order, how many facts are applied at once at most, how rows come)."""
    yield "in bulk", said, BATCH, nullcontext()
    yield "record by record", said, 1, nullcontext()
    for seed in seeds:
        rows = ways.rows_in_any_order(seed)
        yield f"shuffled by seed {seed}", ways.shuffled(said, seed), BATCH, rows


def news(came: Came) -> list[object]:
    """Answers to a second copy that are neither `unchanged` nor the refusal of the first."""
    return [
        answer
        for place, answer in came.again.items()
        if answer["status"] != "unchanged" and answer != came.results[place]
    ]


@contextmanager
def empty(database: Database) -> Iterator[None]:
    """The database in use, and nothing in it but its tables."""
    with in_use(database.url):
        database.renew()
        if database.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous = OFF")
        yield
