from enum import StrEnum


class VoidRewardType(StrEnum):
    VOID_REWARD = "void_reward"

    def __str__(self) -> str:
        return str(self.value)
