from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="RefundPreviewLotsItem")


@_attrs_define
class RefundPreviewLotsItem:
    """
    Attributes:
        action (None | str):
        earned_on (datetime.date):
        expires_on (None | str):
        held (int):
        points (int): So many more, or fewer if negative.
        tier (None | str):
    """

    action: None | str
    earned_on: datetime.date
    expires_on: None | str
    held: int
    points: int
    tier: None | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action: None | str
        action = self.action

        earned_on = self.earned_on.isoformat()

        expires_on: None | str
        expires_on = self.expires_on

        held = self.held

        points = self.points

        tier: None | str
        tier = self.tier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "earned_on": earned_on,
                "expires_on": expires_on,
                "held": held,
                "points": points,
                "tier": tier,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_action(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        action = _parse_action(d.pop("action"))

        earned_on = datetime.date.fromisoformat(d.pop("earned_on"))

        def _parse_expires_on(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        expires_on = _parse_expires_on(d.pop("expires_on"))

        held = d.pop("held")

        points = d.pop("points")

        def _parse_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tier = _parse_tier(d.pop("tier"))

        refund_preview_lots_item = cls(
            action=action,
            earned_on=earned_on,
            expires_on=expires_on,
            held=held,
            points=points,
            tier=tier,
        )

        refund_preview_lots_item.additional_properties = d
        return refund_preview_lots_item

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
