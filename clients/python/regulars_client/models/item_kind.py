from enum import StrEnum


class ItemKind(StrEnum):
    CUSTOM_PACKAGE = "custom_package"
    DAY_PACKAGE = "day_package"
    GIFT_CARD = "gift_card"
    MEMBERSHIP = "membership"
    PREPAID_CARD = "prepaid_card"
    PRODUCT = "product"
    SERIES_PACKAGE = "series_package"
    SERVICE = "service"
    TIP = "tip"

    def __str__(self) -> str:
        return str(self.value)
