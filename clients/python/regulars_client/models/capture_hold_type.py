from enum import StrEnum


class CaptureHoldType(StrEnum):
    CAPTURE_HOLD = "capture_hold"

    def __str__(self) -> str:
        return str(self.value)
