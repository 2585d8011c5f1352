"""Exports as CSV: harmless in spreadsheets, and an import of them comes to the same."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from regulars.records import models
from regulars.records.queries import said
from regulars.rules.permissions import Actor
from regulars.services import exporting_tables, receiving
from regulars.services.receiving import Sender
from tests.services.histories import command, guest, invoice
from tests.services.imports_shop import at_salon, file_with, found_salon, take_in

CLOSED = "2026-11-16T12:00Z"
FACTS = [
    guest("ann", name="=2+5", phone="+4930123456", birthday="1990-03-02", status="vip"),
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
    },
    command("add_points/a1", CLOSED, guest="ann", points=25, expires_on="2027-06-30"),
    command("add_points/a2", CLOSED, guest="ann", points=40, expires_on=None),
]


def _everything(company):
    return {
        kind: said.page(kind, after="", limit=100, exponent=company.exponent)
        for kind in ("guest", "invoice", "appointment")
    }


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
        sender = Sender(Actor("owner"), may_import=True)
        now = datetime(2026, 11, 20, tzinfo=UTC)
        results = receiving.receive_all(company, FACTS, sender=sender, now=now)
        assert {result.status for result in results} == {"applied"}
    return each_database


def test_exports_imported_into_an_empty_organization_come_to_the_same(told, tmp_path):
    with at_salon() as company:
        paths = {
            name: file_with(
                tmp_path, b"".join(exporting_tables.csv_lines(company, name)), f"{name}.csv"
            )
            for name in exporting_tables.TABLES
        }
        before, lots, points = _everything(company), _lots(), _points()
    told.renew()
    found_salon()
    with at_salon() as company:
        taken = [
            take_in(company, "guests", paths["guests"]),
            take_in(company, "invoices", paths["invoices"], paths["lines"], paths["payments"]),
            take_in(company, "appointments", paths["appointments"]),
            take_in(company, "balances", paths["lots"]),
        ]
        assert all(set(progress.counts) == {"applied"} for progress, _ in taken)
        assert _everything(company) == before
        assert _lots() == lots
        assert _points() == points == {"ann": 395, "bea": 0}


def test_nothing_in_an_export_is_a_formula(told):
    with at_salon() as company:
        text = b"".join(exporting_tables.csv_lines(company, "guests")).decode()

    [head, ann, _] = csv.reader(StringIO(text))
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
