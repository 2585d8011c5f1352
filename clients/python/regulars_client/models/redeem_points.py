from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.redeem_points_type import RedeemPointsType
from ..types import UNSET, Unset

T = TypeVar("T", bound="RedeemPoints")


@_attrs_define
class RedeemPoints:
    """Rule 7.2; with `tier`, from that tier's lots only (rule 7.1).

    Attributes:
        guest (str):
        id (str):
        invoice (str):
        points (int):
        type_ (RedeemPointsType):
        at (None | str | Unset):
        by (None | str | Unset):
        tier (None | str | Unset):
    """

    guest: str
    id: str
    invoice: str
    points: int
    type_: RedeemPointsType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    tier: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        guest = self.guest

        id = self.id

        invoice = self.invoice

        points = self.points

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

        tier: None | str | Unset
        if isinstance(self.tier, Unset):
            tier = UNSET
        else:
            tier = self.tier

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "guest": guest,
                "id": id,
                "invoice": invoice,
                "points": points,
                "type": type_,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if tier is not UNSET:
            field_dict["tier"] = tier

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        guest = d.pop("guest")

        id = d.pop("id")

        invoice = d.pop("invoice")

        points = d.pop("points")

        type_ = RedeemPointsType(d.pop("type"))

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

        def _parse_tier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tier = _parse_tier(d.pop("tier", UNSET))

        redeem_points = cls(
            guest=guest,
            id=id,
            invoice=invoice,
            points=points,
            type_=type_,
            at=at,
            by=by,
            tier=tier,
        )

        return redeem_points
