"""A corpus of bad records: each is refused by its code, naming the field and the value."""

from typing import Any

import pytest

from regulars.rules.refusals import Refused
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.parsing import Reader, name_of
from tests.services.formats.reading import (
    APPOINTMENT,
    FEEDBACK,
    GUEST,
    INVOICE,
    changed,
    lumen,
    refusal,
    without,
)

ORGANIZATION = {
    "type": "organization",
    "id": "lumen",
    "name": "Lumen Spa",
    "currency": "USD",
    "time_zone": "America/New_York",
    "at": "2025-01-01",
}
TWO_LINES = [INVOICE["lines"][0], INVOICE["lines"][0]]
PART_REFUND = INVOICE["refunds"][0] | {"amount": "63.01"}
TWO_REFUNDS = [PART_REFUND, PART_REFUND | {"id": "r2"}]

BAD_INVOICES = [
    ("id", "", "id", ""),
    ("id", "  ", "id", "  "),
    ("id", "x" * 201, "id", "x" * 201),
    ("id", "a\x00b", "id", "a\x00b"),
    ("id", "a\nb", "id", "a\nb"),
    ("id", "a\x7fb", "id", "a\x7fb"),
    ("id", "a\x9fb", "id", "a\x9fb"),
    ("id", 7, "id", 7),
    ("colour", "red", "colour", "red"),
    ("status", "paid", "status", "paid"),
    ("opened_at", "2026-02-30", "opened_at", "2026-02-30"),
    ("opened_at", "2026-03-02T25:00", "opened_at", "2026-03-02T25:00"),
    ("opened_at", "20260302", "opened_at", "20260302"),
    ("opened_at", "yesterday", "opened_at", "yesterday"),
    ("opened_at", "0001-01-01", "opened_at", "0001-01-01"),
    ("opened_at", "9999-12-31T23:59-12:00", "opened_at", "9999-12-31T23:59-12:00"),
    ("opened_at", "2026-03-02T12:00+25:00", "opened_at", "2026-03-02T12:00+25:00"),
    ("opened_at", "２０２６-03-02", "opened_at", "２０２６-03-02"),
    ("opened_at", None, "opened_at", None),
    ("closed_at", None, "closed_at", None),
    ("closed_at", "2026-03-02T11:59", "closed_at", "2026-03-02T11:59"),
    ("lines", None, "lines", None),
    ("lines.0.colour", "red", "lines.0.colour", "red"),
    ("lines.0.kind", "haircut", "lines.0.kind", "haircut"),
    ("lines.0.price", "-1.00", "lines.0.price", "-1.00"),
    ("lines.0.price", "1.005", "lines.0.price", "1.005"),
    ("lines.0.price", "1,50", "lines.0.price", "1,50"),
    ("lines.0.price", "", "lines.0.price", ""),
    ("lines.0.price", "1e3", "lines.0.price", "1e3"),
    ("lines.0.price", "NaN", "lines.0.price", "NaN"),
    ("lines.0.price", "9" * 30, "lines.0.price", "9" * 30),
    ("lines.0.price", 120.0, "lines.0.price", 120.0),
    ("lines.0.price", 120, "lines.0.price", 120),
    ("lines.0.discount", "120.01", "lines.0.discount", "120.01"),
    ("lines.0.tax", "-6.00", "lines.0.tax", "-6.00"),
    ("lines.0.quantity", 0, "lines.0.quantity", 0),
    ("lines.0.quantity", 1.5, "lines.0.quantity", 1.5),
    ("lines.0.quantity", True, "lines.0.quantity", True),
    ("lines.0.quantity", "1", "lines.0.quantity", "1"),
    ("lines", TWO_LINES, "lines.1.id", "l1"),
    ("lines", {"id": "l1"}, "lines", {"id": "l1"}),
    ("payments.0.tender", "points", "payments.0.tender", "points"),
    ("payments.0.tender", "bitcoin", "payments.0.tender", "bitcoin"),
    ("payments.0.amount", "-1.00", "payments.0.amount", "-1.00"),
    ("payments.0.at", "2026-03-02T11:59", "payments.0.at", "2026-03-02T11:59"),
    ("payments.0.id", "", "payments.0.id", ""),
    ("payments", [INVOICE["payments"][0]] * 2, "payments.1.id", "p1"),
    ("refunds.0.payment", "p9", "refunds.0.payment", "p9"),
    ("refunds.0.line", "l9", "refunds.0.line", "l9"),
    ("refunds.0.amount", "126.01", "refunds.0.amount", "126.01"),
    ("refunds.0.amount", "0.00", "refunds.0.amount", "0.00"),
    ("refunds.0.at", "2026-03-02T12:29", "refunds.0.at", "2026-03-02T12:29"),
    ("refunds", TWO_REFUNDS, "refunds.1.amount", "63.01"),
    ("refunds", [INVOICE["refunds"][0]] * 2, "refunds.1.id", "r1"),
    ("at", 20260302, "at", 20260302),
    ("at", "2026-3-2", "at", "2026-3-2"),
    ("by", "", "by", ""),
]


