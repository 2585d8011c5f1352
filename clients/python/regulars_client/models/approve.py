from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.approve_type import ApproveType
from ..types import UNSET, Unset

T = TypeVar("T", bound="Approve")


@_attrs_define
class Approve:
    """Rule 9.2; `request` is the record name of the act that waits.

    Attributes:
        at (str):
        id (str):
        request (str):
        type_ (ApproveType):
        by (None | str | Unset):
    """

    at: str
    id: str
    request: str
    type_: ApproveType
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        id = self.id

        request = self.request

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
                "id": id,
                "request": request,
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

        id = d.pop("id")

        request = d.pop("request")

        type_ = ApproveType(d.pop("type"))

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        approve = cls(
            at=at,
            id=id,
            request=request,
            type_=type_,
            by=by,
        )

        return approve
