"""Staff members: who works at an organization, in which role, at which center (rule 11).

A person signs in with an e-mail address and may work for several organizations; the sign-in is
Django's own user, which `services/sign_ins.py` keeps. Everything done about a staff member
leaves a line that says who did it.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from regulars.records import codec, models
from regulars.records.scope import every_organization
from regulars.rules.permissions import Actor, Permission, Role, actor_of, require
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import desk_changes, sign_ins, transactions
from regulars.services.messages.languages import language_tag
from regulars.services.organizations import Company

KEPT = object()
"""Given for what is not to change."""
CHANGES = "staff/"
"""What was done about a staff member is kept under this and the name in the books."""
_LONGEST_NAME = 100
_ACTS: Mapping[Any, str] = {True: "let back in", False: "removed", None: "changed"}


@dataclass(frozen=True, slots=True)
class Member:
    """A staff member as shown; `ref` is the name in the books, `user` the sign-in."""

    id: UUID
    ref: str
    user: int
    name: str
    email: str
    role: Role
    center: str | None
    language: str | None
    is_active: bool

    def actor(self) -> Actor:
        return actor_of(self.ref, self.role, center=self.center)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be added; without `ref` the name in the books is made from the name."""

    name: str
    email: str
    role: str
    center: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Employer:
    """An organization somebody works for."""

    id: UUID
    ref: str
    name: str


# -- reading ----------------------------------------------------------------------------------


def members_of(company: Company) -> list[Member]:
    """All staff members by name, those who left last."""
    centers = _center_refs(company)
    rows = models.StaffMember.objects.order_by("-is_active", "name", "external_id")
    return [_member(row, centers) for row in rows]


def member(company: Company, ref: str) -> Member:
    """The staff member by the name in the books; refused when there is none."""
    return _member(_row(ref), _center_refs(company))


def member_at_work(company: Company, user: int) -> Member | None:
    """Who this sign-in is at this organization; None for one who does not work here."""
    row = models.StaffMember.objects.filter(user_id=user, is_active=True).first()
    return None if row is None else _member(row, _center_refs(company))


def employers_of(user: int) -> list[Employer]:
    """The organizations this sign-in works for, by name: where a session begins."""
    with every_organization():
        rows = models.StaffMember.objects.filter(user_id=user, is_active=True)
        ids = [row.organization_id for row in rows]
    found = models.Organization.objects.filter(id__in=ids).order_by("name", "external_id")
    return [Employer(row.id, row.external_id, row.name) for row in found]


# -- changing ---------------------------------------------------------------------------------


def add_member(company: Company, person: Person, *, by: Actor, at: datetime) -> Member:
    """A new staff member, who signs in with this address. Refused: the address works here
    already, an unknown role or center.
    """
    require(by, Permission.MANAGE_STAFF)
    wanted = {
        "name": _name(person.name),
        "role": _role(person.role),
        "center_id": _center(company, person.center),
    }
    address = sign_ins.address_of(person.email)
    add = partial(_add, company, address, wanted, ref=person.ref, by=by, at=at)
    return transactions.write(add)


def _add(
    company: Company,
    email: str,
    wanted: dict[str, Any],
    *,
    ref: str | None,
    by: Actor,
    at: datetime,
) -> Member:
    _hold(company)
    user = sign_ins.user_for(email)
    known = models.StaffMember.objects.filter(user_id=user).first()
    if known is not None:
        message = (
            said("{name} ({email}) is one of your staff already.", name=known.name, email=email)
            if known.is_active
            else said("{name} ({email}) left; let them back in.", name=known.name, email=email)
        )
        raise Refused("conflict", message, field="email", value=email)
    row = models.StaffMember(user_id=user, email=email, **wanted)
    row.external_id = ref or _free_ref(wanted["name"])
    row.save()
    _note(row, "added", {"role": row.role, "email": email}, by=by, at=at)
    return _member(row, _center_refs(company))


def change_member(
    company: Company,
    ref: str,
    *,
    by: Actor,
    at: datetime,
    name: Any = KEPT,
    role: Any = KEPT,
    center: Any = KEPT,
    is_active: Any = KEPT,
) -> Member:
    """Change what is given. Refused: the last owner would be gone, unknown role or center."""
    require(by, Permission.MANAGE_STAFF)
    checks: dict[str, tuple[Any, Callable[[Any], Any]]] = {
        "name": (name, _name),
        "role": (role, _role),
        "center_id": (center, partial(_center, company)),
        "is_active": (is_active, bool),
    }
    wanted = {
        field: check(value) for field, (value, check) in checks.items() if value is not KEPT
    }
    return transactions.write(partial(_change, company, ref, wanted, by=by, at=at))


