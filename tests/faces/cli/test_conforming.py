"""`regulars conformance` against a server as it is really run."""

import json

from tests.faces.cli.shell import said_json, say
from tests.served import found_sandbox, serving

PLAYED = ["merge_guests", "06_07_two_who_name_each_other", "hold_and_capture"]
WRONG = """
name: "A state that nobody is in"
records:
- {type: organization, id: lumen, name: Lumen, currency: EUR, time_zone: UTC, at: 2026-01-01}
- {type: center, id: soho, name: Soho, at: 2026-01-01}
- {type: guest, id: ann, name: Ann Lee, at: 2026-01-02}
expect:
- {record: guest/ann, status: applied}
- {as_of: 2026-01-03, guest: ann, state: {points: 7}}
"""


def test_a_server_passes_and_is_told_what_differs(sqlite_database, tmp_path):
    key = found_sandbox()
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(WRONG)
    with serving(sqlite_database.url) as url:
        told = said_json("conformance", url, "--key", key, *PLAYED, wrong)
        names = [one["name"] for one in told["checks"] if one["kind"] == "scenario"]
        assert names == [*PLAYED, "wrong"]
        found = {one["name"]: one["differences"] for one in told["checks"]}
        assert found.pop("wrong") == [
            "as of 2026-01-03, guest ann, points: expected 7, got 0"
        ], json.dumps(told)
        assert [name for name, differences in found.items() if differences] == []
        assert len(found) > 15

        shown = say("conformance", url, "--key", key, "--no-protocol", wrong)
        assert shown.exit_code == 1
        assert "FAILED  scenario  wrong" in shown.stdout
        assert "expected 7, got 0" in shown.stdout
        assert "0 of 1 passed." in shown.stdout

        refused = say("conformance", url, "--key", "reg_wrong", wrong)
        assert refused.exit_code == 3
        assert "401" in refused.stderr


def test_the_scenarios_are_named():
    told = say("conformance", "--list")
    assert "merge_guests" in told.stdout.splitlines()
    assert say("conformance").exit_code == 2
