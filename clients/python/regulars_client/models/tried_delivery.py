from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="TriedDelivery")


@_attrs_define
class TriedDelivery:
    """
    Attributes:
        answer (str | Unset):
        is_accepted (bool | Unset):
        milliseconds (int | Unset):
        problem (None | str | Unset):
        status (int | None | Unset):
    """

    answer: str | Unset = UNSET
    is_accepted: bool | Unset = UNSET
    milliseconds: int | Unset = UNSET
    problem: None | str | Unset = UNSET
    status: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer

        is_accepted = self.is_accepted

        milliseconds = self.milliseconds

        problem: None | str | Unset
        if isinstance(self.problem, Unset):
            problem = UNSET
        else:
            problem = self.problem

        status: int | None | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        else:
            status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if answer is not UNSET:
            field_dict["answer"] = answer
        if is_accepted is not UNSET:
            field_dict["is_accepted"] = is_accepted
        if milliseconds is not UNSET:
            field_dict["milliseconds"] = milliseconds
        if problem is not UNSET:
            field_dict["problem"] = problem
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        answer = d.pop("answer", UNSET)

        is_accepted = d.pop("is_accepted", UNSET)

        milliseconds = d.pop("milliseconds", UNSET)

        def _parse_problem(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        problem = _parse_problem(d.pop("problem", UNSET))

        def _parse_status(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        tried_delivery = cls(
            answer=answer,
            is_accepted=is_accepted,
            milliseconds=milliseconds,
            problem=problem,
            status=status,
        )

        tried_delivery.additional_properties = d
        return tried_delivery

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
