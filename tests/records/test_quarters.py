"""Rows that lie by quarter: the same ones for Python and for each database."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction

from regulars.records import load, models
from regulars.records.quarters import (
    LONG,
    QuarterField,
    quarter_of,
    quarters_of_spend,
    quarters_opened,
)
from regulars.records.queries import (
    desk_invoices,
    guest_heads,
    guest_lists,
    ledger_lists,
    ledgers,
    table_rows,
)
from regulars.records.queries.audit import Sought, audit_lines
from regulars.services import importing, upkeep
from tests.services.short_histories import START, command, guest, invoice, program

pytestmark = pytest.mark.usefixtures("each_database")
MIDNIGHTS = [datetime(2024 + n // 12, n % 12 + 1, 1, tzinfo=UTC) for n in range(36)]
OPENED = ("opened_on", "opened_quarter")
PAID = ["2026-03-31", "2026-04-01", "2026-12-31", "2027-01-01"]


def take_in(*records):
    history = [*START, program(), guest("ann"), *records]
    importing.import_records(iter([(None, one) for one in history]), emit=lambda _: None)


def test_quarters_follow_each_other():
    days = [date(2023, 1, 1) + timedelta(days=n) for n in range(800)]
    for before, after in pairwise(days):
        begins = after.day == 1 and after.month in (1, 4, 7, 10)
        assert quarter_of(after) - quarter_of(before) == begins


def test_an_instant_lies_in_its_quarter_in_utc_whatever_the_session_says():
    take_in()
    instants = [at - timedelta(microseconds=less) for at in MIDNIGHTS for less in (0, 1)]
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET TIME ZONE 'Pacific/Auckland'")

    with upkeep.at_work(None):
        models.Record.objects.bulk_create(
            models.Record(
                kind="invoice",
                name=f"invoice/x{n}",
                at=at,
                body="{}",
                digest="",
                status="applied",
                is_command=False,
            )
            for n, at in enumerate(instants)
        )
        rows = models.Record.objects.filter(name__startswith="invoice/x")
        found = dict(rows.values_list("name", "quarter"))

    assert found == {f"invoice/x{n}": quarter_of(at.date()) for n, at in enumerate(instants)}


def test_spend_lies_in_the_quarter_it_was_paid_in_and_every_window_finds_it():
    take_in(*(invoice(f"i{n}", "ann", "10.00", day) for n, day in enumerate(PAID)))

    with upkeep.at_work(None):
        key = models.Guest.objects.get(external_id="ann").id
        rows = list(models.Spend.objects.values_list("paid_on", "paid_quarter"))
        windows = [(date.fromisoformat(a), date.fromisoformat(b)) for a in PAID for b in PAID]
        windows.append((date.min, date.max))
        sums = {ends: load.spend_in([key], first=ends[0], last=ends[1]) for ends in windows}

    assert {str(day) for day, _ in rows} == set(PAID)
    assert all(quarter == quarter_of(day) for day, quarter in rows)
    for (first, last), found in sums.items():
        inside = sum(1000 for day in PAID if first <= date.fromisoformat(day) <= last)
        assert found == ({key: inside} if inside else {})


def test_of_a_long_window_only_the_quarters_since_anybody_spent_are_looked_up():
    ends = date(2000, 1, 1), date(2026, 6, 1)
    take_in()
    with upkeep.at_work(None):
        assert quarters_of_spend(*ends) == []
        assert (
            len(quarters_of_spend(date(2026, 1, 1) - timedelta(days=5 * 365), ends[1])) < LONG
        )

    take_in(invoice("i1", "ann", "10.00", "2026-03-31"))
    with upkeep.at_work(None):
        assert quarters_of_spend(*ends) == [
            quarter_of(date(2026, 3, 31)),
            quarter_of(date(2026, 6, 1)),
        ]


def test_a_guest_is_audited_over_all_quarters_the_last_first_page_by_page():
    days = ["2026-01-05", "2026-03-31", "2026-04-01", "2026-08-01", "2027-02-01"]
    others = [invoice(f"o{n}", "bea", "10.00", day) for n, day in enumerate(days)]
    hers = [invoice(f"i{n}", "ann", "10.00", day) for n, day in enumerate(days)]
    take_in(guest("bea"), *(one for pair in zip(hers, others, strict=True) for one in pair))

    seen: list[str] = []
    with upkeep.at_work(None):
        after = None
        while page := audit_lines(Sought(guest="ann"), after=after, limit=2):
            seen += [one.row.name for one in page]
            after = page[-1].row.id
        in_spring = Sought(
            guest="ann",
            since=datetime(2026, 3, 31, tzinfo=UTC),
            until=datetime(2026, 8, 1, tzinfo=UTC),
        )
        some = [one.row.name for one in audit_lines(in_spring, after=None, limit=9)]

    assert seen == [f"invoice/i{n}" for n in reversed(range(5))] + ["guest/ann"]
    assert some == ["invoice/i2", "invoice/i1"]


def test_draws_that_were_there_before_get_the_day_of_their_entry():
    add = command("add_points/p1", "2026-01-05", guest="ann", points=100, reason="sorry")
    take = command("remove_points/p2", "2026-01-09", guest="ann", points=30, reason="too many")
    take_in(add, take)
    migration = import_module("regulars.records.migrations.0013_quarters_first")
    with upkeep.at_work(None):
        before = list(models.Draw.objects.values_list("entry_number", "entered_on"))
        models.Draw.objects.update(entered_on=date.min)

    with connection.cursor() as cursor:
        cursor.execute(migration.DAYS_OF_DRAWS)

    with upkeep.at_work(None):
        after = list(models.Draw.objects.values_list("entry_number", "entered_on"))
    assert before == after
    assert [str(day) for _, day in before] == ["2026-01-09"]


def key_of(ref: str):
    return models.Guest.objects.get(external_id=ref).id


def test_an_invoice_lies_in_the_quarter_it_was_last_said_to_be_opened_in():
    take_in(invoice("i1", "ann", "10.00", "2026-03-31"))
    take_in(invoice("i1", "ann", "10.00", "2026-04-01"), invoice("i2", "ann", "1.00", PAID[0]))

    with upkeep.at_work(None):
        rows = models.Invoice.objects.order_by("external_id")
        found = [(str(on), quarter) for on, quarter in rows.values_list(*OPENED)]
        ann = key_of("ann")
        assert [one.id for one in guest_lists.invoices(ann).rows] == ["i1", "i2"]
        assert guest_heads.counts_of(ann).n_invoices == 2

    assert found == [
        ("2026-04-01", quarter_of(date(2026, 4, 1))),
        ("2026-03-31", quarter_of(date(2026, 3, 31))),
    ]


def test_invoices_of_years_apart_are_all_found_the_latest_first():
    days = ["2016-02-01", "2016-12-31", "2021-07-01", "2026-01-05"]
    take_in(
        guest("bea"),
        *(invoice(f"i{n}", "ann", "10.00", day) for n, day in enumerate(days)),
        invoice("o1", "bea", "10.00", "2016-02-01"),
    )
    wanted = desk_invoices.Wanted(guest="ann")

    with upkeep.at_work(None):
        page = guest_lists.invoices(key_of("ann"), limit=3)
        rest = guest_lists.invoices(key_of("ann"), limit=3, after=page.next)
        listed = desk_invoices.invoice_lines(wanted, limit=9)
        since = desk_invoices.Wanted(guest="ann", since=date(2016, 12, 31))
        later = desk_invoices.invoice_lines(since, limit=9)

    assert [one.id for one in (*page.rows, *rest.rows)] == ["i3", "i2", "i1", "i0"]
    assert [one.number for one in listed] == ["i3", "i2", "i1", "i0"]
    assert [one.number for one in later] == ["i3", "i2", "i1"]


def test_of_a_long_time_only_the_quarters_of_invoices_are_looked_up():
    take_in()
    with upkeep.at_work(None):
        assert quarters_opened(date.min, date.max) == []

    take_in(
        invoice("i1", "ann", "10.00", "2026-03-31"), invoice("i2", "ann", "1.00", "2026-07-01")
    )
    last = quarter_of(date(2026, 7, 1))
    with upkeep.at_work(None):
        assert quarters_opened(date.min, date.max) == [last - 2, last - 1, last]
        assert quarters_opened(date.min, date(2026, 6, 30)) == [last - 2, last - 1]
        assert quarters_opened(date(2026, 4, 1), date.max) == [last - 1, last]
        assert quarters_opened(date(2027, 2, 1), date(2027, 4, 1)) == [last + 2, last + 3]


def test_a_guests_ledger_is_read_over_all_quarters_in_the_order_of_its_numbers():
    days = ["2026-01-05", "2026-03-31", "2026-04-01", "2027-02-01"]
    adds = [
        command(f"add_points/p{n}", day, guest="ann", points=100 + n, reason="sorry")
        for n, day in enumerate(days)
    ]
    take_in(guest("bea"), *adds)

    with upkeep.at_work(None):
        key = models.Guest.objects.get(external_id="ann").id
        rows = models.LedgerEntry.objects.filter(guest=key, kind="adjustment")
        known = list(rows.order_by("number").values_list("entered_on", "entered_quarter"))
        of_api = ledger_lists.entries_of_guest(key, after=0, limit=99)
        page = guest_lists.entries(key, limit=2)
        rest = guest_lists.entries(key, after=page.next, limit=99)
        whole = ledgers.ledgers([key])[key].entries
        in_table = list(table_rows.entries())

    added = [(100 + n, date.fromisoformat(day)) for n, day in enumerate(days)]
    assert known == [(day, quarter_of(day)) for _, day in added]
    for told in (of_api, [*reversed([*page.rows, *rest.rows])], whole):
        assert [one.points for one in told if one.kind == "adjustment"] == [100, 101, 102, 103]
    in_table = [one for one in in_table if one["kind"] == "adjustment"]
    assert [(one["points"], one["date"]) for one in in_table] == added
    balances = [one.balance for one in reversed(rest.rows)]
    assert balances == sorted(balances)


@pytest.mark.parametrize(
    "model", [models.Record, models.Spend, models.Invoice, models.LedgerEntry]
)
def test_no_row_says_another_quarter(model):
    points = command("add_points/p1", "2026-03-31", guest="ann", points=100, reason="sorry")
    take_in(invoice("i1", "ann", "10.00", "2026-03-31"), points)
    [field] = [one.name for one in model._meta.fields if isinstance(one, QuarterField)]
    with upkeep.at_work(None), pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**{field: quarter_of(date(2026, 6, 1)) + 1})
