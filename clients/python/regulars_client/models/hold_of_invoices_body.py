from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="HoldOfInvoicesBody")


@_attrs_define
class HoldOfInvoicesBody:
    """Rule 7.7; for an invoice or an appointment, of points or rewards or both.

    Attributes:
        until (str):
        appointment (None | str | Unset):
        at (None | str | Unset):
        by (None | str | Unset):
        guest (str | Unset):
        id (str | Unset):
        points (int | None | Unset):
        rewards (list[str] | Unset):
    """

    until: str
    appointment: None | str | Unset = UNSET
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    guest: str | Unset = UNSET
    id: str | Unset = UNSET
    points: int | None | Unset = UNSET
    rewards: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
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

        guest = self.guest

        id = self.id

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
                "until": until,
            }
        )
        if appointment is not UNSET:
            field_dict["appointment"] = appointment
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if guest is not UNSET:
            field_dict["guest"] = guest
        if id is not UNSET:
            field_dict["id"] = id
        if points is not UNSET:
            field_dict["points"] = points
        if rewards is not UNSET:
            field_dict["rewards"] = rewards

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
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

        guest = d.pop("guest", UNSET)

        id = d.pop("id", UNSET)

        def _parse_points(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        points = _parse_points(d.pop("points", UNSET))

        rewards = cast(list[str], d.pop("rewards", UNSET))

        hold_of_invoices_body = cls(
            until=until,
            appointment=appointment,
            at=at,
            by=by,
            guest=guest,
            id=id,
            points=points,
            rewards=rewards,
        )

        return hold_of_invoices_body
