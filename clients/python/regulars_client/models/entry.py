from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.entry_unit import EntryUnit
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.entry_draw import EntryDraw
    from ..models.entry_lot import EntryLot


T = TypeVar("T", bound="Entry")


@_attrs_define
class Entry:
    """
    Attributes:
        action (None | str | Unset):
        amount (None | str | Unset):
        by (None | str | Unset):
        date (datetime.date | Unset):
        draws (list[EntryDraw] | Unset):
        guest (str | Unset):
        id (str | Unset):
        kind (str | Unset):
        lots (list[EntryLot] | Unset):
        number (int | Unset):
        points (int | None | Unset):
        posted_at (datetime.datetime | Unset):
        program (None | str | Unset):
        source (str | Unset):
        tier (None | str | Unset):
        unit (EntryUnit | Unset):
        why (str | Unset):
    """

    action: None | str | Unset = UNSET
    amount: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    date: datetime.date | Unset = UNSET
    draws: list[EntryDraw] | Unset = UNSET
    guest: str | Unset = UNSET
    id: str | Unset = UNSET
    kind: str | Unset = UNSET
    lots: list[EntryLot] | Unset = UNSET
    number: int | Unset = UNSET
    points: int | None | Unset = UNSET
    posted_at: datetime.datetime | Unset = UNSET
    program: None | str | Unset = UNSET
    source: str | Unset = UNSET
    tier: None | str | Unset = UNSET
    unit: EntryUnit | Unset = UNSET
    why: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        action: None | str | Unset
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        amount: None | str | Unset
        if isinstance(self.amount, Unset):
            amount = UNSET
        else:
            amount = self.amount

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        date: str | Unset = UNSET
        if not isinstance(self.date, Unset):
            date = self.date.isoformat()

        draws: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.draws, Unset):
            draws = []
            for draws_item_data in self.draws:
                draws_item = draws_item_data.to_dict()
                draws.append(draws_item)

        guest = self.guest

        id = self.id

        kind = self.kind

        lots: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lots, Unset):
            lots = []
            for lots_item_data in self.lots:
                lots_item = lots_item_data.to_dict()
                lots.append(lots_item)

        number = self.number

        points: int | None | Unset
        if isinstance(self.points, Unset):
            points = UNSET
        else:
            points = self.points

        posted_at: str | Unset = UNSET
        if not isinstance(self.posted_at, Unset):
            posted_at = self.posted_at.isoformat()

        program: None | str | Unset
        if isinstance(self.program, Unset):
            program = UNSET
        else:
            program = self.program

        source = self.source

        tier: None | str | Unset
        if isinstance(self.tier, Unset):
            tier = UNSET
        else:
            tier = self.tier

        unit: str | Unset = UNSET
        if not isinstance(self.unit, Unset):
            unit = self.unit.value

        why = self.why

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if action is not UNSET:
            field_dict["action"] = action
        if amount is not UNSET:
            field_dict["amount"] = amount
        if by is not UNSET:
            field_dict["by"] = by
        if date is not UNSET:
            field_dict["date"] = date
        if draws is not UNSET:
            field_dict["draws"] = draws
        if guest is not UNSET:
            field_dict["guest"] = guest
        if id is not UNSET:
            field_dict["id"] = id
        if kind is not UNSET:
            field_dict["kind"] = kind
        if lots is not UNSET:
            field_dict["lots"] = lots
        if number is not UNSET:
            field_dict["number"] = number
        if points is not UNSET:
            field_dict["points"] = points
        if posted_at is not UNSET:
            field_dict["posted_at"] = posted_at
        if program is not UNSET:
            field_dict["program"] = program
        if source is not UNSET:
            field_dict["source"] = source
        if tier is not UNSET:
            field_dict["tier"] = tier
        if unit is not UNSET:
            field_dict["unit"] = unit
        if why is not UNSET:
            field_dict["why"] = why

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.entry_draw import EntryDraw  # noqa: PLC0415
        from ..models.entry_lot import EntryLot  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_action(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_amount(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        amount = _parse_amount(d.pop("amount", UNSET))

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        _date = d.pop("date", UNSET)
        date: datetime.date | Unset
        if isinstance(_date, Unset):
            date = UNSET
        else:
            date = datetime.date.fromisoformat(_date)

        _draws = d.pop("draws", UNSET)
        draws: list[EntryDraw] | Unset = UNSET
        if _draws is not UNSET:
            draws = []
            for draws_item_data in _draws:
                draws_item = EntryDraw.from_dict(draws_item_data)

                draws.append(draws_item)

        guest = d.pop("guest", UNSET)

        id = d.pop("id", UNSET)

        kind = d.pop("kind", UNSET)

        _lots = d.pop("lots", UNSET)
        lots: list[EntryLot] | Unset = UNSET
        if _lots is not UNSET:
            lots = []
            for lots_item_data in _lots:
                lots_item = EntryLot.from_dict(lots_item_data)

                lots.append(lots_item)

        number = d.pop("number", UNSET)

        def _parse_points(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        points = _parse_points(d.pop("points", UNSET))

        _posted_at = d.pop("posted_at", UNSET)
        posted_at: datetime.datetime | Unset
        if isinstance(_posted_at, Unset):
            posted_at = UNSET
        else:
            posted_at = datetime.datetime.fromisoformat(_posted_at)

        def _parse_program(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        program = _parse_program(d.pop("program", UNSET))

        source = d.pop("source", UNSET)

        def _parse_tier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tier = _parse_tier(d.pop("tier", UNSET))

        _unit = d.pop("unit", UNSET)
        unit: EntryUnit | Unset
        if isinstance(_unit, Unset):
            unit = UNSET
        else:
            unit = EntryUnit(_unit)

        why = d.pop("why", UNSET)

        entry = cls(
            action=action,
            amount=amount,
            by=by,
            date=date,
            draws=draws,
            guest=guest,
            id=id,
            kind=kind,
            lots=lots,
            number=number,
            points=points,
            posted_at=posted_at,
            program=program,
            source=source,
            tier=tier,
            unit=unit,
            why=why,
        )

        return entry
