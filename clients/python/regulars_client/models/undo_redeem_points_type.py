from enum import StrEnum


class UndoRedeemPointsType(StrEnum):
    UNDO_REDEEM_POINTS = "undo_redeem_points"

    def __str__(self) -> str:
        return str(self.value)
