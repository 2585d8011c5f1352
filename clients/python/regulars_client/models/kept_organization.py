from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="KeptOrganization")


@_attrs_define
class KeptOrganization:
    """
    Attributes:
        currency (str):
        id (str):
        is_sandbox (bool):
        name (str):
        time_zone (str):
    """

    currency: str
    id: str
    is_sandbox: bool
    name: str
    time_zone: str

    def to_dict(self) -> dict[str, Any]:
        currency = self.currency

        id = self.id

        is_sandbox = self.is_sandbox

        name = self.name

        time_zone = self.time_zone

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "currency": currency,
                "id": id,
                "is_sandbox": is_sandbox,
                "name": name,
                "time_zone": time_zone,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        currency = d.pop("currency")

        id = d.pop("id")

        is_sandbox = d.pop("is_sandbox")

        name = d.pop("name")

        time_zone = d.pop("time_zone")

        kept_organization = cls(
            currency=currency,
            id=id,
            is_sandbox=is_sandbox,
            name=name,
            time_zone=time_zone,
        )

        return kept_organization
