from enum import StrEnum


class SentPublicationTo(StrEnum):
    FACEBOOK = "facebook"
    OTHER = "other"
    WEBSTORE = "webstore"
    X = "x"

    def __str__(self) -> str:
        return str(self.value)
