from enum import StrEnum


class FeedbackType(StrEnum):
    FEEDBACK = "feedback"

    def __str__(self) -> str:
        return str(self.value)
