from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.run_tally import RunTally


T = TypeVar("T", bound="RewardRun")


@_attrs_define
class RewardRun:
    """
    Attributes:
        amount (str | Unset):
        at (datetime.datetime | Unset):
        by (None | str | Unset):
        date (datetime.date | Unset):
        expires_on (datetime.date | None | Unset):
        guests (int | Unset):
        id (str | Unset):
        is_undone (bool | Unset):
        rewards (int | Unset):
        tally (list[RunTally] | Unset):
        threshold (str | Unset):
    """

    amount: str | Unset = UNSET
    at: datetime.datetime | Unset = UNSET
    by: None | str | Unset = UNSET
    date: datetime.date | Unset = UNSET
    expires_on: datetime.date | None | Unset = UNSET
    guests: int | Unset = UNSET
    id: str | Unset = UNSET
    is_undone: bool | Unset = UNSET
    rewards: int | Unset = UNSET
    tally: list[RunTally] | Unset = UNSET
    threshold: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        at: str | Unset = UNSET
        if not isinstance(self.at, Unset):
            at = self.at.isoformat()

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        date: str | Unset = UNSET
        if not isinstance(self.date, Unset):
            date = self.date.isoformat()

        expires_on: None | str | Unset
        if isinstance(self.expires_on, Unset):
            expires_on = UNSET
        elif isinstance(self.expires_on, datetime.date):
            expires_on = self.expires_on.isoformat()
        else:
            expires_on = self.expires_on

        guests = self.guests

        id = self.id

        is_undone = self.is_undone

        rewards = self.rewards

        tally: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tally, Unset):
            tally = []
            for tally_item_data in self.tally:
                tally_item = tally_item_data.to_dict()
                tally.append(tally_item)

        threshold = self.threshold

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if amount is not UNSET:
            field_dict["amount"] = amount
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if date is not UNSET:
            field_dict["date"] = date
        if expires_on is not UNSET:
            field_dict["expires_on"] = expires_on
        if guests is not UNSET:
            field_dict["guests"] = guests
        if id is not UNSET:
            field_dict["id"] = id
        if is_undone is not UNSET:
            field_dict["is_undone"] = is_undone
        if rewards is not UNSET:
            field_dict["rewards"] = rewards
        if tally is not UNSET:
            field_dict["tally"] = tally
        if threshold is not UNSET:
            field_dict["threshold"] = threshold

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.run_tally import RunTally  # noqa: PLC0415

        d = dict(src_dict)
        amount = d.pop("amount", UNSET)

        _at = d.pop("at", UNSET)
        at: datetime.datetime | Unset
        if isinstance(_at, Unset):
            at = UNSET
        else:
            at = datetime.datetime.fromisoformat(_at)

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        _date = d.pop("date", UNSET)
        date: datetime.date | Unset
        if isinstance(_date, Unset):
            date = UNSET
        else:
            date = datetime.date.fromisoformat(_date)

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

        guests = d.pop("guests", UNSET)

        id = d.pop("id", UNSET)

        is_undone = d.pop("is_undone", UNSET)

        rewards = d.pop("rewards", UNSET)

        _tally = d.pop("tally", UNSET)
        tally: list[RunTally] | Unset = UNSET
        if _tally is not UNSET:
            tally = []
            for tally_item_data in _tally:
                tally_item = RunTally.from_dict(tally_item_data)

                tally.append(tally_item)

        threshold = d.pop("threshold", UNSET)

        reward_run = cls(
            amount=amount,
            at=at,
            by=by,
            date=date,
            expires_on=expires_on,
            guests=guests,
            id=id,
            is_undone=is_undone,
            rewards=rewards,
            tally=tally,
            threshold=threshold,
        )

        return reward_run
