from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.opening_balance_type import OpeningBalanceType
from ..types import UNSET, Unset

T = TypeVar("T", bound="OpeningBalance")


@_attrs_define
class OpeningBalance:
    """Points a guest brings from another system, as one lot; `expires_on` as in `AddPoints`.

    Attributes:
        guest (str):
        id (str):
        points (int):
        type_ (OpeningBalanceType):
        at (None | str | Unset):
        by (None | str | Unset):
        comment (None | str | Unset):
        earned_on (datetime.date | None | Unset):
        expires_on (datetime.date | None | Unset):
        tier (None | str | Unset):
    """

    guest: str
    id: str
    points: int
    type_: OpeningBalanceType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    comment: None | str | Unset = UNSET
    earned_on: datetime.date | None | Unset = UNSET
    expires_on: datetime.date | None | Unset = UNSET
    tier: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        guest = self.guest

        id = self.id

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

        comment: None | str | Unset
        if isinstance(self.comment, Unset):
            comment = UNSET
        else:
            comment = self.comment

        earned_on: None | str | Unset
        if isinstance(self.earned_on, Unset):
            earned_on = UNSET
        elif isinstance(self.earned_on, datetime.date):
            earned_on = self.earned_on.isoformat()
        else:
            earned_on = self.earned_on

        expires_on: None | str | Unset
        if isinstance(self.expires_on, Unset):
            expires_on = UNSET
        elif isinstance(self.expires_on, datetime.date):
            expires_on = self.expires_on.isoformat()
        else:
            expires_on = self.expires_on

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
                "points": points,
                "type": type_,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if comment is not UNSET:
            field_dict["comment"] = comment
        if earned_on is not UNSET:
            field_dict["earned_on"] = earned_on
        if expires_on is not UNSET:
            field_dict["expires_on"] = expires_on
        if tier is not UNSET:
            field_dict["tier"] = tier

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        guest = d.pop("guest")

        id = d.pop("id")

        points = d.pop("points")

        type_ = OpeningBalanceType(d.pop("type"))

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

        def _parse_earned_on(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                earned_on_type_0 = datetime.date.fromisoformat(data)

                return earned_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        earned_on = _parse_earned_on(d.pop("earned_on", UNSET))

        def _parse_expires_on(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_on_type_0 = datetime.date.fromisoformat(data)

                return expires_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        expires_on = _parse_expires_on(d.pop("expires_on", UNSET))

        def _parse_tier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tier = _parse_tier(d.pop("tier", UNSET))

        opening_balance = cls(
            guest=guest,
            id=id,
            points=points,
            type_=type_,
            at=at,
            by=by,
            comment=comment,
            earned_on=earned_on,
            expires_on=expires_on,
            tier=tier,
        )

        return opening_balance
