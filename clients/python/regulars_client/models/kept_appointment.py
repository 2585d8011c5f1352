from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="KeptAppointment")


@_attrs_define
class KeptAppointment:
    """
    Attributes:
        booked_at (datetime.datetime | Unset):
        center (str | Unset):
        channel (str | Unset):
        guest (str | Unset):
        id (str | Unset):
        invoice (None | str | Unset):
        minutes (int | None | Unset):
        note (None | str | Unset):
        services (list[str] | Unset):
        staff (None | str | Unset):
        starts_at (datetime.datetime | Unset):
        status (str | Unset):
    """

    booked_at: datetime.datetime | Unset = UNSET
    center: str | Unset = UNSET
    channel: str | Unset = UNSET
    guest: str | Unset = UNSET
    id: str | Unset = UNSET
    invoice: None | str | Unset = UNSET
    minutes: int | None | Unset = UNSET
    note: None | str | Unset = UNSET
    services: list[str] | Unset = UNSET
    staff: None | str | Unset = UNSET
    starts_at: datetime.datetime | Unset = UNSET
    status: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        booked_at: str | Unset = UNSET
        if not isinstance(self.booked_at, Unset):
            booked_at = self.booked_at.isoformat()

        center = self.center

        channel = self.channel

        guest = self.guest

        id = self.id

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

        starts_at: str | Unset = UNSET
        if not isinstance(self.starts_at, Unset):
            starts_at = self.starts_at.isoformat()

        status = self.status

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if booked_at is not UNSET:
            field_dict["booked_at"] = booked_at
        if center is not UNSET:
            field_dict["center"] = center
        if channel is not UNSET:
            field_dict["channel"] = channel
        if guest is not UNSET:
            field_dict["guest"] = guest
        if id is not UNSET:
            field_dict["id"] = id
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
        if starts_at is not UNSET:
            field_dict["starts_at"] = starts_at
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _booked_at = d.pop("booked_at", UNSET)
        booked_at: datetime.datetime | Unset
        if isinstance(_booked_at, Unset):
            booked_at = UNSET
        else:
            booked_at = datetime.datetime.fromisoformat(_booked_at)

        center = d.pop("center", UNSET)

        channel = d.pop("channel", UNSET)

        guest = d.pop("guest", UNSET)

        id = d.pop("id", UNSET)

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

        _starts_at = d.pop("starts_at", UNSET)
        starts_at: datetime.datetime | Unset
        if isinstance(_starts_at, Unset):
            starts_at = UNSET
        else:
            starts_at = datetime.datetime.fromisoformat(_starts_at)

        status = d.pop("status", UNSET)

        kept_appointment = cls(
            booked_at=booked_at,
            center=center,
            channel=channel,
            guest=guest,
            id=id,
            invoice=invoice,
            minutes=minutes,
            note=note,
            services=services,
            staff=staff,
            starts_at=starts_at,
            status=status,
        )

        return kept_appointment
