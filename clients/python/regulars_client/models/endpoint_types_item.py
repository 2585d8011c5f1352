from enum import StrEnum


class EndpointTypesItem(StrEnum):
    DAY_CLOSED = "day.closed"
    POINTS_ACCRUED = "points.accrued"
    POINTS_ADJUSTED = "points.adjusted"
    POINTS_EXPIRED = "points.expired"
    POINTS_FORFEITED = "points.forfeited"
    POINTS_OPENED = "points.opened"
    POINTS_REDEEMED = "points.redeemed"
    POINTS_RETURNED = "points.returned"
    POINTS_REVERSED = "points.reversed"
    POINTS_TRANSFERRED = "points.transferred"
    REWARD_CHANGED = "reward.changed"
    REWARD_EXPIRED = "reward.expired"
    REWARD_ISSUED = "reward.issued"
    REWARD_REDEEMED = "reward.redeemed"
    REWARD_RETURNED = "reward.returned"
    REWARD_VOIDED = "reward.voided"
    RUN_PROCESSED = "run.processed"
    RUN_UNDONE = "run.undone"
    TIER_CHANGED = "tier.changed"

    def __str__(self) -> str:
        return str(self.value)
