from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="SentRefund")


@_attrs_define
class SentRefund:
    """
    Attributes:
        amount (str):
        at (str):
        id (str):
        payment (str):
        line (None | str | Unset):
    """

    amount: str
    at: str
    id: str
    payment: str
    line: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        at = self.at

        id = self.id

        payment = self.payment

        line: None | str | Unset
        if isinstance(self.line, Unset):
            line = UNSET
        else:
            line = self.line

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
                "at": at,
                "id": id,
                "payment": payment,
            }
        )
        if line is not UNSET:
            field_dict["line"] = line

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        at = d.pop("at")

        id = d.pop("id")

        payment = d.pop("payment")

        def _parse_line(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        line = _parse_line(d.pop("line", UNSET))

        sent_refund = cls(
            amount=amount,
            at=at,
            id=id,
            payment=payment,
            line=line,
        )

        return sent_refund
