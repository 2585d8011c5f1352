from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.event_type import EventType

if TYPE_CHECKING:
    from ..models.event_data import EventData


T = TypeVar("T", bound="Event")


@_attrs_define
class Event:
    """
    Attributes:
        center (None | str):
        data (EventData):
        guest (None | str):
        id (str): The same however often it is told.
        organization (str):
        sequence (int): Its place in the feed; of one guest's events it only rises.
        timestamp (datetime.datetime):
        type_ (EventType):
    """

    center: None | str
    data: EventData
    guest: None | str
    id: str
    organization: str
    sequence: int
    timestamp: datetime.datetime
    type_: EventType
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        center: None | str
        center = self.center

        data = self.data.to_dict()

        guest: None | str
        guest = self.guest

        id = self.id

        organization = self.organization

        sequence = self.sequence

        timestamp = self.timestamp.isoformat()

        type_ = self.type_.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "center": center,
                "data": data,
                "guest": guest,
                "id": id,
                "organization": organization,
                "sequence": sequence,
                "timestamp": timestamp,
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_data import EventData  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_center(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        center = _parse_center(d.pop("center"))

        data = EventData.from_dict(d.pop("data"))

        def _parse_guest(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        guest = _parse_guest(d.pop("guest"))

        id = d.pop("id")

        organization = d.pop("organization")

        sequence = d.pop("sequence")

        timestamp = datetime.datetime.fromisoformat(d.pop("timestamp"))

        type_ = EventType(d.pop("type"))

        event = cls(
            center=center,
            data=data,
            guest=guest,
            id=id,
            organization=organization,
            sequence=sequence,
            timestamp=timestamp,
            type_=type_,
        )

        event.additional_properties = d
        return event

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
