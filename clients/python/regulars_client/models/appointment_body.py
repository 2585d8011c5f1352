from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.appointment_body_channel import AppointmentBodyChannel
from ..models.appointment_body_status import AppointmentBodyStatus
from ..types import UNSET, Unset

T = TypeVar("T", bound="AppointmentBody")


@_attrs_define
class AppointmentBody:
    """
    Attributes:
        booked_at (str):
        center (str):
        channel (AppointmentBodyChannel):
        guest (str):
        starts_at (str):
        status (AppointmentBodyStatus):
        at (None | str | Unset):
        by (None | str | Unset):
        invoice (None | str | Unset):
        minutes (int | None | Unset):
        note (None | str | Unset):
        services (list[str] | Unset):
        staff (None | str | Unset):
    """

    booked_at: str
    center: str
    channel: AppointmentBodyChannel
    guest: str
    starts_at: str
    status: AppointmentBodyStatus
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    invoice: None | str | Unset = UNSET
    minutes: int | None | Unset = UNSET
    note: None | str | Unset = UNSET
    services: list[str] | Unset = UNSET
    staff: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        booked_at = self.booked_at

        center = self.center

        channel = self.channel.value

        guest = self.guest

        starts_at = self.starts_at

        status = self.status.value

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

        minutes: int | None | Unset
        if isinstance(self.minutes, Unset):
            minutes = UNSET
        else:
            minutes = self.minutes

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        services: list[str] | Unset = UNSET
        if not isinstance(self.services, Unset):
            services = self.services

        staff: None | str | Unset
        if isinstance(self.staff, Unset):
            staff = UNSET
        else:
            staff = self.staff

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "booked_at": booked_at,
                "center": center,
                "channel": channel,
                "guest": guest,
                "starts_at": starts_at,
                "status": status,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if invoice is not UNSET:
            field_dict["invoice"] = invoice
        if minutes is not UNSET:
            field_dict["minutes"] = minutes
        if note is not UNSET:
            field_dict["note"] = note
        if services is not UNSET:
            field_dict["services"] = services
        if staff is not UNSET:
            field_dict["staff"] = staff

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        booked_at = d.pop("booked_at")

        center = d.pop("center")

        channel = AppointmentBodyChannel(d.pop("channel"))

        guest = d.pop("guest")

        starts_at = d.pop("starts_at")

        status = AppointmentBodyStatus(d.pop("status"))

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

        def _parse_minutes(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        minutes = _parse_minutes(d.pop("minutes", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        services = cast(list[str], d.pop("services", UNSET))

        def _parse_staff(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        staff = _parse_staff(d.pop("staff", UNSET))

        appointment_body = cls(
            booked_at=booked_at,
            center=center,
            channel=channel,
            guest=guest,
            starts_at=starts_at,
            status=status,
            at=at,
            by=by,
            invoice=invoice,
            minutes=minutes,
            note=note,
            services=services,
            staff=staff,
        )

        return appointment_body
