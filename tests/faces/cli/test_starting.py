"""`regulars init`, and what is said when the database is not as it should be."""

import json
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

from regulars.faces.cli.main import app
from regulars.services import reading_ahead
from tests.faces.cli.shell import SPRING, file_of, said_json, say, start
from tests.services.histories import guest


@pytest.fixture
def empty_file(sqlite_database, tmp_path):
    return f"sqlite:///{tmp_path / 'new.sqlite3'}"


def test_an_organization_is_made_once(each_database):
    made = said_json("init", "--name", "Élan & Co", "--time-zone", "Europe/Paris")
    again = said_json("init", "--name", "Élan & Co", "--currency", "JPY")

    assert made["organization"] == "elan-co"
    assert made["owner"] == "operator"
    assert made["key"].startswith("reg_")
    shown_once = made | {"owner": None, "key": None}
    assert again == said_json("init") == shown_once


def test_a_currency_that_does_not_exist_is_refused(sqlite_database):
    refused = say("init", "--name", "Lumen", "--currency", "XYZ")

    assert refused.exit_code == 1
    assert "XYZ" in refused.stderr


def test_init_makes_the_database_and_import_does_too(empty_file, tmp_path):
    made = say("init", "--name", "Lumen", "--database", empty_file)
    other = empty_file.replace("new", "other")
    taken_in = say("import", file_of(tmp_path, SPRING), "--database", other)

    assert made.stderr == f"Making a new database at {empty_file}.\n"
    assert taken_in.stderr == f"Making a new database at {other}.\n"
    assert taken_in.exit_code == made.exit_code == 0


def test_no_other_command_makes_one(empty_file, tmp_path):
    refused = say("close-day", "--database", empty_file)

    assert refused.exit_code == 3
    assert refused.stderr == (
        f"There is no database at {empty_file} yet. `regulars init` makes one.\n"
    )
    assert not (tmp_path / "new.sqlite3").exists()


def test_a_database_of_another_age_is_told_apart(each_database):
    def migrations(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    migrations(
        "INSERT INTO django_migrations (app, name, applied) VALUES"
        " ('records', '9999_later', '2030-01-01')"
    )
    newer = say("verify")
    assert newer.exit_code == 3
    assert "made by a newer version" in newer.stderr


def test_what_cannot_be_reached_is_one_line_without_the_password(sqlite_database):
    refused = say("verify", "--database", "postgresql://me:hush@127.0.0.1:1/x")

    assert refused.exit_code == 3
    assert refused.stderr.startswith("The database cannot be reached: ")
    assert len(refused.stderr.splitlines()) == 1
    assert "hush" not in refused.stderr


def test_a_file_that_is_no_database_is_said(sqlite_database, tmp_path):
    (tmp_path / "notes.sqlite3").write_text("dear diary, " * 500)

    refused = say("verify", "--database", f"sqlite:///{tmp_path / 'notes.sqlite3'}")

    assert refused.exit_code == 3
    assert "not a SQLite database" in refused.stderr


def test_a_full_disk_keeps_what_is_acknowledged_and_the_same_again_goes_on(
    sqlite_database, tmp_path, monkeypatch
):
    monkeypatch.setattr(reading_ahead, "BLOCK", 1000)
    pages = 120
    small = f"{sqlite_database.url}?init_command=PRAGMA%20max_page_count%3D{pages}"
    many = [guest(f"g{n}", at="2026-03-01") for n in range(6000)]
    path = file_of(tmp_path, [*SPRING[:3], *many])

    full = say("import", path, "--database", small)
    then = said_json("import", path, "--database", sqlite_database.url)

    assert full.exit_code == 3
    assert full.stderr.splitlines()[-1].startswith("The disk is full: ")
    assert then["applied"] + then["unchanged"] == 6003
    assert then["unchanged"] > 0


def test_help_answers_without_waiting_for_django():
    script = "import sys; from regulars.faces.cli import main; print('django' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert say("--help").stdout.startswith("Usage: ")
    assert loaded.stdout == "False\n"
    assert {command.name for command in app.registered_commands} == {
        *"demo init import export close-day month-end expire".split(),
        *"explain verify replay sample process-rewards consent report worker jobs".split(),
        *"serve conformance events".split(),
    }


def test_a_reader_who_leaves_is_no_trouble():
    process = start("sample", "demo")
    first = process.stdout.readline()
    process.stdout.close()

    assert json.loads(first)["type"] == "organization"
    assert process.wait(60) == 0
    assert process.stderr.read() == b""


def test_a_broken_database_file_is_no_traceback(sqlite_database, tmp_path):
    path = tmp_path / "foreign.sqlite3"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (text)")

    refused = say("verify", "--database", f"sqlite:///{path}")

    assert refused.exit_code == 3
    assert "holds nothing of Regulars yet" in refused.stderr


@pytest.mark.parametrize("address", ["sqlite:///", "sqlite://:memory:"])
def test_a_database_that_is_gone_at_the_end_is_refused(sqlite_database, address):
    refused = say("init", "--database", address)

    assert refused.exit_code == 3
    assert "names no file" in refused.stderr
