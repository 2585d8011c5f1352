"""Files of other systems taken in: every row answered, totals kept, and taken in once."""

from collections import Counter
from datetime import date, datetime

import pytest
import xlsxwriter

from regulars.records import models
from regulars.rules.permissions import Actor
from regulars.rules.refusals import Refused
from regulars.services import transactions
from regulars.services.imports import keeping, runs, showing, waiting
from regulars.services.imports.mapping import ColumnMapping
from regulars.services.imports.performing import CHUNK
from regulars.services.imports.totals import compared
from tests.services.imports_shop import (
    KUNDEN,
    NOW,
    PUNKTE,
    RECHNUNGEN,
    at_salon,
    file_with,
    found_salon,
    take_in,
)


@pytest.fixture
def salon(each_database):
    found_salon()
    with at_salon() as company:
        yield company


def test_a_german_export_becomes_guests_with_numbers_days_and_phones(salon, tmp_path):
    path = file_with(tmp_path, KUNDEN.encode("cp1252"))

    progress, lines = take_in(salon, "guests", path)

    assert lines.told() == [
        (2, "guest/0012", "applied", None, None),
        (3, "guest/13", "applied", None, None),
    ]
    rows = models.Guest.objects.order_by("external_id")
    assert list(rows.values_list("name", "phone", "birthday")) == [
        ("Jörg Müller", "+4915123456789", _day("1985-04-03")),
        ("Anna Groß", "+4930123456", _day("1990-12-31")),
    ]
    assert progress.held == Counter(records=2, guests=2)


def _day(text):
    return date.fromisoformat(text)


def test_the_same_file_again_changes_nothing(salon, tmp_path):
    for kind, text in (("guests", KUNDEN), ("invoices", RECHNUNGEN), ("balances", PUNKTE)):
        path = file_with(tmp_path, text)
        take_in(salon, kind, path)
        progress, _ = take_in(salon, kind, path)
        assert set(progress.counts) == {"unchanged"}

    assert _points() == {"0012": 350, "13": 40}


def _points():
    rows = models.Account.objects.select_related("guest")
    return {row.guest.external_id: row.points for row in rows}


def test_rows_of_lines_make_one_invoice_with_what_was_paid(salon, tmp_path):
    take_in(salon, "guests", file_with(tmp_path, KUNDEN))
    path = file_with(tmp_path, RECHNUNGEN + "Summe;;;;1.270,00;;;;1.501,80\n")

    progress, _ = take_in(salon, "invoices", path)

    totals = {
        one.name: (one.read, one.stated, one.held, one.differs)
        for one in compared(salon, progress.read, progress.stated, progress.held)
    }
    assert totals == {
        "rows": ("3", None, None, False),
        "records": ("2", None, "2", False),
        "invoices": ("2", None, "2", False),
        "paid": ("1501.80", "1501.80", "1501.80", False),
        "paid_cash": ("50.00", None, "50.00", False),
        "paid_card": ("1451.80", None, "1451.80", False),
    }


def test_separate_files_of_heads_lines_and_payments_are_joined(salon, tmp_path):
    take_in(salon, "guests", file_with(tmp_path, KUNDEN))
    heads = "Sale No.,Client ID,Sale date\nS1,13,2026-11-16\nS2,13,2026-11-17\n"
    lines = (
        "Sale No.,Type,Gross sales,Discounts,Taxes\n"
        "S1,Service,100.00,10.00,5.00\nS1,Tip,5.00,,\n"
    )
    paid = (
        "Sale No.,Payment method,Payment amount,Payment date\n"
        "S1,Visa,80.00,2026-11-16\nS1,Gift card,20.00,2026-11-16\nS1,Visa,-15.00,2026-11-18\n"
    )
    paths = [
        file_with(tmp_path, text, name)
        for text, name in ((heads, "h.csv"), (lines, "l.csv"), (paid, "p.csv"))
    ]

    progress, report = take_in(salon, "invoices", *paths)

    assert progress.counts == {"applied": 7}
    assert {row.file for row in report.rows} == {"h.csv", "l.csv", "p.csv"}
    invoice = models.Invoice.objects.get(external_id="S1")
    assert invoice.status == "closed"
    assert progress.held["paid"] == 10000
    assert progress.held["refunded"] == 1500
    assert progress.held["paid_gift_card"] == 2000


