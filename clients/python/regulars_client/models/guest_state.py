from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.guest_state_entries_item import GuestStateEntriesItem
    from ..models.guest_state_lots_item import GuestStateLotsItem
    from ..models.guest_state_qualifying_sales import GuestStateQualifyingSales
    from ..models.guest_state_rewards_item import GuestStateRewardsItem


T = TypeVar("T", bound="GuestState")


@_attrs_define
class GuestState:
    """
    Attributes:
        enrolled_on (datetime.date | None):
        entries (list[GuestStateEntriesItem]):
        lots (list[GuestStateLotsItem]):
        next_check_on (datetime.date | None):
        next_tier (None | str):
        points (int):
        points_value (None | str):
        qualifying_sales (GuestStateQualifyingSales):
        redeemable_points (int):
        reward_credit (str):
        rewards (list[GuestStateRewardsItem]):
        spend (str):
        spend_to_next_tier (None | str):
        spend_to_stay (None | str):
        tier (None | str):
        tier_since (datetime.date | None):
        valid_until (datetime.date | None):
    """

    enrolled_on: datetime.date | None
    entries: list[GuestStateEntriesItem]
    lots: list[GuestStateLotsItem]
    next_check_on: datetime.date | None
    next_tier: None | str
    points: int
    points_value: None | str
    qualifying_sales: GuestStateQualifyingSales
    redeemable_points: int
    reward_credit: str
    rewards: list[GuestStateRewardsItem]
    spend: str
    spend_to_next_tier: None | str
    spend_to_stay: None | str
    tier: None | str
    tier_since: datetime.date | None
    valid_until: datetime.date | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        enrolled_on: None | str
        if isinstance(self.enrolled_on, datetime.date):
            enrolled_on = self.enrolled_on.isoformat()
        else:
            enrolled_on = self.enrolled_on

        entries = []
        for entries_item_data in self.entries:
            entries_item = entries_item_data.to_dict()
            entries.append(entries_item)

        lots = []
        for lots_item_data in self.lots:
            lots_item = lots_item_data.to_dict()
            lots.append(lots_item)

        next_check_on: None | str
        if isinstance(self.next_check_on, datetime.date):
            next_check_on = self.next_check_on.isoformat()
        else:
            next_check_on = self.next_check_on

        next_tier: None | str
        next_tier = self.next_tier

        points = self.points

        points_value: None | str
        points_value = self.points_value

        qualifying_sales = self.qualifying_sales.to_dict()

        redeemable_points = self.redeemable_points

        reward_credit = self.reward_credit

        rewards = []
        for rewards_item_data in self.rewards:
            rewards_item = rewards_item_data.to_dict()
            rewards.append(rewards_item)

        spend = self.spend

        spend_to_next_tier: None | str
        spend_to_next_tier = self.spend_to_next_tier

        spend_to_stay: None | str
        spend_to_stay = self.spend_to_stay

        tier: None | str
        tier = self.tier

        tier_since: None | str
        if isinstance(self.tier_since, datetime.date):
            tier_since = self.tier_since.isoformat()
        else:
            tier_since = self.tier_since

        valid_until: None | str
        if isinstance(self.valid_until, datetime.date):
            valid_until = self.valid_until.isoformat()
        else:
            valid_until = self.valid_until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "enrolled_on": enrolled_on,
                "entries": entries,
                "lots": lots,
                "next_check_on": next_check_on,
                "next_tier": next_tier,
                "points": points,
                "points_value": points_value,
                "qualifying_sales": qualifying_sales,
                "redeemable_points": redeemable_points,
                "reward_credit": reward_credit,
                "rewards": rewards,
                "spend": spend,
                "spend_to_next_tier": spend_to_next_tier,
                "spend_to_stay": spend_to_stay,
                "tier": tier,
                "tier_since": tier_since,
                "valid_until": valid_until,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.guest_state_entries_item import GuestStateEntriesItem  # noqa: PLC0415
        from ..models.guest_state_lots_item import GuestStateLotsItem  # noqa: PLC0415
        from ..models.guest_state_qualifying_sales import GuestStateQualifyingSales  # noqa: PLC0415
        from ..models.guest_state_rewards_item import GuestStateRewardsItem  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_enrolled_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                enrolled_on_type_0 = datetime.date.fromisoformat(data)

                return enrolled_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        enrolled_on = _parse_enrolled_on(d.pop("enrolled_on"))

        entries = []
        _entries = d.pop("entries")
        for entries_item_data in _entries:
            entries_item = GuestStateEntriesItem.from_dict(entries_item_data)

            entries.append(entries_item)

        lots = []
        _lots = d.pop("lots")
        for lots_item_data in _lots:
            lots_item = GuestStateLotsItem.from_dict(lots_item_data)

            lots.append(lots_item)

        def _parse_next_check_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                next_check_on_type_0 = datetime.date.fromisoformat(data)

                return next_check_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        next_check_on = _parse_next_check_on(d.pop("next_check_on"))

        def _parse_next_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        next_tier = _parse_next_tier(d.pop("next_tier"))

        points = d.pop("points")

        def _parse_points_value(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        points_value = _parse_points_value(d.pop("points_value"))

        qualifying_sales = GuestStateQualifyingSales.from_dict(d.pop("qualifying_sales"))

        redeemable_points = d.pop("redeemable_points")

        reward_credit = d.pop("reward_credit")

        rewards = []
        _rewards = d.pop("rewards")
        for rewards_item_data in _rewards:
            rewards_item = GuestStateRewardsItem.from_dict(rewards_item_data)

            rewards.append(rewards_item)

        spend = d.pop("spend")

        def _parse_spend_to_next_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        spend_to_next_tier = _parse_spend_to_next_tier(d.pop("spend_to_next_tier"))

        def _parse_spend_to_stay(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        spend_to_stay = _parse_spend_to_stay(d.pop("spend_to_stay"))

        def _parse_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tier = _parse_tier(d.pop("tier"))

        def _parse_tier_since(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                tier_since_type_0 = datetime.date.fromisoformat(data)

                return tier_since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        tier_since = _parse_tier_since(d.pop("tier_since"))

        def _parse_valid_until(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                valid_until_type_0 = datetime.date.fromisoformat(data)

                return valid_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        valid_until = _parse_valid_until(d.pop("valid_until"))

        guest_state = cls(
            enrolled_on=enrolled_on,
            entries=entries,
            lots=lots,
            next_check_on=next_check_on,
            next_tier=next_tier,
            points=points,
            points_value=points_value,
            qualifying_sales=qualifying_sales,
            redeemable_points=redeemable_points,
            reward_credit=reward_credit,
            rewards=rewards,
            spend=spend,
            spend_to_next_tier=spend_to_next_tier,
            spend_to_stay=spend_to_stay,
            tier=tier,
            tier_since=tier_since,
            valid_until=valid_until,
        )

        guest_state.additional_properties = d
        return guest_state

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
