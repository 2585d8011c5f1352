from enum import StrEnum


class HoldType(StrEnum):
    HOLD = "hold"

    def __str__(self) -> str:
        return str(self.value)
