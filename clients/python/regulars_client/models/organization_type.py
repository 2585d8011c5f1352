from enum import StrEnum


class OrganizationType(StrEnum):
    ORGANIZATION = "organization"

    def __str__(self) -> str:
        return str(self.value)
