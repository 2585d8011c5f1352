from enum import StrEnum


class EditRewardType(StrEnum):
    EDIT_REWARD = "edit_reward"

    def __str__(self) -> str:
        return str(self.value)
