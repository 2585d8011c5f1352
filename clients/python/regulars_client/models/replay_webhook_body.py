from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ReplayWebhookBody")


@_attrs_define
class ReplayWebhookBody:
    """
    Attributes:
        after (int): A number of the feed.
    """

    after: int

    def to_dict(self) -> dict[str, Any]:
        after = self.after

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "after": after,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        after = d.pop("after")

        replay_webhook_body = cls(
            after=after,
        )

        return replay_webhook_body
