from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PointsEntry")


@_attrs_define
class PointsEntry:
    """A ledger entry, as in the state of a guest.

    Attributes:
        action (None | str | Unset):
        date (datetime.date | Unset):
        kind (str | Unset):
        points (int | Unset): Below zero where points went.
        source (str | Unset): The record that caused it: type/id.
        tier (None | str | Unset):
        why (str | Unset):
    """

    action: None | str | Unset = UNSET
    date: datetime.date | Unset = UNSET
    kind: str | Unset = UNSET
    points: int | Unset = UNSET
    source: str | Unset = UNSET
    tier: None | str | Unset = UNSET
    why: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action: None | str | Unset
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        date: str | Unset = UNSET
        if not isinstance(self.date, Unset):
            date = self.date.isoformat()

        kind = self.kind

        points = self.points

        source = self.source

        tier: None | str | Unset
        if isinstance(self.tier, Unset):
            tier = UNSET
        else:
            tier = self.tier

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if action is not UNSET:
            field_dict["action"] = action
        if date is not UNSET:
            field_dict["date"] = date
        if kind is not UNSET:
            field_dict["kind"] = kind
        if points is not UNSET:
            field_dict["points"] = points
        if source is not UNSET:
            field_dict["source"] = source
        if tier is not UNSET:
            field_dict["tier"] = tier
        if why is not UNSET:
            field_dict["why"] = why

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_action(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        action = _parse_action(d.pop("action", UNSET))

        _date = d.pop("date", UNSET)
        date: datetime.date | Unset
        if isinstance(_date, Unset):
            date = UNSET
        else:
            date = datetime.date.fromisoformat(_date)

        kind = d.pop("kind", UNSET)

        points = d.pop("points", UNSET)

        source = d.pop("source", UNSET)

        def _parse_tier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tier = _parse_tier(d.pop("tier", UNSET))

        why = d.pop("why", UNSET)

        points_entry = cls(
            action=action,
            date=date,
            kind=kind,
            points=points,
            source=source,
            tier=tier,
            why=why,
        )

        points_entry.additional_properties = d
        return points_entry

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
