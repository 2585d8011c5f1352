"""Facts as the contract's section 1 writes them."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from regulars.rules import program
from regulars.rules.refusals import Refused
from regulars.services.formats import sent
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import (
    AppointmentFact,
    CenterFact,
    FeedbackFact,
    GuestFact,
    InvoiceFact,
    ItemFact,
    LineFact,
    OrganizationFact,
    PaymentFact,
    ProgramFact,
    Publication,
    RefundFact,
    StatusFact,
)
from regulars.services.formats.parsing import Reader
from tests.services.formats.reading import (
    APPOINTMENT,
    FEEDBACK,
    GUEST,
    INVOICE,
    changed,
    lumen,
    read,
    without,
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_invoice() -> None:
    record = read(INVOICE)

    assert (record.kind, record.id, record.name) == ("invoice", "inv1", "invoice/inv1")
    assert record.body == InvoiceFact(
        id="inv1",
        guest="ann",
        center="soho",
        opened_at=utc("2026-03-02T17:00"),
        opened_on=date(2026, 3, 2),
        status="closed",
        closed_at=utc("2026-03-02T17:30"),
        closed_on=date(2026, 3, 2),
        lines=(LineFact("l1", "service", "facial", 1, 12_000, 0, 600, "ap1"),),
        payments=(
            PaymentFact("p1", "card", 12_600, utc("2026-03-02T17:30"), date(2026, 3, 2)),
        ),
        refunds=(
            RefundFact("r1", "p1", "l1", 2_000, utc("2026-03-09T13:00"), date(2026, 3, 9)),
        ),
    )


def test_an_invoice_is_known_by_its_latest_instant() -> None:
    record = read(INVOICE)
    assert (record.at, record.known_on) == (utc("2026-03-09T13:00"), date(2026, 3, 9))

    record = read(without(INVOICE, "refunds"))
    assert record.at == utc("2026-03-02T17:30")

    later = changed(INVOICE, "payments.0.at", "2026-03-04T09:00")
    assert read(without(later, "refunds")).at == utc("2026-03-04T14:00")


def test_or_when_it_says() -> None:
    record = read(INVOICE | {"at": "2026-04-01"})
    assert (record.at, record.known_on) == (utc("2026-04-01T16:00"), date(2026, 4, 1))


def test_days_are_the_centers() -> None:
    late = changed(INVOICE, "opened_at", "2026-03-02T22:30")
    late = changed(late, "closed_at", "2026-03-02T22:30")
    late = changed(late, "payments.0.at", "2026-03-02T22:30")
    fact = read(without(late, "refunds") | {"center": "venice"})

    assert fact.known_on == date(2026, 3, 2)
    assert fact.at == utc("2026-03-03T06:30")


def test_a_line_has_the_kind_of_its_item_unless_it_says() -> None:
    of_item = changed(INVOICE, "lines.0", {"id": "l1", "item": "facial", "price": "5"})
    own = changed(
        INVOICE, "lines.0", {"id": "l1", "kind": "tip", "item": "facial", "price": "5"}
    )

    assert read(of_item).body.lines == (
        LineFact("l1", "service", "facial", 1, 500, 0, 0, None),
    )
    assert read(own).body.lines[0].kind == "tip"


def test_an_open_invoice_has_not_been_closed() -> None:
    reopened = read(INVOICE | {"status": "open"}).body

    assert (reopened.closed_at, reopened.closed_on) == (None, None)


def test_money_of_other_currencies() -> None:
    reader = lumen()
    reader.context.set_organization("JPY", "Asia/Tokyo")
    yen = without(
        changed(INVOICE, "lines.0", {"id": "l1", "kind": "service", "price": "80"}), "refunds"
    )
    yen["payments"] = [{"id": "p1", "tender": "cash", "amount": "80", "at": "2026-03-02T12:30"}]
    assert read(yen, reader).body.lines[0].price_cents == 80

    reader.context.set_organization("KWD", "Asia/Kuwait")
    dinars = changed(changed(yen, "lines.0.price", "80.125"), "payments.0.amount", "80.125")
    assert read(dinars, reader).body.payments[0].amount_cents == 80_125


def test_a_guest() -> None:
    record = read(
        {
            "type": "guest",
            "id": "ann",
            "name": "Ann Lee",
            "email": "ann@example.com",
            "phone": "+1 (212) 555-0100",
            "birthday": "1990-03-02",
            "anniversary": "2015-06-20",
            "status": "vip",
            "home_center": "venice",
            "referred_by": "bea",
            "signup": {"channel": "webstore", "at": "2026-01-05T23:00"},
            "loyalty_opt_in": False,
        }
    )

    assert record.body == GuestFact(
        id="ann",
        name="Ann Lee",
        email="ann@example.com",
        phone="+1 (212) 555-0100",
        birthday=date(1990, 3, 2),
        anniversary=date(2015, 6, 20),
        status="vip",
        home_center="venice",
        referred_by="bea",
        signup_channel="webstore",
        signup_at=utc("2026-01-06T04:00"),
        signup_on=date(2026, 1, 5),
        loyalty_opt_in=False,
    )
    assert (record.at, record.known_on) == (utc("2026-01-06T04:00"), date(2026, 1, 5))


def test_an_appointment_is_known_by_its_booking() -> None:
    record = read(APPOINTMENT)

    assert record.body == AppointmentFact(
        id="ap1",
        guest="ann",
        center="soho",
        booked_at=utc("2026-03-02T16:00"),
        booked_on=date(2026, 3, 2),
        channel="desk",
        starts_at=utc("2026-04-06T14:00"),
        starts_on=date(2026, 4, 6),
        status="booked",
        invoice=None,
    )
    assert record.at == utc("2026-03-02T16:00")


def test_what_is_not_said_of_an_appointment_leaves_its_digest_as_it_was() -> None:
    record = read(APPOINTMENT)
    assert not any(name in record.canonical for name in (b"staff", b"services", b"minutes"))


def test_a_service_of_an_appointment_is_of_the_catalog() -> None:
    with pytest.raises(Refused) as refused:
        read(APPOINTMENT | {"services": ["a-dream"]})
    assert (refused.value.code, refused.value.field) == ("unknown_reference", "services.0")


def test_feedback_is_known_by_its_last_publication() -> None:
    record = read(FEEDBACK)

    assert record.body == FeedbackFact(
        id="f1",
        guest="ann",
        appointment="ap1",
        at=utc("2026-03-03T17:00"),
        on=date(2026, 3, 3),
        channel="guest_app",
        rating=5,
        comment="Lovely",
        share_permission=True,
        published=(Publication("webstore", utc("2026-03-05T17:00"), date(2026, 3, 5)),),
    )
    assert (record.at, record.known_on) == (utc("2026-03-05T17:00"), date(2026, 3, 5))


def test_the_organization_first_then_the_rest() -> None:
    context = ReadingContext()
    reader = Reader(context)
    stream = [
        {
            "type": "organization",
            "id": "lumen",
            "name": "Lumen Spa",
            "currency": "USD",
            "time_zone": "America/New_York",
            "at": "2025-01-01",
        },
        {"type": "center", "id": "soho", "name": "SoHo"},
        {"type": "status", "id": "vip", "name": "VIP", "include_in_loyalty_rewards": True},
        {
            "type": "item",
            "id": "facial",
            "kind": "service",
            "name": "Facial",
            "price": "120.00",
        },
        {"type": "item", "id": "oil", "kind": "product", "name": "Oil"},
    ]
    records = []
    for sent_record in stream:
        records.append(read(sent_record, reader))
        context.learn(records[-1])

    assert [record.body for record in records] == [
        OrganizationFact("lumen", "Lumen Spa", "USD", "America/New_York"),
        CenterFact("soho", "SoHo", None),
        StatusFact("vip", "VIP", True),
        ItemFact("facial", "service", "Facial", 12_000),
        ItemFact("oil", "product", "Oil", None),
    ]
    # What says nothing of when it became known was known with the record before.
    assert {record.at for record in records} == {utc("2025-01-01T17:00")}
    assert context.zone_of_center("soho").key == "America/New_York"
    assert context.item_kind("oil") == "product"


def test_a_program_passes_whole() -> None:
    document = {"effective_from": "2026-01-01", "point_value": "0.10", "tiers": []}
    record = read({"type": "program", "at": "2026-01-01", "by": "owner"} | document)

    assert record.name == "program/2026-01-01"
    assert record.body == ProgramFact(date(2026, 1, 1), document)
    assert (
        record.canonical
        == read({"tiers": [], "type": "program", "at": "2026-02-01"} | document).canonical
    )


def test_the_clock_dates_what_is_sent_live() -> None:
    reader = lumen()
    reader.context.now = utc("2026-03-10T03:00")

    record = read(INVOICE, reader)
    assert (record.at, record.known_on) == (utc("2026-03-10T03:00"), date(2026, 3, 9))


@pytest.mark.parametrize(
    "same",
    [
        INVOICE | {"at": "2026-05-01", "by": "owner"},
        INVOICE | {"opened_at": "2026-03-02T17:00Z"},
        INVOICE | {"opened_at": "2026-03-02 12:00:00.000"},
        changed(INVOICE, "lines.0.price", "120"),
        changed(INVOICE, "lines.0", without(INVOICE["lines"][0], "discount")),
    ],
)
def test_equal_content_has_equal_bytes(same: dict[str, object]) -> None:
    assert read(same).canonical == read(INVOICE).canonical
    assert read(same).digest == read(INVOICE).digest


@pytest.mark.parametrize(
    "other",
    [
        changed(INVOICE, "lines.0.price", "120.01"),
        changed(INVOICE, "refunds", []),
        changed(INVOICE, "closed_at", "2026-03-02T12:31"),
        INVOICE | {"status": "void"},
    ],
)
def test_other_content_has_other_bytes(other: dict[str, object]) -> None:
    assert read(other).digest != read(INVOICE).digest


def test_feedback_sent_again_later_says_the_same() -> None:
    assert read(FEEDBACK | {"at": "2026-03-04"}).canonical == read(FEEDBACK).canonical


def test_null_says_no_more_than_leaving_out() -> None:
    nulls = dict.fromkeys(("email", "phone", "birthday", "status", "signup", "referred_by"))

    assert read(GUEST | nulls).canonical == read(GUEST).canonical


def test_names_may_be_anybodys() -> None:
    for name in ("Zoë", "李安", 'O\'Neil "Bo"', "A\\B", "👩🏽‍🦱", "Å"):
        assert read(GUEST | {"name": name}).body.name == name
    prose = "Two lines\nand a\ttab"
    assert read(FEEDBACK | {"comment": prose}).body.comment == prose


def test_the_words_are_the_rules_words() -> None:
    assert get_args(sent.LineKind) == program.ITEM_KINDS
    assert get_args(sent.Tender) == program.TENDERS
