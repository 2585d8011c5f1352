from enum import StrEnum


class ListLotsOfGuestResponse200ItemsItemUnit(StrEnum):
    CREDIT = "credit"
    POINTS = "points"

    def __str__(self) -> str:
        return str(self.value)
