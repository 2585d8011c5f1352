from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.undo_redeem_reward_type import UndoRedeemRewardType
from ..types import UNSET, Unset

T = TypeVar("T", bound="UndoRedeemReward")


@_attrs_define
class UndoRedeemReward:
    """Rule 10.8.

    Attributes:
        id (str):
        invoice (str):
        reward (str):
        type_ (UndoRedeemRewardType):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    id: str
    invoice: str
    reward: str
    type_: UndoRedeemRewardType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        invoice = self.invoice

        reward = self.reward

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
                "invoice": invoice,
                "reward": reward,
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

        invoice = d.pop("invoice")

        reward = d.pop("reward")

        type_ = UndoRedeemRewardType(d.pop("type"))

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

        undo_redeem_reward = cls(
            id=id,
            invoice=invoice,
            reward=reward,
            type_=type_,
            at=at,
            by=by,
        )

        return undo_redeem_reward
