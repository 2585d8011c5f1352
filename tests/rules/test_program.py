"""Rules 2 and 3: what a document says, and the ladder its tiers make."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from regulars.rules import program as words
from regulars.rules.program import AccrualTerms
from regulars.rules.program_diff import program_document
from regulars.rules.program_parsing import parse_program
from regulars.rules.versions import Versions
from tests.rules.program_documents import GOLD, SILVER, program

# What a document says


def test_the_document_of_the_contract() -> None:
    silver = program().tier("silver")

    assert silver is not None
    assert (silver.minimum_spend_cents, silver.spend_to_stay_cents) == (100_000, 80_000)
    assert (silver.validity_days, silver.points_expire_after_days) == (90, 365)
    assert silver.accruals == {
        "amount_spent": AccrualTerms(20, 10_000),
        "amount_spent_birthday": AccrualTerms(40, 10_000),
        "rebook": AccrualTerms(25, None),
        "welcome_bonus": AccrualTerms(100, None),
    }


def test_the_defaults_are_the_first_values_of_the_rules() -> None:
    assert program_document(parse_program({"effective_from": "2026-01-01"}, 2)) == {
        "type": "program",
        "effective_from": "2026-01-01",
        "qualification_period_months": 12,
        "award_on": "payments",
        "award_timing": "day_close",
        "enrollment": "automatic",
        "direct_enrollment": False,
        "direct_enrollment_skips_downgrade": False,
        "downgrade_check": "month_end",
        "downgrade_to": "matching_tier",
        "unenrolled_points": "freeze",
        "tax_basis": "post_tax",
        "award_discounted_items": False,
        "split_rate_on_tier_jump": False,
        "earning_tenders": ["cash", "card", "check", "custom"],
        "point_value": None,
        "redemption": {
            "minimum_points": 0,
            "maximum_points": None,
            "maximum_percent": None,
            "increment": 1,
            "item_kinds": [
                "service",
                "product",
                "day_package",
                "series_package",
                "custom_package",
            ],
            "tax": "post_tax",
        },
        "rewards": {"start_date": None, "apply": "after_tax", "remainder": "new_reward"},
        "expiry_reminder_days": [],
        "statement_every_months": None,
        "approval_above_points": None,
        "tiers": [],
    }


def test_a_tier_needs_little_and_the_rest_has_defaults() -> None:
    gold = program().tier("gold")

    assert gold is not None
    assert gold.spend_to_stay_cents == gold.minimum_spend_cents == 200_000
    assert gold.points_expire_after_days is None
    assert gold.award_points_for == frozenset(words.ITEM_KINDS) - {"prepaid_card", "tip"}
    assert (gold.allow_redemption, gold.allow_downgrade_to, gold.retire) == (True, True, None)
    assert (gold.icon, gold.description, gold.accruals) == ("star", "", {})


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({}, {"redemption": None, "rewards": None, "expiry_reminder_days": None}),
        ({}, {"statement_every_months": None, "approval_above_points": None}),
        ({}, {"point_value": None, "direct_enrollment": None}),
        ({}, {"redemption": {"maximum_points": None, "maximum_percent": None}}),
        ({}, {"rewards": {"start_date": None}}),
        ({"tiers": []}, {"tiers": None}),
        ({"tiers": [GOLD]}, {"tiers": [GOLD | {"accruals": None, "description": None}]}),
        ({"tiers": [GOLD]}, {"tiers": [GOLD | {"accruals": {"rebook": None}}]}),
        ({"tiers": [GOLD]}, {"tiers": [GOLD | {"minimum_spend_to_stay": None}]}),
        ({"tiers": [GOLD]}, {"tiers": [GOLD | {"points_expire_after_days": 0}]}),
        ({"tiers": [GOLD]}, {"tiers": [GOLD | {"award_points_for": None, "retire": None}]}),
        ({}, {"type": "program", "id": "x", "at": "2026-01-01", "by": "owner"}),
    ],
)
def test_null_is_off_none_or_empty(left_out: dict[str, Any], said: dict[str, Any]) -> None:
    assert program(**said) == program(**left_out)


def test_an_empty_list_of_kinds_or_tenders_is_none_of_them() -> None:
    assert program(earning_tenders=[]).earning_tenders == frozenset()
    assert program(redemption={"item_kinds": None}).redemption.item_kinds == frozenset()


@pytest.mark.parametrize(
    ("exponent", "value", "minor_units"),
    [(2, "0.10", Fraction(10)), (2, "0.005", Fraction(1, 2)), (0, "2", Fraction(2))],
)
def test_a_point_is_worth_minor_units(exponent: int, value: str, minor_units: Fraction) -> None:
    read = parse_program({"effective_from": "2026-01-01", "point_value": value}, exponent)

    assert read.point_value == minor_units


@pytest.mark.parametrize(
    ("percent", "share"),
    [(0, 0), (20, 20), (100, 100), ("12.5", Fraction(25, 2)), ("100", 100)],
)
def test_a_percentage_is_whole_or_a_decimal_string(percent: Any, share: Fraction) -> None:
    assert program(redemption={"maximum_percent": percent}).redemption.maximum_percent == share


def test_reminders_stand_earliest_first() -> None:
    assert program(expiry_reminder_days=[1, 30, 7]).expiry_reminder_days == (30, 7, 1)


# The ladder


def test_tiers_stand_lowest_first_whatever_the_document_says() -> None:
    ladder = program(tiers=[GOLD, SILVER]).tiers

    assert [(tier.id, tier.rank) for tier in ladder] == [("silver", 0), ("gold", 1)]


@pytest.mark.parametrize(
    ("spend_cents", "reached"),
    [(0, None), (99_999, None), (100_000, "silver"), (199_999, "silver"), (200_000, "gold")],
)
def test_a_minimum_reached_exactly_counts(spend_cents: int, reached: str | None) -> None:
    tier = program().highest_reached(spend_cents)

    assert (tier.id if tier else None) == reached


def test_the_next_tier_is_the_one_above() -> None:
    read = program()
    silver, gold = read.tiers

    assert read.next_above(None) == silver
    assert read.next_above(silver) == gold
    assert read.next_above(gold) is None


def test_a_retiring_tier_is_nobodys_target() -> None:
    newer = SILVER | {"id": "pearl", "name": "Pearl"}
    read = program(tiers=[SILVER | {"retire": "pearl"}, newer, GOLD])
    silver, pearl, gold = read.tiers

    assert (silver.id, pearl.id, gold.id) == ("silver", "pearl", "gold")
    assert read.active_tiers == (pearl, gold)
    assert read.tier("silver") == silver
    assert read.highest_reached(150_000) == pearl
    assert read.next_above(None) == pearl
    assert read.next_above(silver) == pearl


def test_a_program_is_a_value() -> None:
    assert program() == program()
    assert hash(program()) == hash(program())
    assert program().version == "2026-01-01"
    with pytest.raises(TypeError):
        program().tiers[0].accruals["rebook"] = AccrualTerms(1, None)  # type: ignore[index]


# What becomes of a tier that later versions do without


def test_who_is_left_in_a_retired_tier_goes_where_that_one_went_in_turn() -> None:
    bronze = {"id": "bronze", "name": "Bronze", "minimum_spend": "0.00", "validity_days": 0}
    silver, gold = SILVER, GOLD
    versions = Versions(
        program(effective_from=day, tiers=tiers)
        for day, tiers in [
            ("2026-01-01", [bronze, silver, gold]),
            ("2026-02-01", [bronze | {"retire": "silver"}, silver, gold]),
            ("2026-03-01", [silver | {"retire": "gold"}, gold]),
        ]
    )

    assert versions.gone_tiers(date(2026, 1, 31)) == {}
    assert versions.gone_tiers(date(2026, 2, 28)) == {"bronze": "silver"}
    assert versions.gone_tiers(date(2026, 3, 1)) == {"silver": "gold", "bronze": "gold"}


def test_who_is_left_in_a_retired_tier_follows_its_guests_where_that_one_was_left_out() -> None:
    bronze = {"id": "bronze", "name": "Bronze", "minimum_spend": "0.00", "validity_days": 0}
    hello = bronze | {"id": "hello", "name": "Hello"}
    bronze |= {"minimum_spend": "50.00"}
    versions = Versions(
        program(effective_from=day, tiers=tiers)
        for day, tiers in [
            ("2026-01-01", [hello, bronze, SILVER, GOLD]),
            ("2026-02-01", [hello, bronze | {"retire": "gold"}, SILVER, GOLD]),
            ("2026-03-01", [hello, SILVER]),
        ]
    )

    assert versions.gone_tiers(date(2026, 3, 1)) == {"gold": "silver", "bronze": "silver"}
