from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.sent_publication_to import SentPublicationTo

T = TypeVar("T", bound="SentPublication")


@_attrs_define
class SentPublication:
    """
    Attributes:
        at (str):
        to (SentPublicationTo):
    """

    at: str
    to: SentPublicationTo

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        to = self.to.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "at": at,
                "to": to,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        at = d.pop("at")

        to = SentPublicationTo(d.pop("to"))

        sent_publication = cls(
            at=at,
            to=to,
        )

        return sent_publication
