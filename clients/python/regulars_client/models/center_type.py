from enum import StrEnum


class CenterType(StrEnum):
    CENTER = "center"

    def __str__(self) -> str:
        return str(self.value)
