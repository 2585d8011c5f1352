from enum import StrEnum


class InvoiceType(StrEnum):
    INVOICE = "invoice"

    def __str__(self) -> str:
        return str(self.value)
