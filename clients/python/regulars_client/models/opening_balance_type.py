from enum import StrEnum


class OpeningBalanceType(StrEnum):
    OPENING_BALANCE = "opening_balance"

    def __str__(self) -> str:
        return str(self.value)
