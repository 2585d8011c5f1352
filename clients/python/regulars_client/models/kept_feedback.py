from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.kept_feedback_published_item import KeptFeedbackPublishedItem


T = TypeVar("T", bound="KeptFeedback")


@_attrs_define
class KeptFeedback:
    """
    Attributes:
        appointment (None | str | Unset):
        at (str | Unset):
        channel (str | Unset):
        comment (None | str | Unset):
        guest (str | Unset):
        id (str | Unset):
        published (list[KeptFeedbackPublishedItem] | Unset):
        rating (int | None | Unset):
        share_permission (bool | Unset):
    """

    appointment: None | str | Unset = UNSET
    at: str | Unset = UNSET
    channel: str | Unset = UNSET
    comment: None | str | Unset = UNSET
    guest: str | Unset = UNSET
    id: str | Unset = UNSET
    published: list[KeptFeedbackPublishedItem] | Unset = UNSET
    rating: int | None | Unset = UNSET
    share_permission: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        appointment: None | str | Unset
        if isinstance(self.appointment, Unset):
            appointment = UNSET
        else:
            appointment = self.appointment

        at = self.at

        channel = self.channel

        comment: None | str | Unset
        if isinstance(self.comment, Unset):
            comment = UNSET
        else:
            comment = self.comment

        guest = self.guest

        id = self.id

        published: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.published, Unset):
            published = []
            for published_item_data in self.published:
                published_item = published_item_data.to_dict()
                published.append(published_item)

        rating: int | None | Unset
        if isinstance(self.rating, Unset):
            rating = UNSET
        else:
            rating = self.rating

        share_permission = self.share_permission

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if appointment is not UNSET:
            field_dict["appointment"] = appointment
        if at is not UNSET:
            field_dict["at"] = at
        if channel is not UNSET:
            field_dict["channel"] = channel
        if comment is not UNSET:
            field_dict["comment"] = comment
        if guest is not UNSET:
            field_dict["guest"] = guest
        if id is not UNSET:
            field_dict["id"] = id
        if published is not UNSET:
            field_dict["published"] = published
        if rating is not UNSET:
            field_dict["rating"] = rating
        if share_permission is not UNSET:
            field_dict["share_permission"] = share_permission

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.kept_feedback_published_item import KeptFeedbackPublishedItem  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_appointment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        appointment = _parse_appointment(d.pop("appointment", UNSET))

        at = d.pop("at", UNSET)

        channel = d.pop("channel", UNSET)

        def _parse_comment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        comment = _parse_comment(d.pop("comment", UNSET))

        guest = d.pop("guest", UNSET)

        id = d.pop("id", UNSET)

        _published = d.pop("published", UNSET)
        published: list[KeptFeedbackPublishedItem] | Unset = UNSET
        if _published is not UNSET:
            published = []
            for published_item_data in _published:
                published_item = KeptFeedbackPublishedItem.from_dict(published_item_data)

                published.append(published_item)

        def _parse_rating(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        rating = _parse_rating(d.pop("rating", UNSET))

        share_permission = d.pop("share_permission", UNSET)

        kept_feedback = cls(
            appointment=appointment,
            at=at,
            channel=channel,
            comment=comment,
            guest=guest,
            id=id,
            published=published,
            rating=rating,
            share_permission=share_permission,
        )

        return kept_feedback
