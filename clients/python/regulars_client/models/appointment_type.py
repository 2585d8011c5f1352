from enum import StrEnum


class AppointmentType(StrEnum):
    APPOINTMENT = "appointment"

    def __str__(self) -> str:
        return str(self.value)
