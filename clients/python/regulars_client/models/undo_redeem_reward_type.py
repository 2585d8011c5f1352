from enum import StrEnum


class UndoRedeemRewardType(StrEnum):
    UNDO_REDEEM_REWARD = "undo_redeem_reward"

    def __str__(self) -> str:
        return str(self.value)
