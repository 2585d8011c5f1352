"""`regulars webhooks` and `regulars events`, and a worker that delivers, at a shell."""

import os
import signal
import subprocess
import time

import pytest
from django.test import override_settings

from tests.faces.cli.shell import PROGRAM, SPRING, file_of, said_json, say
from tests.services.webhooks.receiver import Receiver

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def receiver():
    with override_settings(WEBHOOKS_ALLOW_PRIVATE=True):
        found = Receiver()
        yield found
        found.close()


def test_said_at_a_shell(tmp_path, receiver):
    say("import", file_of(tmp_path, SPRING[:4]))
    made = said_json("webhooks", "add", receiver.url, "--name", "CRM")
    receiver.secrets.append(made["secret"])
    ref = made["id"]
    assert "thank you" not in say("webhooks", "log", ref).stdout
    assert "Accepted: it answered 200" in say("webhooks", "test", ref).stdout
    assert "thank you" in say("webhooks", "log", ref).stdout
    listed = say("webhooks", "list").stdout
    assert ref in listed
    assert receiver.url in listed
    changed = said_json("webhooks", "change", ref, "--type", "day.closed")
    assert changed["types"] == ["day.closed"]
    assert said_json("webhooks", "change", ref, "--all-types")["types"] == []
    rotated = said_json("webhooks", "rotate", ref, "--hours", "0")
    assert rotated["secret"] != made["secret"]
    assert said_json("webhooks", "off", ref)["state"] == "off"
    jobs = say("jobs").stdout
    assert f"Webhooks: {ref} ({receiver.url}) is off. Turned off by" in jobs
    assert said_json("webhooks", "on", ref)["state"] == "on"
    assert said_json("webhooks", "replay", ref, "--after", "0")["told_through"] == 0
    refused = say("webhooks", "replay", ref, "--after", "99999")
    assert (refused.exit_code, "The last event is" in refused.stderr) == (1, True)
    assert say("webhooks", "remove", ref).exit_code == 0
    assert "Nobody is told" in say("webhooks", "list").stdout


def test_a_worker_delivers_and_ends_when_told(tmp_path, receiver):
    say("import", file_of(tmp_path, SPRING[:4]))
    made = said_json("webhooks", "add", receiver.url)
    receiver.secrets.append(made["secret"])
    say("import", file_of(tmp_path, SPRING))
    expected = {
        one["id"]
        for one in said_json("events", "--limit", "1000")["items"]
        if one["sequence"] > made["told_through"]
    }
    assert len(expected) > 3
    environment = os.environ | {"REGULARS_WEBHOOKS_ALLOW_PRIVATE": "yes"}
    pipe = subprocess.PIPE
    with subprocess.Popen([*PROGRAM, "worker"], stdout=pipe, env=environment) as worker:
        ends_at = time.monotonic() + 50
        while not expected <= set(receiver.ids()) and time.monotonic() < ends_at:
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        output, _ = worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert expected <= set(receiver.ids())
    assert "accepted." in output.decode()
    receiver.check_order()
