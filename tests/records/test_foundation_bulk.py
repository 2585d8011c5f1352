"""The bulk writer and the raw reader give what the ORM gives, on both engines."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from regulars.records import bulk
from regulars.records.ids import uuid7
from regulars.records.scope import OtherOrganization, Unscoped, organization_scope
from tests.records.foundation_models import ONE, OTHER, Center, Entry, Guest, engine

__all__ = ["engine"]
COLUMNS = ["id", "guest_id", "key", "points", "on", "made_at", "by_hand", "detail"]
TABLE = "foundation_entry"
NOW = datetime(2024, 5, 1, 12, 30, 0, 123456, tzinfo=UTC)
NASTY = [
    "",
    'say "hi"',
    "back\\slash",
    "NULL",
    "{a,b}",
    "tab\tline\nend",
    "ünï ☕ 100%s",
    "'; --",
]


@pytest.fixture
def guest(engine):
    with organization_scope(ONE):
        center = Center.objects.create(name="Riverside")
        yield Guest.objects.create(center=center, name="Ada")


def row(guest: Guest, key: str, **other) -> tuple:
    values = {
        "id": uuid7(),
        "guest_id": guest.pk,
        "key": key,
        "points": 7,
        "on": date(2024, 5, 1),
        "made_at": NOW,
        "by_hand": False,
        "detail": f'{{"why": "{key}"}}',
    }
    return tuple({**values, **other}.values())


def as_row(entry: Entry) -> tuple:
    return tuple(getattr(entry, column) for column in COLUMNS)


@pytest.mark.parametrize("n_rows", [0, 1, 2, 5000])
def test_the_orm_reads_back_what_was_inserted(guest, n_rows):
    rows = [row(guest, f"k{n}", points=n) for n in range(n_rows)]
    with transaction.atomic():
        assert bulk.insert(Entry, COLUMNS, rows) == n_rows
    assert [as_row(entry) for entry in Entry.objects.order_by("points")] == rows
    assert all(entry.organization_id == ONE for entry in Entry.objects.all())


@pytest.mark.parametrize("one_by_one", [True, False])
def test_every_value_survives(guest, one_by_one):
    elsewhere = timezone(timedelta(hours=5, minutes=30))
    rows = [row(guest, key, detail=key * 2) for key in NASTY]
    rows += [
        row(guest, "instants", made_at=NOW.replace(microsecond=0).astimezone(elsewhere)),
        row(guest, "nothing", made_at=None, by_hand=True),
        row(guest, "much", points=2**63 - 1),
    ]
    for chunk in [[each] for each in rows] if one_by_one else [rows]:
        bulk.insert(Entry, COLUMNS, chunk)
    read = Entry.objects.in_bulk()
    assert [as_row(read[each[0]]) for each in rows] == rows
    kinds = "uuid uuid text int date instant bool text"
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    sql = f"SELECT {names} FROM {TABLE} WHERE organization_id = %s AND id IN %s"
    raw = {each[0]: each for each in bulk.select(sql, [ONE, [r[0] for r in rows]], kinds)}
    assert raw == {each[0]: each for each in rows}
    # And the same for what the ORM has written.
    Entry.objects.all().delete()
    Entry.objects.bulk_create(Entry(**dict(zip(COLUMNS, each, strict=True))) for each in rows)
    raw = {each[0]: each for each in bulk.select(sql, [ONE, {r[0] for r in rows}], kinds)}
    assert raw == {each[0]: each for each in rows}


@pytest.mark.parametrize("n_rows", [1, 2, 1000])
def test_update_changes_the_rows_named_and_counts_them(guest, n_rows):
    rows = [row(guest, f"k{n}") for n in range(n_rows + 1)]
    bulk.insert(Entry, COLUMNS, rows)
    changes = [(each[0], n, None, 'a"b') for n, each in enumerate(rows[:-1])]
    changed = bulk.update(Entry, ["id"], ["points", "made_at", "detail"], changes)
    assert changed == n_rows
    read = Entry.objects.in_bulk()
    for number, each in enumerate(rows[:-1]):
        entry = read[each[0]]
        assert (entry.points, entry.made_at, entry.detail) == (number, None, 'a"b')
    assert as_row(read[rows[-1][0]]) == rows[-1]
    strangers = [(uuid7(), guest.pk, "x", 1) for _ in range(n_rows)]
    assert bulk.update(Entry, ["id", "guest_id", "key"], ["points"], strangers) == 0
    assert bulk.update(Entry, ["id"], ["points"], []) == 0


@pytest.mark.parametrize("n_rows", [1, 3])
def test_writes_stay_in_the_scope(guest, n_rows):
    rows = [row(guest, f"k{n}") for n in range(n_rows)]
    owned = ["organization_id", *COLUMNS]
    assert bulk.insert(Entry, owned, [(ONE, *each) for each in rows]) == n_rows
    changes = [(ONE, each[0], 8) for each in rows]
    keys = ["organization_id", "id"]
    assert bulk.update(Entry, keys, ["points"], changes) == n_rows
    with organization_scope(OTHER):
        assert bulk.update(Entry, ["id"], ["points"], [each[1:] for each in changes]) == 0
        for write in (
            lambda: bulk.insert(Entry, owned, [(ONE, *each) for each in rows]),
            lambda: bulk.update(Entry, keys, ["points"], changes),
            lambda: bulk.update(Entry, ["id"], ["organization_id"], [(uuid7(), OTHER)]),
        ):
            with pytest.raises(OtherOrganization):
                write()
        with pytest.raises(IntegrityError), transaction.atomic():
            bulk.insert(Entry, COLUMNS, [row(guest, f"other{n}") for n in range(n_rows)])
    assert Entry.objects.filter(points=8).count() == n_rows


def test_outside_a_scope_nothing_is_written(engine):
    with pytest.raises(Unscoped):
        bulk.insert(Center, ["id", "name"], [(uuid7(), "x")])


@pytest.mark.parametrize("n_good", [0, 5])
def test_constraints_speak_with_the_errors_of_django(guest, n_good):
    good = [row(guest, f"k{n}") for n in range(n_good)]
    bulk.insert(Entry, COLUMNS, [row(guest, "twice")])
    for bad in (
        row(guest, "x", points=-1),
        row(guest, "twice"),
        row(guest, "x", guest_id=uuid7()),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            bulk.insert(Entry, COLUMNS, [*good, bad])
    assert Entry.objects.get().key == "twice"
    with pytest.raises(ValueError, match="time zone"):
        bulk.insert(Entry, COLUMNS, [row(guest, "x", made_at=datetime(2024, 5, 1))])  # noqa: DTZ001


def test_it_belongs_to_the_transaction_around_it(guest):
    with transaction.atomic():
        bulk.insert(Entry, COLUMNS, [row(guest, "a"), row(guest, "b")])
        assert bulk.select(f"SELECT COUNT(*) FROM {TABLE}") == [(2,)]
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    with transaction.atomic():
        with transaction.atomic():
            bulk.insert(Entry, COLUMNS, [row(guest, "a")])
            transaction.set_rollback(True)
        bulk.insert(Entry, COLUMNS, [row(guest, "b")])
    assert Entry.objects.get().key == "b"


def test_select_takes_lists_of_any_length_and_the_same_text(guest):
    rows = [row(guest, f"k{n}", points=n) for n in range(4)]
    bulk.insert(Entry, COLUMNS, rows)
    many = [uuid7() for _ in range(40_000)] + [rows[1][0], rows[2][0]]
    sql = f"SELECT key FROM {TABLE} WHERE id IN %s ORDER BY key"
    assert bulk.select(sql, [many]) == [("k1",), ("k2",)]
    assert bulk.select(sql, [[]]) == []
    keys = f"SELECT id FROM {TABLE} WHERE key IN %s AND points NOT IN %s AND key LIKE 'k%%'"
    assert bulk.select(keys, [("k1", "k2", 'a"'), [2, 9]], "uuid") == [(rows[1][0],)]
    sums = f'SELECT SUM(points), MAX(made_at), MIN("on") FROM {TABLE} WHERE "on" = %s'
    (found,) = bulk.select(sums, [date(2024, 5, 1)], "int instant date")
    assert found == (6, NOW, date(2024, 5, 1))
    assert [type(value) for value in found] == [int, datetime, date]
    assert bulk.select(f"SELECT key FROM {TABLE} WHERE made_at < %s", [NOW]) == []
    assert bulk.execute(f"DELETE FROM {TABLE} WHERE id IN %s", [many]) == 2


def test_text_too_long_is_refused_not_cut(engine):
    if engine != "postgresql":
        pytest.skip("SQLite has no length of text")
    from django.db import models

    from tests.records.foundation_models import registry

    class Short(models.Model):
        text = models.CharField(max_length=3)

        class Meta:
            app_label = "records"
            apps = registry
            db_table = "foundation_short"

    with connection.schema_editor() as editor:
        editor.create_model(Short)
    for rows in ([("long text",)], [("ok",), ("long text",)]):
        with pytest.raises(DataError), transaction.atomic():
            bulk.insert(Short, ["text"], rows)


def test_statements_are_counted(guest):
    with CaptureQueriesContext(connection) as queries:
        bulk.insert(Entry, COLUMNS, [row(guest, f"k{n}") for n in range(9)])
        bulk.select(f"SELECT key FROM {TABLE}")
    assert len(queries) == 2
