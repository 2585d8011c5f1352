from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.guest_state_rewards_item_status import GuestStateRewardsItemStatus

T = TypeVar("T", bound="GuestStateRewardsItem")


@_attrs_define
class GuestStateRewardsItem:
    """
    Attributes:
        amount (str):
        applied (str):
        expires_on (datetime.date | None):
        id (str):
        invoice (None | str):
        issued_on (datetime.date):
        source (str):
        status (GuestStateRewardsItemStatus):
    """

    amount: str
    applied: str
    expires_on: datetime.date | None
    id: str
    invoice: None | str
    issued_on: datetime.date
    source: str
    status: GuestStateRewardsItemStatus
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        applied = self.applied

        expires_on: None | str
        if isinstance(self.expires_on, datetime.date):
            expires_on = self.expires_on.isoformat()
        else:
            expires_on = self.expires_on

        id = self.id

        invoice: None | str
        invoice = self.invoice

        issued_on = self.issued_on.isoformat()

        source = self.source

        status = self.status.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "amount": amount,
                "applied": applied,
                "expires_on": expires_on,
                "id": id,
                "invoice": invoice,
                "issued_on": issued_on,
                "source": source,
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        applied = d.pop("applied")

        def _parse_expires_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_on_type_0 = datetime.date.fromisoformat(data)

                return expires_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        expires_on = _parse_expires_on(d.pop("expires_on"))

        id = d.pop("id")

        def _parse_invoice(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        invoice = _parse_invoice(d.pop("invoice"))

        issued_on = datetime.date.fromisoformat(d.pop("issued_on"))

        source = d.pop("source")

        status = GuestStateRewardsItemStatus(d.pop("status"))

        guest_state_rewards_item = cls(
            amount=amount,
            applied=applied,
            expires_on=expires_on,
            id=id,
            invoice=invoice,
            issued_on=issued_on,
            source=source,
            status=status,
        )

        guest_state_rewards_item.additional_properties = d
        return guest_state_rewards_item

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
