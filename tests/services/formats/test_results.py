"""Results as the contract's section 4 writes them."""

import msgspec
import pytest

from regulars.rules.refusals import Refused
from regulars.services.formats.results import Result, Warned, refused_result
from tests.services.formats.reading import INVOICE, changed, refusal


def test_a_result() -> None:
    warned = Warned("referrer_ignored", "referred_by", "Nobody refers herself.")

    assert Result(record="guest/ann", status="applied", warnings=(warned,)).as_dict() == {
        "record": "guest/ann",
        "status": "applied",
        "code": None,
        "message": None,
        "detail": {},
        "warnings": [
            {
                "code": "referrer_ignored",
                "field": "referred_by",
                "message": "Nobody refers herself.",
            }
        ],
    }


def test_a_refusal_names_the_field_and_the_value() -> None:
    refused = refusal(changed(INVOICE, "lines.0.price", "-1.00"))

    assert refused_result("invoice/inv1", refused, line=7).as_dict() == {
        "record": "invoice/inv1",
        "status": "refused",
        "code": "invalid_record",
        "message": "lines.0.price must not be negative; it is '-1.00'.",
        "detail": {"field": "lines.0.price", "value": "-1.00"},
        "warnings": [],
        "line": 7,
    }


def test_a_message_without_them_gets_them() -> None:
    result = refused_result("x/1", Refused("conflict", "Not so.", field="points", value=5))

    assert result.message == "points: Not so. (It is 5.)"


def test_numbers_that_would_be_accepted_stay_in_the_detail() -> None:
    result = refused_result("x/1", Refused("below_minimum", "Too few.", detail={"minimum": 50}))

    assert result.detail == {"minimum": 50}
    assert result.line is None


def test_a_refused_line_brings_its_number() -> None:
    result = refused_result("?", Refused("invalid_record", "Cut off.", detail={"line": 9}))

    assert result.line == 9


@pytest.mark.parametrize("value", ["x" * 10_000, "\ud800", 10**400, [1] * 999, {"a": {1}}, 1.5])
def test_any_value_can_be_printed(value: object) -> None:
    refused = Refused("invalid_record", "No.", field="f", value=value)

    assert len(msgspec.json.encode(refused_result("x/1", refused).as_dict())) < 1_000
