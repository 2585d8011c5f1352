from enum import StrEnum


class ProcessRewardsType(StrEnum):
    PROCESS_REWARDS = "process_rewards"

    def __str__(self) -> str:
        return str(self.value)
