from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.sent_payment_tender import SentPaymentTender

T = TypeVar("T", bound="SentPayment")


@_attrs_define
class SentPayment:
    """
    Attributes:
        amount (str):
        at (str):
        id (str):
        tender (SentPaymentTender):
    """

    amount: str
    at: str
    id: str
    tender: SentPaymentTender

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        at = self.at

        id = self.id

        tender = self.tender.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
                "at": at,
                "id": id,
                "tender": tender,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        at = d.pop("at")

        id = d.pop("id")

        tender = SentPaymentTender(d.pop("tender"))

        sent_payment = cls(
            amount=amount,
            at=at,
            id=id,
            tender=tender,
        )

        return sent_payment
