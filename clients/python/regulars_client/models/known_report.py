from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.known_report_parameters import KnownReportParameters


T = TypeVar("T", bound="KnownReport")


@_attrs_define
class KnownReport:
    """
    Attributes:
        about (str):
        name (str):
        parameters (KnownReportParameters):
    """

    about: str
    name: str
    parameters: KnownReportParameters

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
        from ..models.known_report_parameters import KnownReportParameters  # noqa: PLC0415

        d = dict(src_dict)
        about = d.pop("about")

        name = d.pop("name")

        parameters = KnownReportParameters.from_dict(d.pop("parameters"))

        known_report = cls(
            about=about,
            name=name,
            parameters=parameters,
        )

        return known_report
