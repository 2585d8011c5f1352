from enum import StrEnum


class ReleaseHoldType(StrEnum):
    RELEASE_HOLD = "release_hold"

    def __str__(self) -> str:
        return str(self.value)
