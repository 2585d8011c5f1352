from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.list_reports_response_200_items_item_parameters import (
        ListReportsResponse200ItemsItemParameters,
    )


T = TypeVar("T", bound="ListReportsResponse200ItemsItem")


@_attrs_define
class ListReportsResponse200ItemsItem:
    """
    Attributes:
        about (str):
        name (str):
        parameters (ListReportsResponse200ItemsItemParameters):
    """

    about: str
    name: str
    parameters: ListReportsResponse200ItemsItemParameters

    def to_dict(self) -> dict[str, Any]:
        about = self.about

        name = self.name

        parameters = self.parameters.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "about": about,
                "name": name,
                "parameters": parameters,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.list_reports_response_200_items_item_parameters import (
            ListReportsResponse200ItemsItemParameters,  # noqa: PLC0415
        )

        d = dict(src_dict)
        about = d.pop("about")

        name = d.pop("name")

        parameters = ListReportsResponse200ItemsItemParameters.from_dict(d.pop("parameters"))

        list_reports_response_200_items_item = cls(
            about=about,
            name=name,
            parameters=parameters,
        )

        return list_reports_response_200_items_item
