"""Sending from the shell: once, again after a kill, and what was given up."""

import os
import signal
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from regulars.records import models
from regulars.records.scope import every_organization, organization_scope
from tests.faces.cli.shell import PROGRAM, said_json, say
from tests.services.messages.postbag import Postbag

pytestmark = pytest.mark.usefixtures("each_database")


def mail_to(settings, folder) -> None:
    settings.EMAIL_BACKEND = "regulars.services.messages.channels.folder.EmailBackend"
    settings.EMAIL_FILE_PATH = str(folder)


def test_what_is_due_is_sent_and_counted(settings, tmp_path):
    bag = Postbag()
    bag.add(), bag.add()
    mail_to(settings, tmp_path / "mail")
    assert said_json("messages", "send", "--limit", 1) == {
        "n_sent": 1,
        "n_failed": 0,
        "n_dead": 0,
        "problem": None,
        "n_withheld": 0,
        "has_more": True,
    }
    assert say("messages", "send").stdout == "1 message sent.\n"
    assert say("messages", "send").stdout == "0 messages sent.\n"
    assert len(list((tmp_path / "mail").iterdir())) == 2


def test_a_channel_that_is_down_is_trouble_and_waiting_can_be_cut_short(settings, tmp_path):
    bag = Postbag()
    bag.add()
    (tmp_path / "mail").write_text("in the way")
    mail_to(settings, tmp_path / "mail")
    down = say("messages", "send")
    assert (down.exit_code, down.stdout) == (3, "0 messages sent.\n")
    assert down.stderr == (
        f"The folder {tmp_path}/mail cannot be written to: File exists. 1 message waits.\n"
    )
    (tmp_path / "mail").unlink()
    assert say("messages", "send").stdout == "0 messages sent.\n"
    assert say("messages", "send", "--at-once").stdout == "1 message sent.\n"


def test_what_was_given_up_is_listed_and_tried_again(settings, tmp_path):
    bag = Postbag()
    waiting = bag.add()
    bag.change("ann", email="nobody")
    mail_to(settings, tmp_path / "mail")
    assert say("messages", "send").stdout == "0 messages sent, 1 given up.\n"
    assert say("messages", "dead").stdout == (
        f"{waiting.id}  2026-02-01 07:00  points_awarded by email, tried once\n"
        "    to Ann (ann) <nobody>: 'nobody' is not an e-mail address.\n"
    )
    bag.change("ann", email="ann@example.com")
    assert say("messages", "retry").exit_code == 2
    again = say("messages", "retry", waiting.id)
    assert again.stdout == "1 message waits again.\n"
    refused = say("messages", "retry", waiting.id)
    assert refused.exit_code == 1
    assert "is waiting, not dead" in refused.stderr
    assert say("messages", "send").stdout == "1 message sent.\n"
    assert say("messages", "dead").stdout == "No message was given up.\n"
    assert say("messages", "retry", "--all-dead").stdout == "0 messages wait again.\n"


def test_killed_after_each_message_all_are_sent_and_none_is_there_twice(
    each_database, tmp_path
):
    bag = Postbag()
    names = sorted(f"{bag.add().id}.eml" for _ in range(3))
    surroundings = {
        **os.environ,
        "PYTHONPATH": ".",
        "REGULARS_DATABASE_URL": each_database.url,
        "REGULARS_EMAIL_URL": "tests.services.messages.dying.SuicidalBackend",
        "REGULARS_EMAIL_FROM": "hello@lumen.example",
        "TEST_MAIL_FOLDER": str(tmp_path / "mail"),
    }
    for n in range(3):
        ended = subprocess.run([*PROGRAM, "messages", "send"], env=surroundings, timeout=120)
        assert ended.returncode == -signal.SIGKILL
        assert len(os.listdir(tmp_path / "mail")) == n + 1
    assert bag.states() == {"sending": 3}
    before = {path.name: path.stat().st_ino for path in (tmp_path / "mail").iterdir()}
    with organization_scope(bag.company.id):
        models.Message.objects.update(next_try_at=datetime.now(UTC) - timedelta(minutes=1))
    surroundings["REGULARS_EMAIL_URL"] = f"folder://{tmp_path}/mail"
    done = subprocess.run(
        [*PROGRAM, "messages", "send"], env=surroundings, timeout=120, capture_output=True
    )
    assert done.stdout.decode() == "3 messages sent.\n"
    assert sorted(os.listdir(tmp_path / "mail")) == names
    after = {path.name: path.stat().st_ino for path in (tmp_path / "mail").iterdir()}
    assert all(before[name] != after[name] for name in names)
    with every_organization():
        assert {one.attempts for one in models.Message.objects.all()} == {2}
