"""Rules 4.7 and 4.8: enrolling and leaving by hand."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from regulars.rules import enrollment
from regulars.rules.facts import GuestFacts, Standing
from regulars.rules.refusals import Refused
from tests.rules.program_documents import program

SILVER_SINCE_MARCH = Standing(
    tier="silver", since=date(2026, 3, 2), enrolled_on=date(2026, 3, 2), was_enrolled=True
)


def ann(standing: Standing | None = None, *, opted_in: bool = True) -> GuestFacts:
    return GuestFacts(
        key=UUID(int=1),
        id="ann",
        birthday=None,
        anniversary=None,
        opted_in=opted_in,
        signed_up_on=None,
        standing=standing or Standing(),
        moves=[],
    )


def refusal_of(guest: GuestFacts, choice: Any, spend_cents: int, **settings: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        enrollment.tier_to_enroll(
            program(**settings), guest, choice=choice, spend_cents=spend_cents
        )
    return refused.value


def test_spend_that_reaches_a_minimum_exactly_is_enough():
    tier = enrollment.tier_to_enroll(program(), ann(), choice="applicable", spend_cents=1000_00)

    assert tier.id == "silver"


def test_one_cent_missing_is_named():
    refused = refusal_of(ann(), "applicable", 999_99)

    assert refused.code == "no_matching_tier"
    assert refused.detail == {"missing": "0.01", "spend": "999.99", "tier": "silver"}


def test_direct_enrollment_leads_to_the_highest_tier_without_spend():
    tier = enrollment.tier_to_enroll(
        program(direct_enrollment=True), ann(), choice="highest", spend_cents=0
    )

    assert tier.id == "gold"


def test_of_several_refusals_the_first_in_order_is_given():
    enrolled = ann(SILVER_SINCE_MARCH)

    assert refusal_of(ann(SILVER_SINCE_MARCH, opted_in=False), "highest", 0).code == "opted_out"
    assert refusal_of(enrolled, "highest", 0).code == "already_enrolled"
    assert refusal_of(ann(), "highest", 0).code == "direct_enrollment_off"
    assert refusal_of(ann(), "applicable", 0).code == "no_matching_tier"


def test_without_a_tier_there_is_nowhere_to_go():
    settings = {"tiers": [], "direct_enrollment": True}

    assert refusal_of(ann(), "applicable", 5000_00, **settings).code == "no_matching_tier"
    assert refusal_of(ann(), "highest", 5000_00, **settings).code == "no_matching_tier"


def test_opting_out_while_enrolled_advises_to_cancel():
    with pytest.raises(Refused, match="cancel the enrollment instead") as refused:
        enrollment.check_opt_in(ann(SILVER_SINCE_MARCH), loyalty_opt_in=False)

    assert refused.value.code == "enrolled"


def test_opting_in_while_enrolled_and_out_while_not_is_free():
    enrollment.check_opt_in(ann(SILVER_SINCE_MARCH), loyalty_opt_in=True)
    enrollment.check_opt_in(ann(), loyalty_opt_in=False)


def test_only_an_enrolled_guest_can_cancel():
    enrollment.require_enrolled(ann(SILVER_SINCE_MARCH))
    with pytest.raises(Refused, match="no enrollment to cancel"):
        enrollment.require_enrolled(ann())
