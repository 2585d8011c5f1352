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
        at (str):
        guest (str):
        id (str):
        loyalty_opt_in (bool):
        type_ (SetOptInType):
        by (None | str | Unset):
    """

    at: str
    guest: str
    id: str
    loyalty_opt_in: bool
    type_: SetOptInType
    by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        guest = self.guest

        id = self.id

        loyalty_opt_in = self.loyalty_opt_in

        type_ = self.type_.value

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "at": at,
                "guest": guest,
                "id": id,
                "loyalty_opt_in": loyalty_opt_in,
                "type": type_,
            }
        )
        if by is not UNSET:
            field_dict["by"] = by

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        at = d.pop("at")

        guest = d.pop("guest")

        id = d.pop("id")

        loyalty_opt_in = d.pop("loyalty_opt_in")

        type_ = SetOptInType(d.pop("type"))

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        set_opt_in = cls(
            at=at,
            guest=guest,
            id=id,
            loyalty_opt_in=loyalty_opt_in,
            type_=type_,
            by=by,
        )

        return set_opt_in
