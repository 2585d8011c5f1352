"""A long source is read ahead and written together, and nobody waits long for it to end."""

import threading
import time
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection, transaction

from regulars.records import bulk, locks
from regulars.records.long_writes import CACHE_KIB
from regulars.services import importing, reading_ahead, stream
from regulars.services.stream import Stream
from tests.services.short_histories import START, guest, program

BEGINNING = [*START, program()]


def guests(count: int) -> list[Any]:
    return [guest(f"g{number}") for number in range(count)]


def n_guests() -> int:
    return int(bulk.select("SELECT COUNT(*) FROM records_guest")[0][0])


class Read:
    """A source that notes how many of its records were read when an answer came."""

    def __init__(self, records: Iterable[Any]) -> None:
        self.records = records
        self.n_read = 0
        self.at_answers: list[int] = []

    def __iter__(self) -> Any:
        for record in self.records:
            self.n_read += 1
            yield self.n_read, record

    def take_in(self) -> list[int]:
        """How far it was read each time, once an answer."""
        with Stream(lambda place, result: self.at_answers.append(self.n_read)) as one:
            one.run(self)
        return self.at_answers


@pytest.fixture(autouse=True)
def answered_one_by_one(monkeypatch):
    """A fact is else answered with the others of its day."""
    monkeypatch.setattr(stream, "BATCH", 1)


@pytest.mark.usefixtures("sqlite_database")
def test_who_waits_is_let_in_before_a_long_import_ends(monkeypatch):
    monkeypatch.setattr(stream, "PIECE", 50)
    found: list[int] = []

    def write() -> None:
        with locks.write_gate(), transaction.atomic():
            found.append(n_guests())
        connection.close()

    desk = threading.Thread(target=write)

    def come(record: Any) -> None:
        if record.name == "guest/g60":
            desk.start()
            until = time.monotonic() + 10
            while not locks.somebody_waits() and time.monotonic() < until:
                time.sleep(0.001)

    with Stream(lambda place, result: None, check=come) as one:
        one.run((None, record) for record in [*BEGINNING, *guests(600)])
    desk.join(10)
    assert 61 <= found[0] <= 110
    assert n_guests() == 600
    assert not locks.somebody_waits()


@pytest.mark.usefixtures("sqlite_database")
def test_where_nobody_waits_a_block_is_one_transaction(monkeypatch):
    monkeypatch.setattr(stream, "PIECE", 50)
    monkeypatch.setattr(reading_ahead, "BLOCK", 300)
    commits: list[int] = []
    together = Stream.together

    def counted(self: Stream) -> Any:
        commits.append(1)
        return together(self)

    monkeypatch.setattr(Stream, "together", counted)
    n_read = Read([*BEGINNING, *guests(600 - len(BEGINNING))]).take_in()
    assert set(n_read) == {300, 600}
    assert len(commits) == 2


@pytest.mark.usefixtures("each_database")
def test_what_is_large_or_comes_slowly_is_not_read_far_ahead(monkeypatch):
    monkeypatch.setattr(reading_ahead, "BLOCK_SECONDS", 0)
    slow = Read([*BEGINNING, *guests(20)]).take_in()
    assert len(set(slow)) > 10

    monkeypatch.setattr(reading_ahead, "BLOCK_SECONDS", 60)
    monkeypatch.setattr(reading_ahead, "BLOCK_BYTES", 100)
    lines = [b'{"type":"guest","id":"h%d","at":"2026-01-02"}' % n for n in range(20)]
    large = Read(lines)
    importing.import_records(large, emit=lambda _: large.at_answers.append(large.n_read))
    assert len(set(large.at_answers)) > 4


@pytest.mark.usefixtures("each_database")
def test_asked_to_stop_it_leaves_what_was_read_ahead(monkeypatch):
    monkeypatch.setattr(stream, "PIECE", 5)
    asked = [0]

    def must_stop() -> bool:
        asked[0] += 1
        return asked[0] > 900

    records = [(None, one) for one in [*BEGINNING, *guests(800)]]
    first = importing.import_records(records, emit=lambda _: None, must_stop=must_stop)
    assert first.ended == "interrupted"
    assert 0 < first.counts["applied"] < len(records)
    again = importing.import_records(records, emit=lambda _: None)
    assert again.counts["unchanged"] == first.counts["applied"]
    assert n_guests() == 800


@pytest.mark.usefixtures("sqlite_database")
def test_memory_for_a_long_import_is_given_back():
    seen: list[int] = []

    def held() -> int:
        return int(bulk.select("PRAGMA cache_size")[0][0])

    before = held()
    with Stream(lambda place, result: seen.append(held())) as one:
        one.run((None, record) for record in BEGINNING)
    assert set(seen) == {-CACHE_KIB}
    assert held() == before
