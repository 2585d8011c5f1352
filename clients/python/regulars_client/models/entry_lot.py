from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.entry_lot_unit import EntryLotUnit

T = TypeVar("T", bound="EntryLot")


@_attrs_define
class EntryLot:
    """
    Attributes:
        action (None | str):
        amount (None | str):
        amount_expired (None | str):
        amount_held (None | str):
        amount_remaining (None | str):
        earned_on (datetime.date):
        entry (int):
        expired (int | None):
        expires_on (datetime.date | None):
        held (int | None):
        number (int):
        remaining (int | None):
        size (int | None):
        source (str):
        tier (None | str):
        unit (EntryLotUnit):
    """

    action: None | str
    amount: None | str
    amount_expired: None | str
    amount_held: None | str
    amount_remaining: None | str
    earned_on: datetime.date
    entry: int
    expired: int | None
    expires_on: datetime.date | None
    held: int | None
    number: int
    remaining: int | None
    size: int | None
    source: str
    tier: None | str
    unit: EntryLotUnit

    def to_dict(self) -> dict[str, Any]:
        action: None | str
        action = self.action

        amount: None | str
        amount = self.amount

        amount_expired: None | str
        amount_expired = self.amount_expired

        amount_held: None | str
        amount_held = self.amount_held

        amount_remaining: None | str
        amount_remaining = self.amount_remaining

        earned_on = self.earned_on.isoformat()

        entry = self.entry

        expired: int | None
        expired = self.expired

        expires_on: None | str
        if isinstance(self.expires_on, datetime.date):
            expires_on = self.expires_on.isoformat()
        else:
            expires_on = self.expires_on

        held: int | None
        held = self.held

        number = self.number

        remaining: int | None
        remaining = self.remaining

        size: int | None
        size = self.size

        source = self.source

        tier: None | str
        tier = self.tier

        unit = self.unit.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "action": action,
                "amount": amount,
                "amount_expired": amount_expired,
                "amount_held": amount_held,
                "amount_remaining": amount_remaining,
                "earned_on": earned_on,
                "entry": entry,
                "expired": expired,
                "expires_on": expires_on,
                "held": held,
                "number": number,
                "remaining": remaining,
                "size": size,
                "source": source,
                "tier": tier,
                "unit": unit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_action(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        action = _parse_action(d.pop("action"))

        def _parse_amount(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        amount = _parse_amount(d.pop("amount"))

        def _parse_amount_expired(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        amount_expired = _parse_amount_expired(d.pop("amount_expired"))

        def _parse_amount_held(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        amount_held = _parse_amount_held(d.pop("amount_held"))

        def _parse_amount_remaining(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        amount_remaining = _parse_amount_remaining(d.pop("amount_remaining"))

        earned_on = datetime.date.fromisoformat(d.pop("earned_on"))

        entry = d.pop("entry")

        def _parse_expired(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        expired = _parse_expired(d.pop("expired"))

        def _parse_expires_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_on_type_0 = datetime.date.fromisoformat(data)

                return expires_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        expires_on = _parse_expires_on(d.pop("expires_on"))

        def _parse_held(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        held = _parse_held(d.pop("held"))

        number = d.pop("number")

        def _parse_remaining(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        remaining = _parse_remaining(d.pop("remaining"))

        def _parse_size(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        size = _parse_size(d.pop("size"))

        source = d.pop("source")

        def _parse_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tier = _parse_tier(d.pop("tier"))

        unit = EntryLotUnit(d.pop("unit"))

        entry_lot = cls(
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

        return entry_lot
