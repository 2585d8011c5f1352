from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.preview_after import PreviewAfter
    from ..models.preview_before import PreviewBefore
    from ..models.preview_entries_item import PreviewEntriesItem
    from ..models.preview_lots_item import PreviewLotsItem
    from ..models.result import Result


T = TypeVar("T", bound="Preview")


@_attrs_define
class Preview:
    """
    Attributes:
        after (PreviewAfter):
        before (PreviewBefore):
        entries (list[PreviewEntriesItem]):
        lots (list[PreviewLotsItem]):
        result (Result):
        sentences (list[str]):
    """

    after: PreviewAfter
    before: PreviewBefore
    entries: list[PreviewEntriesItem]
    lots: list[PreviewLotsItem]
    result: Result
    sentences: list[str]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        after = self.after.to_dict()

        before = self.before.to_dict()

        entries = []
        for entries_item_data in self.entries:
            entries_item = entries_item_data.to_dict()
            entries.append(entries_item)

        lots = []
        for lots_item_data in self.lots:
            lots_item = lots_item_data.to_dict()
            lots.append(lots_item)

        result = self.result.to_dict()

        sentences = self.sentences

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "after": after,
                "before": before,
                "entries": entries,
                "lots": lots,
                "result": result,
                "sentences": sentences,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.preview_after import PreviewAfter  # noqa: PLC0415
        from ..models.preview_before import PreviewBefore  # noqa: PLC0415
        from ..models.preview_entries_item import PreviewEntriesItem  # noqa: PLC0415
        from ..models.preview_lots_item import PreviewLotsItem  # noqa: PLC0415
        from ..models.result import Result  # noqa: PLC0415

        d = dict(src_dict)
        after = PreviewAfter.from_dict(d.pop("after"))

        before = PreviewBefore.from_dict(d.pop("before"))

        entries = []
        _entries = d.pop("entries")
        for entries_item_data in _entries:
            entries_item = PreviewEntriesItem.from_dict(entries_item_data)

            entries.append(entries_item)

        lots = []
        _lots = d.pop("lots")
        for lots_item_data in _lots:
            lots_item = PreviewLotsItem.from_dict(lots_item_data)

            lots.append(lots_item)

        result = Result.from_dict(d.pop("result"))

        sentences = cast(list[str], d.pop("sentences"))

        preview = cls(
            after=after,
            before=before,
            entries=entries,
            lots=lots,
            result=result,
            sentences=sentences,
        )

        preview.additional_properties = d
        return preview

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
