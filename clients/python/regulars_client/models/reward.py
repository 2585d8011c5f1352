from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.reward_status import RewardStatus
from ..types import UNSET, Unset

T = TypeVar("T", bound="Reward")


@_attrs_define
class Reward:
    """
    Attributes:
        amount (str | Unset):
        applied (str | Unset):
        by (None | str | Unset):
        expires_on (datetime.date | None | Unset):
        guest (str | Unset):
        id (str | Unset):
        invoice (None | str | Unset):
        issued_on (datetime.date | Unset):
        note (None | str | Unset):
        rest_of (None | str | Unset):
        run (None | str | Unset):
        source (str | Unset):
        status (RewardStatus | Unset):
        void_reason (None | str | Unset):
    """

    amount: str | Unset = UNSET
    applied: str | Unset = UNSET
    by: None | str | Unset = UNSET
    expires_on: datetime.date | None | Unset = UNSET
    guest: str | Unset = UNSET
    id: str | Unset = UNSET
    invoice: None | str | Unset = UNSET
    issued_on: datetime.date | Unset = UNSET
    note: None | str | Unset = UNSET
    rest_of: None | str | Unset = UNSET
    run: None | str | Unset = UNSET
    source: str | Unset = UNSET
    status: RewardStatus | Unset = UNSET
    void_reason: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        applied = self.applied

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        expires_on: None | str | Unset
        if isinstance(self.expires_on, Unset):
            expires_on = UNSET
        elif isinstance(self.expires_on, datetime.date):
            expires_on = self.expires_on.isoformat()
        else:
            expires_on = self.expires_on

        guest = self.guest

        id = self.id

        invoice: None | str | Unset
        if isinstance(self.invoice, Unset):
            invoice = UNSET
        else:
            invoice = self.invoice

        issued_on: str | Unset = UNSET
        if not isinstance(self.issued_on, Unset):
            issued_on = self.issued_on.isoformat()

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        rest_of: None | str | Unset
        if isinstance(self.rest_of, Unset):
            rest_of = UNSET
        else:
            rest_of = self.rest_of

        run: None | str | Unset
        if isinstance(self.run, Unset):
            run = UNSET
        else:
            run = self.run

        source = self.source

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status.value

        void_reason: None | str | Unset
        if isinstance(self.void_reason, Unset):
            void_reason = UNSET
        else:
            void_reason = self.void_reason

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if amount is not UNSET:
            field_dict["amount"] = amount
        if applied is not UNSET:
            field_dict["applied"] = applied
        if by is not UNSET:
            field_dict["by"] = by
        if expires_on is not UNSET:
            field_dict["expires_on"] = expires_on
        if guest is not UNSET:
            field_dict["guest"] = guest
        if id is not UNSET:
            field_dict["id"] = id
        if invoice is not UNSET:
            field_dict["invoice"] = invoice
        if issued_on is not UNSET:
            field_dict["issued_on"] = issued_on
        if note is not UNSET:
            field_dict["note"] = note
        if rest_of is not UNSET:
            field_dict["rest_of"] = rest_of
        if run is not UNSET:
            field_dict["run"] = run
        if source is not UNSET:
            field_dict["source"] = source
        if status is not UNSET:
            field_dict["status"] = status
        if void_reason is not UNSET:
            field_dict["void_reason"] = void_reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount", UNSET)

        applied = d.pop("applied", UNSET)

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        def _parse_expires_on(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_on_type_0 = datetime.date.fromisoformat(data)

                return expires_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        expires_on = _parse_expires_on(d.pop("expires_on", UNSET))

        guest = d.pop("guest", UNSET)

        id = d.pop("id", UNSET)

        def _parse_invoice(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        invoice = _parse_invoice(d.pop("invoice", UNSET))

        _issued_on = d.pop("issued_on", UNSET)
        issued_on: datetime.date | Unset
        if isinstance(_issued_on, Unset):
            issued_on = UNSET
        else:
            issued_on = datetime.date.fromisoformat(_issued_on)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        def _parse_rest_of(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rest_of = _parse_rest_of(d.pop("rest_of", UNSET))

        def _parse_run(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        run = _parse_run(d.pop("run", UNSET))

        source = d.pop("source", UNSET)

        _status = d.pop("status", UNSET)
        status: RewardStatus | Unset
        if isinstance(_status, Unset):
            status = UNSET
        else:
            status = RewardStatus(_status)

        def _parse_void_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        void_reason = _parse_void_reason(d.pop("void_reason", UNSET))

        reward = cls(
            amount=amount,
            applied=applied,
            by=by,
            expires_on=expires_on,
            guest=guest,
            id=id,
            invoice=invoice,
            issued_on=issued_on,
            note=note,
            rest_of=rest_of,
            run=run,
            source=source,
            status=status,
            void_reason=void_reason,
        )

        return reward
