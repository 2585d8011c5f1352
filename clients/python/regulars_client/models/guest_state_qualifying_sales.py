from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="GuestStateQualifyingSales")


@_attrs_define
class GuestStateQualifyingSales:
    """
    Attributes:
        carry (str):
        consumed (str):
        total (str):
    """

    carry: str
    consumed: str
    total: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        carry = self.carry

        consumed = self.consumed

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "carry": carry,
                "consumed": consumed,
                "total": total,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        carry = d.pop("carry")

        consumed = d.pop("consumed")

        total = d.pop("total")

        guest_state_qualifying_sales = cls(
            carry=carry,
            consumed=consumed,
            total=total,
        )

        guest_state_qualifying_sales.additional_properties = d
        return guest_state_qualifying_sales

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
