from enum import StrEnum


class InvoiceNumbersStatus(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    VOID = "void"

    def __str__(self) -> str:
        return str(self.value)
