from enum import StrEnum


class ListAuditResponse200ItemsItemStatus(StrEnum):
    APPLIED = "applied"
    PENDING = "pending"

    def __str__(self) -> str:
        return str(self.value)
