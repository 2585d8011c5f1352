from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.sent_signup_channel import SentSignupChannel

T = TypeVar("T", bound="SentSignup")


@_attrs_define
class SentSignup:
    """
    Attributes:
        at (str):
        channel (SentSignupChannel):
    """

    at: str
    channel: SentSignupChannel

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        channel = self.channel.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "at": at,
                "channel": channel,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        at = d.pop("at")

        channel = SentSignupChannel(d.pop("channel"))

        sent_signup = cls(
            at=at,
            channel=channel,
        )

        return sent_signup
