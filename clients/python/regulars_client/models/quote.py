from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quote_earns_item import QuoteEarnsItem
    from ..models.quote_redeemable import QuoteRedeemable
    from ..models.quote_refusals_item import QuoteRefusalsItem
    from ..models.quote_rewards_item import QuoteRewardsItem


T = TypeVar("T", bound="Quote")


@_attrs_define
class Quote:
    """
    Attributes:
        due (str):
        earns (list[QuoteEarnsItem]):
        redeemable (QuoteRedeemable):
        refusals (list[QuoteRefusalsItem]):
        rewards (list[QuoteRewardsItem]):
        spend_to_next_tier (None | str):
        tier (None | str):
    """

    due: str
    earns: list[QuoteEarnsItem]
    redeemable: QuoteRedeemable
    refusals: list[QuoteRefusalsItem]
    rewards: list[QuoteRewardsItem]
    spend_to_next_tier: None | str
    tier: None | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        due = self.due

        earns = []
        for earns_item_data in self.earns:
            earns_item = earns_item_data.to_dict()
            earns.append(earns_item)

        redeemable = self.redeemable.to_dict()

        refusals = []
        for refusals_item_data in self.refusals:
            refusals_item = refusals_item_data.to_dict()
            refusals.append(refusals_item)

        rewards = []
        for rewards_item_data in self.rewards:
            rewards_item = rewards_item_data.to_dict()
            rewards.append(rewards_item)

        spend_to_next_tier: None | str
        spend_to_next_tier = self.spend_to_next_tier

        tier: None | str
        tier = self.tier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "due": due,
                "earns": earns,
                "redeemable": redeemable,
                "refusals": refusals,
                "rewards": rewards,
                "spend_to_next_tier": spend_to_next_tier,
                "tier": tier,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.quote_earns_item import QuoteEarnsItem  # noqa: PLC0415
        from ..models.quote_redeemable import QuoteRedeemable  # noqa: PLC0415
        from ..models.quote_refusals_item import QuoteRefusalsItem  # noqa: PLC0415
        from ..models.quote_rewards_item import QuoteRewardsItem  # noqa: PLC0415

        d = dict(src_dict)
        due = d.pop("due")

        earns = []
        _earns = d.pop("earns")
        for earns_item_data in _earns:
            earns_item = QuoteEarnsItem.from_dict(earns_item_data)

            earns.append(earns_item)

        redeemable = QuoteRedeemable.from_dict(d.pop("redeemable"))

        refusals = []
        _refusals = d.pop("refusals")
        for refusals_item_data in _refusals:
            refusals_item = QuoteRefusalsItem.from_dict(refusals_item_data)

            refusals.append(refusals_item)

        rewards = []
        _rewards = d.pop("rewards")
        for rewards_item_data in _rewards:
            rewards_item = QuoteRewardsItem.from_dict(rewards_item_data)

            rewards.append(rewards_item)

        def _parse_spend_to_next_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        spend_to_next_tier = _parse_spend_to_next_tier(d.pop("spend_to_next_tier"))

        def _parse_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tier = _parse_tier(d.pop("tier"))

        quote = cls(
            due=due,
            earns=earns,
            redeemable=redeemable,
            refusals=refusals,
            rewards=rewards,
            spend_to_next_tier=spend_to_next_tier,
            tier=tier,
        )

        quote.additional_properties = d
        return quote

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
