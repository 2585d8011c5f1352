from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.credit_entry_rewards_item import CreditEntryRewardsItem


T = TypeVar("T", bound="CreditEntry")


@_attrs_define
class CreditEntry:
    """An entry of credit: `amount` in all, and the rewards it is about.

    Attributes:
        amount (str | Unset): A decimal, in the organization's currency.
        date (datetime.date | Unset):
        invoice (None | str | Unset):
        kind (str | Unset):
        rewards (list[CreditEntryRewardsItem] | Unset):
        source (str | Unset):
        why (str | Unset):
    """

    amount: str | Unset = UNSET
    date: datetime.date | Unset = UNSET
    invoice: None | str | Unset = UNSET
    kind: str | Unset = UNSET
    rewards: list[CreditEntryRewardsItem] | Unset = UNSET
    source: str | Unset = UNSET
    why: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        date: str | Unset = UNSET
        if not isinstance(self.date, Unset):
            date = self.date.isoformat()

        invoice: None | str | Unset
        if isinstance(self.invoice, Unset):
            invoice = UNSET
        else:
            invoice = self.invoice

        kind = self.kind

        rewards: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.rewards, Unset):
            rewards = []
            for rewards_item_data in self.rewards:
                rewards_item = rewards_item_data.to_dict()
                rewards.append(rewards_item)

        source = self.source

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if amount is not UNSET:
            field_dict["amount"] = amount
        if date is not UNSET:
            field_dict["date"] = date
        if invoice is not UNSET:
            field_dict["invoice"] = invoice
        if kind is not UNSET:
            field_dict["kind"] = kind
        if rewards is not UNSET:
            field_dict["rewards"] = rewards
        if source is not UNSET:
            field_dict["source"] = source
        if why is not UNSET:
            field_dict["why"] = why

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.credit_entry_rewards_item import CreditEntryRewardsItem  # noqa: PLC0415

        d = dict(src_dict)
        amount = d.pop("amount", UNSET)

        _date = d.pop("date", UNSET)
        date: datetime.date | Unset
        if isinstance(_date, Unset):
            date = UNSET
        else:
            date = datetime.date.fromisoformat(_date)

        def _parse_invoice(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        invoice = _parse_invoice(d.pop("invoice", UNSET))

        kind = d.pop("kind", UNSET)

        _rewards = d.pop("rewards", UNSET)
        rewards: list[CreditEntryRewardsItem] | Unset = UNSET
        if _rewards is not UNSET:
            rewards = []
            for rewards_item_data in _rewards:
                rewards_item = CreditEntryRewardsItem.from_dict(rewards_item_data)

                rewards.append(rewards_item)

        source = d.pop("source", UNSET)

        why = d.pop("why", UNSET)

        credit_entry = cls(
            amount=amount,
            date=date,
            invoice=invoice,
            kind=kind,
            rewards=rewards,
            source=source,
            why=why,
        )

        credit_entry.additional_properties = d
        return credit_entry

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
