"""What is written together is there as if it had been written one after the other."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from regulars.records import bulk
from regulars.records.ids import uuid7
from regulars.records.scope import organization_scope
from tests.records.foundation_models import ONE, Center, Entry, Guest, engine

__all__ = ["engine"]
DAY = date(2024, 5, 1)
COLUMNS = ["id", "guest_id", "key", "points", "on", "by_hand", "detail"]


@pytest.fixture
def center(engine):
    with organization_scope(ONE):
        yield Center.objects.create(name="Riverside")


def guest_row(center: Center, name: str) -> tuple:
    return uuid7(), center.pk, name


def entry_row(guest, key: str, points: int = 7, detail: str = "") -> tuple:
    return uuid7(), guest, key, points, DAY, False, detail


def add_guest(row: tuple) -> None:
    bulk.insert(Guest, ["id", "center_id", "name"], [row])


def n_statements(write: Callable[[], None]) -> int:
    """How many statements write it, in one transaction."""
    with (
        CaptureQueriesContext(connection) as seen,
        transaction.atomic(),
        bulk.in_one_statement(),
    ):
        write()
    return sum("foundation_" in one["sql"] for one in seen.captured_queries)


def points_of(keys: list[str]) -> list[int]:
    read = dict(Entry.objects.values_list("key", "points"))
    return [read[key] for key in keys]


@pytest.mark.parametrize("n_entries", [1, 3])
def test_a_row_and_those_that_point_to_it_are_one_statement(center, n_entries):
    ada = guest_row(center, "Ada")
    rows = [entry_row(ada[0], f"k{n}", n) for n in range(n_entries)]

    def write() -> None:
        add_guest(ada)
        bulk.insert(Entry, COLUMNS, rows)
        bulk.update(Center, ["id"], ["name"], [(center.pk, "Lakeside")])

    assert n_statements(write) == (1 if connection.vendor == "postgresql" else 3)
    assert points_of([f"k{n}" for n in range(n_entries)]) == [*range(n_entries)]
    center.refresh_from_db()
    assert center.name == "Lakeside"


def test_what_is_written_twice_keeps_its_order(center):
    ada = guest_row(center, "Ada")
    first = entry_row(ada[0], "first")
    with transaction.atomic(), bulk.in_one_statement():
        add_guest(ada)
        bulk.insert(Entry, COLUMNS, [first])
        bulk.update(Entry, ["id"], ["points"], [(first[0], 8)])
        bulk.update(Entry, ["id"], ["points"], [(first[0], 9)])
    assert points_of(["first"]) == [9]


@pytest.mark.parametrize("by_orm", [True, False])
def test_who_reads_meanwhile_sees_it(center, by_orm):
    with transaction.atomic(), bulk.in_one_statement():
        add_guest(guest_row(center, "Ada"))
        if by_orm:
            names = [*Guest.objects.values_list("name", flat=True)]
        else:
            sql = "SELECT name FROM foundation_guest WHERE organization_id = %s"
            names = [name for (name,) in bulk.select(sql, [ONE])]
        assert names == ["Ada"]
        bulk.execute("DELETE FROM foundation_guest WHERE organization_id = %s", [ONE])
        add_guest(guest_row(center, "Bea"))
    assert Guest.objects.get().name == "Bea"


def test_what_fails_takes_all_of_it_back_and_waits_for_nobody(center):
    ada = guest_row(center, "Ada")

    def fail_there() -> None:
        add_guest(ada)
        bulk.insert(Entry, COLUMNS, [entry_row(uuid7(), "of nobody")])

    def fail_here() -> None:
        add_guest(ada)
        raise ZeroDivisionError

    with pytest.raises(IntegrityError):
        n_statements(fail_there)
    with pytest.raises(ZeroDivisionError):
        n_statements(fail_here)
    with transaction.atomic(), bulk.in_one_statement():
        bulk.update(Center, ["id"], ["name"], [(center.pk, "Lakeside")])
    assert not Guest.objects.exists()
    assert not Entry.objects.exists()


def test_one_inside_another_is_the_same_statement(center):
    ada = guest_row(center, "Ada")

    def write() -> None:
        with bulk.in_one_statement():
            add_guest(ada)
        bulk.insert(Entry, COLUMNS, [entry_row(ada[0], "k")])

    assert n_statements(write) == (1 if connection.vendor == "postgresql" else 2)


NASTY = ["", 'say "hi"', "back\\slash", "\\N", "\\.", "tab\tline\nend\r", "ünï ☕ 100%s", "\\n"]


@pytest.mark.parametrize("texts", [NASTY, ["plain"]])
def test_every_text_survives_among_very_many(center, texts):
    ada = guest_row(center, "Ada")
    add_guest(ada)
    rows = [entry_row(ada[0], f"k{n}", n, texts[n % len(texts)]) for n in range(200)]
    columns = [*COLUMNS, "made_at"]
    with transaction.atomic():
        assert bulk.insert(Entry, columns, [(*row, None) for row in rows]) == 200
    read = Entry.objects.order_by("points").values_list(*columns)
    assert [*read] == [(*row, None) for row in rows]


@pytest.mark.parametrize("n_rows", [1, 200])
def test_many_rows_are_checked_as_one_is(center, n_rows):
    ada = guest_row(center, "Ada")
    add_guest(ada)
    good = [entry_row(ada[0], f"k{n}") for n in range(n_rows)]
    for bad in (
        entry_row(ada[0], "negative", -1),
        entry_row(ada[0], "k0"),
        entry_row(uuid7(), "of nobody"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            bulk.insert(Entry, COLUMNS, [*good, bad])
    assert not Entry.objects.exists()
