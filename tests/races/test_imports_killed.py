"""An import whose process is killed in the middle, again and again, and carried on each time:
nothing is lost, nothing is taken twice, and the control totals say so.
"""

import multiprocessing
import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connections

from regulars.records import models
from regulars.rules.permissions import Actor
from regulars.services import transactions, verifying
from regulars.services.imports import keeping, looking, performing, runs, totals, waiting
from regulars.services.imports.keeping import Keeping
from regulars.services.imports.performing import Import, Source
from regulars.services.receiving import Sender
from tests.databases import Database
from tests.services.imports_shop import NOW, at_salon, file_with, found_salon, tell

FORK = multiprocessing.get_context("fork")
SEED = 20261120
N_GUESTS, N_KILLS, CHUNK = 300, 8, 10
GUESTS = [f"guest{number:03}" for number in range(N_GUESTS)]
ROWS = [f"{ref},{number + 1},2027-03-01" for number, ref in enumerate(GUESTS)]
TOTAL = str(sum(range(N_GUESTS + 1)))
BALANCES = "\n".join(["Client ID,Points,Expires", *ROWS, f"Total,{TOTAL},"])
OWNER = Actor("owner")


def at_a_shell(path: Path) -> None:
    """What `regulars import` does, from where it was broken off."""
    with at_salon() as company:
        looked = looking.look(path, "balances")
        run, progress, moment = runs.open_run(
            company, "balances", [looked], stated={}, actor=OWNER, at=NOW, known_at=None
        )
        source = Source(path, looked.name, looked.mapping)
        done = performing.perform(
            company,
            Import("balances", [source], moment),
            sender=Sender(OWNER, may_import=True),
            now=lambda: NOW,
            sink=Keeping(run),
            progress=progress,
        )
        assert done
        runs.end(run, runs.DONE, at=NOW)


def by_the_worker(_: Path) -> None:
    """What the worker does with an import that waits, or that it was killed at."""
    with at_salon() as company:
        run = waiting.next_waiting()
        assert run is not None
        waiting.go_on(
            company,
            run,
            now=lambda: NOW,
            write=transactions.write,
            must_stop=lambda: False,
        )


def sent_in(path: Path) -> None:
    """The same file over HTTP: kept in pieces, and begun."""
    with at_salon() as company:
        key = runs.receive_file("balances", path.name, [path.read_bytes()], actor=OWNER, at=NOW)
        runs.begin(company, str(key), is_trial=False, actor=OWNER, at=NOW)


def killed_on_the_way(act: Callable[[], None], rng: Random) -> bool:
    """Begin the act in a process of its own and kill it while some of it is done."""
    connections.close_all()
    process = FORK.Process(target=act)
    before = taken()
    process.start()
    while taken() < before + CHUNK and process.is_alive():
        time.sleep(0.002)
    time.sleep(rng.uniform(0, 0.03))  # also between a chunk and the note that it is done
    process.kill()
    process.join()
    return bool(process.exitcode == -signal.SIGKILL)


def taken() -> int:
    with at_salon():
        n_taken = models.Lot.objects.count()
    connections.close_all()
    return n_taken


@pytest.mark.parametrize(
    ("prepare", "act"), [(None, at_a_shell), (sent_in, by_the_worker)], ids=["shell", "worker"]
)
def test_an_import_survives_being_killed(
    prepare: Any,
    act: Any,
    each_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(performing, "CHUNK", CHUNK)
    path = file_with(tmp_path, BALANCES)
    found_salon()
    with at_salon() as company:
        day = (NOW - timedelta(days=1)).isoformat()
        guests = [{"type": "guest", "id": ref, "name": ref, "at": day} for ref in GUESTS]
        tell(company, guests)
    if prepare:
        prepare(path)

    rng = Random(SEED)
    n_killed = sum(killed_on_the_way(partial(act, path), rng) for _ in range(N_KILLS))
    act(path)

    assert n_killed >= N_KILLS // 2
    with at_salon() as company:
        [row] = models.ImportRun.objects.all()
        progress = keeping.progress_of(row.progress)
        lines = list(keeping.report_of(row.id))
        found = totals.compared(company, progress.read, progress.stated, progress.held)
        held = dict(models.Lot.objects.values_list("guest__external_id", "remaining_points"))
        n_lots = models.Lot.objects.count()
        report = verifying.verify(company, deep=True)
    assert row.state == runs.DONE
    assert (n_lots, held) == (N_GUESTS, {ref: n + 1 for n, ref in enumerate(GUESTS)})
    assert [number for number, _ in lines] == list(range(1, N_GUESTS + 1))
    assert sorted(line.number for _, line in lines) == list(range(2, N_GUESTS + 2))
    # A chunk that was taken, and killed before that was noted, is told as unchanged.
    assert set(progress.counts) <= {"applied", "unchanged"}
    assert sum(progress.counts.values()) == N_GUESTS
    assert Counter(line.status for _, line in lines) == progress.counts
    points = next(one for one in found if one.name == "points")
    assert (points.read, points.stated, points.held) == (TOTAL, TOTAL, TOTAL)
    assert totals.differing(found) == []
    assert list(report.differences) == []
