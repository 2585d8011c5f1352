from enum import StrEnum


class FeedbackBodyChannel(StrEnum):
    DESK = "desk"
    EMPLOYEE_APP = "employee_app"
    GUEST = "guest"
    GUEST_APP = "guest_app"

    def __str__(self) -> str:
        return str(self.value)