def _change(
    company: Company, ref: str, wanted: dict[str, Any], *, by: Actor, at: datetime
) -> Member:
    _hold(company)
    row = _row(ref)
    was_owner = row.role == Role.OWNER and row.is_active
    new = {field: value for field, value in wanted.items() if getattr(row, field) != value}
    for field, value in new.items():
        setattr(row, field, value)
    if was_owner and not (row.role == Role.OWNER and row.is_active) and _is_last_owner(row):
        raise Refused(
            "conflict",
            said("{name} is the last owner; make somebody else an owner first.", name=row.name),
            field="role" if row.is_active else "is_active",
        )
    if new:
        row.save(update_fields=list(new))
        act = _ACTS[new.get("is_active")]
        _note(row, act, _told(company, new), by=by, at=at)
    return _member(row, _center_refs(company))


def sign_out(
    company: Company, ref: str, *, by: Actor, at: datetime, session: int | None = None
) -> int:
    """End one of a staff member's sessions, or all of them; says how many there were."""
    require(by, Permission.MANAGE_STAFF)
    row = _row(ref)

    def end() -> int:
        n_ended = sign_ins.end_sessions(row.user_id, only=session)
        if n_ended:
            _note(row, "signed out", {"sessions": n_ended}, by=by, at=at)
        return n_ended

    return transactions.write(end)


def choose_language(company: Company, ref: str, language: str | None) -> None:
    """The language a staff member reads; None is the browser's."""
    tag = language_tag(language) if language else None
    models.StaffMember.objects.filter(external_id=ref).update(language=tag)


# -- pieces -----------------------------------------------------------------------------------


def _hold(company: Company) -> None:
    """One change of staff at a time: two owners cannot remove each other."""
    models.Organization.objects.select_for_update().get(id=company.id)


def _row(ref: str) -> models.StaffMember:
    row = models.StaffMember.objects.filter(external_id=ref).first()
    if row is None:
        raise unknown_reference("staff member", ref, field="member")
    return row  # type: ignore[no-any-return]


def _is_last_owner(row: models.StaffMember) -> bool:
    owners = models.StaffMember.objects.filter(role=Role.OWNER.value, is_active=True)
    return not owners.exclude(id=row.id).exists()


def _note(
    row: models.StaffMember, act: str, detail: dict[str, Any], *, by: Actor, at: datetime
) -> None:
    about = f"{CHANGES}{row.external_id}"
    desk_changes.note(about, codec.text_of({"act": act, **detail}), at=at, by=by.name)


def _told(company: Company, new: dict[str, Any]) -> dict[str, Any]:
    """What changed, in words of the books: the center by its id, nothing about being active."""
    told = {field: value for field, value in new.items() if field != "is_active"}
    if "center_id" in told:
        center = told.pop("center_id")
        told["center"] = _center_refs(company)[center] if center else None
    return told


def _name(text: Any) -> str:
    name = " ".join(str(text).split())
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise Refused(
            "invalid_record",
            said("A name of 1 to {most} characters.", most=_LONGEST_NAME),
            field="name",
        )
    return name


def _role(text: Any) -> str:
    if text not in list(Role):
        raise Refused(
            "invalid_record",
            said("There is no such role; there are {known}.", known=", ".join(Role)),
            field="role",
            value=text,
        )
    return str(text)


def _center(company: Company, ref: str | None) -> UUID | None:
    return company.center(ref).id if ref else None


def _center_refs(company: Company) -> dict[UUID, str]:
    return {center.id: center.ref for center in company.centers.values()}


def _free_ref(name: str) -> str:
    """ "Mara Keller" becomes mara.keller, and the second of that name mara.keller2."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = ".".join(re.findall(r"[a-z0-9]+", plain)) or "staff"
    taken = set(
        models.StaffMember.objects.filter(external_id__startswith=base).values_list(
            "external_id", flat=True
        )
    )
    n = 2
    free = base
    while free in taken:
        free, n = f"{base}{n}", n + 1
    return free


def _member(row: models.StaffMember, centers: dict[UUID, str]) -> Member:
    return Member(
        id=row.id,
        ref=row.external_id,
        user=row.user_id,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        center=centers[row.center_id] if row.center_id else None,
        language=row.language,
        is_active=row.is_active,
    )
