from enum import StrEnum


class CancelEnrollmentType(StrEnum):
    CANCEL_ENROLLMENT = "cancel_enrollment"

    def __str__(self) -> str:
        return str(self.value)
