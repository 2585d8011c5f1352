from enum import StrEnum


class GetRewardResponse200Status(StrEnum):
    EXPIRED = "expired"
    HELD = "held"
    ISSUED = "issued"
    REDEEMED = "redeemed"
    VOID = "void"

    def __str__(self) -> str:
        return str(self.value)
