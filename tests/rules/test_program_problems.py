"""Rules 2 and 3: a document that is no program is refused with every reason why."""

import re
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.rules import program as words
from regulars.rules.program import AccrualTerms
from regulars.rules.program_diff import program_document
from regulars.rules.program_parsing import parse_program, problems_in
from regulars.rules.refusals import Refused
from tests.rules.program_documents import GOLD, SILVER, document, problems, program, with_silver

# What is refused


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("effective_from", None),
        ("effective_from", "2026-02-30"),
        ("effective_from", "2026-1-1"),
        ("effective_from", "2026-01-01T12:00"),
        ("effective_from", 20260101),
        ("qualification_period_months", 0),
        ("qualification_period_months", "12"),
        ("qualification_period_months", 12.0),
        ("qualification_period_months", True),
        ("award_on", "bookings"),
        ("award_on", None),
        ("award_timing", "weekly"),
        ("enrollment", True),
        ("direct_enrollment", "yes"),
        ("direct_enrollment_skips_downgrade", 1),
        ("downgrade_check", "never"),
        ("downgrade_to", ["matching_tier"]),
        ("unenrolled_points", "keep"),
        ("tax_basis", "none"),
        ("award_discounted_items", "false"),
        ("split_rate_on_tier_jump", 0),
        ("earning_tenders", ["cash", "gift_card"]),
        ("earning_tenders", ["cash", "cash"]),
        ("earning_tenders", "cash"),
        ("earning_tenders", [{}]),
        ("point_value", "0"),
        ("point_value", "-0.10"),
        ("point_value", 0.1),
        ("point_value", 1),
        ("redemption", []),
        ("rewards", "on"),
        ("expiry_reminder_days", [60, 30, 14, 7, 3, 1]),
        ("expiry_reminder_days", [7, 7]),
        ("expiry_reminder_days", [-1]),
        ("expiry_reminder_days", [True]),
        ("expiry_reminder_days", 7),
        ("statement_every_months", 0),
        ("statement_every_months", 13),
        ("approval_above_points", -1),
        ("tiers", {}),
        ("type", "guest"),
    ],
)
def test_a_bad_setting_is_refused_by_name(field: str, value: Any) -> None:
    assert problems(**{field: value}) == [("invalid_record", field, value)]


@pytest.mark.parametrize(
    ("group", "field", "value"),
    [
        ("redemption", "minimum_points", -1),
        ("redemption", "maximum_points", 1.5),
        ("redemption", "maximum_percent", 101),
        ("redemption", "maximum_percent", -1),
        ("redemption", "maximum_percent", "100.01"),
        ("redemption", "maximum_percent", "20%"),
        ("redemption", "maximum_percent", 12.5),
        ("redemption", "maximum_percent", True),
        ("redemption", "increment", 0),
        ("redemption", "item_kinds", ["membership"]),
        ("redemption", "item_kinds", ["tip"]),
        ("redemption", "item_kinds", ["prepaid_card"]),
        ("redemption", "tax", "no_tax"),
        ("redemption", "minimum", 1),
        ("rewards", "start_date", "yesterday"),
        ("rewards", "apply", "pre_tax"),
        ("rewards", "remainder", "keep"),
        ("rewards", "threshold", "500.00"),
    ],
)
def test_a_bad_term_is_refused_by_its_full_name(group: str, field: str, value: Any) -> None:
    expected = [("invalid_record", f"{group}.{field}", value)]

    assert problems(**{group: {field: value}}) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", None),
        ("id", ""),
        ("id", 7),
        ("name", "  "),
        ("name", "Sil\x00ver"),
        ("name", "\ud800"),
        ("name", "x" * 201),
        ("icon", "banana"),
        ("description", 5),
        ("minimum_spend", None),
        ("minimum_spend", 1000),
        ("minimum_spend", "-1.00"),
        ("minimum_spend", "1000.001"),
        ("minimum_spend_to_stay", "1000.01"),
        ("validity_days", None),
        ("validity_days", -1),
        ("validity_days", 10**9),
        ("points_expire_after_days", -1),
        ("allow_redemption", "no"),
        ("allow_downgrade_to", None),
        ("retire", "silver"),
        ("retire", "bronze"),
        ("accruals", []),
        ("minimum_points_to_stay", "800.00"),
    ],
)
def test_a_bad_field_of_a_tier_is_refused_with_its_place(field: str, value: Any) -> None:
    assert problems(tiers=with_silver(**{field: value})) == [
        ("invalid_record", f"tiers.0.{field}", value)
    ]


@pytest.mark.parametrize(
    ("action", "terms", "field", "value"),
    [
        ("amount_spent", {"points": 20}, ".per", None),
        ("amount_spent", {"points": 20, "per": "0.00"}, ".per", "0.00"),
        ("amount_spent", {"points": 20, "per": 100}, ".per", 100),
        ("amount_spent_birthday", {"per": "100.00"}, ".points", None),
        ("feedback", {"points": 20, "per": "100.00"}, ".per", "100.00"),
        ("welcome_bonus", {"points": -1}, ".points", -1),
        ("welcome_bonus", {"points": True}, ".points", True),
        ("welcome_bonus", {"points": 1.5}, ".points", 1.5),
        ("welcome_bonus", {"points": 1, "days": 2}, ".days", 2),
        ("welcome_bonus", 100, "", 100),
        ("birthday", {"points": 5}, "", {"points": 5}),
    ],
)
def test_a_bad_accrual_is_refused(action: str, terms: Any, field: str, value: Any) -> None:
    assert problems(tiers=with_silver(accruals={action: terms})) == [
        ("invalid_record", f"tiers.0.accruals.{action}{field}", value)
    ]


