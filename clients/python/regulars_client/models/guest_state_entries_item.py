from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="GuestStateEntriesItem")


@_attrs_define
class GuestStateEntriesItem:
    """
    Attributes:
        action (None | str):
        date (datetime.date):
        kind (str):
        points (int):
        source (str):
        tier (None | str):
        why (str):
    """

    action: None | str
    date: datetime.date
    kind: str
    points: int
    source: str
    tier: None | str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action: None | str
        action = self.action

        date = self.date.isoformat()

        kind = self.kind

        points = self.points

        source = self.source

        tier: None | str
        tier = self.tier

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "date": date,
                "kind": kind,
                "points": points,
                "source": source,
                "tier": tier,
                "why": why,
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

        date = datetime.date.fromisoformat(d.pop("date"))

        kind = d.pop("kind")

        points = d.pop("points")

        source = d.pop("source")

        def _parse_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tier = _parse_tier(d.pop("tier"))

        why = d.pop("why")

        guest_state_entries_item = cls(
            action=action,
            date=date,
            kind=kind,
            points=points,
            source=source,
            tier=tier,
            why=why,
        )

        guest_state_entries_item.additional_properties = d
        return guest_state_entries_item

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
