from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="StatusBody")


@_attrs_define
class StatusBody:
    """
    Attributes:
        include_in_loyalty_rewards (bool):
        name (str):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    include_in_loyalty_rewards: bool
    name: str
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        include_in_loyalty_rewards = self.include_in_loyalty_rewards

        name = self.name

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
                "include_in_loyalty_rewards": include_in_loyalty_rewards,
                "name": name,
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
        include_in_loyalty_rewards = d.pop("include_in_loyalty_rewards")

        name = d.pop("name")

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

        status_body = cls(
            include_in_loyalty_rewards=include_in_loyalty_rewards,
            name=name,
            at=at,
            by=by,
        )

        return status_body