@pytest.mark.parametrize(("path", "bad", "field", "value"), BAD_INVOICES)
def test_a_bad_invoice(path: str, bad: Any, field: str, value: object) -> None:
    refused = refusal(changed(INVOICE, path, bad))

    assert (refused.code, refused.field, refused.value) == ("invalid_record", field, value)
    assert field in refused.message


OTHERS = [
    (GUEST, "email", "nobody"),
    (GUEST, "email", "a b@example.com"),
    (GUEST, "phone", "call me"),
    (GUEST, "birthday", "1990-02-30"),
    (GUEST, "birthday", "2026-01-06"),
    (GUEST, "birthday", "1990-3-2"),
    (GUEST, "name", ""),
    (GUEST, "name", "a\tb"),
    (GUEST, "loyalty_opt_in", 1),
    (GUEST, "loyalty_opt_in", None),
    (GUEST, "signup", {"channel": "phone", "at": "2026-01-01"}),
    (GUEST, "signup", {"channel": "desk"}),
    (APPOINTMENT, "channel", "phone"),
    (APPOINTMENT, "status", "done"),
    (APPOINTMENT, "starts_at", "2026-04-31"),
    (APPOINTMENT, "booked_at", None),
    (FEEDBACK, "channel", "webstore"),
    (FEEDBACK, "rating", 11),
    (FEEDBACK, "rating", "5"),
    (FEEDBACK, "share_permission", "true"),
    (FEEDBACK, "published", [{"to": "myspace", "at": "2026-03-05"}]),
    (FEEDBACK, "published", [{"to": "x", "at": "2026-03-32"}]),
    (FEEDBACK, "comment", "a\x00b"),
    (ORGANIZATION, "currency", "XXX"),
    (ORGANIZATION, "currency", "usd"),
    (ORGANIZATION, "time_zone", "Mars/Olympus"),
    (ORGANIZATION, "time_zone", "../../etc/passwd"),
    (ORGANIZATION, "time_zone", "America"),
    ({"type": "center", "id": "c", "name": "C", "at": "2026-01-01"}, "time_zone", ""),
    (
        {"type": "item", "id": "i", "kind": "tip", "name": "T", "at": "2026-01-01"},
        "price",
        "-1",
    ),
    ({"type": "program", "at": "2026-01-01"}, "effective_from", "2026-02-29"),
    ({"type": "program", "at": "2026-01-01"}, "effective_from", None),
]


@pytest.mark.parametrize(("record", "name", "bad"), OTHERS)
def test_a_bad_record_of_another_type(record: dict[str, Any], name: str, bad: Any) -> None:
    refused = refusal(record | {name: bad})

    assert refused.code == "invalid_record"
    assert refused.field is not None
    assert refused.field.split(".")[0] == name


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (INVOICE | {"center": "mars"}, "center"),
        (APPOINTMENT | {"center": "mars"}, "center"),
        (GUEST | {"home_center": "mars"}, "home_center"),
        (changed(INVOICE, "lines.0.item", "massage"), "lines.0.item"),
    ],
)
def test_what_is_not_known(record: dict[str, Any], field: str) -> None:
    refused = refusal(record)

    assert (refused.code, refused.field) == ("unknown_reference", field)


def test_what_is_invalid_comes_before_what_is_not_known() -> None:
    both = changed(INVOICE | {"center": "mars"}, "lines.0.price", "-1")

    assert refusal(both).field == "lines.0.price"


def test_nothing_can_be_read_before_the_organization() -> None:
    refused = refusal(GUEST, Reader(ReadingContext()))

    assert (refused.code, refused.field) == ("unknown_reference", "organization")


