from enum import StrEnum


class EntryLotUnit(StrEnum):
    CREDIT = "credit"
    POINTS = "points"

    def __str__(self) -> str:
        return str(self.value)
