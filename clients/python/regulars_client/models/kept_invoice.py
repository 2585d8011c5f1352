from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.kept_invoice_lines_item import KeptInvoiceLinesItem
    from ..models.kept_invoice_payments_item import KeptInvoicePaymentsItem
    from ..models.kept_invoice_refunds_item import KeptInvoiceRefundsItem


T = TypeVar("T", bound="KeptInvoice")


@_attrs_define
class KeptInvoice:
    """
    Attributes:
        center (str | Unset):
        closed_at (datetime.datetime | None | Unset):
        guest (str | Unset):
        id (str | Unset):
        lines (list[KeptInvoiceLinesItem] | Unset):
        opened_at (datetime.datetime | Unset):
        payments (list[KeptInvoicePaymentsItem] | Unset):
        refunds (list[KeptInvoiceRefundsItem] | Unset):
        status (str | Unset):
    """

    center: str | Unset = UNSET
    closed_at: datetime.datetime | None | Unset = UNSET
    guest: str | Unset = UNSET
    id: str | Unset = UNSET
    lines: list[KeptInvoiceLinesItem] | Unset = UNSET
    opened_at: datetime.datetime | Unset = UNSET
    payments: list[KeptInvoicePaymentsItem] | Unset = UNSET
    refunds: list[KeptInvoiceRefundsItem] | Unset = UNSET
    status: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        center = self.center

        closed_at: None | str | Unset
        if isinstance(self.closed_at, Unset):
            closed_at = UNSET
        elif isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        guest = self.guest

        id = self.id

        lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = []
            for lines_item_data in self.lines:
                lines_item = lines_item_data.to_dict()
                lines.append(lines_item)

        opened_at: str | Unset = UNSET
        if not isinstance(self.opened_at, Unset):
            opened_at = self.opened_at.isoformat()

        payments: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.payments, Unset):
            payments = []
            for payments_item_data in self.payments:
                payments_item = payments_item_data.to_dict()
                payments.append(payments_item)

        refunds: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.refunds, Unset):
            refunds = []
            for refunds_item_data in self.refunds:
                refunds_item = refunds_item_data.to_dict()
                refunds.append(refunds_item)

        status = self.status

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if center is not UNSET:
            field_dict["center"] = center
        if closed_at is not UNSET:
            field_dict["closed_at"] = closed_at
        if guest is not UNSET:
            field_dict["guest"] = guest
        if id is not UNSET:
            field_dict["id"] = id
        if lines is not UNSET:
            field_dict["lines"] = lines
        if opened_at is not UNSET:
            field_dict["opened_at"] = opened_at
        if payments is not UNSET:
            field_dict["payments"] = payments
        if refunds is not UNSET:
            field_dict["refunds"] = refunds
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.kept_invoice_lines_item import KeptInvoiceLinesItem  # noqa: PLC0415
        from ..models.kept_invoice_payments_item import KeptInvoicePaymentsItem  # noqa: PLC0415
        from ..models.kept_invoice_refunds_item import KeptInvoiceRefundsItem  # noqa: PLC0415

        d = dict(src_dict)
        center = d.pop("center", UNSET)

        def _parse_closed_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                closed_at_type_0 = datetime.datetime.fromisoformat(data)

                return closed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        closed_at = _parse_closed_at(d.pop("closed_at", UNSET))

        guest = d.pop("guest", UNSET)

        id = d.pop("id", UNSET)

        _lines = d.pop("lines", UNSET)
        lines: list[KeptInvoiceLinesItem] | Unset = UNSET
        if _lines is not UNSET:
            lines = []
            for lines_item_data in _lines:
                lines_item = KeptInvoiceLinesItem.from_dict(lines_item_data)

                lines.append(lines_item)

        _opened_at = d.pop("opened_at", UNSET)
        opened_at: datetime.datetime | Unset
        if isinstance(_opened_at, Unset):
            opened_at = UNSET
        else:
            opened_at = datetime.datetime.fromisoformat(_opened_at)

        _payments = d.pop("payments", UNSET)
        payments: list[KeptInvoicePaymentsItem] | Unset = UNSET
        if _payments is not UNSET:
            payments = []
            for payments_item_data in _payments:
                payments_item = KeptInvoicePaymentsItem.from_dict(payments_item_data)

                payments.append(payments_item)

        _refunds = d.pop("refunds", UNSET)
        refunds: list[KeptInvoiceRefundsItem] | Unset = UNSET
        if _refunds is not UNSET:
            refunds = []
            for refunds_item_data in _refunds:
                refunds_item = KeptInvoiceRefundsItem.from_dict(refunds_item_data)

                refunds.append(refunds_item)

        status = d.pop("status", UNSET)

        kept_invoice = cls(
            center=center,
            closed_at=closed_at,
            guest=guest,
            id=id,
            lines=lines,
            opened_at=opened_at,
            payments=payments,
            refunds=refunds,
            status=status,
        )

        return kept_invoice
