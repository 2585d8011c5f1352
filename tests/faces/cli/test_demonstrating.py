"""`regulars demo`: built once, the same every time, and summed up."""

import re

import pytest

from tests.faces.cli.shell import say


@pytest.fixture
def home(sqlite_database, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


def test_the_demo_is_built_once_and_all_its_points_are_accounted_for(home):
    built = say("demo", "--build-only", "--days", 20)
    again = say("demo", "--build-only", "--days", 20)
    longer = say("demo", "--build-only", "--days", 25)

    assert built.exit_code == 0
    assert "20 days closed." in built.stderr
    assert again.stderr.startswith("The demo company is there already")
    assert again.stdout == built.stdout
    assert "Alder & Rue, as of the end of 2024-07-20" in built.stdout
    assert "Alder & Rue, as of the end of 2024-07-25" in longer.stdout
    assert (home / "regulars" / "demo.sqlite3").exists()
    assert _points(longer.stdout, "issued") == sum(
        _points(longer.stdout, line)
        for line in ("redeemed", "expired", "ended with an enrollment", "open")
    ) - _points(longer.stdout, "owed by guests")


def test_only_its_own_file_is_ever_thrown_away(home, sqlite_database):
    new = ("demo", "--build-only", "--fresh", "--days", 5)
    refused = say(*new, "--database", sqlite_database.url)
    fresh = [say(*new) for _ in range(2)]

    assert refused.exit_code == 2
    assert fresh[0].stdout == fresh[1].stdout
    assert "5 days closed." in fresh[1].stderr


def _points(summary: str, line: str) -> int:
    found = re.search(rf"^  {line} +([0-9,]+)", summary, re.MULTILINE)
    assert found is not None, summary
    return int(found[1].replace(",", ""))
