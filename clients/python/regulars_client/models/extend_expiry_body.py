from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ExtendExpiryBody")


@_attrs_define
class ExtendExpiryBody:
    """Rule 9.2: all lots of one expiry date get a later one.

    Attributes:
        from_expires_on (datetime.date):
        to_expires_on (datetime.date):
        at (None | str | Unset):
        by (None | str | Unset):
        id (str | Unset):
    """

    from_expires_on: datetime.date
    to_expires_on: datetime.date
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from_expires_on = self.from_expires_on.isoformat()

        to_expires_on = self.to_expires_on.isoformat()

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

        id = self.id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "from_expires_on": from_expires_on,
                "to_expires_on": to_expires_on,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if id is not UNSET:
            field_dict["id"] = id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        from_expires_on = datetime.date.fromisoformat(d.pop("from_expires_on"))

        to_expires_on = datetime.date.fromisoformat(d.pop("to_expires_on"))

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

        id = d.pop("id", UNSET)

        extend_expiry_body = cls(
            from_expires_on=from_expires_on,
            to_expires_on=to_expires_on,
            at=at,
            by=by,
            id=id,
        )

        return extend_expiry_body