@pytest.mark.parametrize("missing", ["id", "guest", "center", "opened_at", "status"])
def test_what_is_missing_is_named(missing: str) -> None:
    refused = refusal(without(INVOICE, missing))

    assert (refused.field, refused.message) == (missing, f"{missing} is required.")


@pytest.mark.parametrize("kind", ["sale", "", None, 5, ["invoice"], {"a": 1}, "Invoice"])
def test_an_unknown_type(kind: object) -> None:
    refused = refusal({"type": kind, "id": "x"})

    assert (refused.code, refused.field) == ("invalid_record", "type")


def test_a_line_needs_a_kind() -> None:
    refused = refusal(changed(INVOICE, "lines.0", {"id": "l1", "price": "5.00"}))

    assert refused.field == "lines.0.kind"


def test_a_near_miss_is_pointed_out() -> None:
    refused = refusal(changed(INVOICE, "lines.0.qantity", 1))

    assert (
        refused.message
        == "'lines.0.qantity' is no field of this record. Did you mean quantity?"
    )


def test_the_words_that_would_do_are_listed() -> None:
    refused = refusal(changed(INVOICE, "status", "paid"))

    assert refused.message == "status must be one of open, closed, void; it is 'paid'."


def test_without_any_instant_it_must_say_when() -> None:
    assert refusal(without(GUEST, "at")).field == "at"


GARBAGE = [
    b"",
    b"\x00",
    b"nonsense",
    b"[]",
    b"null",
    b"5",
    b'"invoice"',
    b"{",
    b"{}",
    b"{'type': 'guest'}",
    b'{"type":"guest","id":"ann","name":"Ann"',
    b'{"type":"guest","id":"ann","name":"Ann"} {}',
    b'{"type":"guest","id":"\xff","name":"Ann"}',
    b'{"type":"guest","id":"\\ud800","name":"Ann"}',
    b'{"type":"guest","id":"a\\u0000b","name":"Ann","at":"2026-01-01"}',
    b'{"type":"guest","id":' + b"9" * 5000 + b"}",
    b'{"type":"guest","id":1e999}',
    b'{"type":"guest","x":' + b"[" * 100_000,
    b'{"type":"program","effective_from":"2026-01-01","x":' + b"[" * 900 + b"]" * 900 + b"}",
    b'{"type":"program","effective_from":"2026-01-01","at":"2026-01-01","x":'
    + b"9" * 400
    + b"}",
    b'{"type":"guest","' + b"k" * 10_000 + b'":1}',
    b"\xef\xbb\xbf{}",
    b"\xff\xfe{\x00}\x00",
    b"id,guest,amount",
]


@pytest.mark.parametrize("line", GARBAGE, ids=lambda line: repr(line[:30]))
def test_garbage_is_refused(line: bytes) -> None:
    with pytest.raises(Refused) as refused:
        lumen().parse_bytes(line)

    assert refused.value.code == "invalid_record"
    assert len(refused.value.message) < 500


def test_a_mapping_that_no_json_has() -> None:
    loop: list[Any] = []
    loop.append(loop)
    wide: Any = ["x"] * 10
    for _ in range(9):
        wide = [wide] * 10
    program = {"type": "program", "effective_from": "2026-01-01", "at": "2026-01-01"}
    for bad in (
        {1: 2},
        {None: 2},
        GUEST | {5: 6},
        GUEST | {"name": "\ud800"},
        GUEST | {"\ud800": 1},
        GUEST | {"name": b"Ann"},
        GUEST | {"signup": loop},
        program | {"tiers": loop},
        program | {"tiers": wide},
        program | {"tiers": 10**5000},
        program | {"tiers": {5: 6}},
        program | {"tiers": object()},
        program | {"tiers": {1, 2}},
    ):
        with pytest.raises(Refused):
            lumen().parse_document(bad)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (INVOICE, "invoice/inv1"),
        (b'{"type":"guest","id":"ann","colour":"red"}', "guest/ann"),
        ({"type": "program", "effective_from": "2026-01-01"}, "program/2026-01-01"),
        ({"type": "guest"}, "guest/?"),
        ({"id": 5}, "?/?"),
        (b"nonsense", "?"),
        (Refused("invalid_record", "cut off"), "?"),
    ],
)
def test_a_refused_record_still_has_a_name(raw: Any, name: str) -> None:
    assert name_of(raw) == name
