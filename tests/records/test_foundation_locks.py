"""Locks, trying again, and the write gate, with real threads and real processes."""

import multiprocessing
import threading
import time
from datetime import date

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from regulars.records import bulk, locks
from regulars.records.ids import uuid7
from regulars.records.scope import organization_scope
from tests.databases import all_at_once
from tests.records.foundation_models import ONE, Center, Entry, Guest, engine

__all__ = ["engine"]
TABLE = "foundation_guest"


@pytest.fixture
def guests(engine):
    with organization_scope(ONE):
        center = Center.objects.create(name="Riverside")
        return [Guest.objects.create(center=center, name="0").pk for _ in range(6)]


@pytest.fixture
def postgresql_guests(guests):
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked on PostgreSQL alone")
    return guests


def in_foundation() -> None:
    if connection.vendor == "postgresql":
        bulk.execute("SET search_path TO foundation")


def count_up(ids: list, n_rounds: int) -> None:
    """Read, then write what was read plus one: without a lock some are lost."""
    in_foundation()

    def act() -> None:
        with transaction.atomic():
            locks.lock_guests(ids, table=TABLE, column="id")
            read = bulk.select(
                f"SELECT id, name FROM {TABLE} WHERE id IN %s", [ids], "uuid text"
            )
            bulk.update(Guest, ["id"], ["name"], [(id, str(int(n) + 1)) for id, n in read])

    with organization_scope(ONE):
        for _ in range(n_rounds):
            with locks.write_gate():
                locks.retrying(act)


def test_locked_guests_are_changed_by_one_at_a_time(guests):
    orders = [guests, guests[::-1], guests[2:], guests[:4][::-1]]
    answers = all_at_once([lambda ids=ids: count_up(ids, 15) for ids in orders])
    assert answers == [None] * 4
    with organization_scope(ONE):
        names = dict(Guest.objects.values_list("pk", "name"))
    assert [int(names[id]) for id in guests] == [45, 45, 60, 60, 45, 45]


def test_a_lock_needs_a_transaction(guests):
    with organization_scope(ONE), pytest.raises(RuntimeError, match="transaction"):
        locks.lock_guests(guests, table=TABLE, column="id")


def test_a_deadlock_is_tried_again(postgresql_guests):
    one, other = postgresql_guests[:2]
    barrier = threading.Barrier(2, timeout=10)
    n_tries: list[int] = []

    def cross(first, second) -> None:
        in_foundation()
        met: list[bool] = []

        def act() -> None:
            n_tries.append(1)
            with transaction.atomic():
                locks.lock_guests([first], table=TABLE, column="id")
                if not met:
                    met.append(True)
                    barrier.wait()
                locks.lock_guests([second], table=TABLE, column="id")

        with organization_scope(ONE):
            locks.retrying(act)

    assert all_at_once([lambda: cross(one, other), lambda: cross(other, one)]) == [None, None]
    assert len(n_tries) == 3


class Broken:
    """A closure that loses its transaction, the first time or always."""

    def __init__(self, *problems: Exception) -> None:
        self.problems = list(problems)
        self.n_calls = 0

    def __call__(self) -> str:
        self.n_calls += 1
        if self.problems:
            raise self.problems.pop(0)
        return "done"


def problem_with(sqlstate: str | None) -> OperationalError:
    cause = Exception()
    cause.sqlstate = sqlstate
    problem = OperationalError("lost")
    problem.__cause__ = cause
    return problem


def test_only_what_was_certainly_undone_is_tried_again(engine):
    passing = Broken(*(problem_with(state) for state in ("40001", "40P01", "55P03", "40001")))
    assert locks.retrying(passing) == "done"
    assert passing.n_calls == 5
    for_ever = Broken(*(problem_with("40001") for _ in range(9)))
    with pytest.raises(OperationalError):
        locks.retrying(for_ever, attempts=3)
    assert for_ever.n_calls == 3
    for final in (
        problem_with(None),
        problem_with("08006"),
        problem_with("57P01"),
        IntegrityError(),
    ):
        broken = Broken(final)
        with pytest.raises(type(final)):
            locks.retrying(broken)
        assert broken.n_calls == 1
    inside = Broken(problem_with("40001"))
    with transaction.atomic(), pytest.raises(OperationalError):
        locks.retrying(inside)
    assert inside.n_calls == 1


def test_a_busy_sqlite_is_tried_again(engine):
    if engine != "sqlite":
        pytest.skip("a server queues its writers")
    connection.ensure_connection()
    held, freed = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            held.set()
            freed.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    n_tries = []

    def act() -> None:
        n_tries.append(1)
        bulk.execute("PRAGMA busy_timeout = 20")
        if len(n_tries) == 3:
            freed.set()
            thread.join()
        with transaction.atomic():
            pass

    locks.retrying(act)
    assert len(n_tries) == 3


def hold_the_gate(inside, leave) -> None:
    connection.close()
    with locks.write_gate():
        inside.set()
        leave.wait(10)


def test_the_gate_holds_across_processes_and_forks(engine):
    if engine != "sqlite":
        pytest.skip("a server has no gate")
    fork = multiprocessing.get_context("fork")
    inside, leave = fork.Event(), fork.Event()
    with locks.write_gate(), locks.write_gate():  # so that the child inherits an open file
        process = fork.Process(target=hold_the_gate, args=(inside, leave))
    with locks.write_gate():
        process.start()
        assert not inside.wait(0.3)
    assert inside.wait(10)
    entered: list[float] = []

    def enter() -> None:
        with locks.write_gate():
            entered.append(time.monotonic())

    thread = threading.Thread(target=enter)
    thread.start()
    time.sleep(0.2)
    assert not entered
    leave.set()
    thread.join(10)
    process.join(10)
    assert entered


def test_the_gate_is_fair(guests):
    if connection.vendor != "sqlite":
        pytest.skip("a server has no gate")
    until = time.monotonic() + 1
    counts = []

    def write() -> None:
        n_rounds = 0
        with organization_scope(ONE):
            while time.monotonic() < until:
                with locks.write_gate(), transaction.atomic():
                    row = (uuid7(), guests[0], str(uuid7()), 1, date(2024, 5, 1), False, "")
                    columns = ["id", "guest_id", "key", "points", "on", "by_hand", "detail"]
                    bulk.insert(Entry, columns, [row])
                n_rounds += 1
        counts.append(n_rounds)

    assert all_at_once([write] * 8) == [None] * 8
    assert min(counts) * 5 > max(counts)
