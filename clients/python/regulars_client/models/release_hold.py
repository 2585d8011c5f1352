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
        at (str):
        hold (str):
        id (str):
        type_ (ReleaseHoldType):
        by (None | str | Unset):
    """

    at: str
    hold: str
    id: str
    type_: ReleaseHoldType
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        hold = self.hold

        id = self.id

        type_ = self.type_.value

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "at": at,
                "hold": hold,
                "id": id,
                "type": type_,
            }
        )
        if by is not UNSET:
            field_dict["by"] = by

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        at = d.pop("at")

        hold = d.pop("hold")

        id = d.pop("id")

        type_ = ReleaseHoldType(d.pop("type"))

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        release_hold = cls(
            at=at,
            hold=hold,
            id=id,
            type_=type_,
            by=by,
        )

        return release_hold
