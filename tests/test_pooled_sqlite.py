"""Connections to SQLite that go from one request to the next."""

import sqlite3
from contextlib import contextmanager
from threading import Thread

import pytest
from django.db import DatabaseError
from django.db.utils import ConnectionHandler

from regulars.site.databases import POOLED_SQLITE, database_settings
from regulars.site.pooled_sqlite import base
from regulars.site.pooled_sqlite.base import LONGEST_KEPT, DatabaseWrapper


@pytest.fixture
def wrapper(tmp_path, django_db_blocker):
    """Makes what a thread has of its own, all of one file; a file's connections end with it."""
    settings = database_settings(f"sqlite:///{tmp_path}/shop.sqlite3")
    settings |= {"ENGINE": POOLED_SQLITE, "CONN_MAX_AGE": 0}
    made = []

    def make():
        handler = ConnectionHandler({"default": settings})
        made.append(handler["default"])
        made[-1].inc_thread_sharing()  # for the end, when this thread closes what others made
        return made[-1]

    with django_db_blocker.unblock():
        yield make
        for one in made:
            one.close()
        idle = make().given_back()
        while idle:
            idle.pop()[0].close()


def opened(one):
    one.ensure_connection()
    return one.connection


def test_the_engine_is_this_one(wrapper):
    assert isinstance(wrapper(), DatabaseWrapper)


def test_the_last_connection_given_back_is_taken_first(wrapper):
    first, second = wrapper(), wrapper()
    raw_first, raw_second = opened(first), opened(second)
    assert raw_first is not raw_second

    first.close()
    second.close()

    assert opened(wrapper()) is raw_second
    assert opened(wrapper()) is raw_first


def test_another_thread_works_with_what_one_gave_back(wrapper):
    first = wrapper()
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE guest (name text)")
    raw = first.connection
    first.close()
    told = []

    def work():
        one = wrapper()
        with one.cursor() as cursor:
            cursor.execute("INSERT INTO guest VALUES ('Maya Jensen')")
            cursor.execute("PRAGMA synchronous")
            told.extend([one.connection is raw, cursor.fetchone()[0]])
        one.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()

    assert told == [True, 2]
    assert opened(wrapper()).execute("SELECT name FROM guest").fetchall() == [("Maya Jensen",)]


def test_what_was_left_in_the_midst_of_a_transaction_is_closed(wrapper):
    first = wrapper()
    raw = opened(first)
    raw.execute("CREATE TABLE guest (name text)")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO guest VALUES ('Maya Jensen')")

    first.close()

    with pytest.raises(sqlite3.ProgrammingError):
        raw.execute("SELECT 1")
    assert opened(wrapper()).execute("SELECT * FROM guest").fetchall() == []


@pytest.mark.parametrize("way", ["close", "close_if_unusable_or_obsolete"])
def test_what_had_an_error_is_closed(wrapper, way):
    first = wrapper()
    raw = opened(first)
    with pytest.raises(DatabaseError), first.cursor() as cursor:
        cursor.execute("SELECT * FROM nothing")

    getattr(first, way)()

    assert opened(wrapper()) is not raw


def test_what_has_rows_left_to_read_is_closed(wrapper):
    first = wrapper()
    raw = opened(first)
    raw.execute("CREATE TABLE guest (name text)")
    raw.execute("INSERT INTO guest VALUES ('Maya Jensen'), ('Ann Lee')")
    unread = raw.execute("SELECT name FROM guest")
    assert unread.fetchone()

    first.close()

    second, third = wrapper(), wrapper()
    assert opened(second) is not raw
    opened(third).execute("INSERT INTO guest VALUES ('Bob Ray')")
    assert opened(second).execute("SELECT COUNT(*) FROM guest").fetchone() == (3,)


def test_what_is_given_up_within_a_block_is_used_by_nobody_else(wrapper):
    first = wrapper()
    raw = opened(first)
    first.in_atomic_block = True  # and no transaction: SQLite ends it when the disk is full

    first.close()

    with pytest.raises(sqlite3.ProgrammingError):
        raw.execute("SELECT 1")
    assert opened(wrapper()) is not raw


def test_an_old_one_is_closed_and_the_next_plans_by_what_was_found_out_since(wrapper):
    first, elsewhere = wrapper(), wrapper()
    raw = opened(first)
    raw.execute("CREATE TABLE guest (center, tier)")
    raw.execute("CREATE INDEX by_center ON guest (center)")
    raw.execute("CREATE INDEX by_tier ON guest (tier)")
    raw.execute("INSERT INTO guest VALUES (1, 1)")
    raw.execute("ANALYZE")
    opened(elsewhere).executemany("INSERT INTO guest VALUES (1, ?)", ([n] for n in range(5000)))
    opened(elsewhere).execute("ANALYZE")
    first.opened_at -= LONGEST_KEPT + 1

    first.close()

    second = opened(wrapper())
    plan = "EXPLAIN QUERY PLAN SELECT * FROM guest WHERE center = 1 AND tier = 7"
    assert "by_tier" in second.execute(plan).fetchone()[3]


def test_a_transaction_that_knows_no_gate_begins_in_line_and_leaves_it(wrapper, monkeypatch):
    one = wrapper()
    raw = opened(one)
    seen = []

    @contextmanager
    def line():
        seen.append(raw.in_transaction)
        yield
        seen.append(raw.in_transaction)

    monkeypatch.setattr(base, "in_line", line)
    one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert seen == [False, True]
    one.rollback()
    one.set_autocommit(True)
