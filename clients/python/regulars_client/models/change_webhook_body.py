from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.change_webhook_body_types_item import ChangeWebhookBodyTypesItem
from ..types import UNSET, Unset

T = TypeVar("T", bound="ChangeWebhookBody")


@_attrs_define
class ChangeWebhookBody:
    """
    Attributes:
        name (str | Unset):
        types (list[ChangeWebhookBodyTypesItem] | Unset): The types it is told of; none for all.
        url (str | Unset):
    """

    name: str | Unset = UNSET
    types: list[ChangeWebhookBodyTypesItem] | Unset = UNSET
    url: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        types: list[str] | Unset = UNSET
        if not isinstance(self.types, Unset):
            types = []
            for types_item_data in self.types:
                types_item = types_item_data.value
                types.append(types_item)

        url = self.url

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if types is not UNSET:
            field_dict["types"] = types
        if url is not UNSET:
            field_dict["url"] = url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name", UNSET)

        _types = d.pop("types", UNSET)
        types: list[ChangeWebhookBodyTypesItem] | Unset = UNSET
        if _types is not UNSET:
            types = []
            for types_item_data in _types:
                types_item = ChangeWebhookBodyTypesItem(types_item_data)

                types.append(types_item)

        url = d.pop("url", UNSET)

        change_webhook_body = cls(
            name=name,
            types=types,
            url=url,
        )

        return change_webhook_body
