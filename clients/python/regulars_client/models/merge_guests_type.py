from enum import StrEnum


class MergeGuestsType(StrEnum):
    MERGE_GUESTS = "merge_guests"

    def __str__(self) -> str:
        return str(self.value)
