from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.invoice_state_status import InvoiceStateStatus

if TYPE_CHECKING:
    from ..models.invoice_state_points_earned import InvoiceStatePointsEarned
    from ..models.invoice_state_points_pending import InvoiceStatePointsPending


T = TypeVar("T", bound="InvoiceState")


@_attrs_define
class InvoiceState:
    """
    Attributes:
        due (str):
        points_earned (InvoiceStatePointsEarned):
        points_paid (str):
        points_pending (InvoiceStatePointsPending):
        redeemable_rewards (list[str]):
        rewards_paid (str):
        status (InvoiceStateStatus):
        tax (str):
        total (str):
    """

    due: str
    points_earned: InvoiceStatePointsEarned
    points_paid: str
    points_pending: InvoiceStatePointsPending
    redeemable_rewards: list[str]
    rewards_paid: str
    status: InvoiceStateStatus
    tax: str
    total: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        due = self.due

        points_earned = self.points_earned.to_dict()

        points_paid = self.points_paid

        points_pending = self.points_pending.to_dict()

        redeemable_rewards = self.redeemable_rewards

        rewards_paid = self.rewards_paid

        status = self.status.value

        tax = self.tax

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "due": due,
                "points_earned": points_earned,
                "points_paid": points_paid,
                "points_pending": points_pending,
                "redeemable_rewards": redeemable_rewards,
                "rewards_paid": rewards_paid,
                "status": status,
                "tax": tax,
                "total": total,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.invoice_state_points_earned import InvoiceStatePointsEarned  # noqa: PLC0415
        from ..models.invoice_state_points_pending import InvoiceStatePointsPending  # noqa: PLC0415

        d = dict(src_dict)
        due = d.pop("due")

        points_earned = InvoiceStatePointsEarned.from_dict(d.pop("points_earned"))

        points_paid = d.pop("points_paid")

        points_pending = InvoiceStatePointsPending.from_dict(d.pop("points_pending"))

        redeemable_rewards = cast(list[str], d.pop("redeemable_rewards"))

        rewards_paid = d.pop("rewards_paid")

        status = InvoiceStateStatus(d.pop("status"))

        tax = d.pop("tax")

        total = d.pop("total")

        invoice_state = cls(
            due=due,
            points_earned=points_earned,
            points_paid=points_paid,
            points_pending=points_pending,
            redeemable_rewards=redeemable_rewards,
            rewards_paid=rewards_paid,
            status=status,
            tax=tax,
            total=total,
        )

        invoice_state.additional_properties = d
        return invoice_state

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
