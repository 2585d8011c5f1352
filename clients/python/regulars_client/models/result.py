from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.result_status import ResultStatus

if TYPE_CHECKING:
    from ..models.result_detail import ResultDetail
    from ..models.result_warnings_item import ResultWarningsItem


T = TypeVar("T", bound="Result")


@_attrs_define
class Result:
    """
    Attributes:
        code (None | str):
        detail (ResultDetail):
        message (None | str):
        record (str): The record's name: type/id.
        status (ResultStatus):
        warnings (list[ResultWarningsItem]):
    """

    code: None | str
    detail: ResultDetail
    message: None | str
    record: str
    status: ResultStatus
    warnings: list[ResultWarningsItem]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code: None | str
        code = self.code

        detail = self.detail.to_dict()

        message: None | str
        message = self.message

        record = self.record

        status = self.status.value

        warnings = []
        for warnings_item_data in self.warnings:
            warnings_item = warnings_item_data.to_dict()
            warnings.append(warnings_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "detail": detail,
                "message": message,
                "record": record,
                "status": status,
                "warnings": warnings,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.result_detail import ResultDetail  # noqa: PLC0415
        from ..models.result_warnings_item import ResultWarningsItem  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        code = _parse_code(d.pop("code"))

        detail = ResultDetail.from_dict(d.pop("detail"))

        def _parse_message(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        message = _parse_message(d.pop("message"))

        record = d.pop("record")

        status = ResultStatus(d.pop("status"))

        warnings = []
        _warnings = d.pop("warnings")
        for warnings_item_data in _warnings:
            warnings_item = ResultWarningsItem.from_dict(warnings_item_data)

            warnings.append(warnings_item)

        result = cls(
            code=code,
            detail=detail,
            message=message,
            record=record,
            status=status,
            warnings=warnings,
        )

        result.additional_properties = d
        return result

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
