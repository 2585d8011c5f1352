from enum import StrEnum


class GuestType(StrEnum):
    GUEST = "guest"

    def __str__(self) -> str:
        return str(self.value)
