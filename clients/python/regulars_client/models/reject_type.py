from enum import StrEnum


class RejectType(StrEnum):
    REJECT = "reject"

    def __str__(self) -> str:
        return str(self.value)
