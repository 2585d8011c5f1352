"""A file that is imported twice is answered twice alike, refused commands included."""

from typing import Any

import pytest

from regulars.services import importing
from tests.services.short_histories import START, command, guest, invoice, program

pytestmark = pytest.mark.usefixtures("each_database")

VISIT = invoice("i1", "ann", "100.00", "2026-01-05")
TODAY = invoice("i2", "ann", "50.00", "2026-01-06", status="open", payments=[])
del TODAY["closed_at"]
TOO_MUCH = command(
    "redeem_points/rd1", "2026-01-06T13:00", guest="ann", invoice="i2", points=200
)
MORE = command("add_points/ad1", "2026-01-06T14:00", guest="ann", points=100, reason="goodwill")
FILE = [*START, program(), guest("ann"), VISIT, TODAY, TOO_MUCH, MORE]


def told(*records: Any) -> dict[str, str]:
    """The answer to each record of a file, of a repeated name the last."""
    answers: dict[str, str] = {}

    def note(result: Any) -> None:
        answers[result.record] = result.code or result.status

    importing.import_records(iter([(None, one) for one in records]), emit=note)
    return answers


def test_a_refused_command_is_refused_again_though_there_would_be_enough_by_now():
    first = told(*FILE)
    again = told(*FILE)
    assert first["redeem_points/rd1"] == "insufficient_points"
    assert again["redeem_points/rd1"] == "insufficient_points"
    assert again["add_points/ad1"] == "unchanged"


def test_at_another_time_it_is_another_try():
    told(*FILE)
    later = TOO_MUCH | {"at": "2026-01-06T15:00"}
    assert told(*FILE, later)["redeem_points/rd1"] == "applied"


def test_within_one_file_an_id_may_be_tried_again():
    assert told(*FILE, TOO_MUCH | {"at": MORE["at"]})["redeem_points/rd1"] == "applied"


def test_what_lacked_a_reference_is_carried_out_once_it_is_there():
    for_bea = command(
        "add_points/ad2", "2026-01-06T14:30", guest="bea", points=5, reason="other"
    )
    assert told(*FILE, for_bea)["add_points/ad2"] == "unknown_reference"
    bea = guest("bea", at="2026-01-06T14:10")
    assert told(*FILE, bea, for_bea)["add_points/ad2"] == "applied"
