from enum import StrEnum


class ListRewardsStatusType0(StrEnum):
    EXPIRED = "expired"
    HELD = "held"
    ISSUED = "issued"
    OUTSTANDING = "outstanding"
    REDEEMED = "redeemed"
    VOID = "void"

    def __str__(self) -> str:
        return str(self.value)
