from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ProgramChange")


@_attrs_define
class ProgramChange:
    """
    Attributes:
        after (Any):
        before (Any):
        path (str):
        sentence (str):
    """

    after: Any
    before: Any
    path: str
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        after = self.after

        before = self.before

        path = self.path

        sentence = self.sentence

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "after": after,
                "before": before,
                "path": path,
                "sentence": sentence,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        after = d.pop("after")

        before = d.pop("before")

        path = d.pop("path")

        sentence = d.pop("sentence")

        program_change = cls(
            after=after,
            before=before,
            path=path,
            sentence=sentence,
        )

        return program_change
