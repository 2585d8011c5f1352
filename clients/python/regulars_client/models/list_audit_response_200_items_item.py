from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.list_audit_response_200_items_item_status import (
    ListAuditResponse200ItemsItemStatus,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.list_audit_response_200_items_item_says import (
        ListAuditResponse200ItemsItemSays,
    )


T = TypeVar("T", bound="ListAuditResponse200ItemsItem")


@_attrs_define
class ListAuditResponse200ItemsItem:
    """
    Attributes:
        at (datetime.datetime | Unset):
        by (None | str | Unset):
        is_command (bool | Unset):
        kind (str | Unset):
        record (str | Unset):
        says (ListAuditResponse200ItemsItemSays | Unset):
        status (ListAuditResponse200ItemsItemStatus | Unset):
        why (None | str | Unset):
    """

    at: datetime.datetime | Unset = UNSET
    by: None | str | Unset = UNSET
    is_command: bool | Unset = UNSET
    kind: str | Unset = UNSET
    record: str | Unset = UNSET
    says: ListAuditResponse200ItemsItemSays | Unset = UNSET
    status: ListAuditResponse200ItemsItemStatus | Unset = UNSET
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
        from ..models.list_audit_response_200_items_item_says import (
            ListAuditResponse200ItemsItemSays,  # noqa: PLC0415
        )

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
        says: ListAuditResponse200ItemsItemSays | Unset
        if isinstance(_says, Unset):
            says = UNSET
        else:
            says = ListAuditResponse200ItemsItemSays.from_dict(_says)

        _status = d.pop("status", UNSET)
        status: ListAuditResponse200ItemsItemStatus | Unset
        if isinstance(_status, Unset):
            status = UNSET
        else:
            status = ListAuditResponse200ItemsItemStatus(_status)

        def _parse_why(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        why = _parse_why(d.pop("why", UNSET))

        list_audit_response_200_items_item = cls(
            at=at,
            by=by,
            is_command=is_command,
            kind=kind,
            record=record,
            says=says,
            status=status,
            why=why,
        )

        return list_audit_response_200_items_item
