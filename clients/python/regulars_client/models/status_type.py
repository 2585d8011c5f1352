from enum import StrEnum


class StatusType(StrEnum):
    STATUS = "status"

    def __str__(self) -> str:
        return str(self.value)
