from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.quote_body_status import QuoteBodyStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.sent_line import SentLine
    from ..models.sent_payment import SentPayment
    from ..models.sent_refund import SentRefund


T = TypeVar("T", bound="QuoteBody")


@_attrs_define
class QuoteBody:
    """
    Attributes:
        center (str):
        guest (str):
        at (None | str | Unset):
        by (None | str | Unset):
        closed_at (None | str | Unset):
        id (str | Unset):
        lines (list[SentLine] | Unset):
        opened_at (str | Unset):
        payments (list[SentPayment] | Unset):
        refunds (list[SentRefund] | Unset):
        status (QuoteBodyStatus | Unset):
    """

    center: str
    guest: str
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    closed_at: None | str | Unset = UNSET
    id: str | Unset = UNSET
    lines: list[SentLine] | Unset = UNSET
    opened_at: str | Unset = UNSET
    payments: list[SentPayment] | Unset = UNSET
    refunds: list[SentRefund] | Unset = UNSET
    status: QuoteBodyStatus | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        center = self.center

        guest = self.guest

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

        closed_at: None | str | Unset
        if isinstance(self.closed_at, Unset):
            closed_at = UNSET
        else:
            closed_at = self.closed_at

        id = self.id

        lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = []
            for lines_item_data in self.lines:
                lines_item = lines_item_data.to_dict()
                lines.append(lines_item)

        opened_at = self.opened_at

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

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "center": center,
                "guest": guest,
            }
        )
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if closed_at is not UNSET:
            field_dict["closed_at"] = closed_at
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
        from ..models.sent_line import SentLine  # noqa: PLC0415
        from ..models.sent_payment import SentPayment  # noqa: PLC0415
        from ..models.sent_refund import SentRefund  # noqa: PLC0415

        d = dict(src_dict)
        center = d.pop("center")

        guest = d.pop("guest")

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

        def _parse_closed_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        closed_at = _parse_closed_at(d.pop("closed_at", UNSET))

        id = d.pop("id", UNSET)

        _lines = d.pop("lines", UNSET)
        lines: list[SentLine] | Unset = UNSET
        if _lines is not UNSET:
            lines = []
            for lines_item_data in _lines:
                lines_item = SentLine.from_dict(lines_item_data)

                lines.append(lines_item)

        opened_at = d.pop("opened_at", UNSET)

        _payments = d.pop("payments", UNSET)
        payments: list[SentPayment] | Unset = UNSET
        if _payments is not UNSET:
            payments = []
            for payments_item_data in _payments:
                payments_item = SentPayment.from_dict(payments_item_data)

                payments.append(payments_item)

        _refunds = d.pop("refunds", UNSET)
        refunds: list[SentRefund] | Unset = UNSET
        if _refunds is not UNSET:
            refunds = []
            for refunds_item_data in _refunds:
                refunds_item = SentRefund.from_dict(refunds_item_data)

                refunds.append(refunds_item)

        _status = d.pop("status", UNSET)
        status: QuoteBodyStatus | Unset
        if isinstance(_status, Unset):
            status = UNSET
        else:
            status = QuoteBodyStatus(_status)

        quote_body = cls(
            center=center,
            guest=guest,
            at=at,
            by=by,
            closed_at=closed_at,
            id=id,
            lines=lines,
            opened_at=opened_at,
            payments=payments,
            refunds=refunds,
            status=status,
        )

        return quote_body
