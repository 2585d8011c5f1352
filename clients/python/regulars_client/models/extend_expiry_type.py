from enum import StrEnum


class ExtendExpiryType(StrEnum):
    EXTEND_EXPIRY = "extend_expiry"

    def __str__(self) -> str:
        return str(self.value)
