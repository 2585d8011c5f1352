from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.extend_expiry_type import ExtendExpiryType
from ..types import UNSET, Unset

T = TypeVar("T", bound="ExtendExpiry")


@_attrs_define
class ExtendExpiry:
    """Rule 9.2: all lots of one expiry date get a later one.

    Attributes:
        from_expires_on (datetime.date):
        guest (str):
        id (str):
        to_expires_on (datetime.date):
        type_ (ExtendExpiryType):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    from_expires_on: datetime.date
    guest: str
    id: str
    to_expires_on: datetime.date
    type_: ExtendExpiryType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from_expires_on = self.from_expires_on.isoformat()

        guest = self.guest

        id = self.id

        to_expires_on = self.to_expires_on.isoformat()

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
                "from_expires_on": from_expires_on,
                "guest": guest,
                "id": id,
                "to_expires_on": to_expires_on,
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
        from_expires_on = datetime.date.fromisoformat(d.pop("from_expires_on"))

        guest = d.pop("guest")

        id = d.pop("id")

        to_expires_on = datetime.date.fromisoformat(d.pop("to_expires_on"))

        type_ = ExtendExpiryType(d.pop("type"))

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

        extend_expiry = cls(
            from_expires_on=from_expires_on,
            guest=guest,
            id=id,
            to_expires_on=to_expires_on,
            type_=type_,
            at=at,
            by=by,
        )

        return extend_expiry
