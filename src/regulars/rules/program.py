"""One published version of the program, as a value (rules 1.6, 2, 3; contract section 2).

`program_parsing` makes it from a document, `program_diff` writes it back and compares two.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

ACTIONS = (
    "amount_spent",
    "amount_spent_anniversary",
    "amount_spent_birthday",
    "rebook",
    "feedback",
    "online_signup",
    "online_booking",
    "shared_feedback",
    "welcome_bonus",
    "referral_visit",
    "referral_membership",
    "referral_package",
)
"""The twelve actions in the order of rule 6."""

AMOUNT_ACTIONS = ACTIONS[:3]
"""Actions 1 to 3: points per money paid, one of them for each payment (rule 6.1)."""

ICONS = ("star", "gem", "crown", "medal", "diamond", "award", "heart", "leaf")

ITEM_KINDS = (
    "service",
    "product",
    "day_package",
    "series_package",
    "custom_package",
    "membership",
    "gift_card",
    "prepaid_card",
    "tip",
)
AWARDABLE_KINDS = frozenset(ITEM_KINDS[:7])
"""Kinds whose purchase may earn (rule 3.6); the other two are no spend (rule 4.1)."""

REDEEMABLE_KINDS = frozenset({*ITEM_KINDS[:5], "gift_card"})
"""Kinds that points may ever pay (rule 7.2)."""

USUALLY_REDEEMABLE_KINDS = frozenset(ITEM_KINDS[:5])

TENDERS = (
    "cash",
    "card",
    "check",
    "custom",
    "gift_card",
    "prepaid_card",
    "package_credit",
    "membership_credit",
)
SPEND_TENDERS = frozenset(TENDERS[:4])
"""Tenders that bring money in; the others spend what was paid before (rule 4.1)."""

AwardOn = Literal["payments", "closed_invoices"]
AwardTiming = Literal["day_close", "immediate"]
Enrollment = Literal["automatic", "manual"]
DowngradeCheck = Literal["month_end", "validity_end"]
DowngradeTo = Literal["matching_tier", "next_lower_tier"]
UnenrolledPoints = Literal["freeze", "expire"]
TaxBasis = Literal["post_tax", "pre_tax"]
RewardApply = Literal["after_tax", "before_tax"]
RewardRemainder = Literal["new_reward", "forfeit"]


@dataclass(frozen=True, slots=True)
class AccrualTerms:
    """What one action gives in one tier (rules 3.9, 5.1): points flat, or per so much money."""

    points: int
    per_cents: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One step of the ladder (rule 3); `rank` is its height among the tiers, from 0."""

    id: str
    name: str
    icon: str
    description: str
    rank: int
    minimum_spend_cents: int
    spend_to_stay_cents: int
    validity_days: int
    points_expire_after_days: int | None
    award_points_for: frozenset[str]
    allow_redemption: bool
    allow_downgrade_to: bool
    retire: str | None
    # A mapping has no hash; leaving it out keeps tiers and programs usable as keys.
    accruals: Mapping[str, AccrualTerms] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionTerms:
    """How points may pay (rules 2, 7.2, 7.3); None means no limit."""

    minimum_points: int
    maximum_points: int | None
    maximum_percent: Fraction | None
    increment: int
    item_kinds: frozenset[str]
    tax: TaxBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardTerms:
    """How money rewards work (rules 10.1, 10.8)."""

    start_date: date | None
    apply: RewardApply
    remainder: RewardRemainder


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """All settings in force from a business date (rules 1.6, 2); never changed, only followed.

    `tiers` stand lowest first, retiring ones among them. `point_value` is in minor units.
    """

    effective_from: date
    currency_exponent: int
    qualification_period_months: int
    award_on: AwardOn
    award_timing: AwardTiming
    enrollment: Enrollment
    direct_enrollment: bool
    direct_enrollment_skips_downgrade: bool
    downgrade_check: DowngradeCheck
    downgrade_to: DowngradeTo
    unenrolled_points: UnenrolledPoints
    tax_basis: TaxBasis
    award_discounted_items: bool
    split_rate_on_tier_jump: bool
    earning_tenders: frozenset[str]
    point_value: Fraction | None
    redemption: RedemptionTerms
    rewards: RewardTerms
    expiry_reminder_days: tuple[int, ...]
    statement_every_months: int | None
    approval_above_points: int | None
    tiers: tuple[Tier, ...]

    def __post_init__(self) -> None:
        assert [tier.rank for tier in self.tiers] == list(range(len(self.tiers)))

    @property
    def version(self) -> str:
        """The name under which entries remember it (rule 1.6)."""
        return self.effective_from.isoformat()

    @property
    def active_tiers(self) -> tuple[Tier, ...]:
        """The tiers a guest may come to, lowest first: those not retiring (rule 3.11)."""
        return tuple(tier for tier in self.tiers if tier.retire is None)

    def tier(self, tier_id: str) -> Tier | None:
        """The tier of this id, retiring or not."""
        for tier in self.tiers:
            if tier.id == tier_id:
                return tier
        return None

    def highest_reached(self, spend_cents: int) -> Tier | None:
        """Rules 3.2, 4.6, 4.9: the highest tier whose minimum is reached, exactly counts."""
        for tier in reversed(self.tiers):
            if tier.retire is None and tier.minimum_spend_cents <= spend_cents:
                return tier
        return None

    def next_above(self, tier: Tier | None) -> Tier | None:
        """Rule 4.15: the next tier to reach; from no tier the lowest, at the top none."""
        for higher in self.tiers:
            if higher.retire is None and (tier is None or higher.rank > tier.rank):
                return higher
        return None
