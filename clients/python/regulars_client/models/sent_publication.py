from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.sent_publication_to import SentPublicationTo
from ..types import UNSET, Unset

T = TypeVar("T", bound="SentPublication")


@_attrs_define
class SentPublication:
    """
    Attributes:
        at (str):
        to (SentPublicationTo):
        link (None | str | Unset):
    """

    at: str
    to: SentPublicationTo
    link: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        to = self.to.value

        link: None | str | Unset
        if isinstance(self.link, Unset):
            link = UNSET
        else:
            link = self.link

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "at": at,
                "to": to,
            }
        )
        if link is not UNSET:
            field_dict["link"] = link

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        at = d.pop("at")

        to = SentPublicationTo(d.pop("to"))

        def _parse_link(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        link = _parse_link(d.pop("link", UNSET))

        sent_publication = cls(
            at=at,
            to=to,
            link=link,
        )

        return sent_publication
