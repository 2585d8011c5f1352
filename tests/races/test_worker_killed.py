"""A worker killed twenty times in a month: every message just as often as without it."""

import multiprocessing
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from regulars.records import models
from regulars.records.scope import every_organization
from regulars.services import upkeep, verifying
from tests.databases import Database
from tests.services.worker import month

N_KILLS = 20
SEED = 20260301
FORK = multiprocessing.get_context("fork")


def steps_said(hears: Connection) -> Iterator[int]:
    """The steps a process begins, until it ends."""
    with suppress(EOFError):
        while True:
            yield hears.recv()


class Month:
    """The month lived through in processes of their own, with folders for what is sent."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.progress = folder / "progress"
        backends = "regulars.services.messages.channels.folder"
        for name in ("Email", "Sms"):
            kind = name.upper()
            monkeypatch.setattr(settings, f"{kind}_BACKEND", f"{backends}.{name}Backend")
            monkeypatch.setattr(settings, f"{kind}_FILE_PATH", str(folder / name.lower()))

    def start(self) -> tuple[Any, Connection]:
        """A process that goes on with the month, and where it says its steps.

        Forked, since starting Python anew takes longer than most steps do.
        """
        connections.close_all()
        hears, says = FORK.Pipe(duplex=False)
        process = FORK.Process(target=month.live, args=(self.progress, says.send))
        process.start()
        says.close()
        return process, hears

    def live(self) -> None:
        process, hears = self.start()
        list(steps_said(hears))
        process.join()
        assert process.exitcode == 0

    def live_through_kills(self) -> int:
        """Kill at seeded steps, somewhere within the step; returns how many were killed."""
        rng = Random(SEED)
        n_steps = len(list(month.steps()))
        n_killed = 0
        for place in sorted(rng.sample(range(n_steps - 1), N_KILLS)):
            process, hears = self.start()
            for step in steps_said(hears):
                if step >= place:
                    break
            time.sleep(rng.uniform(0, 0.2))
            process.kill()
            process.join()
            hears.close()
            n_killed += process.exitcode == -signal.SIGKILL
        self.live()
        return n_killed

    def came_to(self) -> dict[str, Any]:
        """Messages by what they are about, and the ledger's heads: one text for each guest."""
        with every_organization():
            messages = models.Message.objects.select_related("guest")
            accounts = models.Account.objects.select_related("guest")
            return {
                "messages": Counter(
                    (one.guest.external_id, one.kind, one.channel, one.occasion, one.state)
                    for one in messages
                ),
                "ledgers": {one.guest.external_id: (one.points, one.head) for one in accounts},
            }

    def sent(self) -> list[str]:
        """The ids of all messages that arrived, one for each file.

        A draft, which begins with a dot, never arrived: its writer was killed.
        """
        folders = [self.folder / name for name in ("email", "sms")]
        return sorted(path.stem for one in folders for path in one.glob("[!.]*"))

    def check_each_arrived(self) -> None:
        with every_organization():
            rows = models.Message.objects.filter(state="sent")
            ids = sorted(str(key) for key in rows.values_list("id", flat=True))
        assert self.sent() == ids

    def check_books(self) -> None:
        with upkeep.at_work(None) as company:
            report = verifying.verify(company, deep=True)
        assert list(report.differences) == []
        with every_organization():
            assert not models.WorkRun.objects.exclude(state="done").exists()
            assert not models.Outbox.objects.filter(status="waiting").exists()


def test_every_message_as_often_as_it_should_be(
    each_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = Month(tmp_path / "quiet", monkeypatch)
    quiet.folder.mkdir()
    month.begin()
    quiet.live()
    quiet.check_each_arrived()
    quiet.check_books()
    expected = quiet.came_to()
    kinds = Counter(kind for _, kind, _, _, _ in expected["messages"])
    assert set(kinds) == {
        "enrolled",
        "points_awarded",
        "points_expiring",
        "points_redeemed",
        "reward_expiring",
        "reward_issued",
        "statement",
        "upgraded",
    }

    each_database.renew()
    killed = Month(tmp_path / "killed", monkeypatch)
    killed.folder.mkdir()
    month.begin()
    assert killed.live_through_kills() == N_KILLS
    assert killed.came_to() == expected
    killed.check_each_arrived()
    killed.check_books()
