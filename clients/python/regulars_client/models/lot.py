from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.lot_unit import LotUnit
from ..types import UNSET, Unset

T = TypeVar("T", bound="Lot")


@_attrs_define
class Lot:
    """
    Attributes:
        action (None | str | Unset):
        amount (None | str | Unset):
        amount_expired (None | str | Unset):
        amount_held (None | str | Unset):
        amount_remaining (None | str | Unset):
        earned_on (datetime.date | Unset):
        entry (int | Unset):
        expired (int | None | Unset):
        expires_on (datetime.date | None | Unset):
        held (int | None | Unset):
        number (int | Unset):
        remaining (int | None | Unset):
        size (int | None | Unset):
        source (str | Unset):
        tier (None | str | Unset):
        unit (LotUnit | Unset):
    """

    action: None | str | Unset = UNSET
    amount: None | str | Unset = UNSET
    amount_expired: None | str | Unset = UNSET
    amount_held: None | str | Unset = UNSET
    amount_remaining: None | str | Unset = UNSET
    earned_on: datetime.date | Unset = UNSET
    entry: int | Unset = UNSET
    expired: int | None | Unset = UNSET
    expires_on: datetime.date | None | Unset = UNSET
    held: int | None | Unset = UNSET
    number: int | Unset = UNSET
    remaining: int | None | Unset = UNSET
    size: int | None | Unset = UNSET
    source: str | Unset = UNSET
    tier: None | str | Unset = UNSET
    unit: LotUnit | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        action: None | str | Unset
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        amount: None | str | Unset
        if isinstance(self.amount, Unset):
            amount = UNSET
        else:
            amount = self.amount

        amount_expired: None | str | Unset
        if isinstance(self.amount_expired, Unset):
            amount_expired = UNSET
        else:
            amount_expired = self.amount_expired

        amount_held: None | str | Unset
        if isinstance(self.amount_held, Unset):
            amount_held = UNSET
        else:
            amount_held = self.amount_held

        amount_remaining: None | str | Unset
        if isinstance(self.amount_remaining, Unset):
            amount_remaining = UNSET
        else:
            amount_remaining = self.amount_remaining

        earned_on: str | Unset = UNSET
        if not isinstance(self.earned_on, Unset):
            earned_on = self.earned_on.isoformat()

        entry = self.entry

        expired: int | None | Unset
        if isinstance(self.expired, Unset):
            expired = UNSET
        else:
            expired = self.expired

        expires_on: None | str | Unset
        if isinstance(self.expires_on, Unset):
            expires_on = UNSET
        elif isinstance(self.expires_on, datetime.date):
            expires_on = self.expires_on.isoformat()
        else:
            expires_on = self.expires_on

        held: int | None | Unset
        if isinstance(self.held, Unset):
            held = UNSET
        else:
            held = self.held

        number = self.number

        remaining: int | None | Unset
        if isinstance(self.remaining, Unset):
            remaining = UNSET
        else:
            remaining = self.remaining

        size: int | None | Unset
        if isinstance(self.size, Unset):
            size = UNSET
        else:
            size = self.size

        source = self.source

        tier: None | str | Unset
        if isinstance(self.tier, Unset):
            tier = UNSET
        else:
            tier = self.tier

        unit: str | Unset = UNSET
        if not isinstance(self.unit, Unset):
            unit = self.unit.value

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if action is not UNSET:
            field_dict["action"] = action
        if amount is not UNSET:
            field_dict["amount"] = amount
        if amount_expired is not UNSET:
            field_dict["amount_expired"] = amount_expired
        if amount_held is not UNSET:
            field_dict["amount_held"] = amount_held
        if amount_remaining is not UNSET:
            field_dict["amount_remaining"] = amount_remaining
        if earned_on is not UNSET:
            field_dict["earned_on"] = earned_on
        if entry is not UNSET:
            field_dict["entry"] = entry
        if expired is not UNSET:
            field_dict["expired"] = expired
        if expires_on is not UNSET:
            field_dict["expires_on"] = expires_on
        if held is not UNSET:
            field_dict["held"] = held
        if number is not UNSET:
            field_dict["number"] = number
        if remaining is not UNSET:
            field_dict["remaining"] = remaining
        if size is not UNSET:
            field_dict["size"] = size
        if source is not UNSET:
            field_dict["source"] = source
        if tier is not UNSET:
            field_dict["tier"] = tier
        if unit is not UNSET:
            field_dict["unit"] = unit

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_action(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_amount(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        amount = _parse_amount(d.pop("amount", UNSET))

        def _parse_amount_expired(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        amount_expired = _parse_amount_expired(d.pop("amount_expired", UNSET))

        def _parse_amount_held(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        amount_held = _parse_amount_held(d.pop("amount_held", UNSET))

        def _parse_amount_remaining(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        amount_remaining = _parse_amount_remaining(d.pop("amount_remaining", UNSET))

        _earned_on = d.pop("earned_on", UNSET)
        earned_on: datetime.date | Unset
        if isinstance(_earned_on, Unset):
            earned_on = UNSET
        else:
            earned_on = datetime.date.fromisoformat(_earned_on)

        entry = d.pop("entry", UNSET)

        def _parse_expired(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        expired = _parse_expired(d.pop("expired", UNSET))

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

        def _parse_held(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        held = _parse_held(d.pop("held", UNSET))

        number = d.pop("number", UNSET)

        def _parse_remaining(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        remaining = _parse_remaining(d.pop("remaining", UNSET))

        def _parse_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        size = _parse_size(d.pop("size", UNSET))

        source = d.pop("source", UNSET)

        def _parse_tier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tier = _parse_tier(d.pop("tier", UNSET))

        _unit = d.pop("unit", UNSET)
        unit: LotUnit | Unset
        if isinstance(_unit, Unset):
            unit = UNSET
        else:
            unit = LotUnit(_unit)

        lot = cls(
            action=action,
            amount=amount,
            amount_expired=amount_expired,
            amount_held=amount_held,
            amount_remaining=amount_remaining,
            earned_on=earned_on,
            entry=entry,
            expired=expired,
            expires_on=expires_on,
            held=held,
            number=number,
            remaining=remaining,
            size=size,
            source=source,
            tier=tier,
            unit=unit,
        )

        return lot