def test_rebooking_may_be_flat_or_per_amount() -> None:
    terms = {"rebook": {"points": 5, "per": "100.00"}}
    silver = program(tiers=with_silver(accruals=terms)).tiers[0]

    assert silver.accruals == {"rebook": AccrualTerms(5, 10_000)}


@pytest.mark.parametrize(
    ("like_silver", "field"),
    [
        ({"id": "silver"}, "id"),
        ({"name": "silver"}, "name"),
        ({"minimum_spend": "1000"}, "minimum_spend"),
    ],
)
def test_no_two_tiers_alike(like_silver: dict[str, Any], field: str) -> None:
    found = problems(tiers=[SILVER, GOLD | like_silver])

    assert found == [("invalid_record", f"tiers.1.{field}", like_silver[field])]


def test_guests_of_a_retiring_tier_need_one_that_stays() -> None:
    retiring = [SILVER | {"retire": "gold"}, GOLD | {"retire": "silver"}]

    assert [field for _, field, _ in problems(tiers=retiring)] == [
        "tiers.0.retire",
        "tiers.1.retire",
    ]


def test_an_unknown_field_is_refused_by_name_with_a_hint() -> None:
    (problem,) = problems_in(document(award_onn="payments"), 2)

    assert (problem.field, problem.value) == ("award_onn", "payments")
    assert problem.message == "'award_onn' is no field of a program. Did you mean award_on?"


@pytest.mark.parametrize("content", [None, [], "program", 5])
def test_what_is_no_mapping_is_one_problem(content: Any) -> None:
    assert [problem.code for problem in problems_in(content, 2)] == ["invalid_record"]
    assert [field for _, field, _ in problems(tiers=[content])] == ["tiers.0"]


# Settings that do not fit together

NEEDS_CLOSED_INVOICES = [
    ("tax_basis", {"tax_basis": "pre_tax"}),
    ("award_discounted_items", {"award_discounted_items": True}),
    ("split_rate_on_tier_jump", {"split_rate_on_tier_jump": True}),
    ("redemption.tax", {"redemption": {"tax": "pre_tax"}}),
    ("rewards.apply", {"rewards": {"apply": "before_tax"}}),
    ("tiers.0.award_points_for", {"tiers": with_silver(award_points_for=["service"])}),
    ("tiers.0.award_points_for", {"tiers": with_silver(award_points_for=[])}),
]


@pytest.mark.parametrize(("field", "fields"), NEEDS_CLOSED_INVOICES)
def test_some_settings_need_closed_invoices(field: str, fields: dict[str, Any]) -> None:
    assert problems(**fields, award_on="closed_invoices") == []

    (problem,) = problems_in(document(**fields), 2)
    assert (problem.code, problem.field) == ("setting_conflict", field)
    assert field in problem.message
    assert "award_on" in problem.message


def test_a_maximum_below_the_minimum_names_both() -> None:
    (problem,) = problems_in(
        document(redemption={"minimum_points": 100, "maximum_points": 50}), 2
    )

    assert problem.code == "setting_conflict"
    assert problem.message == (
        "redemption.maximum_points 50 is below redemption.minimum_points 100."
    )


def test_a_mode_that_cannot_be_read_clashes_with_nothing() -> None:
    found = problems(award_on="closed", tax_basis="pre_tax")

    assert found == [("invalid_record", "award_on", "closed")]


def test_all_problems_are_told_and_the_first_is_raised() -> None:
    bad = document(effective_from="soon", tax_basis="pre_tax", tiers=with_silver(id=None), x=1)

    assert [problem.field for problem in problems_in(bad, 2)] == [
        "effective_from",
        "tiers.0.id",
        "x",
        "tax_basis",
    ]
    with pytest.raises(Refused) as refusal:
        parse_program(bad, 2)
    assert refusal.value.field == "effective_from"


# Any rubbish

names = st.sampled_from([*program_document(program()), *SILVER, *words.ACTIONS, "per"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | names | st.just("1.00")
rubbish = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
    max_leaves=5,
)


def places_in(content: Any) -> list[tuple[Any, Any]]:
    """Every place of a document: what holds it, and its name or number there."""
    if not isinstance(content, dict | list):
        return []
    keys = list(content) if isinstance(content, dict) else list(range(len(content)))
    below = [place for key in keys for place in places_in(content[key])]
    return [(content, key) for key in keys] + below


@given(st.data())
def test_rubbish_is_refused_and_never_breaks(data: st.DataObject) -> None:
    content = deepcopy(document(redemption={"item_kinds": ["service"]}, rewards={}))
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from(places_in(content)))
        holder[key] = data.draw(rubbish)

    found = problems_in(content, 2)

    if found:
        with pytest.raises(Refused, match=re.escape(found[0].message)):
            parse_program(content, 2)
    else:
        written = program_document(parse_program(content, 2))
        assert program_document(parse_program(written, 2)) == written
