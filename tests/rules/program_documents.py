"""Program documents for the tests: a usual one to vary, and any one that is right."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from regulars.rules import program as words
from regulars.rules.program import Program
from regulars.rules.program_parsing import parse_program, problems_in

SILVER = {
    "id": "silver",
    "name": "Silver",
    "icon": "star",
    "minimum_spend": "1000.00",
    "minimum_spend_to_stay": "800.00",
    "validity_days": 90,
    "points_expire_after_days": 365,
    "accruals": {
        "amount_spent": {"points": 20, "per": "100.00"},
        "amount_spent_birthday": {"points": 40, "per": "100.00"},
        "rebook": {"points": 25},
        "welcome_bonus": {"points": 100},
    },
}
GOLD = {"id": "gold", "name": "Gold", "minimum_spend": "2000.00", "validity_days": 180}


def document(**fields: Any) -> dict[str, Any]:
    return {"effective_from": "2026-01-01", "tiers": [SILVER, GOLD], **fields}


def program(**fields: Any) -> Program:
    return parse_program(document(**fields), 2)


def problems(**fields: Any) -> list[tuple[str, str | None, Any]]:
    found = problems_in(document(**fields), 2)
    return [(problem.code, problem.field, problem.value) for problem in found]


def with_silver(**fields: Any) -> list[dict[str, Any]]:
    return [SILVER | fields, GOLD]


amounts = st.integers(0, 10**7).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
counts = st.integers(0, 10_000)
flat_terms = st.fixed_dictionaries({"points": counts})
amount_terms = st.fixed_dictionaries({"points": counts, "per": st.just("100.00")})
accruals = st.fixed_dictionaries(
    {},
    optional={
        action: amount_terms if action in words.AMOUNT_ACTIONS else flat_terms | st.none()
        for action in words.ACTIONS
    },
)
rungs = st.fixed_dictionaries(
    {
        "validity_days": counts,
        "accruals": accruals,
        "description": st.text("a é\n", max_size=9),
    },
    optional={
        "icon": st.sampled_from(words.ICONS),
        "points_expire_after_days": counts | st.none(),
        "award_points_for": st.sets(st.sampled_from(sorted(words.AWARDABLE_KINDS))).map(list),
        "allow_redemption": st.booleans(),
        "allow_downgrade_to": st.booleans(),
    },
)


@st.composite
def ladders(draw: st.DrawFn) -> list[dict[str, Any]]:
    minimums = draw(st.lists(amounts, unique=True, max_size=4))
    ladder = [
        {"id": f"t{n}", "name": f"Tier {n}", "minimum_spend": minimum, **draw(rungs)}
        for n, minimum in enumerate(minimums)
    ]
    if len(ladder) > 1 and draw(st.booleans()):
        ladder[0]["retire"] = "t1"
    return ladder


documents = st.fixed_dictionaries(
    {
        "effective_from": st.dates(date(2000, 1, 1)).map(date.isoformat),
        "award_on": st.just("closed_invoices"),
        "tiers": ladders(),
    },
    optional={
        "qualification_period_months": st.integers(1, 60),
        "enrollment": st.sampled_from(["automatic", "manual"]),
        "direct_enrollment": st.booleans(),
        "downgrade_to": st.sampled_from(["matching_tier", "next_lower_tier"]),
        "tax_basis": st.sampled_from(["post_tax", "pre_tax"]),
        "earning_tenders": st.sets(st.sampled_from(sorted(words.SPEND_TENDERS))).map(list),
        "point_value": st.none() | st.integers(1, 10**6).map(lambda n: f"0.{n:06}"[:8]),
        "redemption": st.fixed_dictionaries(
            {},
            optional={
                "maximum_percent": st.none() | st.integers(0, 100) | st.just("33.333333"),
                "item_kinds": st.sets(st.sampled_from(sorted(words.REDEEMABLE_KINDS))).map(
                    list
                ),
            },
        ),
        "rewards": st.fixed_dictionaries(
            {"apply": st.sampled_from(["after_tax", "before_tax"])}
        ),
        "expiry_reminder_days": st.lists(counts, unique=True, max_size=5),
        "statement_every_months": st.none() | st.integers(1, 12),
    },
)
