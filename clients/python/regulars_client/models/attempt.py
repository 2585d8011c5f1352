from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.attempt_outcome import AttemptOutcome
from ..types import UNSET, Unset

T = TypeVar("T", bound="Attempt")


@_attrs_define
class Attempt:
    """
    Attributes:
        answer (str | Unset): How its answer began, or why none came.
        at (datetime.datetime | Unset):
        attempt (int | Unset):
        event (str | Unset):
        id (str | Unset):
        milliseconds (int | Unset):
        number (int | None | Unset):
        outcome (AttemptOutcome | Unset):
        status (int | None | Unset):
        type_ (str | Unset):
    """

    answer: str | Unset = UNSET
    at: datetime.datetime | Unset = UNSET
    attempt: int | Unset = UNSET
    event: str | Unset = UNSET
    id: str | Unset = UNSET
    milliseconds: int | Unset = UNSET
    number: int | None | Unset = UNSET
    outcome: AttemptOutcome | Unset = UNSET
    status: int | None | Unset = UNSET
    type_: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer

        at: str | Unset = UNSET
        if not isinstance(self.at, Unset):
            at = self.at.isoformat()

        attempt = self.attempt

        event = self.event

        id = self.id

        milliseconds = self.milliseconds

        number: int | None | Unset
        if isinstance(self.number, Unset):
            number = UNSET
        else:
            number = self.number

        outcome: str | Unset = UNSET
        if not isinstance(self.outcome, Unset):
            outcome = self.outcome.value

        status: int | None | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        else:
            status = self.status

        type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if answer is not UNSET:
            field_dict["answer"] = answer
        if at is not UNSET:
            field_dict["at"] = at
        if attempt is not UNSET:
            field_dict["attempt"] = attempt
        if event is not UNSET:
            field_dict["event"] = event
        if id is not UNSET:
            field_dict["id"] = id
        if milliseconds is not UNSET:
            field_dict["milliseconds"] = milliseconds
        if number is not UNSET:
            field_dict["number"] = number
        if outcome is not UNSET:
            field_dict["outcome"] = outcome
        if status is not UNSET:
            field_dict["status"] = status
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        answer = d.pop("answer", UNSET)

        _at = d.pop("at", UNSET)
        at: datetime.datetime | Unset
        if isinstance(_at, Unset):
            at = UNSET
        else:
            at = datetime.datetime.fromisoformat(_at)

        attempt = d.pop("attempt", UNSET)

        event = d.pop("event", UNSET)

        id = d.pop("id", UNSET)

        milliseconds = d.pop("milliseconds", UNSET)

        def _parse_number(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        number = _parse_number(d.pop("number", UNSET))

        _outcome = d.pop("outcome", UNSET)
        outcome: AttemptOutcome | Unset
        if isinstance(_outcome, Unset):
            outcome = UNSET
        else:
            outcome = AttemptOutcome(_outcome)

        def _parse_status(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        type_ = d.pop("type", UNSET)

        attempt = cls(
            answer=answer,
            at=at,
            attempt=attempt,
            event=event,
            id=id,
            milliseconds=milliseconds,
            number=number,
            outcome=outcome,
            status=status,
            type_=type_,
        )

        attempt.additional_properties = d
        return attempt

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
