from enum import StrEnum


class ApproveType(StrEnum):
    APPROVE = "approve"

    def __str__(self) -> str:
        return str(self.value)