def test_a_payment_said_beside_each_line_is_counted_once(salon, tmp_path):
    take_in(salon, "guests", file_with(tmp_path, KUNDEN))
    text = (
        "Invoice No,Guest Code,Date,Item type,Price,Payment Type,Amount Paid\n"
        "Z1,13,2026-11-16,Service,60.00,Cash,100.00\n"
        "Z1,13,2026-11-16,Product,40.00,Cash,100.00\n"
    )

    progress, _ = take_in(salon, "invoices", file_with(tmp_path, text))

    assert progress.held["paid_cash"] == 10000


BAD = [
    ("guests", "Client ID,First name,Last name\n7,,\n", "invalid_record", "name"),
    ("guests", "Client ID,Name,DOB\n7,Ann,31.02.1990\n", "invalid_record", "birthday"),
    ("guests", "Client ID,Name,Client status\n7,Ann,gone\n", "unknown_reference", "status"),
    ("guests", "Client ID,Name\n7,Ann\n7,Bea\n", "conflict", "id"),
    ("guests", "Client ID,Name\n7,Ann,,surplus\n", "invalid_record", "row"),
    (
        "invoices",
        "Invoice No,Client ID,Date,Total,Payment method,Amount paid\n"
        "I1,99,2026-11-16,5,Cash,5\n",
        "unknown_reference",
        "guest",
    ),
    (
        "invoices",
        "Invoice No,Client ID,Date,Total,Payment method,Amount paid\n"
        "I1,13,2026-11-16,5,Klarna,5\n",
        "invalid_record",
        "tender",
    ),
    (
        "invoices",
        "Invoice No,Client ID,Date,Price,Payment method,Amount paid\n"
        "I1,13,2026-11-16,5.00,Cash,5.00\nI2,13,2026-11-16,five,Cash,5.00\n",
        "invalid_record",
        "price",
    ),
    (
        "invoices",
        "Invoice No,Client ID,Date,Price,Payment method,Amount paid\n"
        "I1,13,2026-11-16,5.00,Cash,-5.00\n",
        "invalid_record",
        "amount",
    ),
    (
        "appointments",
        "Booking ID,Client ID,Start date,Time,Status\nB1,13,2026-11-16,25:00,Booked\n",
        "invalid_record",
        "starts_time",
    ),
    ("balances", "Client ID,Points\n13,12.5\n", "invalid_record", "points"),
    (
        "balances",
        "Client ID,Points,Expiry date\n13,5,2025-12-31\n",
        "invalid_record",
        "expires_on",
    ),
]


@pytest.mark.parametrize(("kind", "text", "code", "field"), BAD)
def test_bad_rows_are_refused_by_field_and_the_rest_goes_on(
    sqlite_database, tmp_path, kind, text, code, field
):
    found_salon()
    with at_salon() as company:
        take_in(company, "guests", file_with(tmp_path, KUNDEN))

        _, lines = take_in(company, kind, file_with(tmp_path, text))

    refused = [row for row in lines.rows if row.status == "refused"]
    assert {(row.code, row.field) for row in refused} == {(code, field)}
    assert all(row.message for row in refused)


def test_a_trial_says_the_same_and_writes_nothing(salon, tmp_path):
    take_in(salon, "guests", file_with(tmp_path, KUNDEN))
    path = file_with(tmp_path, RECHNUNGEN + "R3;99;18.11.2026;Behandlung;5,00;;;Bar;5,00\n")

    _, tried = take_in(salon, "invoices", path, is_trial=True)

    assert models.Invoice.objects.count() == 0
    _, done = take_in(salon, "invoices", path)
    assert tried.rows == done.rows
    assert tried.rows[-1].code == "unknown_reference"


class Killed(BaseException):
    """The end of a process."""


