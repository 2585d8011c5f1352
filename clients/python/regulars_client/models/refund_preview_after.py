from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.guest_numbers import GuestNumbers
    from ..models.invoice_numbers import InvoiceNumbers


T = TypeVar("T", bound="RefundPreviewAfter")


@_attrs_define
class RefundPreviewAfter:
    """
    Attributes:
        guest (GuestNumbers | None): Null where the act names no known guest.
        invoice (InvoiceNumbers | None): Null where the act has none.
    """

    guest: GuestNumbers | None
    invoice: InvoiceNumbers | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.guest_numbers import GuestNumbers  # noqa: PLC0415
        from ..models.invoice_numbers import InvoiceNumbers  # noqa: PLC0415

        guest: dict[str, Any] | None
        if isinstance(self.guest, GuestNumbers):
            guest = self.guest.to_dict()
        else:
            guest = self.guest

        invoice: dict[str, Any] | None
        if isinstance(self.invoice, InvoiceNumbers):
            invoice = self.invoice.to_dict()
        else:
            invoice = self.invoice

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "guest": guest,
                "invoice": invoice,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.guest_numbers import GuestNumbers  # noqa: PLC0415
        from ..models.invoice_numbers import InvoiceNumbers  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_guest(data: object) -> GuestNumbers | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                guest_type_0 = GuestNumbers.from_dict(data)

                return guest_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(GuestNumbers | None, data)

        guest = _parse_guest(d.pop("guest"))

        def _parse_invoice(data: object) -> InvoiceNumbers | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                invoice_type_0 = InvoiceNumbers.from_dict(data)

                return invoice_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceNumbers | None, data)

        invoice = _parse_invoice(d.pop("invoice"))

        refund_preview_after = cls(
            guest=guest,
            invoice=invoice,
        )

        refund_preview_after.additional_properties = d
        return refund_preview_after

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
