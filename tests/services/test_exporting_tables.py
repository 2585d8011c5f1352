"""Exports as CSV: harmless in spreadsheets, and an import of them comes to the same."""

import csv
from io import StringIO

import pytest

from regulars.records import models
from regulars.services import exporting_tables
from tests.services.histories import command, guest, invoice
from tests.services.imports_shop import (
    at_salon,
    everything_said,
    found_salon,
    take_in_all,
    tell,
    written,
)

CLOSED = "2026-11-16T12:00Z"
DAY = "2026-11-02"
FACTS = [
    {"type": "item", "id": "cut", "kind": "service", "name": "Cut", "at": DAY},
    {"type": "item", "id": "color, dark", "kind": "service", "name": "Color", "at": DAY},
    guest("ann", name="=2+5", phone="+4930123456", birthday="1990-03-02", status="vip"),
    guest("cid", signup={"channel": "webstore", "at": "2026-11-03T23:30Z"}, at=DAY),
    guest("bea", email="bea@example.com", referred_by="ann", loyalty_opt_in=False),
    invoice("i1", "ann", "150.00", CLOSED, center="mitte"),
    invoice(
        "i2",
        "bea",
        "90.00",
        CLOSED,
        center="mitte",
        lines=[
            {
                "id": "a",
                "kind": "service",
                "price": "100.00",
                "discount": "20.00",
                "tax": "5.00",
                "staff": "kim",
            },
            {"id": "b", "kind": "tip", "price": "5.00"},
        ],
        payments=[
            {"id": "x", "tender": "cash", "amount": "50.00", "at": CLOSED},
            {"id": "y", "tender": "card", "amount": "40.00", "at": CLOSED},
        ],
        refunds=[{"id": "z", "payment": "y", "line": "a", "amount": "12.00", "at": CLOSED}],
    ),
    {
        "type": "appointment",
        "id": "ap1",
        "guest": "ann",
        "center": "mitte",
        "booked_at": "2026-11-16T10:00Z",
        "channel": "webstore",
        "starts_at": "2026-11-30T10:00Z",
        "status": "confirmed",
        "invoice": None,
        "staff": "kim",
        "services": ["cut", "color, dark"],
        "minutes": 95,
        "note": '=tea, no "milk"',
    },
    command("add_points/a1", CLOSED, guest="ann", points=25, expires_on="2027-06-30"),
    command("add_points/a2", CLOSED, guest="ann", points=40, expires_on=None),
]


ITEMS = [fact for fact in FACTS if fact["type"] == "item"]


def _lots():
    rows = models.Lot.objects.filter(remaining_points__gt=0)
    found = rows.values_list(
        "guest__external_id", "remaining_points", "earned_on", "expires_on"
    )
    return sorted(map(str, found))


def _points():
    rows = models.Account.objects.select_related("guest")
    return {row.guest.external_id: row.points for row in rows}


@pytest.fixture
def told(each_database):
    found_salon()
    with at_salon() as company:
        tell(company, FACTS)
    return each_database


def test_exports_imported_into_an_empty_organization_come_to_the_same(told, tmp_path):
    with at_salon() as company:
        paths = written(company, tmp_path)
        before, lots, points = everything_said(company), _lots(), _points()
    told.renew()
    found_salon()
    with at_salon() as company:
        tell(company, ITEMS)
        for progress in take_in_all(company, paths):
            assert set(progress.counts) == {"applied"}
        assert everything_said(company) == before
        assert _lots() == lots
        assert _points() == points == {"ann": 395, "bea": 0, "cid": 0}


def test_nothing_in_an_export_is_a_formula(told):
    with at_salon() as company:
        text = b"".join(exporting_tables.csv_lines(company, "guests")).decode()

    [head, ann, *_] = csv.reader(StringIO(text))
    row = dict(zip(head, ann, strict=True))
    assert (row["name"], row["phone"]) == ("'=2+5", "'+4930123456")
    assert (row["points"], row["tier"], row["loyalty_opt_in"]) == ("395", "silver", "yes")


def test_every_table_has_its_columns(told):
    with at_salon() as company:
        for name, kind in exporting_tables.TABLES.items():
            text = b"".join(exporting_tables.csv_lines(company, name)).decode()
            head, *rows = csv.reader(StringIO(text))
            assert head == list(kind.columns)
            assert all(len(row) == len(head) for row in rows)
            assert rows or name == "rewards"
