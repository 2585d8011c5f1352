from enum import StrEnum


class AppointmentChannel(StrEnum):
    DESK = "desk"
    MOBILE_APP = "mobile_app"
    WEBSTORE = "webstore"

    def __str__(self) -> str:
        return str(self.value)
