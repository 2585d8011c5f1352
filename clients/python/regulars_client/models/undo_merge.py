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
        at (str):
        id (str):
        merge (str):
        type_ (UndoMergeType):
        by (None | str | Unset):
    """

    at: str
    id: str
    merge: str
    type_: UndoMergeType
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        id = self.id

        merge = self.merge

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
                "merge": merge,
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

        merge = d.pop("merge")

        type_ = UndoMergeType(d.pop("type"))

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        undo_merge = cls(
            at=at,
            id=id,
            merge=merge,
            type_=type_,
            by=by,
        )

        return undo_merge
