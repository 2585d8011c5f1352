from enum import StrEnum


class ListRewardsResponse200ItemsItemStatus(StrEnum):
    EXPIRED = "expired"
    HELD = "held"
    ISSUED = "issued"
    REDEEMED = "redeemed"
    VOID = "void"

    def __str__(self) -> str:
        return str(self.value)
