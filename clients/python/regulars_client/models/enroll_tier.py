from enum import StrEnum


class EnrollTier(StrEnum):
    APPLICABLE = "applicable"
    HIGHEST = "highest"

    def __str__(self) -> str:
        return str(self.value)
