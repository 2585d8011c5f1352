"""`regulars worker` and `regulars jobs`, as said at a shell or by a service manager."""

import json
import signal
import time
from pathlib import Path

import pytest

from regulars.records import models
from regulars.records.scope import every_organization
from tests.faces.cli.shell import SPRING, balances, file_of, said_json, say, start

NOON = "2026-04-08T12:00-04:00"
NAMED = ("--organization", "lumen")


@pytest.fixture
def spring(sqlite_database, tmp_path: Path) -> Path:
    """A spring at a spa, imported; the last of its days is open."""
    path = file_of(tmp_path, SPRING)
    assert say("import", path).exit_code == 0
    return tmp_path


def other_company(folder: Path) -> None:
    """A second organization, whose last day was years ago."""
    start_of_it = {**SPRING[0], "id": "oasis", "name": "Oasis", "at": "2019-01-01"}
    center = {"type": "center", "id": "main", "name": "Main", "at": "2019-01-01"}
    path = file_of(folder, [start_of_it, center], "oasis.jsonl")
    assert say("import", path).exit_code == 0
    with every_organization():
        models.Organization.objects.filter(external_id="oasis").update(
            closed_through="2019-01-01"
        )


@pytest.mark.usefixtures("spring")
def test_once_does_what_is_due_and_says_it():
    answer = say("worker", "--once", "--at", NOON)
    assert answer.exit_code == 0
    lines = [line.split("  ") for line in answer.stdout.splitlines()]
    assert [line[1:5] for line in lines] == [
        ["lumen", "close 2026-04-06", "done", "1 guest settled."],
        ["lumen", "close 2026-04-07", "done", "0 guests settled."],
        ["lumen", "figures 2026-04-08", "done", "Figures counted through 2026-04-08."],
        [
            "lumen",
            "messages 2026-04-08",
            "done",
            "2 transactions looked at, 0 messages queued.",
        ],
        ["lumen", "tidy 2026-04-08", "done", "0 old rows removed."],
    ]
    assert all(line[0].startswith("2026-04-08 16:00:") for line in lines)
    assert balances()["ann"] == ("silver", 165)
    assert say("worker", "--once", "--at", NOON).stdout == ""


@pytest.mark.usefixtures("spring")
def test_a_sandbox_is_left_to_its_own_clock_unless_it_is_named():
    models.Organization.objects.update(is_sandbox=True)

    assert say("worker", "--once", "--at", NOON).stdout == ""
    assert "close 2026-04-06" in say("worker", "--once", "--at", NOON, *NAMED).stdout


@pytest.mark.usefixtures("spring")
def test_a_json_object_a_line():
    answer = say("worker", "--once", "--at", NOON, "--json")
    first = json.loads(answer.stdout.splitlines()[0])
    assert {
        name: first[name] for name in ("organization", "job", "day", "center", "state")
    } == {
        "organization": "lumen",
        "job": "close",
        "day": "2026-04-06",
        "center": None,
        "state": "done",
    }
    assert first["n_done"] == 1


@pytest.mark.usefixtures("spring")
def test_jobs_lists_what_ran_and_what_is_next():
    assert "No worker has run yet" in say("jobs").stdout
    say("worker", "--once", "--at", NOON)
    listed = said_json("jobs")
    assert [(one["job"], one["day"], one["state"]) for one in reversed(listed["jobs"])] == [
        ("close", "2026-04-06", "done"),
        ("close", "2026-04-07", "done"),
        ("figures", "2026-04-08", "done"),
        ("messages", "2026-04-08", "done"),
        ("tidy", "2026-04-08", "done"),
    ]
    assert listed["next"][0]["job"] == "close"
    assert listed["next"][0]["day"] == "2026-04-08"
    assert "close     2026-04-06" in say("jobs").stdout
    assert "Next: close 2026-04-08, due since 2026-04-09 04:05:00Z" in say("jobs").stdout


def test_one_organization_fails_the_other_is_served(spring):
    other_company(spring)
    answer = say("worker", "--once", "--at", NOON)
    assert answer.exit_code == 1
    assert "lumen  close 2026-04-06  done" in answer.stdout
    assert "oasis  close 2019-01-02  failed  The books are closed through" in answer.stdout
    failed = said_json("jobs", "--failed", "--organization", "oasis")
    assert [(one["job"], one["day"]) for one in failed["jobs"]] == [("close", "2019-01-02")]
    assert say("jobs", "--failed", "--organization", "lumen").stdout == "Nothing failed.\n"
    only = say("worker", "--once", "--at", NOON, "--organization", "lumen")
    assert (only.exit_code, only.stdout) == (0, "")


def test_an_organization_that_cannot_even_be_read_keeps_nobody_waiting(spring):
    other_company(spring)
    with every_organization():
        oasis = models.Organization.objects.get(external_id="oasis")
        broken = {"effective_from": "2019-01-01", "document": "{", "published_at": NOON}
        models.ProgramVersion.objects.create(organization=oasis, **broken)
        models.Organization.objects.filter(id=oasis.id).update(external_id="a-oasis")
    process = start("worker", "--every", "0.2")
    assert process.stdout is not None
    assert b"  lumen  close " in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert b"  a-oasis  Unexpected DecodeError: " in said
    assert b" Trying again in a minute." in said


@pytest.mark.usefixtures("spring")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--at", NOON], "--at goes with --once."),
        (["--once", "--at", "yesterday"], "yesterday is no instant like"),
        (["--once", "--close-at", "25:00"], "--close-at: 25:00 is no hour like 00:05."),
    ],
)
def test_what_is_not_understood(words, said):
    answer = say("worker", *words)
    assert answer.exit_code == 2
    assert said in " ".join(answer.stderr.replace("│", " ").split())


@pytest.mark.usefixtures("spring")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends(number):
    process = start("worker", "--every", "0.2", "--organization", "lumen")
    assert process.stdout is not None
    process.stdout.readline()  # it has begun
    process.send_signal(number)
    began = time.monotonic()
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert time.monotonic() - began < 15
