"""`regulars replay`: the contract's output, the comparison, nothing left behind."""

import json
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from regulars.faces.cli.databases import throwaway
from tests.faces.cli.shell import SPRING, file_of, said_json, say

SCENARIOS = Path(__file__).parents[2] / "scenarios"
ENROLL = SCENARIOS / "enroll_first_visit.yaml"


@pytest.fixture
def a_server(sqlite_database, postgresql_server):
    return postgresql_server


@pytest.mark.usefixtures("sqlite_database")
def test_the_output_is_the_contracts(tmp_path):
    path = file_of(tmp_path, SPRING)

    output = said_json("replay", path, "--as-of", "2026-03-02", "--as-of", "2026-03-31")

    assert list(output) == ["results", "as_of"]
    assert [one["record"] for one in output["results"]] == [
        "organization/lumen",
        "center/soho",
        "program/2026-01-01",
        "guest/ann",
        "guest/bob",
        "invoice/inv1",
        "invoice/inv2",
    ]
    assert {one["status"] for one in output["results"]} == {"applied"}
    guests = {day: list(states["guests"]) for day, states in output["as_of"].items()}
    assert guests == {"2026-03-02": ["ann", "bob"], "2026-03-31": ["ann", "bob"]}
    assert output["as_of"]["2026-03-31"]["guests"]["ann"]["points"] == 125
    assert list(output["as_of"]["2026-03-02"]["invoices"]) == ["inv1"]


@pytest.mark.usefixtures("sqlite_database")
def test_a_day_before_the_first_record_is_answered_too(tmp_path):
    path = file_of(tmp_path, SPRING)

    output = said_json("replay", path, "--as-of", "2026-03-02", "--as-of", "2025-06-01")

    assert list(output["as_of"]) == ["2025-06-01", "2026-03-02"]
    assert output["as_of"]["2025-06-01"] == {"guests": {}, "invoices": {}}


@pytest.mark.usefixtures("sqlite_database")
def test_several_files_are_one_history(tmp_path):
    paths = [file_of(tmp_path, SPRING[:4], "a.jsonl"), file_of(tmp_path, SPRING[4:], "b.jsonl")]

    output = said_json("replay", *paths, "--as-of", "2026-04-30")
    as_one = said_json("replay", file_of(tmp_path, SPRING), "--as-of", "2026-04-30")

    assert output["as_of"] == as_one["as_of"]
    assert [one["record"] for one in output["results"]][-1] == "invoice/inv3"


@pytest.mark.usefixtures("sqlite_database")
def test_a_history_of_nothing_but_refusals_is_still_json(tmp_path):
    output = said_json("replay", file_of(tmp_path, [{"type": "guest", "id": "ann"}]))

    assert [one["status"] for one in output["results"]] == ["refused"]
    assert output["as_of"] == {}


def test_on_a_server_it_works_in_a_schema_of_its_own_and_leaves_nothing(a_server, tmp_path):
    wrong = {"records": SPRING, "expect": [{"record": "guest/ann", "status": "refused"}]}
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(wrong))
    with psycopg.connect(a_server) as session:
        before = session.execute("SELECT nspname FROM pg_namespace ORDER BY 1").fetchall()

    checked = say("replay", "--check", ENROLL, path, ENROLL, "--database", a_server)

    assert checked.exit_code == 1
    assert checked.stdout.splitlines() == [
        f"{ENROLL}: as expected",
        f"{path}: 1 different",
        '  guest/ann, status: expected "refused", got "applied"',
        f"{ENROLL}: as expected",
        "2 of 3 as expected.",
    ]
    with psycopg.connect(a_server) as session:
        after = session.execute("SELECT nspname FROM pg_namespace ORDER BY 1").fetchall()
        tables = session.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
    assert (after, tables) == (before, (0,))


def test_the_own_database_is_never_touched(sqlite_database, tmp_path):
    say("import", file_of(tmp_path, SPRING))
    path = Path(sqlite_database.url.removeprefix("sqlite:///"))
    connection.close()
    before = path.read_bytes()

    say("replay", ENROLL, "--database", sqlite_database.url)

    assert path.read_bytes() == before
    assert not list(path.parent.glob("regulars-replay-*"))


def test_its_tables_are_those_that_the_migrations_make(sqlite_database):
    def tables() -> set[tuple[str, ...]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT type, name, tbl_name FROM sqlite_master")
            return {row for row in cursor.fetchall() if row[1].startswith("records_")}

    migrated = tables()
    with throwaway(None):
        assert tables() == migrated


@pytest.mark.usefixtures("sqlite_database")
def test_an_address_that_is_none_is_refused():
    refused = say("replay", ENROLL, "--database", "nonsense")

    assert refused.exit_code == 3
    assert "not understood" in refused.stderr
