from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.program_version_program import ProgramVersionProgram


T = TypeVar("T", bound="ProgramVersion")


@_attrs_define
class ProgramVersion:
    """
    Attributes:
        by (None | str | Unset):
        effective_from (datetime.date | Unset):
        program (ProgramVersionProgram | Unset):
        published_at (datetime.datetime | Unset):
    """

    by: None | str | Unset = UNSET
    effective_from: datetime.date | Unset = UNSET
    program: ProgramVersionProgram | Unset = UNSET
    published_at: datetime.datetime | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        effective_from: str | Unset = UNSET
        if not isinstance(self.effective_from, Unset):
            effective_from = self.effective_from.isoformat()

        program: dict[str, Any] | Unset = UNSET
        if not isinstance(self.program, Unset):
            program = self.program.to_dict()

        published_at: str | Unset = UNSET
        if not isinstance(self.published_at, Unset):
            published_at = self.published_at.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if by is not UNSET:
            field_dict["by"] = by
        if effective_from is not UNSET:
            field_dict["effective_from"] = effective_from
        if program is not UNSET:
            field_dict["program"] = program
        if published_at is not UNSET:
            field_dict["published_at"] = published_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.program_version_program import ProgramVersionProgram  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        _effective_from = d.pop("effective_from", UNSET)
        effective_from: datetime.date | Unset
        if isinstance(_effective_from, Unset):
            effective_from = UNSET
        else:
            effective_from = datetime.date.fromisoformat(_effective_from)

        _program = d.pop("program", UNSET)
        program: ProgramVersionProgram | Unset
        if isinstance(_program, Unset):
            program = UNSET
        else:
            program = ProgramVersionProgram.from_dict(_program)

        _published_at = d.pop("published_at", UNSET)
        published_at: datetime.datetime | Unset
        if isinstance(_published_at, Unset):
            published_at = UNSET
        else:
            published_at = datetime.datetime.fromisoformat(_published_at)

        program_version = cls(
            by=by,
            effective_from=effective_from,
            program=program,
            published_at=published_at,
        )

        return program_version
