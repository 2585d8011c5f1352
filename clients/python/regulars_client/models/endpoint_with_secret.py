from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.endpoint_state import EndpointState
from ..models.endpoint_types_item import EndpointTypesItem
from ..types import UNSET, Unset

T = TypeVar("T", bound="EndpointWithSecret")


@_attrs_define
class EndpointWithSecret:
    """
    Attributes:
        failing_since (datetime.datetime | None | Unset):
        id (str | Unset):
        made_at (datetime.datetime | Unset):
        made_by (None | str | Unset):
        name (str | Unset):
        next_try_at (datetime.datetime | None | Unset):
        notice (None | str | Unset):
        old_secret_until (datetime.datetime | None | Unset):
        problem (None | str | Unset):
        state (EndpointState | Unset):
        succeeded_at (datetime.datetime | None | Unset):
        told_through (int | Unset): The last event put in line.
        turned_off_at (datetime.datetime | None | Unset):
        types (list[EndpointTypesItem] | Unset):
        url (str | Unset):
        waiting (int | Unset): Events in line that it has not got.
        secret (str | Unset):
    """

    failing_since: datetime.datetime | None | Unset = UNSET
    id: str | Unset = UNSET
    made_at: datetime.datetime | Unset = UNSET
    made_by: None | str | Unset = UNSET
    name: str | Unset = UNSET
    next_try_at: datetime.datetime | None | Unset = UNSET
    notice: None | str | Unset = UNSET
    old_secret_until: datetime.datetime | None | Unset = UNSET
    problem: None | str | Unset = UNSET
    state: EndpointState | Unset = UNSET
    succeeded_at: datetime.datetime | None | Unset = UNSET
    told_through: int | Unset = UNSET
    turned_off_at: datetime.datetime | None | Unset = UNSET
    types: list[EndpointTypesItem] | Unset = UNSET
    url: str | Unset = UNSET
    waiting: int | Unset = UNSET
    secret: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        failing_since: None | str | Unset
        if isinstance(self.failing_since, Unset):
            failing_since = UNSET
        elif isinstance(self.failing_since, datetime.datetime):
            failing_since = self.failing_since.isoformat()
        else:
            failing_since = self.failing_since

        id = self.id

        made_at: str | Unset = UNSET
        if not isinstance(self.made_at, Unset):
            made_at = self.made_at.isoformat()

        made_by: None | str | Unset
        if isinstance(self.made_by, Unset):
            made_by = UNSET
        else:
            made_by = self.made_by

        name = self.name

        next_try_at: None | str | Unset
        if isinstance(self.next_try_at, Unset):
            next_try_at = UNSET
        elif isinstance(self.next_try_at, datetime.datetime):
            next_try_at = self.next_try_at.isoformat()
        else:
            next_try_at = self.next_try_at

        notice: None | str | Unset
        if isinstance(self.notice, Unset):
            notice = UNSET
        else:
            notice = self.notice

        old_secret_until: None | str | Unset
        if isinstance(self.old_secret_until, Unset):
            old_secret_until = UNSET
        elif isinstance(self.old_secret_until, datetime.datetime):
            old_secret_until = self.old_secret_until.isoformat()
        else:
            old_secret_until = self.old_secret_until

        problem: None | str | Unset
        if isinstance(self.problem, Unset):
            problem = UNSET
        else:
            problem = self.problem

        state: str | Unset = UNSET
        if not isinstance(self.state, Unset):
            state = self.state.value

        succeeded_at: None | str | Unset
        if isinstance(self.succeeded_at, Unset):
            succeeded_at = UNSET
        elif isinstance(self.succeeded_at, datetime.datetime):
            succeeded_at = self.succeeded_at.isoformat()
        else:
            succeeded_at = self.succeeded_at

        told_through = self.told_through

        turned_off_at: None | str | Unset
        if isinstance(self.turned_off_at, Unset):
            turned_off_at = UNSET
        elif isinstance(self.turned_off_at, datetime.datetime):
            turned_off_at = self.turned_off_at.isoformat()
        else:
            turned_off_at = self.turned_off_at

        types: list[str] | Unset = UNSET
        if not isinstance(self.types, Unset):
            types = []
            for types_item_data in self.types:
                types_item = types_item_data.value
                types.append(types_item)

        url = self.url

        waiting = self.waiting

        secret = self.secret

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if failing_since is not UNSET:
            field_dict["failing_since"] = failing_since
        if id is not UNSET:
            field_dict["id"] = id
        if made_at is not UNSET:
            field_dict["made_at"] = made_at
        if made_by is not UNSET:
            field_dict["made_by"] = made_by
        if name is not UNSET:
            field_dict["name"] = name
        if next_try_at is not UNSET:
            field_dict["next_try_at"] = next_try_at
        if notice is not UNSET:
            field_dict["notice"] = notice
        if old_secret_until is not UNSET:
            field_dict["old_secret_until"] = old_secret_until
        if problem is not UNSET:
            field_dict["problem"] = problem
        if state is not UNSET:
            field_dict["state"] = state
        if succeeded_at is not UNSET:
            field_dict["succeeded_at"] = succeeded_at
        if told_through is not UNSET:
            field_dict["told_through"] = told_through
        if turned_off_at is not UNSET:
            field_dict["turned_off_at"] = turned_off_at
        if types is not UNSET:
            field_dict["types"] = types
        if url is not UNSET:
            field_dict["url"] = url
        if waiting is not UNSET:
            field_dict["waiting"] = waiting
        if secret is not UNSET:
            field_dict["secret"] = secret

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_failing_since(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                failing_since_type_0 = datetime.datetime.fromisoformat(data)

                return failing_since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        failing_since = _parse_failing_since(d.pop("failing_since", UNSET))

        id = d.pop("id", UNSET)

        _made_at = d.pop("made_at", UNSET)
        made_at: datetime.datetime | Unset
        if isinstance(_made_at, Unset):
            made_at = UNSET
        else:
            made_at = datetime.datetime.fromisoformat(_made_at)

        def _parse_made_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        made_by = _parse_made_by(d.pop("made_by", UNSET))

        name = d.pop("name", UNSET)

        def _parse_next_try_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                next_try_at_type_0 = datetime.datetime.fromisoformat(data)

                return next_try_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        next_try_at = _parse_next_try_at(d.pop("next_try_at", UNSET))

        def _parse_notice(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        notice = _parse_notice(d.pop("notice", UNSET))

        def _parse_old_secret_until(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                old_secret_until_type_0 = datetime.datetime.fromisoformat(data)

                return old_secret_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        old_secret_until = _parse_old_secret_until(d.pop("old_secret_until", UNSET))

        def _parse_problem(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        problem = _parse_problem(d.pop("problem", UNSET))

        _state = d.pop("state", UNSET)
        state: EndpointState | Unset
        if isinstance(_state, Unset):
            state = UNSET
        else:
            state = EndpointState(_state)

        def _parse_succeeded_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                succeeded_at_type_0 = datetime.datetime.fromisoformat(data)

                return succeeded_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        succeeded_at = _parse_succeeded_at(d.pop("succeeded_at", UNSET))

        told_through = d.pop("told_through", UNSET)

        def _parse_turned_off_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                turned_off_at_type_0 = datetime.datetime.fromisoformat(data)

                return turned_off_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        turned_off_at = _parse_turned_off_at(d.pop("turned_off_at", UNSET))

        _types = d.pop("types", UNSET)
        types: list[EndpointTypesItem] | Unset = UNSET
        if _types is not UNSET:
            types = []
            for types_item_data in _types:
                types_item = EndpointTypesItem(types_item_data)

                types.append(types_item)

        url = d.pop("url", UNSET)

        waiting = d.pop("waiting", UNSET)

        secret = d.pop("secret", UNSET)

        endpoint_with_secret = cls(
            failing_since=failing_since,
            id=id,
            made_at=made_at,
            made_by=made_by,
            name=name,
            next_try_at=next_try_at,
            notice=notice,
            old_secret_until=old_secret_until,
            problem=problem,
            state=state,
            succeeded_at=succeeded_at,
            told_through=told_through,
            turned_off_at=turned_off_at,
            types=types,
            url=url,
            waiting=waiting,
            secret=secret,
        )

        endpoint_with_secret.additional_properties = d
        return endpoint_with_secret

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
