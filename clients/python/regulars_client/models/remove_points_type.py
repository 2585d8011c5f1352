from enum import StrEnum


class RemovePointsType(StrEnum):
    REMOVE_POINTS = "remove_points"

    def __str__(self) -> str:
        return str(self.value)
