from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.audit_line_status import AuditLineStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.audit_line_says import AuditLineSays


T = TypeVar("T", bound="AuditLine")


@_attrs_define
class AuditLine:
    """
    Attributes:
        at (datetime.datetime | Unset):
        by (None | str | Unset):
        is_command (bool | Unset):
        kind (str | Unset):
        record (str | Unset):
        says (AuditLineSays | Unset):
        status (AuditLineStatus | Unset):
        why (None | str | Unset):
    """

    at: datetime.datetime | Unset = UNSET
    by: None | str | Unset = UNSET
    is_command: bool | Unset = UNSET
    kind: str | Unset = UNSET
    record: str | Unset = UNSET
    says: AuditLineSays | Unset = UNSET
    status: AuditLineStatus | Unset = UNSET
    why: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        at: str | Unset = UNSET
        if not isinstance(self.at, Unset):
            at = self.at.isoformat()

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        is_command = self.is_command

        kind = self.kind

        record = self.record

        says: dict[str, Any] | Unset = UNSET
        if not isinstance(self.says, Unset):
            says = self.says.to_dict()

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status.value

        why: None | str | Unset
        if isinstance(self.why, Unset):
            why = UNSET
        else:
            why = self.why

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if is_command is not UNSET:
            field_dict["is_command"] = is_command
        if kind is not UNSET:
            field_dict["kind"] = kind
        if record is not UNSET:
            field_dict["record"] = record
        if says is not UNSET:
            field_dict["says"] = says
        if status is not UNSET:
            field_dict["status"] = status
        if why is not UNSET:
            field_dict["why"] = why

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.audit_line_says import AuditLineSays  # noqa: PLC0415

        d = dict(src_dict)
        _at = d.pop("at", UNSET)
        at: datetime.datetime | Unset
        if isinstance(_at, Unset):
            at = UNSET
        else:
            at = datetime.datetime.fromisoformat(_at)

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        is_command = d.pop("is_command", UNSET)

        kind = d.pop("kind", UNSET)

        record = d.pop("record", UNSET)

        _says = d.pop("says", UNSET)
        says: AuditLineSays | Unset
        if isinstance(_says, Unset):
            says = UNSET
        else:
            says = AuditLineSays.from_dict(_says)

        _status = d.pop("status", UNSET)
        status: AuditLineStatus | Unset
        if isinstance(_status, Unset):
            status = UNSET
        else:
            status = AuditLineStatus(_status)

        def _parse_why(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        why = _parse_why(d.pop("why", UNSET))

        audit_line = cls(
            at=at,
            by=by,
            is_command=is_command,
            kind=kind,
            record=record,
            says=says,
            status=status,
            why=why,
        )

        return audit_line
