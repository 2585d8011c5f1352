from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.organization_type import OrganizationType
from ..types import UNSET, Unset

T = TypeVar("T", bound="Organization")


@_attrs_define
class Organization:
    """
    Attributes:
        currency (str):
        id (str):
        name (str):
        time_zone (str):
        type_ (OrganizationType):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    currency: str
    id: str
    name: str
    time_zone: str
    type_: OrganizationType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        currency = self.currency

        id = self.id

        name = self.name

        time_zone = self.time_zone

        type_ = self.type_.value

        at: None | str | Unset
        if isinstance(self.at, Unset):
            at = UNSET
        else:
            at = self.at

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "currency": currency,
                "id": id,
                "name": name,
                "time_zone": time_zone,
                "type": type_,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        currency = d.pop("currency")

        id = d.pop("id")

        name = d.pop("name")

        time_zone = d.pop("time_zone")

        type_ = OrganizationType(d.pop("type"))

        def _parse_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        at = _parse_at(d.pop("at", UNSET))

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        organization = cls(
            currency=currency,
            id=id,
            name=name,
            time_zone=time_zone,
            type_=type_,
            at=at,
            by=by,
        )

        return organization
