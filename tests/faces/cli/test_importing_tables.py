"""`regulars import --kind`, `mappings` and `export --csv`, as at a shell."""

import json

import pytest

from tests.faces.cli.shell import SPRING, file_of, said_json, say

pytestmark = pytest.mark.usefixtures("each_database")

CLIENTS = "Client ID,Name,Remarks\ncid,Cid Roe,tea\n=1,Dee Fox,\n,,\nTotal,2,\n"


@pytest.fixture
def clients(tmp_path):
    say("import", file_of(tmp_path, SPRING))
    path = tmp_path / "clients.csv"
    path.write_text(CLIENTS)
    return path


def test_a_table_is_shown_tried_and_taken_in(clients, tmp_path):
    report = tmp_path / "report.csv"

    tried = say("import", clients, "--kind", "guests", "--dry-run", "--report", report)
    done = say("import", clients, "--kind", "guests", "--save-mapping", "ours")

    assert tried.exit_code == done.exit_code == 0, tried.output + done.output
    assert tried.stdout.splitlines()[-1] == (
        "2 rows: 2 applied, 0 unchanged, 0 pending, 0 refused."
        " Nothing was written: this was a dry run."
    )
    assert report.read_text().splitlines()[2] == "clients.csv,3,guest/=1,applied,,,,"
    assert "  Client ID  id     100 %  cid; =1; Total" in done.stdout
    assert done.stdout.splitlines()[-1] == (
        "2 rows: 2 applied, 0 unchanged, 0 pending, 0 refused."
    )
    again = said_json("import", clients, "--kind", "guests")
    assert again["counts"] == {"unchanged": 2}
    assert said_json("mappings", "list") == [{"name": "ours", "kind": "guests"}]
    assert json.loads(say("mappings", "show", "ours").stdout)["columns"]["Name"] == "name"
    assert say("mappings", "remove", "ours").exit_code == 0
    assert said_json("mappings", "list") == []


def test_totals_that_differ_and_columns_that_are_missing_end_with_1(clients):
    differs = say("import", clients, "--kind", "guests", "--expect", "guests=3", "--dry-run")
    missing = say("import", clients, "--kind", "balances", "--dry-run")
    dropped = say("import", clients, "--kind", "guests", "--map", "Name=", "--dry-run")

    assert (differs.exit_code, missing.exit_code, dropped.exit_code) == (1, 1, 1)
    assert "has no column for points" in missing.stderr
    assert "has no column for name" in dropped.stderr
    assert say("import", clients).exit_code == 2


def test_everything_is_written_as_csv(clients, tmp_path):
    done = say("export", "--csv", tmp_path / "out")

    assert done.exit_code == 0
    guests = (tmp_path / "out" / "guests.csv").read_text().splitlines()
    assert guests[1].startswith("ann,Ann,")
    assert guests[1].endswith(",silver,2026-03-02,125")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "appointments.csv",
        "entries.csv",
        "guests.csv",
        "invoices.csv",
        "lines.csv",
        "lots.csv",
        "payments.csv",
        "rewards.csv",
    ]
