"""Examples of what accruals give, as the pages of the program show them."""

from typing import Any

import pytest

from regulars.rules.program import ACTIONS
from regulars.rules.program_examples import examples_of
from regulars.rules.program_parsing import parse_program

FLAT = {action: {"points": 7} for action in ACTIONS[3:]}
ACCRUALS = FLAT | {
    "amount_spent": {"points": 20, "per": "100.00"},
    "amount_spent_anniversary": {"points": 30, "per": "100.00"},
    "amount_spent_birthday": {"points": 40, "per": "100.00"},
}


def points(*, accruals: dict[str, Any] = ACCRUALS, **settings: Any) -> dict[str, int]:
    """The points of each action's example, for 120.00."""
    tier = {"id": "silver", "name": "Silver", "icon": "star", "minimum_spend": "500.00"}
    tier |= {"validity_days": 90, "accruals": accruals}
    tier |= {"award_points_for": settings.pop("award_points_for", None)}
    document = {"effective_from": "2026-03-01", "tiers": [tier], **settings}
    program = parse_program(document, 2)
    found = examples_of(program, program.tiers[0], cents=120_00)
    return {action: one.points for action, one in found.items()}


def test_each_action_that_is_on_has_its_example():
    assert points() == {
        "amount_spent": 24,
        "amount_spent_anniversary": 36,
        "amount_spent_birthday": 48,
        **dict.fromkeys(ACTIONS[3:], 7),
    }
    assert points(accruals={"feedback": {"points": 5}}) == {"feedback": 5}


@pytest.mark.parametrize(
    "settings",
    [
        {"award_on": "closed_invoices"},
        {"award_on": "closed_invoices", "tax_basis": "pre_tax"},
        {"award_on": "closed_invoices", "split_rate_on_tier_jump": True},
        {"award_on": "closed_invoices", "award_points_for": ["gift_card"]},
        {"earning_tenders": ["check"]},
    ],
)
def test_an_example_is_of_a_bill_that_earns_under_these_settings(settings: dict[str, Any]):
    assert points(**settings)["amount_spent_birthday"] == 48


def test_a_rebooking_may_give_points_per_amount():
    accruals = {"rebook": {"points": 5, "per": "50.00"}}

    assert points(accruals=accruals) == {"rebook": 12}


def test_points_are_rounded_down_as_an_award_is():
    assert points(accruals={"amount_spent": {"points": 1, "per": "70.00"}}) == {
        "amount_spent": 1
    }
