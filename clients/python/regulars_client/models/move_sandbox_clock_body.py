from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="MoveSandboxClockBody")


@_attrs_define
class MoveSandboxClockBody:
    """
    Attributes:
        to (str): An instant, ISO 8601.
    """

    to: str

    def to_dict(self) -> dict[str, Any]:
        to = self.to

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "to": to,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        to = d.pop("to")

        move_sandbox_clock_body = cls(
            to=to,
        )

        return move_sandbox_clock_body
