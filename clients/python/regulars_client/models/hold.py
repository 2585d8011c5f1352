from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.hold_type import HoldType
from ..types import UNSET, Unset

T = TypeVar("T", bound="Hold")


@_attrs_define
class Hold:
    """Rule 7.7; for an invoice or an appointment, of points or rewards or both.

    Attributes:
        guest (str):
        id (str):
        type_ (HoldType):
        until (str):
        appointment (None | str | Unset):
        at (None | str | Unset):
        by (None | str | Unset):
        invoice (None | str | Unset):
        points (int | None | Unset):
        rewards (list[str] | Unset):
    """

    guest: str
    id: str
    type_: HoldType
    until: str
    appointment: None | str | Unset = UNSET
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    invoice: None | str | Unset = UNSET
    points: int | None | Unset = UNSET
    rewards: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        guest = self.guest

        id = self.id

        type_ = self.type_.value

        until = self.until

        appointment: None | str | Unset
        if isinstance(self.appointment, Unset):
            appointment = UNSET
        else:
            appointment = self.appointment

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

        invoice: None | str | Unset
        if isinstance(self.invoice, Unset):
            invoice = UNSET
        else:
            invoice = self.invoice

        points: int | None | Unset
        if isinstance(self.points, Unset):
            points = UNSET
        else:
            points = self.points

        rewards: list[str] | Unset = UNSET
        if not isinstance(self.rewards, Unset):
            rewards = self.rewards

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "guest": guest,
                "id": id,
                "type": type_,
                "until": until,
            }
        )
        if appointment is not UNSET:
            field_dict["appointment"] = appointment
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if invoice is not UNSET:
            field_dict["invoice"] = invoice
        if points is not UNSET:
            field_dict["points"] = points
        if rewards is not UNSET:
            field_dict["rewards"] = rewards

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        guest = d.pop("guest")

        id = d.pop("id")

        type_ = HoldType(d.pop("type"))

        until = d.pop("until")

        def _parse_appointment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        appointment = _parse_appointment(d.pop("appointment", UNSET))

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

        def _parse_invoice(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        invoice = _parse_invoice(d.pop("invoice", UNSET))

        def _parse_points(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        points = _parse_points(d.pop("points", UNSET))

        rewards = cast(list[str], d.pop("rewards", UNSET))

        hold = cls(
            guest=guest,
            id=id,
            type_=type_,
            until=until,
            appointment=appointment,
            at=at,
            by=by,
            invoice=invoice,
            points=points,
            rewards=rewards,
        )

        return hold
