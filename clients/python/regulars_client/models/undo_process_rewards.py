from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.undo_process_rewards_type import UndoProcessRewardsType
from ..types import UNSET, Unset

T = TypeVar("T", bound="UndoProcessRewards")


@_attrs_define
class UndoProcessRewards:
    """Rule 10.5.

    Attributes:
        id (str):
        run (str):
        type_ (UndoProcessRewardsType):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    id: str
    run: str
    type_: UndoProcessRewardsType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        run = self.run

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
                "run": run,
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

        run = d.pop("run")

        type_ = UndoProcessRewardsType(d.pop("type"))

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

        undo_process_rewards = cls(
            id=id,
            run=run,
            type_=type_,
            at=at,
            by=by,
        )

        return undo_process_rewards
