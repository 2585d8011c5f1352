from enum import StrEnum


class EndpointState(StrEnum):
    FAILING = "failing"
    OFF = "off"
    ON = "on"

    def __str__(self) -> str:
        return str(self.value)
