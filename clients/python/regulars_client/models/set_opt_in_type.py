from enum import StrEnum


class SetOptInType(StrEnum):
    SET_OPT_IN = "set_opt_in"

    def __str__(self) -> str:
        return str(self.value)
