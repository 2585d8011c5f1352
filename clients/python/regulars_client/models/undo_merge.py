from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.undo_merge_type import UndoMergeType
from ..types import UNSET, Unset

T = TypeVar("T", bound="UndoMerge")


@_attrs_define
class UndoMerge:
    """Rule 9.4.

    Attributes:
        id (str):
        merge (str):
        type_ (UndoMergeType):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    id: str
    merge: str
    type_: UndoMergeType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        merge = self.merge

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
                "id": id,
                "merge": merge,
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
        id = d.pop("id")

        merge = d.pop("merge")

        type_ = UndoMergeType(d.pop("type"))

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

        undo_merge = cls(
            id=id,
            merge=merge,
            type_=type_,
            at=at,
            by=by,
        )

        return undo_merge
