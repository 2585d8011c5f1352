"""The tests' own databases: real, separate, and both set as the product needs them."""

import os
import subprocess
import sys

import pytest
from django.db import connection, transaction

from tests.databases import Database, all_at_once

COUNT_UP = "UPDATE tally SET n = n + 1"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def answer(question: str):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.fixture
def tally(each_database: Database) -> None:
    run("CREATE TABLE tally (n integer NOT NULL)")
    run("INSERT INTO tally VALUES (0)")


@pytest.mark.usefixtures("tally")
def test_what_one_thread_commits_the_others_see():
    def read_then_write():
        with transaction.atomic():
            answer("SELECT n FROM tally")
            run(COUNT_UP)

    answers = all_at_once([read_then_write] * 16)

    assert answers == [None] * 16
    assert answer("SELECT n FROM tally") == 16


@pytest.mark.usefixtures("tally")
def test_another_process_works_on_the_same_database():
    program = (
        "from regulars.site.setup import configure; configure()\n"
        "from django.db import connection\n"
        f"connection.cursor().execute({COUNT_UP!r})\n"
    )

    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)

    assert answer("SELECT n FROM tally") == 1


@pytest.mark.usefixtures("tally")
def test_a_renewed_database_is_empty_again(each_database: Database):
    each_database.renew()

    assert "tally" not in connection.introspection.table_names()


def test_each_engine_is_the_one_named(each_database: Database):
    assert connection.vendor == each_database.vendor
    assert os.environ["REGULARS_DATABASE_URL"] == each_database.url


@pytest.mark.usefixtures("sqlite_database")
def test_sqlite_keeps_what_it_acknowledged_and_forgets_what_was_erased():
    settings = "journal_mode synchronous foreign_keys secure_delete".split()

    assert [answer(f"PRAGMA {name}") for name in settings] == ["wal", 2, 1, 1]


def test_a_test_without_a_database_cannot_reach_one():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        run("SELECT 1")
