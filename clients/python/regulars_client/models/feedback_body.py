from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.feedback_body_channel import FeedbackBodyChannel
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.sent_publication import SentPublication


T = TypeVar("T", bound="FeedbackBody")


@_attrs_define
class FeedbackBody:
    """
    Attributes:
        channel (FeedbackBodyChannel):
        guest (str):
        appointment (None | str | Unset):
        at (None | str | Unset):
        by (None | str | Unset):
        comment (None | str | Unset):
        published (list[SentPublication] | Unset):
        rating (int | None | Unset):
        share_permission (bool | Unset):  Default: False.
    """

    channel: FeedbackBodyChannel
    guest: str
    appointment: None | str | Unset = UNSET
    at: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    comment: None | str | Unset = UNSET
    published: list[SentPublication] | Unset = UNSET
    rating: int | None | Unset = UNSET
    share_permission: bool | Unset = False

    def to_dict(self) -> dict[str, Any]:
        channel = self.channel.value

        guest = self.guest

        appointment: None | str | Unset
        if isinstance(self.appointment, Unset):
            appointment = UNSET
        else:
            appointment = self.appointment

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

        comment: None | str | Unset
        if isinstance(self.comment, Unset):
            comment = UNSET
        else:
            comment = self.comment

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

        field_dict.update(
            {
                "channel": channel,
                "guest": guest,
            }
        )
        if appointment is not UNSET:
            field_dict["appointment"] = appointment
        if at is not UNSET:
            field_dict["at"] = at
        if by is not UNSET:
            field_dict["by"] = by
        if comment is not UNSET:
            field_dict["comment"] = comment
        if published is not UNSET:
            field_dict["published"] = published
        if rating is not UNSET:
            field_dict["rating"] = rating
        if share_permission is not UNSET:
            field_dict["share_permission"] = share_permission

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.sent_publication import SentPublication  # noqa: PLC0415

        d = dict(src_dict)
        channel = FeedbackBodyChannel(d.pop("channel"))

        guest = d.pop("guest")

        def _parse_appointment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        appointment = _parse_appointment(d.pop("appointment", UNSET))

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

        def _parse_comment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        comment = _parse_comment(d.pop("comment", UNSET))

        _published = d.pop("published", UNSET)
        published: list[SentPublication] | Unset = UNSET
        if _published is not UNSET:
            published = []
            for published_item_data in _published:
                published_item = SentPublication.from_dict(published_item_data)

                published.append(published_item)

        def _parse_rating(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        rating = _parse_rating(d.pop("rating", UNSET))

        share_permission = d.pop("share_permission", UNSET)

        feedback_body = cls(
            channel=channel,
            guest=guest,
            appointment=appointment,
            at=at,
            by=by,
            comment=comment,
            published=published,
            rating=rating,
            share_permission=share_permission,
        )

        return feedback_body
