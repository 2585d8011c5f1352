from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.create_webhook_body_types_item import CreateWebhookBodyTypesItem
from ..types import UNSET, Unset

T = TypeVar("T", bound="CreateWebhookBody")


@_attrs_define
class CreateWebhookBody:
    """
    Attributes:
        url (str):
        name (str | Unset):
        types (list[CreateWebhookBodyTypesItem] | Unset): The types it is told of; none for all.
    """

    url: str
    name: str | Unset = UNSET
    types: list[CreateWebhookBodyTypesItem] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        name = self.name

        types: list[str] | Unset = UNSET
        if not isinstance(self.types, Unset):
            types = []
            for types_item_data in self.types:
                types_item = types_item_data.value
                types.append(types_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if types is not UNSET:
            field_dict["types"] = types

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        url = d.pop("url")

        name = d.pop("name", UNSET)

        _types = d.pop("types", UNSET)
        types: list[CreateWebhookBodyTypesItem] | Unset = UNSET
        if _types is not UNSET:
            types = []
            for types_item_data in _types:
                types_item = CreateWebhookBodyTypesItem(types_item_data)

                types.append(types_item)

        create_webhook_body = cls(
            url=url,
            name=name,
            types=types,
        )

        return create_webhook_body
