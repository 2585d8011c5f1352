from enum import StrEnum


class SentPaymentTender(StrEnum):
    CARD = "card"
    CASH = "cash"
    CHECK = "check"
    CUSTOM = "custom"
    GIFT_CARD = "gift_card"
    MEMBERSHIP_CREDIT = "membership_credit"
    PACKAGE_CREDIT = "package_credit"
    PREPAID_CARD = "prepaid_card"

    def __str__(self) -> str:
        return str(self.value)
