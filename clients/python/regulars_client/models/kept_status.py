from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="KeptStatus")


@_attrs_define
class KeptStatus:
    """
    Attributes:
        id (str | Unset):
        include_in_loyalty_rewards (bool | Unset):
        name (str | Unset):
    """

    id: str | Unset = UNSET
    include_in_loyalty_rewards: bool | Unset = UNSET
    name: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        include_in_loyalty_rewards = self.include_in_loyalty_rewards

        name = self.name

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if include_in_loyalty_rewards is not UNSET:
            field_dict["include_in_loyalty_rewards"] = include_in_loyalty_rewards
        if name is not UNSET:
            field_dict["name"] = name

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        include_in_loyalty_rewards = d.pop("include_in_loyalty_rewards", UNSET)

        name = d.pop("name", UNSET)

        kept_status = cls(
            id=id,
            include_in_loyalty_rewards=include_in_loyalty_rewards,
            name=name,
        )

        return kept_status
