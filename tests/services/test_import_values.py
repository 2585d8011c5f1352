"""Cells as other systems write them: days, money, phone numbers, and guesses of columns."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.rules.amounts import format_money, parse_money
from regulars.rules.refusals import Refused
from regulars.services.imports import values
from regulars.services.imports.guessing import columns_of, guess_columns, unsure
from regulars.services.imports.tables import open_table
from regulars.services.imports.values import DAY_FIRST, MONTH_FIRST, UNCLEAR
from tests.services.imports_shop import file_with

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(DAYS, st.sampled_from("/-"), st.sampled_from([DAY_FIRST, MONTH_FIRST]))
def test_a_day_is_read_in_the_order_of_its_column(day, sign, order):
    parts = [day.day, day.month] if order == DAY_FIRST else [day.month, day.day]
    text = sign.join(map(str, [*parts, day.year]))

    assert values.read_day(text, order, field="day") == str(day)
    assert values.day_order(text) in (order, UNCLEAR, None)


@given(DAYS)
def test_days_that_say_their_order_need_none(day):
    for text in (
        f"{day}",
        f"{day:%d.%m.%Y}",
        f"{day:%d %B %Y}",
        f"{day:%b %d, %Y}",
        f"{day:%Y/%m/%d}",
    ):
        assert values.read_day(text, None, field="day") == str(day)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused_by_its_field(text):
    fields = set()
    for read in (
        lambda: values.read_day(text, None, field="x"),
        lambda: values.read_instant(text, DAY_FIRST, field="x"),
        lambda: values.read_money(text, None, 2, field="x"),
        lambda: values.read_phone(text, "DE", field="x"),
        lambda: values.read_word(text, "tender", field="x"),
    ):
        fields.add(_refused_field(read))
    assert fields <= {None, "x"}


def _refused_field(read):
    """The field that is named by a refusal; None where there is none."""
    try:
        read()
    except Refused as refused:
        return refused.field
    return None


@given(st.integers(-(10**12), 10**12), st.sampled_from([0, 2, 3]))
def test_money_is_read_as_it_was_written(cents, exponent):
    plain = format_money(abs(cents), exponent)
    whole, point, part = plain.partition(".")
    english = f"{int(whole):,}{point}{part}"
    german = english.translate(str.maketrans(".,", ",."))
    for text, sign in (
        (english, "."),
        (german, ","),
        (f"{german} €", ","),
        (f"${english}", "."),
    ):
        factor, amount = values.read_money(
            f"-{text}" if cents < 0 else text, sign, exponent, field="x"
        )
        assert factor * parse_money(amount, exponent, field="x") == cents or cents == 0


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("1.234,56", ","),
        ("1,234.56", "."),
        ("12,5", ","),
        ("1,234", "."),
        ("1.234.567", ","),
        ("0.125", "."),
        ("100", None),
        ("Ann", None),
    ],
)
def test_an_amount_shows_its_decimal_sign(text, sign):
    assert values.decimal_sign(text, 2) == sign


@given(st.integers(1500000000, 1799999999))
def test_phone_numbers_are_e164_however_they_are_spaced(number):
    national = f"0{number}"
    written = (national, f"+49 {number}", f"0049{number}", f"({national[:4]}) {national[4:]}")
    assert {values.read_phone(one, "DE", field="x") for one in written} == {f"+49{number}"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("16.11.2026 10:30", "2026-11-16T10:30:00"),
        ("2026-11-16 09:05:07 +0100", "2026-11-16T09:05:07+01:00"),
        ("11/16/2026 2:30 PM", "2026-11-16T14:30:00"),
        ("Nov 16, 2026, 12:00 am", "2026-11-16T00:00:00"),
        ("2026-11-16T10:30:00Z", "2026-11-16T10:30:00Z"),
        ("2026-11-16", "2026-11-16"),
    ],
)
def test_instants_keep_their_time_and_offset(text, read):
    assert values.read_instant(text, None, field="x") == read


SYSTEMS = [
    (
        "guests",
        "Guest Code,First Name,Last Name,Mobile,Email,Date of Birth,Base Center\n"
        "G100,Ann,Lee,212-555-0143,ann@example.com,1990-03-02,soho\n",
        "id first_name last_name phone email birthday home_center",
    ),
    (
        "guests",
        "Client ID,Client name,Mobile number,E-mail address,Birthday,Gender\n"
        "100,Ann Lee,+44 7700 900123,ann@example.com,1990-03-02,F\n",
        "id name phone email birthday -",
    ),
    (
        "guests",
        "Reference ID,First Name,Surname,Email Address,Phone Number,Memo\n"
        "A1,Ann,Lee,ann@example.com,+12125550143,likes tea\n",
        "id first_name last_name email phone -",
    ),
    (
        "guests",
        "Customer ID,First Name,Last Name,Email,Phone,Total Spent,Tags\n"
        "'6001,Ann,Lee,ann@example.com,'+12125550143,126.00,vip\n",
        "id first_name last_name email phone - -",
    ),
    (
        "invoices",
        "Sale ID,Client,Location,Sale Date,Item Type,Item Price,Quantity,Discount Amount,Tax,"
        "Payment Method,Amount Paid\n"
        "77,100,soho,2026-03-02 12:30,Service,120.00,1,0.00,6.00,Visa,126.00\n",
        "invoice guest center opened_at kind unit_price quantity discount tax tender amount",
    ),
    (
        "invoices",
        "Transaction ID,Customer ID,Date,Time,Gross Sales,Discounts,Tax,Cash,Card,Gift Card\n"
        "T1,A1,2026-03-02,12:30:00,$120.00,$0.00,$6.00,$0.00,$126.00,$0.00\n",
        "invoice guest opened_at opened_time price discount tax paid_cash paid_card"
        " paid_gift_card",
    ),
    (
        "invoices",
        "Rechnungsnummer;Kundennummer;Rechnungsdatum;Gesamtbetrag;MwSt;Zahlungsart;Zahlbetrag\n"
        "R1;12;02.03.2026;126,00;6,00;EC-Karte;126,00\n",
        "invoice guest opened_at total tax tender amount",
    ),
    (
        "appointments",
        "Appt. Ref.,Client ID,Location,Created Date,Scheduled Date,Time,Booked Through,Status\n"
        "#1,100,soho,2026-03-02,2026-04-06,10:00,Online,Confirmed\n",
        "id guest center booked_at starts_at starts_time channel status",
    ),
    (
        "balances",
        "Kundennummer;Punktestand;Gültig bis\n12;250;31.12.2026\n",
        "guest points expires_on",
    ),
]


@pytest.mark.parametrize(("kind", "text", "fields"), SYSTEMS)
def test_the_columns_of_other_systems_are_known(tmp_path, kind, text, fields):
    guesses = guess_columns(kind, open_table(file_with(tmp_path, text)))

    assert [one.field or "-" for one in guesses] == fields.split()
    assert unsure(guesses) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_are_found_out(tmp_path, encoding, separator):
    rows = [["Kundennummer", "Name"], ["1", "Jörg"], ["2", "Zoë"]]
    text = "".join(f"{separator.join(row)}\r\n" for row in rows)

    table = open_table(file_with(tmp_path, text.encode(encoding)))

    assert [cells for _, cells in table.rows()] == rows[1:]


def test_headers_that_come_twice_and_titles_above_them(tmp_path):
    text = "Sales by day\n\nSale ID,Amount,Amount,\nS1,5,6,7\n"

    table = open_table(file_with(tmp_path, text))

    assert (table.headers, table.header_row) == (("Sale ID", "Amount", "Amount (2)"), 3)
    assert columns_of(guess_columns("invoices", table)) == {
        "Sale ID": "invoice",
        "Amount": "amount",
    }
