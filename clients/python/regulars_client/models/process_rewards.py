from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.process_rewards_type import ProcessRewardsType
from ..types import UNSET, Unset

T = TypeVar("T", bound="ProcessRewards")


@_attrs_define
class ProcessRewards:
    """Rule 10.3; `guests` None is everybody who qualifies.

    Attributes:
        amount (str):
        id (str):
        threshold (str):
        type_ (ProcessRewardsType):
        at (None | str | Unset):
        by (None | str | Unset):
        expires_on (datetime.date | None | Unset):
        guests (list[str] | None | Unset):
    """

    amount: str
    id: str
    threshold: str
    type_: ProcessRewardsType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    expires_on: datetime.date | None | Unset = UNSET
    guests: list[str] | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        id = self.id

        threshold = self.threshold

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

        expires_on: None | str | Unset
        if isinstance(self.expires_on, Unset):
            expires_on = UNSET
        elif isinstance(self.expires_on, datetime.date):
            expires_on = self.expires_on.isoformat()
        else:
            expires_on = self.expires_on

        guests: list[str] | None | Unset
        if isinstance(self.guests, Unset):
            guests = UNSET
        elif isinstance(self.guests, list):
            guests = self.guests

        else:
            guests = self.guests

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
                "id": id,
                "threshold": threshold,
                "type": type_,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if expires_on is not UNSET:
            field_dict["expires_on"] = expires_on
        if guests is not UNSET:
            field_dict["guests"] = guests

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        id = d.pop("id")

        threshold = d.pop("threshold")

        type_ = ProcessRewardsType(d.pop("type"))

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

        def _parse_guests(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                guests_type_0 = cast(list[str], data)

                return guests_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        guests = _parse_guests(d.pop("guests", UNSET))

        process_rewards = cls(
            amount=amount,
            id=id,
            threshold=threshold,
            type_=type_,
            at=at,
            by=by,
            expires_on=expires_on,
            guests=guests,
        )

        return process_rewards
