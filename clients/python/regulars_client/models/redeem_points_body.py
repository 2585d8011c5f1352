from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RedeemPointsBody")


@_attrs_define
class RedeemPointsBody:
    """Rule 7.2; with `tier`, from that tier's lots only (rule 7.1).

    Attributes:
        points (int):
        at (None | str | Unset):
        by (None | str | Unset):
        guest (str | Unset):
        id (str | Unset):
        tier (None | str | Unset):
    """

    points: int
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    guest: str | Unset = UNSET
    id: str | Unset = UNSET
    tier: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        points = self.points

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

        guest = self.guest

        id = self.id

        tier: None | str | Unset
        if isinstance(self.tier, Unset):
            tier = UNSET
        else:
            tier = self.tier

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "points": points,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if guest is not UNSET:
            field_dict["guest"] = guest
        if id is not UNSET:
            field_dict["id"] = id
        if tier is not UNSET:
            field_dict["tier"] = tier

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        points = d.pop("points")

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

        guest = d.pop("guest", UNSET)

        id = d.pop("id", UNSET)

        def _parse_tier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tier = _parse_tier(d.pop("tier", UNSET))

        redeem_points_body = cls(
            points=points,
            at=at,
            by=by,
            guest=guest,
            id=id,
            tier=tier,
        )

        return redeem_points_body
