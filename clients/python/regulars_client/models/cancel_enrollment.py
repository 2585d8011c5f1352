from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.cancel_enrollment_type import CancelEnrollmentType
from ..types import UNSET, Unset

T = TypeVar("T", bound="CancelEnrollment")


@_attrs_define
class CancelEnrollment:
    """Rule 4.8.

    Attributes:
        guest (str):
        id (str):
        type_ (CancelEnrollmentType):
        at (None | str | Unset):
        by (None | str | Unset):
        comment (None | str | Unset):
    """

    guest: str
    id: str
    type_: CancelEnrollmentType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    comment: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        guest = self.guest

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

        comment: None | str | Unset
        if isinstance(self.comment, Unset):
            comment = UNSET
        else:
            comment = self.comment

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "guest": guest,
                "id": id,
                "type": type_,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if comment is not UNSET:
            field_dict["comment"] = comment

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        guest = d.pop("guest")

        id = d.pop("id")

        type_ = CancelEnrollmentType(d.pop("type"))

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

        def _parse_comment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        comment = _parse_comment(d.pop("comment", UNSET))

        cancel_enrollment = cls(
            guest=guest,
            id=id,
            type_=type_,
            at=at,
            by=by,
            comment=comment,
        )

        return cancel_enrollment
