from enum import StrEnum


class RedeemRewardType(StrEnum):
    REDEEM_REWARD = "redeem_reward"

    def __str__(self) -> str:
        return str(self.value)
