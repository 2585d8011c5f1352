from enum import StrEnum


class AttemptOutcome(StrEnum):
    ACCEPTED = "accepted"
    FAILED = "failed"
    GIVEN_UP = "given_up"

    def __str__(self) -> str:
        return str(self.value)
