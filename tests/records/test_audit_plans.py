"""The audit trail looks up what it is asked for, and reads the whole journal for nothing."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection

from regulars.records import models
from regulars.records.bulk import select
from regulars.records.queries.audit import Sought, audit_lines, audit_query
from regulars.services import importing, upkeep
from tests.services.short_histories import START, guest, invoice, program

pytestmark = pytest.mark.usefixtures("each_database")
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
WAYS = {
    "record_guest": Sought(guest="ann"),
    "record_said_by": Sought(by="maria"),
    "record_kind": Sought(kind="center"),
    "record_at": Sought(since=NOON, until=NOON + timedelta(days=2)),
}


def take_in(*records):
    history = [*START, program(), guest("ann"), guest("bea"), *records]
    refused = []
    importing.import_records(iter([(None, one) for one in history]), emit=refused.append)


def fill_up() -> None:
    """So many records of others that it pays to look up."""
    with upkeep.at_work(None):
        models.Record.objects.bulk_create(
            models.Record(
                kind="invoice",
                name=f"invoice/x{n}",
                at=NOON + timedelta(days=10 + n),
                said_by=f"p{n}",
                body="{}",
                digest="",
                status="applied",
                is_command=False,
                guest_ref=f"g{n}",
            )
            for n in range(1000)
        )
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE records_record")


def plan(sought: Sought) -> str:
    """How the database would go about it."""
    with upkeep.at_work(None):
        sql, values = audit_query(sought, after=None, limit=50)
        word = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        rows = select(f"{word} {sql}", values)
        return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("index", WAYS)
def test_each_way_has_its_index(index):
    take_in(*(invoice(f"i{n}", "ann", "10.00", f"2026-01-0{n}") for n in range(1, 6)))

    fill_up()

    found = plan(WAYS[index])

    assert index in found, found
    assert "Seq Scan" not in found
    assert not found.startswith("SCAN")


def test_a_guest_is_found_by_what_names_her_and_after_a_merge():
    merge = {"type": "merge_guests", "id": "m1", "from": "bea", "into": "ann"}
    take_in(
        invoice("i1", "ann", "10.00", "2026-01-05"),
        invoice("i2", "bea", "10.00", "2026-01-05"),
        merge | {"at": "2026-01-06"},
    )

    def names(ref: str) -> list[str]:
        with upkeep.at_work(None):
            found = audit_lines(Sought(guest=ref), after=None, limit=50)
        return [one.row.name for one in found]

    assert names("ann") == ["merge_guests/m1", "invoice/i1", "guest/ann"]
    assert names("bea") == ["merge_guests/m1", "invoice/i2", "guest/bea"]
    assert names("cid") == []


def test_what_was_there_before_is_named_by_the_migration():
    take_in(invoice("i1", "ann", "10.00", "2026-01-05"))
    migration = import_module("regulars.records.migrations.0005_who_is_told_and_what_is_asked")
    with upkeep.at_work(None):
        before = list(models.Record.objects.order_by("id").values_list("name", "guest_ref"))
        models.Record.objects.update(guest_ref=None)
    with connection.schema_editor() as editor:
        migration.name_guests(None, editor)
    with upkeep.at_work(None):
        after = list(models.Record.objects.order_by("id").values_list("name", "guest_ref"))
    assert after == before
    assert dict(after)["invoice/i1"] == "ann"


def test_the_latest_of_all_are_not_gathered_and_sorted():
    take_in()

    fill_up()
    if connection.vendor == "sqlite":  # as the worker leaves it after a night
        cursor = connection.cursor()
        cursor.execute("PRAGMA analysis_limit = 100")
        cursor.execute("ANALYZE")

    found = plan(Sought())

    assert "TEMP B-TREE" not in found, found
    assert "Sort" not in found, found
