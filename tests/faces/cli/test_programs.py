"""`regulars program`: a document checked, shown, compared and put in force."""

import json

import pytest

from tests.faces.cli.shell import SPRING, file_of, said_json, say
from tests.services.histories import GOLD, SILVER, program

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    twin = {**GOLD, "minimum_spend": "100.00", "icon": "dragon"}
    path = file_of(tmp_path, [program(tiers=[SILVER, twin], tax_basis="pre_tax")], "bad.json")

    checked = say("program", "check", path)

    assert checked.exit_code == 1
    complaints = checked.stdout.splitlines()
    assert complaints[-1] == f"{path}: 3 problems."
    assert [line.partition(":")[0] for line in complaints[:-1]] == [
        "invalid_record",
        "invalid_record",
        "setting_conflict",
    ]
    assert "dragon" in complaints[0]
    assert "award_on" in complaints[2]


def test_a_good_one_has_no_problems(tmp_path):
    path = file_of(tmp_path, [program()], "good.json")

    assert said_json("program", "check", path) == {"problems": []}


def test_what_is_shown_can_be_published_and_changes_nothing(tmp_path):
    say("import", file_of(tmp_path, SPRING))
    path = tmp_path / "shown.yaml"

    shown = say("program", "show")
    path.write_text(shown.stdout)

    assert shown.stdout.startswith("# In force from 2026-01-01. Versions: 2026-01-01\n")
    assert say("program", "diff", path).stdout == "Nothing would change.\n"
    assert say("program", "publish", path).stdout == "program/2026-01-01 is in force already.\n"


def test_a_new_version_counts_from_its_day(tmp_path):
    say("import", file_of(tmp_path, SPRING))
    path = file_of(tmp_path, [program(point_value="0.20")], "new.json")

    changes = said_json("program", "diff", path)
    refused = say("program", "publish", path)
    published = said_json("program", "publish", path, "--from", "2026-05-01")

    assert changes == [{"path": "point_value", "before": "0.10", "after": "0.20"}]
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Refused (conflict)" in refused.stderr
    assert (published["record"], published["status"]) == ("program/2026-05-01", "applied")
    shown = json.loads(say("program", "show", "--on", "2026-05-01", "--json").stdout)
    assert shown["point_value"] == "0.20"
    assert said_json("program", "show", "--on", "2026-04-30")["point_value"] == "0.10"


def test_a_program_published_before_anything_is_known_counts_for_the_history(tmp_path):
    say("init", "--name", "Lumen Spa", "--id", "lumen")
    say("program", "publish", file_of(tmp_path, [program()], "p.json"))
    history = [one for one in SPRING if one["type"] not in ("organization", "program")]

    say("import", file_of(tmp_path, history))
    told_again = tmp_path / "export.jsonl"
    say("export", told_again)
    states = said_json("replay", told_again, "--as-of", "2026-04-30")["as_of"]

    assert states["2026-04-30"]["guests"]["ann"]["points"] == 165
