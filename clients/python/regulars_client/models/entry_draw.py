from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="EntryDraw")


@_attrs_define
class EntryDraw:
    """
    Attributes:
        amount (None | str):
        kind (str):
        lot (int):
        points (int | None):
    """

    amount: None | str
    kind: str
    lot: int
    points: int | None

    def to_dict(self) -> dict[str, Any]:
        amount: None | str
        amount = self.amount

        kind = self.kind

        lot = self.lot

        points: int | None
        points = self.points

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
                "kind": kind,
                "lot": lot,
                "points": points,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_amount(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        amount = _parse_amount(d.pop("amount"))

        kind = d.pop("kind")

        lot = d.pop("lot")

        def _parse_points(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        points = _parse_points(d.pop("points"))

        entry_draw = cls(
            amount=amount,
            kind=kind,
            lot=lot,
            points=points,
        )

        return entry_draw
