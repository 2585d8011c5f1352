from enum import StrEnum


class AppointmentBodyChannel(StrEnum):
    DESK = "desk"
    MOBILE_APP = "mobile_app"
    WEBSTORE = "webstore"

    def __str__(self) -> str:
        return str(self.value)
