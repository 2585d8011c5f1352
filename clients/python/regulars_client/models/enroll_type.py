from enum import StrEnum


class EnrollType(StrEnum):
    ENROLL = "enroll"

    def __str__(self) -> str:
        return str(self.value)
