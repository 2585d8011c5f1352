from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.merge_guests_type import MergeGuestsType
from ..types import UNSET, Unset

T = TypeVar("T", bound="MergeGuests")


@_attrs_define
class MergeGuests:
    """Rule 9.4: `from_guest` goes, `into_guest` stays.

    Attributes:
        from_ (str):
        id (str):
        into (str):
        type_ (MergeGuestsType):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    from_: str
    id: str
    into: str
    type_: MergeGuestsType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from_ = self.from_

        id = self.id

        into = self.into

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
                "from": from_,
                "id": id,
                "into": into,
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
        from_ = d.pop("from")

        id = d.pop("id")

        into = d.pop("into")

        type_ = MergeGuestsType(d.pop("type"))

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

        merge_guests = cls(
            from_=from_,
            id=id,
            into=into,
            type_=type_,
            at=at,
            by=by,
        )

        return merge_guests
