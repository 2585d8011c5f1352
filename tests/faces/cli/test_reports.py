"""`regulars report`: tables for people, files for everything else."""

import csv
import json

import pytest
from python_calamine import CalamineWorkbook

from tests.faces.cli.shell import SPRING, file_of, said_json, say, start
from tests.services.histories import command

GIFT = command("issue_reward/gift", "2026-04-01", guest="bob", amount="1040.00")


@pytest.fixture
def spring(sqlite_database, tmp_path):
    say("import", file_of(tmp_path, [*SPRING[:-1], GIFT, SPRING[-1]]))


def test_without_a_name_the_reports_are_listed():
    told = say("report")

    assert told.exit_code == 0
    assert "liability " in told.stdout
    assert "rewards-outstanding " in told.stdout


def test_a_table_is_aligned_and_says_how_it_is_counted(spring):
    told = say("report", "liability", "--as-of", "2026-03-31")

    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines[0] == "Liability: Lumen Spa, in USD"
    assert lines[1].startswith("As of 2026-03-31; By tier; Books closed through 2026-04-0")
    head, silver = lines[3], lines[4]
    assert head.split("  ")[1].strip() == "Tier"
    cells = "Silver 1 125 0 0 12.50 0 0.00 0.00 12.50 0"
    assert silver.split() == cells.split()
    assert len(head) == len(silver)
    assert lines[-1].startswith("    ") or lines[-1].startswith("  - ")


def test_money_has_its_thousands_and_empty_columns_are_left_out(spring):
    told = say("report", "rewards-outstanding", "--as-of", "2026-04-01").stdout

    assert "  1,040.00  " in told
    assert "Expires on" not in told


def test_a_report_without_rows_says_so(spring):
    told = say("report", "rewards-outstanding", "--as-of", "2026-01-31").stdout

    assert "No reward was open at the end of 2026-01-31." in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nope"], "Refused (unknown_reference): name: There is no report 'nope'; there are"),
        (["liability", "--from", "2026-01-01"], "The report liability takes no from"),
        (
            ["points", "--center", "mars"],
            "Refused (unknown_reference): No center is known by the id 'mars'.",
        ),
        (["liability", "--as-of", "2999-01-01"], "as_of must not be in the future"),
    ],
)
def test_what_it_cannot_answer_is_one_line(spring, words, said):
    told = say("report", *words)

    assert (told.exit_code, told.stdout) == (1, "")
    assert said in told.stderr


def test_a_file_is_written_whole_and_never_over_another(spring, tmp_path):
    path = tmp_path / "guests.csv"
    written = say("report", "guests", "--output", path)

    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr.endswith(f"2 rows written to {path}.\n")
    rows = list(csv.DictReader(path.open(newline="")))
    assert [(row["Guest"], row["Amount"]) for row in rows] == [
        ("ann", "0.00"),
        ("bob", "1040.00"),
    ]
    again = say("report", "guests", "--output", path)
    assert (again.exit_code, again.stderr) == (
        2,
        f"{path} is there already; --force writes over it.\n",
    )
    assert say("report", "guests", "-o", path, "--force", "--bom").exit_code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbfGuest,")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["guests.csv", "records.jsonl"]


def test_a_refused_report_leaves_the_old_file_as_it_was(spring, tmp_path):
    path = tmp_path / "old.csv"
    path.write_text("old")

    refused = say("report", "guests", "--tier", "lead", "-o", path, "--force")

    assert refused.exit_code == 1
    assert path.read_text() == "old"


def test_a_workbook_by_the_ending_of_its_name(spring, tmp_path):
    path = tmp_path / "owed.xlsx"
    say("report", "liability", "--output", path)

    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Liability", "About"]
    assert book.get_sheet_by_index(0).to_python()[-1][0] == "Total"


def test_a_workbook_goes_into_a_pipe(spring):
    piped = start("report", "liability", "--format", "xlsx")
    out, _ = piped.communicate()

    assert (piped.returncode, out[:2]) == (0, b"PK")


def test_json_is_one_object(spring):
    told = json.loads(
        say("report", "points", "--from", "2026-01-01", "--format", "json").stdout
    )

    assert told["report"] == "points"
    assert told["totals"]["net"] == told["figures"]["after"]


@pytest.mark.parametrize("words", [["--format", "pdf"], ["--output", "/tmp"]])
def test_a_slip_of_the_keyboard_is_not_understood(spring, words):
    assert say("report", "liability", *words).exit_code == 2


def test_reports_agree_with_verify(spring):
    totals = said_json("verify")["totals"]
    owed = json.loads(say("report", "liability", "--format", "json").stdout)["figures"]

    assert owed["points"] == totals["open_points"]
    assert owed["debt_points"] == totals["debt_points"]
    assert owed["rewards"] == totals["rewards_outstanding"] == "1040.00"
