from enum import StrEnum


class RewardStatus(StrEnum):
    EXPIRED = "expired"
    HELD = "held"
    ISSUED = "issued"
    REDEEMED = "redeemed"
    VOID = "void"

    def __str__(self) -> str:
        return str(self.value)
