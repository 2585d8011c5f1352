from enum import StrEnum


class ListGuestsResponse200ItemsItemFoundBy(StrEnum):
    EMAIL = "email"
    ID = "id"
    NAME = "name"
    PHONE = "phone"

    def __str__(self) -> str:
        return str(self.value)
