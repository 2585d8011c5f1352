from enum import StrEnum


class QuoteBodyStatus(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    VOID = "void"

    def __str__(self) -> str:
        return str(self.value)
