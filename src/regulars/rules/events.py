"""What may be told to other programs: types of events, and which entry is an event of which."""

from collections.abc import Mapping

POINTS_TYPES: Mapping[str, str] = {
    "accrual": "points.accrued",
    "redemption": "points.redeemed",
    "redemption_return": "points.returned",
    "reversal": "points.reversed",
    "expiry": "points.expired",
    "adjustment": "points.adjusted",
    "forfeiture": "points.forfeited",
    "transfer": "points.transferred",
    "opening_balance": "points.opened",
}
"""By the kind of a ledger entry of points (contract section 4)."""

TIER_CHANGED = "tier.changed"
REWARD_ISSUED, REWARD_REDEEMED = "reward.issued", "reward.redeemed"
REWARD_RETURNED, REWARD_VOIDED = "reward.returned", "reward.voided"
REWARD_EXPIRED, REWARD_CHANGED = "reward.expired", "reward.changed"
RUN_PROCESSED, RUN_UNDONE = "run.processed", "run.undone"
DAY_CLOSED = "day.closed"
TEST = "endpoint.test"

TYPES: Mapping[str, str] = {
    "points.accrued": "points were earned",
    "points.redeemed": "points were used on an invoice",
    "points.returned": "points used on an invoice came back",
    "points.reversed": "points earned were taken back",
    "points.expired": "points came to their last day",
    "points.adjusted": "points were added, removed or extended by hand",
    "points.forfeited": "points ended with the enrollment",
    "points.transferred": "points moved between two records of one guest",
    "points.opened": "a balance was taken over",
    TIER_CHANGED: "a guest entered, left or changed tiers",
    REWARD_ISSUED: "rewards were issued, or the rest of one",
    REWARD_REDEEMED: "a reward was used on an invoice",
    REWARD_RETURNED: "a reward used on an invoice came back",
    REWARD_VOIDED: "rewards were made void",
    REWARD_EXPIRED: "a reward came to its last day unused",
    REWARD_CHANGED: "a reward was edited, divided, forfeited in part or moved",
    RUN_PROCESSED: "a run gave rewards for past sales",
    RUN_UNDONE: "a run was undone",
    DAY_CLOSED: "a business date was made final",
}
"""Every type that a feed may have, with what it says."""

_CREDIT_TYPES: Mapping[tuple[str, str], str] = {
    ("transfer", "rest_of_reward"): REWARD_ISSUED,
    ("adjustment", "reward_voided"): REWARD_VOIDED,
    ("reversal", "run_undone"): REWARD_VOIDED,
}
_CREDIT_KINDS: Mapping[str, str] = {
    "accrual": REWARD_ISSUED,
    "redemption": REWARD_REDEEMED,
    "redemption_return": REWARD_RETURNED,
}


def type_of_entry(unit: str, kind: str, because: str, *, amount: int) -> str:
    """The type of a ledger entry's event. Of a reward's rest only the credit is an issue."""
    if unit == "points":
        return POINTS_TYPES[kind]
    special = _CREDIT_TYPES.get((kind, because))
    if special is not None and (special != REWARD_ISSUED or amount > 0):
        return special
    return _CREDIT_KINDS.get(kind, REWARD_CHANGED)
