"""A family of programs that fit together, small enough that everything happens soon."""

from typing import Any

from hypothesis import strategies as st

ACCRUALS = {
    "amount_spent": {"points": 7, "per": "10.00"},
    "amount_spent_birthday": {"points": 15, "per": "10.00"},
    "amount_spent_anniversary": {"points": 11, "per": "10.00"},
    "rebook": {"points": 8},
    "feedback": {"points": 4},
    "online_signup": {"points": 9},
    "online_booking": {"points": 6},
    "shared_feedback": {"points": 3},
    "welcome_bonus": {"points": 30},
    "referral_visit": {"points": 12},
    "referral_membership": {"points": 13},
    "referral_package": {"points": 14},
}
MINIMA = {"bronze": 30, "silver": 150, "gold": 400}
ONLY_CLOSED = {
    "tax_basis": st.sampled_from(["post_tax", "pre_tax"]),
    "award_discounted_items": st.booleans(),
    "split_rate_on_tier_jump": st.booleans(),
}


@st.composite
def tiers(draw: st.DrawFn, ref: str, rank: int) -> dict[str, Any]:
    minimum = MINIMA[ref]
    rates = dict(ACCRUALS)
    rates["amount_spent"] = {"points": 7 + 3 * rank, "per": "10.00"}
    return {
        "id": ref,
        "name": ref.title(),
        "minimum_spend": f"{minimum}.00",
        "minimum_spend_to_stay": f"{minimum * draw(st.sampled_from([100, 50, 0])) // 100}.00",
        "validity_days": draw(st.sampled_from([20, 0, 45])),
        "points_expire_after_days": draw(st.sampled_from([None, 3, 20, 90])),
        "allow_redemption": draw(st.sampled_from([True, True, True, False])),
        "allow_downgrade_to": draw(st.sampled_from([True, True, False])),
        "accruals": rates,
    }


@st.composite
def programs(draw: st.DrawFn, timings: tuple[str, ...] = ("day_close", "immediate")) -> Any:
    award_on = draw(st.sampled_from(["payments", "closed_invoices"]))
    is_closed = award_on == "closed_invoices"
    pre_tax = st.sampled_from(["post_tax", "pre_tax"]) if is_closed else st.just("post_tax")
    apply = st.sampled_from(["after_tax", "before_tax"]) if is_closed else st.just("after_tax")
    fixed: dict[str, Any] = {
        "award_timing": st.sampled_from(timings),
        "qualification_period_months": st.sampled_from([12, 1, 3]),
        "enrollment": st.sampled_from(["automatic", "automatic", "manual"]),
        "direct_enrollment": st.booleans(),
        "direct_enrollment_skips_downgrade": st.booleans(),
        "downgrade_check": st.sampled_from(["month_end", "month_end", "validity_end"]),
        "downgrade_to": st.sampled_from(["matching_tier", "next_lower_tier"]),
        "approval_above_points": st.sampled_from([None, None, 100]),
        "unenrolled_points": st.sampled_from(["freeze", "expire"]),
        "redemption": st.fixed_dictionaries({"tax": pre_tax}),
        "rewards": st.fixed_dictionaries(
            {"apply": apply, "remainder": st.sampled_from(["new_reward", "forfeit"])}
        ),
        "tiers": st.tuples(*(tiers(ref, rank) for rank, ref in enumerate(MINIMA))).map(list),
        **(ONLY_CLOSED if is_closed else {}),
    }
    return {"award_on": award_on, "point_value": "0.10", **draw(st.fixed_dictionaries(fixed))}
