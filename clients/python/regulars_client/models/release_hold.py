from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.release_hold_type import ReleaseHoldType
from ..types import UNSET, Unset

T = TypeVar("T", bound="ReleaseHold")


@_attrs_define
class ReleaseHold:
    """Rule 7.7.

    Attributes:
        hold (str):
        id (str):
        type_ (ReleaseHoldType):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    hold: str
    id: str
    type_: ReleaseHoldType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        hold = self.hold

        id = self.id

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
                "hold": hold,
                "id": id,
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
        hold = d.pop("hold")

        id = d.pop("id")

        type_ = ReleaseHoldType(d.pop("type"))

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

        release_hold = cls(
            hold=hold,
            id=id,
            type_=type_,
            at=at,
            by=by,
        )

        return release_hold
