from enum import StrEnum


class ListEntriesOfGuestResponse200ItemsItemLotsItemUnit(StrEnum):
    CREDIT = "credit"
    POINTS = "points"

    def __str__(self) -> str:
        return str(self.value)
