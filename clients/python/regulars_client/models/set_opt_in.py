from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.set_opt_in_type import SetOptInType
from ..types import UNSET, Unset

T = TypeVar("T", bound="SetOptIn")


@_attrs_define
class SetOptIn:
    """Rule 4.8.

    Attributes:
        guest (str):
        id (str):
        loyalty_opt_in (bool):
        type_ (SetOptInType):
        at (None | str | Unset):
        by (None | str | Unset):
    """

    guest: str
    id: str
    loyalty_opt_in: bool
    type_: SetOptInType
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        guest = self.guest

        id = self.id

        loyalty_opt_in = self.loyalty_opt_in

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
                "guest": guest,
                "id": id,
                "loyalty_opt_in": loyalty_opt_in,
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
        guest = d.pop("guest")

        id = d.pop("id")

        loyalty_opt_in = d.pop("loyalty_opt_in")

        type_ = SetOptInType(d.pop("type"))

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

        set_opt_in = cls(
            guest=guest,
            id=id,
            loyalty_opt_in=loyalty_opt_in,
            type_=type_,
            at=at,
            by=by,
        )

        return set_opt_in
