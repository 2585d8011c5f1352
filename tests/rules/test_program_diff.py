"""Rules 1.6 and 3.11: a program written back as a document, and what a new version changes."""

from dataclasses import replace
from typing import Any

from hypothesis import given

from regulars.rules.program_diff import Difference, differences, program_document
from regulars.rules.program_parsing import parse_program
from tests.rules.program_documents import GOLD, SILVER, documents, program, with_silver


def test_a_difference_is_told_in_the_words_of_the_field() -> None:
    platinum = {**GOLD, "id": "platinum", "name": "Platinum", "minimum_spend": "3000.00"}
    older = program(tiers=[SILVER, GOLD])
    newer = program(
        effective_from="2026-06-01",
        award_on="closed_invoices",
        redemption={"minimum_points": 50},
        expiry_reminder_days=[30, 7],
        tiers=[
            SILVER | {"accruals": SILVER["accruals"] | {"rebook": None}},  # type: ignore[operator]
            GOLD | {"minimum_spend": "2200.00", "allow_redemption": False},
            platinum,
        ],
    )

    assert [change.sentence for change in differences(older, newer)] == [
        "In force from: 2026-01-01 → 2026-06-01",
        "Points are awarded on: payments → closed invoices",
        "Redemption: minimum points: 0 → 50",
        "Reminders so many days before expiry: none → 30, 7",
        "Silver: points for rebooking 25 → off",
        "Gold: minimum spend 2000.00 → 2200.00",
        "Gold: minimum spend to stay 2000.00 → 2200.00",
        "Gold: redemption allowed yes → no",
        "Platinum: new tier, minimum spend 3000.00",
    ]
    assert [change.sentence for change in differences(newer, older)][-1] == (
        "Platinum: no longer in the program"
    )


def test_a_difference_holds_what_was_and_what_is() -> None:
    newer = program(tiers=with_silver(retire="gold", validity_days=60))

    assert differences(program(), newer) == [
        Difference("tiers.silver.validity_days", 90, 60, "Silver: validity in days 90 → 60"),
        Difference(
            "tiers.silver.retire", None, "gold", "Silver: retired, its guests go to Gold"
        ),
    ]


def test_a_first_version_differs_from_the_defaults() -> None:
    first = program(point_value="0.10", tiers=[GOLD])

    assert [change.sentence for change in differences(None, first)] == [
        "Value of a point: none → 0.10",
        "Gold: new tier, minimum spend 2000.00",
    ]


def test_nothing_differs_from_itself() -> None:
    assert differences(program(), program()) == []


@given(documents)
def test_every_program_is_written_back_as_it_was_read(content: dict[str, Any]) -> None:
    read = parse_program(content, 2)
    written = program_document(read)

    assert parse_program(written, 2) == read
    assert program_document(parse_program(written, 2)) == written


@given(documents, documents)
def test_programs_differ_exactly_when_they_are_not_equal(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    older, newer = parse_program(one, 2), parse_program(other, 2)

    assert bool(differences(older, newer)) == (
        program_document(older) != program_document(newer)
    )
    assert differences(replace(older), older) == []
