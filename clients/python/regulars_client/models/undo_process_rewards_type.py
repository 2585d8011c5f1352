from enum import StrEnum


class UndoProcessRewardsType(StrEnum):
    UNDO_PROCESS_REWARDS = "undo_process_rewards"

    def __str__(self) -> str:
        return str(self.value)
