from enum import StrEnum


class RedeemPointsType(StrEnum):
    REDEEM_POINTS = "redeem_points"

    def __str__(self) -> str:
        return str(self.value)
