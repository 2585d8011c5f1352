from enum import StrEnum


class EnrollBodyTier(StrEnum):
    APPLICABLE = "applicable"
    HIGHEST = "highest"

    def __str__(self) -> str:
        return str(self.value)
