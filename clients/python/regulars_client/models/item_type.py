from enum import StrEnum


class ItemType(StrEnum):
    ITEM = "item"

    def __str__(self) -> str:
        return str(self.value)
