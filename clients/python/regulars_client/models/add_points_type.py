from enum import StrEnum


class AddPointsType(StrEnum):
    ADD_POINTS = "add_points"

    def __str__(self) -> str:
        return str(self.value)
