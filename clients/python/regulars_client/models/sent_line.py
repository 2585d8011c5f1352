from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.sent_line_kind_type_0 import SentLineKindType0
from ..types import UNSET, Unset

T = TypeVar("T", bound="SentLine")


@_attrs_define
class SentLine:
    """
    Attributes:
        id (str):
        price (str):
        appointment (None | str | Unset):
        discount (str | Unset):  Default: '0'.
        item (None | str | Unset):
        kind (None | SentLineKindType0 | Unset):
        quantity (int | Unset):  Default: 1.
        staff (None | str | Unset):
        tax (str | Unset):  Default: '0'.
    """

    id: str
    price: str
    appointment: None | str | Unset = UNSET
    discount: str | Unset = "0"
    item: None | str | Unset = UNSET
    kind: None | SentLineKindType0 | Unset = UNSET
    quantity: int | Unset = 1
    staff: None | str | Unset = UNSET
    tax: str | Unset = "0"

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        price = self.price

        appointment: None | str | Unset
        if isinstance(self.appointment, Unset):
            appointment = UNSET
        else:
            appointment = self.appointment

        discount = self.discount

        item: None | str | Unset
        if isinstance(self.item, Unset):
            item = UNSET
        else:
            item = self.item

        kind: None | str | Unset
        if isinstance(self.kind, Unset):
            kind = UNSET
        elif isinstance(self.kind, SentLineKindType0):
            kind = self.kind.value
        else:
            kind = self.kind

        quantity = self.quantity

        staff: None | str | Unset
        if isinstance(self.staff, Unset):
            staff = UNSET
        else:
            staff = self.staff

        tax = self.tax

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "price": price,
            }
        )
        if appointment is not UNSET:
            field_dict["appointment"] = appointment
        if discount is not UNSET:
            field_dict["discount"] = discount
        if item is not UNSET:
            field_dict["item"] = item
        if kind is not UNSET:
            field_dict["kind"] = kind
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if staff is not UNSET:
            field_dict["staff"] = staff
        if tax is not UNSET:
            field_dict["tax"] = tax

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        price = d.pop("price")

        def _parse_appointment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        appointment = _parse_appointment(d.pop("appointment", UNSET))

        discount = d.pop("discount", UNSET)

        def _parse_item(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        item = _parse_item(d.pop("item", UNSET))

        def _parse_kind(data: object) -> None | SentLineKindType0 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                kind_type_0 = SentLineKindType0(data)

                return kind_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SentLineKindType0 | Unset, data)

        kind = _parse_kind(d.pop("kind", UNSET))

        quantity = d.pop("quantity", UNSET)

        def _parse_staff(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        staff = _parse_staff(d.pop("staff", UNSET))

        tax = d.pop("tax", UNSET)

        sent_line = cls(
            id=id,
            price=price,
            appointment=appointment,
            discount=discount,
            item=item,
            kind=kind,
            quantity=quantity,
            staff=staff,
            tax=tax,
        )

        return sent_line
