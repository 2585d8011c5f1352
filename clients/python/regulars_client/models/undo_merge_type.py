from enum import StrEnum


class UndoMergeType(StrEnum):
    UNDO_MERGE = "undo_merge"

    def __str__(self) -> str:
        return str(self.value)
