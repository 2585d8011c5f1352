from enum import StrEnum


class FoundGuestFoundBy(StrEnum):
    EMAIL = "email"
    ID = "id"
    NAME = "name"
    PHONE = "phone"

    def __str__(self) -> str:
        return str(self.value)
