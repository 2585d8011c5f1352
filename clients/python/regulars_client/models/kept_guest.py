from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.kept_guest_signup_type_0 import KeptGuestSignupType0


T = TypeVar("T", bound="KeptGuest")


@_attrs_define
class KeptGuest:
    """
    Attributes:
        anniversary (datetime.date | None | Unset):
        birthday (datetime.date | None | Unset):
        email (None | str | Unset):
        home_center (None | str | Unset):
        id (str | Unset):
        loyalty_opt_in (bool | Unset):
        name (str | Unset):
        phone (None | str | Unset):
        referred_by (None | str | Unset):
        signup (KeptGuestSignupType0 | None | Unset):
        status (None | str | Unset):
    """

    anniversary: datetime.date | None | Unset = UNSET
    birthday: datetime.date | None | Unset = UNSET
    email: None | str | Unset = UNSET
    home_center: None | str | Unset = UNSET
    id: str | Unset = UNSET
    loyalty_opt_in: bool | Unset = UNSET
    name: str | Unset = UNSET
    phone: None | str | Unset = UNSET
    referred_by: None | str | Unset = UNSET
    signup: KeptGuestSignupType0 | None | Unset = UNSET
    status: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.kept_guest_signup_type_0 import KeptGuestSignupType0  # noqa: PLC0415

        anniversary: None | str | Unset
        if isinstance(self.anniversary, Unset):
            anniversary = UNSET
        elif isinstance(self.anniversary, datetime.date):
            anniversary = self.anniversary.isoformat()
        else:
            anniversary = self.anniversary

        birthday: None | str | Unset
        if isinstance(self.birthday, Unset):
            birthday = UNSET
        elif isinstance(self.birthday, datetime.date):
            birthday = self.birthday.isoformat()
        else:
            birthday = self.birthday

        email: None | str | Unset
        if isinstance(self.email, Unset):
            email = UNSET
        else:
            email = self.email

        home_center: None | str | Unset
        if isinstance(self.home_center, Unset):
            home_center = UNSET
        else:
            home_center = self.home_center

        id = self.id

        loyalty_opt_in = self.loyalty_opt_in

        name = self.name

        phone: None | str | Unset
        if isinstance(self.phone, Unset):
            phone = UNSET
        else:
            phone = self.phone

        referred_by: None | str | Unset
        if isinstance(self.referred_by, Unset):
            referred_by = UNSET
        else:
            referred_by = self.referred_by

        signup: dict[str, Any] | None | Unset
        if isinstance(self.signup, Unset):
            signup = UNSET
        elif isinstance(self.signup, KeptGuestSignupType0):
            signup = self.signup.to_dict()
        else:
            signup = self.signup

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        else:
            status = self.status

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if anniversary is not UNSET:
            field_dict["anniversary"] = anniversary
        if birthday is not UNSET:
            field_dict["birthday"] = birthday
        if email is not UNSET:
            field_dict["email"] = email
        if home_center is not UNSET:
            field_dict["home_center"] = home_center
        if id is not UNSET:
            field_dict["id"] = id
        if loyalty_opt_in is not UNSET:
            field_dict["loyalty_opt_in"] = loyalty_opt_in
        if name is not UNSET:
            field_dict["name"] = name
        if phone is not UNSET:
            field_dict["phone"] = phone
        if referred_by is not UNSET:
            field_dict["referred_by"] = referred_by
        if signup is not UNSET:
            field_dict["signup"] = signup
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.kept_guest_signup_type_0 import KeptGuestSignupType0  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_anniversary(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                anniversary_type_0 = datetime.date.fromisoformat(data)

                return anniversary_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        anniversary = _parse_anniversary(d.pop("anniversary", UNSET))

        def _parse_birthday(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                birthday_type_0 = datetime.date.fromisoformat(data)

                return birthday_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        birthday = _parse_birthday(d.pop("birthday", UNSET))

        def _parse_email(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        email = _parse_email(d.pop("email", UNSET))

        def _parse_home_center(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        home_center = _parse_home_center(d.pop("home_center", UNSET))

        id = d.pop("id", UNSET)

        loyalty_opt_in = d.pop("loyalty_opt_in", UNSET)

        name = d.pop("name", UNSET)

        def _parse_phone(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        phone = _parse_phone(d.pop("phone", UNSET))

        def _parse_referred_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        referred_by = _parse_referred_by(d.pop("referred_by", UNSET))

        def _parse_signup(data: object) -> KeptGuestSignupType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                signup_type_0 = KeptGuestSignupType0.from_dict(data)

                return signup_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KeptGuestSignupType0 | None | Unset, data)

        signup = _parse_signup(d.pop("signup", UNSET))

        def _parse_status(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        kept_guest = cls(
            anniversary=anniversary,
            birthday=birthday,
            email=email,
            home_center=home_center,
            id=id,
            loyalty_opt_in=loyalty_opt_in,
            name=name,
            phone=phone,
            referred_by=referred_by,
            signup=signup,
            status=status,
        )

        return kept_guest
