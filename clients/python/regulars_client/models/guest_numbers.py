from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.guest_numbers_rewards_item import GuestNumbersRewardsItem


T = TypeVar("T", bound="GuestNumbers")


@_attrs_define
class GuestNumbers:
    """Where the guest stands.

    Attributes:
        debt (int): Points owed: taken back when used up.
        id (str):
        points (int):
        redeemable_points (int):
        rewards (list[GuestNumbersRewardsItem]):
        tier (None | str):
        next_tier (None | str | Unset):
        points_value (None | str | Unset):
        reward_credit (str | Unset):
        spend (str | Unset):
        spend_to_next_tier (None | str | Unset):
        tier_since (None | str | Unset):
    """

    debt: int
    id: str
    points: int
    redeemable_points: int
    rewards: list[GuestNumbersRewardsItem]
    tier: None | str
    next_tier: None | str | Unset = UNSET
    points_value: None | str | Unset = UNSET
    reward_credit: str | Unset = UNSET
    spend: str | Unset = UNSET
    spend_to_next_tier: None | str | Unset = UNSET
    tier_since: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        debt = self.debt

        id = self.id

        points = self.points

        redeemable_points = self.redeemable_points

        rewards = []
        for rewards_item_data in self.rewards:
            rewards_item = rewards_item_data.to_dict()
            rewards.append(rewards_item)

        tier: None | str
        tier = self.tier

        next_tier: None | str | Unset
        if isinstance(self.next_tier, Unset):
            next_tier = UNSET
        else:
            next_tier = self.next_tier

        points_value: None | str | Unset
        if isinstance(self.points_value, Unset):
            points_value = UNSET
        else:
            points_value = self.points_value

        reward_credit = self.reward_credit

        spend = self.spend

        spend_to_next_tier: None | str | Unset
        if isinstance(self.spend_to_next_tier, Unset):
            spend_to_next_tier = UNSET
        else:
            spend_to_next_tier = self.spend_to_next_tier

        tier_since: None | str | Unset
        if isinstance(self.tier_since, Unset):
            tier_since = UNSET
        else:
            tier_since = self.tier_since

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "debt": debt,
                "id": id,
                "points": points,
                "redeemable_points": redeemable_points,
                "rewards": rewards,
                "tier": tier,
            }
        )
        if next_tier is not UNSET:
            field_dict["next_tier"] = next_tier
        if points_value is not UNSET:
            field_dict["points_value"] = points_value
        if reward_credit is not UNSET:
            field_dict["reward_credit"] = reward_credit
        if spend is not UNSET:
            field_dict["spend"] = spend
        if spend_to_next_tier is not UNSET:
            field_dict["spend_to_next_tier"] = spend_to_next_tier
        if tier_since is not UNSET:
            field_dict["tier_since"] = tier_since

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.guest_numbers_rewards_item import GuestNumbersRewardsItem  # noqa: PLC0415

        d = dict(src_dict)
        debt = d.pop("debt")

        id = d.pop("id")

        points = d.pop("points")

        redeemable_points = d.pop("redeemable_points")

        rewards = []
        _rewards = d.pop("rewards")
        for rewards_item_data in _rewards:
            rewards_item = GuestNumbersRewardsItem.from_dict(rewards_item_data)

            rewards.append(rewards_item)

        def _parse_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tier = _parse_tier(d.pop("tier"))

        def _parse_next_tier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        next_tier = _parse_next_tier(d.pop("next_tier", UNSET))

        def _parse_points_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        points_value = _parse_points_value(d.pop("points_value", UNSET))

        reward_credit = d.pop("reward_credit", UNSET)

        spend = d.pop("spend", UNSET)

        def _parse_spend_to_next_tier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        spend_to_next_tier = _parse_spend_to_next_tier(d.pop("spend_to_next_tier", UNSET))

        def _parse_tier_since(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tier_since = _parse_tier_since(d.pop("tier_since", UNSET))

        guest_numbers = cls(
            debt=debt,
            id=id,
            points=points,
            redeemable_points=redeemable_points,
            rewards=rewards,
            tier=tier,
            next_tier=next_tier,
            points_value=points_value,
            reward_credit=reward_credit,
            spend=spend,
            spend_to_next_tier=spend_to_next_tier,
            tier_since=tier_since,
        )

        guest_numbers.additional_properties = d
        return guest_numbers

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
