from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.capture_hold_type import CaptureHoldType
from ..types import UNSET, Unset

T = TypeVar("T", bound="CaptureHold")


@_attrs_define
class CaptureHold:
    """Rule 7.7.

    Attributes:
        hold (str):
        id (str):
        invoice (str):
        type_ (CaptureHoldType):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    hold: str
    id: str
    invoice: str
    type_: CaptureHoldType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        hold = self.hold

        id = self.id

        invoice = self.invoice

        type_ = self.type_.value

        at: None | str | Unset
        if isinstance(self.at, Unset):
            at = UNSET
        else:
            at = self.at

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "hold": hold,
                "id": id,
                "invoice": invoice,
                "type": type_,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        hold = d.pop("hold")

        id = d.pop("id")

        invoice = d.pop("invoice")

        type_ = CaptureHoldType(d.pop("type"))

        def _parse_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        at = _parse_at(d.pop("at", UNSET))

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        capture_hold = cls(
            hold=hold,
            id=id,
            invoice=invoice,
            type_=type_,
            at=at,
            by=by,
        )

        return capture_hold
