from enum import StrEnum


class ResultStatus(StrEnum):
    APPLIED = "applied"
    PENDING = "pending"
    REFUSED = "refused"
    UNCHANGED = "unchanged"

    def __str__(self) -> str:
        return str(self.value)
