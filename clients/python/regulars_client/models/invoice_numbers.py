from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.invoice_numbers_status import InvoiceNumbersStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.invoice_numbers_points_earned import InvoiceNumbersPointsEarned


T = TypeVar("T", bound="InvoiceNumbers")


@_attrs_define
class InvoiceNumbers:
    """The invoice's state, contract section 4.

    Attributes:
        due (str):
        id (str):
        points_paid (str):
        rewards_paid (str):
        status (InvoiceNumbersStatus):
        tax (str):
        total (str):
        points_earned (InvoiceNumbersPointsEarned | Unset):
        redeemable_rewards (list[str] | Unset):
    """

    due: str
    id: str
    points_paid: str
    rewards_paid: str
    status: InvoiceNumbersStatus
    tax: str
    total: str
    points_earned: InvoiceNumbersPointsEarned | Unset = UNSET
    redeemable_rewards: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        due = self.due

        id = self.id

        points_paid = self.points_paid

        rewards_paid = self.rewards_paid

        status = self.status.value

        tax = self.tax

        total = self.total

        points_earned: dict[str, Any] | Unset = UNSET
        if not isinstance(self.points_earned, Unset):
            points_earned = self.points_earned.to_dict()

        redeemable_rewards: list[str] | Unset = UNSET
        if not isinstance(self.redeemable_rewards, Unset):
            redeemable_rewards = self.redeemable_rewards

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "due": due,
                "id": id,
                "points_paid": points_paid,
                "rewards_paid": rewards_paid,
                "status": status,
                "tax": tax,
                "total": total,
            }
        )
        if points_earned is not UNSET:
            field_dict["points_earned"] = points_earned
        if redeemable_rewards is not UNSET:
            field_dict["redeemable_rewards"] = redeemable_rewards

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.invoice_numbers_points_earned import InvoiceNumbersPointsEarned  # noqa: PLC0415

        d = dict(src_dict)
        due = d.pop("due")

        id = d.pop("id")

        points_paid = d.pop("points_paid")

        rewards_paid = d.pop("rewards_paid")

        status = InvoiceNumbersStatus(d.pop("status"))

        tax = d.pop("tax")

        total = d.pop("total")

        _points_earned = d.pop("points_earned", UNSET)
        points_earned: InvoiceNumbersPointsEarned | Unset
        if isinstance(_points_earned, Unset):
            points_earned = UNSET
        else:
            points_earned = InvoiceNumbersPointsEarned.from_dict(_points_earned)

        redeemable_rewards = cast(list[str], d.pop("redeemable_rewards", UNSET))

        invoice_numbers = cls(
            due=due,
            id=id,
            points_paid=points_paid,
            rewards_paid=rewards_paid,
            status=status,
            tax=tax,
            total=total,
            points_earned=points_earned,
            redeemable_rewards=redeemable_rewards,
        )

        invoice_numbers.additional_properties = d
        return invoice_numbers

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
