"""`regulars import` and `export`: what is refused, what is kept, how it goes on."""

import json
import signal

import pytest

from regulars.services.reading_ahead import BLOCK
from tests.faces.cli.shell import SPRING, balances, file_of, lines_of, said_json, say, start
from tests.services.histories import guest, invoice

pytestmark = pytest.mark.usefixtures("each_database")

STRANGER = invoice("inv9", "zoe", "10.00", "2026-03-03T13:00")


def test_a_file_is_taken_in_and_the_same_again_changes_nothing(tmp_path):
    path = file_of(tmp_path, SPRING)

    first, again = said_json("import", path), said_json("import", path)

    assert first == {
        "refusals": [],
        "organization": "lumen",
        "applied": 8,
        "unchanged": 0,
        "pending": 0,
        "refused": 0,
        "closed_through": "2026-04-05",
        "ended": "done",
    }
    assert again == first | {"applied": 0, "unchanged": 8}
    assert balances() == {"ann": ("silver", 125), "bob": (None, 0)}


def test_a_refused_line_is_listed_with_all_that_helps_and_the_rest_goes_on(tmp_path):
    misspelled = {**guest("cid"), "birhday": "1990-01-01"}
    records = [*SPRING[:6], STRANGER, misspelled, *SPRING[6:]]

    done = say("import", file_of(tmp_path, records))

    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "line 7: invoice/inv9 refused (unknown_reference) at guest:"
        " No guest is known by the id 'zoe'.",
        "line 8: guest/cid refused (invalid_record) at birhday: 'birhday' is no field of this"
        " record. Did you mean birthday? (It is '1990-01-01'.)",
        "lumen: 8 applied, 0 unchanged, 0 pending, 2 refused.",
        "Closed through 2026-04-05.",
    ]


def test_strict_applies_nothing_after_the_first_refusal(tmp_path):
    # In one batch with what comes before and after it.
    path = file_of(tmp_path, [*SPRING[:5], STRANGER, *SPRING[5:]])

    stopped = say("import", path, "--strict")

    assert stopped.exit_code == 1
    assert "5 applied, 0 unchanged, 0 pending, 1 refused" in stopped.stdout
    assert "Nothing after it was applied" in stopped.stderr
    assert said_json("import", path)["applied"] == 3


def test_of_a_file_that_is_cut_off_the_whole_lines_are_kept(tmp_path):
    whole = lines_of(SPRING)
    path = tmp_path / "records.jsonl"
    path.write_text(whole[:-30])

    cut = say("import", path)
    path.write_text(whole)
    then = said_json("import", path)

    assert cut.exit_code == 1
    assert "line 8: ? refused (invalid_record): Line 8 is cut off" in cut.stdout
    assert "The file is cut off in its last line." in cut.stderr
    assert (then["applied"], then["unchanged"]) == (1, 7)


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("sales.zip", b"PK\x03\x04...", "sales.zip holds no records: it is a ZIP archive"),
        ("empty.jsonl", b"", "empty.jsonl is empty."),
        ("list.txt", b"guest,points\nann,3\n", "list.txt holds no scenario"),
    ],
)
def test_a_file_of_the_wrong_kind_is_one_line(tmp_path, name, content, complaint):
    path = tmp_path / name
    path.write_bytes(content)

    refused = say("import", path)

    assert refused.exit_code == 1
    assert complaint in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["list.csv", "sales.xlsx"])
def test_what_a_table_holds_has_to_be_said(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"guest,points\nann,3\n")

    refused = say("import", path)

    assert refused.exit_code == 2
    assert f"{name}: say --kind; guests, invoices, for instance." in refused.stderr


def test_a_file_that_is_not_there_is_not_understood(tmp_path):
    assert say("import", tmp_path / "nowhere.jsonl").exit_code == 2


def test_ctrl_c_keeps_what_was_applied_and_the_same_again_goes_on(tmp_path):
    process = start("import", "-")
    others = [guest(f"g{n}", at="2026-04-06") for n in range(BLOCK - 8)]
    block = lines_of(SPRING[:7]) + "this is no record\n" + lines_of(others)
    process.stdin.write(block.encode())
    process.stdin.flush()
    # A refusal is told when all of its block has been taken in.
    assert b"refused" in process.stdout.readline()

    process.send_signal(signal.SIGINT)
    assert process.stderr.readline().startswith(b"Stopping after this batch.")
    _, told = process.communicate(lines_of(SPRING[7:]).encode(), timeout=60)
    then = said_json("import", file_of(tmp_path, SPRING))

    assert process.returncode == 130
    assert told == b"Stopped. The same command again goes on from here.\n"
    assert (then["applied"], then["unchanged"]) == (1, 7)


def test_the_records_of_an_organization_that_is_there_need_not_name_it(tmp_path):
    say("import", file_of(tmp_path, SPRING[:6]))

    more = said_json("import", file_of(tmp_path, SPRING[6:]))

    assert (more["organization"], more["applied"]) == ("lumen", 2)


def test_of_several_organizations_one_must_be_named(tmp_path):
    other = {**SPRING[0], "id": "glow", "name": "Glow"}
    say("import", file_of(tmp_path, SPRING[:3]))
    say("import", file_of(tmp_path, [other]))
    path = file_of(tmp_path, [guest("ann")])

    assert "There are several organizations." in say("import", path).stderr
    assert said_json("import", path, "--organization", "lumen")["applied"] == 1


def test_an_export_is_a_history_that_comes_to_the_same(tmp_path):
    say("import", file_of(tmp_path, SPRING))
    out = tmp_path / "export.jsonl"

    told = say("export", out)
    states = [
        said_json("replay", path, "--as-of", "2026-04-30")["as_of"]
        for path in (out, file_of(tmp_path, SPRING))
    ]

    assert told.stderr == f"8 records written to {out}.\n"
    assert [json.loads(line)["type"] for line in out.read_text().splitlines()][:3] == [
        "organization",
        "center",
        "program",
    ]
    assert states[0] == states[1]


def test_the_file_of_another_organization_is_not_mixed_in(sqlite_database, tmp_path):
    say("import", file_of(tmp_path, SPRING))
    other = file_of(tmp_path, [{**SPRING[0], "id": "other"}, *SPRING[1:]], "other.jsonl")

    refused = say("import", other, "--organization", "lumen")

    assert refused.exit_code == 1
    assert "These records belong to organization other, not to lumen." in refused.stderr
