from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="RunTally")


@_attrs_define
class RunTally:
    """
    Attributes:
        amount (str):
        rewards (int):
        status (str):
    """

    amount: str
    rewards: int
    status: str

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        rewards = self.rewards

        status = self.status

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
                "rewards": rewards,
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        rewards = d.pop("rewards")

        status = d.pop("status")

        run_tally = cls(
            amount=amount,
            rewards=rewards,
            status=status,
        )

        return run_tally
