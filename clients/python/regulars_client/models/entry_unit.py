from enum import StrEnum


class EntryUnit(StrEnum):
    CREDIT = "credit"
    POINTS = "points"

    def __str__(self) -> str:
        return str(self.value)