def test_an_import_that_was_killed_goes_on_at_its_place(salon, tmp_path):
    n_rows = CHUNK * 2 + 7
    text = "Client ID,Name\n" + "".join(f"g{n},Guest {n}\n" for n in range(n_rows))
    actor = Actor("owner")
    run = runs.receive_file("guests", "g.csv", [text.encode()], actor=actor, at=NOW)
    expected = {"rows": str(n_rows)}
    runs.begin(salon, str(run), is_trial=False, actor=actor, at=NOW, stated=expected)
    written = []

    def write_twice(act):
        written.append(act)
        if len(written) == 3:
            raise Killed  # the second chunk is taken in, and not noted yet
        return transactions.write(act)

    with pytest.raises(Killed):
        _go_on(salon, run, write_twice)
    assert waiting.next_waiting() == run
    assert models.Guest.objects.count() == CHUNK * 2

    assert _go_on(salon, run, transactions.write) == n_rows - CHUNK

    state = showing.state_of(salon, runs.run_of(str(run)))
    assert (state["state"], state["done"]) == ("done", n_rows)
    assert state["counts"] == {"applied": CHUNK + 7, "unchanged": CHUNK}
    assert not any(one["differs"] for one in state["totals"])
    lines = [row for _, row in keeping.report_of(run)]
    assert [row.number for row in lines] == list(range(2, n_rows + 2))
    assert waiting.next_waiting() is None
    assert not models.ImportPiece.objects.exists()


def _go_on(company, run, write):
    return waiting.go_on(company, run, now=lambda: NOW, write=write, must_stop=lambda: False)


def test_opening_balances_are_lots_with_their_days(salon, tmp_path):
    take_in(salon, "guests", file_with(tmp_path, KUNDEN))

    take_in(salon, "balances", file_with(tmp_path, PUNKTE))

    lots = models.Lot.objects.order_by("guest__external_id", "number")
    assert [(lot.remaining_points, str(lot.earned_on), lot.expires_on) for lot in lots] == [
        (250, "2026-03-01", _day("2027-03-01")),
        (100, "2026-05-13", None),
        (40, "2026-05-13", _day("2026-12-31")),
    ]
    kinds = set(models.LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds == {"opening_balance"}


def test_a_workbook_keeps_numbers_texts_and_days(salon, tmp_path):
    path = tmp_path / "clients.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Notes")
    sheet = book.add_worksheet("Clients")
    sheet.write_row(0, 0, ["Client list"])
    sheet.write_row(2, 0, ["Client ID", "Name", "Date of birth"])
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(3, 0, [5.0, "Ann Lee"])
    sheet.write_datetime(3, 2, datetime(1990, 3, 2), day)  # noqa: DTZ001
    sheet.write_string(4, 0, "0012")
    sheet.write(4, 1, "Bea Kim")
    sheet.write_row(5, 0, ["Total", "", ""])
    book.close()

    _, lines = take_in(salon, "guests", path)

    assert lines.told() == [
        (4, "guest/5", "applied", None, None),
        (5, "guest/0012", "applied", None, None),
    ]
    assert models.Guest.objects.get(external_id="5").birthday == _day("1990-03-02")


def test_days_that_can_be_read_in_two_ways_are_asked_about(salon, tmp_path):
    text = "Client ID,Name,Birth date\n1,Ann,03/04/1990\n2,Bea,05/06/1991\n"
    path = file_with(tmp_path, text)

    with pytest.raises(Refused) as refused:
        take_in(salon, "guests", path)

    assert (refused.value.field, refused.value.value) == ("date_order", "03/04/1990")
    columns = {"Client ID": "id", "Name": "name", "Birth date": "birthday"}
    take_in(
        salon, "guests", path, mapping=ColumnMapping(columns=columns, date_order="month_first")
    )
    assert models.Guest.objects.get(external_id="1").birthday == _day("1990-03-04")


def test_one_day_past_the_twelfth_decides_the_column(salon, tmp_path):
    text = "Client ID,Name,Birth date\n1,Ann,03/04/1990\n2,Bea,13/06/1991\n"

    take_in(salon, "guests", file_with(tmp_path, text))

    assert models.Guest.objects.get(external_id="1").birthday == _day("1990-04-03")


def test_a_booking_that_lies_ahead_was_made_before_it(each_database, tmp_path):
    """Without a column of when it was booked: else the books would be closed until then."""
    found_salon()
    with at_salon() as company:
        take_in(company, "guests", file_with(tmp_path, KUNDEN, "kunden.csv"))
        ahead = file_with(tmp_path, "Termin-ID;Kunde;Beginn\nT1;13;2027-03-01 10:00\n", "t.csv")
        progress, lines = take_in(company, "appointments", ahead)

        assert lines.told() == [(2, "appointment/T1", "applied", None, None)]
        assert progress.counts == {"applied": 1}
        [row] = models.Appointment.objects.all()
        assert (row.starts_at.isoformat(), row.booked_at) == ("2027-03-01T09:00:00+00:00", NOW)
        assert models.Organization.objects.get().closed_through < NOW.date()
