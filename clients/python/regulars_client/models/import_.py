from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.import_counts import ImportCounts
    from ..models.import_files_item import ImportFilesItem
    from ..models.import_totals_item import ImportTotalsItem


T = TypeVar("T", bound="Import")


@_attrs_define
class Import:
    """
    Attributes:
        done (int):
        dry_run (bool):
        files (list[ImportFilesItem]):
        id (UUID):
        kind (str):
        records (int):
        rows (int):
        state (str):
        by (str | Unset):
        counts (ImportCounts | Unset):
        ended_at (None | str | Unset):
        known_at (None | str | Unset):
        made_at (str | Unset):
        problem (None | str | Unset):
        totals (list[ImportTotalsItem] | Unset):
    """

    done: int
    dry_run: bool
    files: list[ImportFilesItem]
    id: UUID
    kind: str
    records: int
    rows: int
    state: str
    by: str | Unset = UNSET
    counts: ImportCounts | Unset = UNSET
    ended_at: None | str | Unset = UNSET
    known_at: None | str | Unset = UNSET
    made_at: str | Unset = UNSET
    problem: None | str | Unset = UNSET
    totals: list[ImportTotalsItem] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        done = self.done

        dry_run = self.dry_run

        files = []
        for files_item_data in self.files:
            files_item = files_item_data.to_dict()
            files.append(files_item)

        id = str(self.id)

        kind = self.kind

        records = self.records

        rows = self.rows

        state = self.state

        by = self.by

        counts: dict[str, Any] | Unset = UNSET
        if not isinstance(self.counts, Unset):
            counts = self.counts.to_dict()

        ended_at: None | str | Unset
        if isinstance(self.ended_at, Unset):
            ended_at = UNSET
        else:
            ended_at = self.ended_at

        known_at: None | str | Unset
        if isinstance(self.known_at, Unset):
            known_at = UNSET
        else:
            known_at = self.known_at

        made_at = self.made_at

        problem: None | str | Unset
        if isinstance(self.problem, Unset):
            problem = UNSET
        else:
            problem = self.problem

        totals: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.totals, Unset):
            totals = []
            for totals_item_data in self.totals:
                totals_item = totals_item_data.to_dict()
                totals.append(totals_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "done": done,
                "dry_run": dry_run,
                "files": files,
                "id": id,
                "kind": kind,
                "records": records,
                "rows": rows,
                "state": state,
            }
        )
        if by is not UNSET:
            field_dict["by"] = by
        if counts is not UNSET:
            field_dict["counts"] = counts
        if ended_at is not UNSET:
            field_dict["ended_at"] = ended_at
        if known_at is not UNSET:
            field_dict["known_at"] = known_at
        if made_at is not UNSET:
            field_dict["made_at"] = made_at
        if problem is not UNSET:
            field_dict["problem"] = problem
        if totals is not UNSET:
            field_dict["totals"] = totals

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.import_counts import ImportCounts  # noqa: PLC0415
        from ..models.import_files_item import ImportFilesItem  # noqa: PLC0415
        from ..models.import_totals_item import ImportTotalsItem  # noqa: PLC0415

        d = dict(src_dict)
        done = d.pop("done")

        dry_run = d.pop("dry_run")

        files = []
        _files = d.pop("files")
        for files_item_data in _files:
            files_item = ImportFilesItem.from_dict(files_item_data)

            files.append(files_item)

        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        records = d.pop("records")

        rows = d.pop("rows")

        state = d.pop("state")

        by = d.pop("by", UNSET)

        _counts = d.pop("counts", UNSET)
        counts: ImportCounts | Unset
        if isinstance(_counts, Unset):
            counts = UNSET
        else:
            counts = ImportCounts.from_dict(_counts)

        def _parse_ended_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ended_at = _parse_ended_at(d.pop("ended_at", UNSET))

        def _parse_known_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        known_at = _parse_known_at(d.pop("known_at", UNSET))

        made_at = d.pop("made_at", UNSET)

        def _parse_problem(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        problem = _parse_problem(d.pop("problem", UNSET))

        _totals = d.pop("totals", UNSET)
        totals: list[ImportTotalsItem] | Unset = UNSET
        if _totals is not UNSET:
            totals = []
            for totals_item_data in _totals:
                totals_item = ImportTotalsItem.from_dict(totals_item_data)

                totals.append(totals_item)

        import_ = cls(
            done=done,
            dry_run=dry_run,
            files=files,
            id=id,
            kind=kind,
            records=records,
            rows=rows,
            state=state,
            by=by,
            counts=counts,
            ended_at=ended_at,
            known_at=known_at,
            made_at=made_at,
            problem=problem,
            totals=totals,
        )

        import_.additional_properties = d
        return import_

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
