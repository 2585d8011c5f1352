from enum import StrEnum


class IssueRewardType(StrEnum):
    ISSUE_REWARD = "issue_reward"

    def __str__(self) -> str:
        return str(self.value)
